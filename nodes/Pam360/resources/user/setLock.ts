import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { userNamePicker } from '../shared/pickers';
import { located } from '../../../shared/locator';
import { operation } from '../../../shared/operation';

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
		...(texts.value === 'lock' && { byPerson: { targets: ['userName'] } }),
		fields: [userNamePicker],
		input: z.object({ userName: located }),
		async run(api: Pam360Api, { userName: { value: name } }) {
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
