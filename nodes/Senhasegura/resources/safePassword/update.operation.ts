import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { demandSame } from '../../api/sameRecord';
import type { SenhaseguraApi } from '../../api/client';
import { operation } from '../../../shared/operation';
import { repeatableChange } from '../shared/changes';
import { idOf, sharingHints } from '../shared/safeEntry';
import { entryNumber, identifierField, ownKeys } from '../shared/safeFields';
import { changeFields, changesBody } from './fields';
import { storedPassword, storedPasswordFields, withOnlySecret } from './safePasswordItem';

/** `PUT mysafe/password/update/{identifier}`. Source: docs/api/senhasegura.md, "MySafe passwords". */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update MySafe password',
	description: 'Change an entry of MySafe; what is not given stays as it is',
	fields: [ownKeys, identifierField, changeFields],
	input: z.object({
		identifier: entryNumber,
		updateFields: changesBody,
	}),
	async run(api: SenhaseguraApi, { identifier, updateFields: changes }) {
		const call = api.change({
			method: 'PUT',
			path: `mysafe/password/update/${identifier}`,
			body: changes,
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
