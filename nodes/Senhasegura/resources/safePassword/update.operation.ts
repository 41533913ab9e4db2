import type { IDataObject } from 'n8n-workflow';
import { demandSame } from '../../api/sameRecord';
import { repeatableChange } from '../shared/changes';
import { idOf, sharingHints } from '../shared/safeEntry';
import { identifier, ownKeys } from '../shared/safeFields';
import { operation } from '../shared/operation';
import { changes } from './fields';
import { storedPassword, storedPasswordFields, withOnlySecret } from './safePasswordItem';

/** `PUT mysafe/password/update/{identifier}`. Source: docs/api/senhasegura.md, "MySafe passwords". */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update MySafe password',
	description: 'Change an entry of MySafe; what is not given stays as it is',
	params: [ownKeys, identifier, changes],
	async run(api, { identifier, updateFields: given }) {
		const call = api.change({
			method: 'PUT',
			path: `mysafe/password/update/${identifier}`,
			body: given,
			answer: storedPassword,
			what: 'the entry',
			repeatable: true,
		});
		const { value, body } = await repeatableChange(
			call.then((answer) => {
				demandSame(idOf(answer.value), identifier, 'entry', 'lost');
				return answer;
			}),
		);
		const item: IDataObject = { ...storedPasswordFields(value), id: identifier };
		return {
			item,
			raw: { ...body, password_entity: withOnlySecret(value) },
			hints: sharingHints(item),
		};
	},
});
