import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { demandSame } from '../../api/sameRecord';
import type { SenhaseguraApi } from '../../api/client';
import { requiredText } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import { repeatableChange } from '../shared/changes';
import { changeFields, changesBody, ownKeys } from './fields';
import { idOf, sharingHints, storedFields, storedPassword, withOnly } from './safePasswordItem';

/** `PUT mysafe/password/update/{identifier}`. Source: docs/api/senhasegura.md, "MySafe passwords". */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update MySafe password',
	description: 'Change an entry of MySafe; what is not given stays as it is',
	fields: [
		ownKeys,
		{
			displayName: 'Identifier',
			name: 'identifier',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 312',
			description: 'The number by which MySafe knows the entry',
		},
		changeFields,
	],
	input: z.object({
		identifier: requiredText.refine(
			(id) => /^\d{1,19}$/.test(id),
			'must be the number of an entry',
		),
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
		const item: IDataObject = { ...storedFields(value), id: identifier };
		return {
			item,
			raw: { ...body, password_entity: withOnly(value, {}) },
			hints: sharingHints(item),
		};
	},
});
