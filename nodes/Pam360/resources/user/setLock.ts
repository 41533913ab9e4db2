import { switchedResult } from '../../../shared/switching';
import { item, operation } from '../shared/operation';
import { userByName } from '../shared/pickers';

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
		byPerson: { targets: ['userName'] },
		params: [userByName],
		async run(api, { userName: { value: name } }) {
			const { body } = await api.change({
				method: 'PUT',
				path: `user/${texts.value}`,
				query: { USERNAME: name },
				repeatable: true,
				mayHave,
			});
			const locked = texts.value === 'lock';
			return switchedResult(item('user', { id: null, userName: name, locked }), body);
		},
	});
}
