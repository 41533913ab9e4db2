import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { demandSame } from '../../api/sameRecord';
import { operation } from '../../../shared/operation';
import { pathOf, users } from '../shared/directory';
import { userField, userInput } from './fields';
import { userItem } from './userItem';

const single = z.object({ data: z.object({ user_email: z.string().min(1) }).passthrough() });

/** `GET /platform/iam/v1/user/{user_email}`. Source: docs/api/cortex-xsiam.md, "Users". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get user',
	description: 'Get one user, with the role and the user groups',
	fields: [userField('The user to get')],
	input: z.object({ user: userInput }),
	async run(api: CortexXsiamApi, { user }) {
		const { value } = await api.read({
			method: 'GET',
			path: pathOf(users, user),
			answer: single,
			what: 'the user',
		});
		const record = value.data as IDataObject;
		demandSame(record.user_email, user, 'user');
		return { item: userItem(record), raw: record };
	},
});
