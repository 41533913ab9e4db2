import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { recordOf } from '../../api/envelope';
import { Failure } from '../../../shared/failure';
import { asId } from '../../../shared/fields';
import { requiredText } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import type { Result } from '../../../shared/operation';
import { userName } from './fields';

/** `GET /user/getUserId`. Source: docs/api/pam360.md, "Other calls for users". */
export const getId = operation({
	name: 'Get ID',
	value: 'getId',
	action: 'Get user ID',
	description: 'Find out the ID of a user by name',
	fields: [userName],
	input: z.object({ userName: requiredText }),
	async run(api: Pam360Api, { userName: name }): Promise<Result> {
		const { details, body, message } = await api.read({
			path: 'user/getUserId',
			query: { USERNAME: name },
		});
		const id = asId(recordOf(details).USERID);
		if (id === null) {
			throw new Failure('PAM360 reported success but returned no ID of the user', {
				kind: 'unusable',
				description: `It said: ${message || 'nothing'}. Check 'User Name'.`,
			});
		}
		return {
			item: { vendor: 'pam360', type: 'user', id, userName: name },
			raw: body,
		};
	},
});
