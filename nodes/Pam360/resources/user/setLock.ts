import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { requiredText } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import { userName } from './fields';

interface Lock {
	name: string;
	value: 'lock' | 'unlock';
	action: string;
	description: string;
	mayHave: string;
}

/** `PUT /user/lock` and `PUT /user/unlock`, which differ in nothing but their effect. */
export function setLock({ mayHave, ...texts }: Lock) {
	return operation({
		...texts,
		fields: [userName],
		input: z.object({ userName: requiredText }),
		async run(api: Pam360Api, { userName: name }) {
			const { body } = await api.change({
				method: 'PUT',
				path: `user/${texts.value}`,
				query: { USERNAME: name },
				repeatable: true,
				mayHave,
			});
			return {
				item: {
					vendor: 'pam360',
					type: 'user',
					id: null,
					userName: name,
					locked: texts.value === 'lock',
				},
				raw: body,
			};
		},
	});
}
