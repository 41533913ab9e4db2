import { z } from 'zod';
import { refuseAnother } from '../../api/asked';
import type { SenhaseguraApi } from '../../api/client';
import { requiredText } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import { repeatableChange } from '../shared/changes';
import { entryBody, entryFields, entryInput, ownKeys } from './fields';
import { safePasswordFields, storedPassword, withOnly } from './safePasswordItem';

/** `PUT mysafe/password/update/{id}`. Source: senhasegura MySafe API; fact sheet 12. */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update MySafe password',
	description:
		'Change a password in MySafe. Give everything that the entry has to have: whether the vault keeps what is left out is not documented.',
	fields: [
		ownKeys,
		{
			displayName: 'Entry ID',
			name: 'entryId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 12',
			description: 'The number of the entry',
		},
		...entryFields,
	],
	input: z.object({
		entryId: requiredText.refine((id) => /^\d{1,19}$/.test(id), 'must be the number of an entry'),
		...entryInput,
	}),
	async run(api: SenhaseguraApi, { entryId, ...entry }) {
		const call = api.change({
			method: 'PUT',
			path: `mysafe/password/update/${entryId}`,
			body: entryBody(entry),
			answer: storedPassword,
			what: 'the entry',
			repeatable: true,
		});
		const { value, body } = await repeatableChange(
			call.then((answer) => {
				refuseAnother(answer.value.id, entryId, 'entry');
				return answer;
			}),
		);
		return {
			item: { ...safePasswordFields(value), id: entryId, secret: null },
			raw: { ...body, password_entity: withOnly(value, {}) },
		};
	},
});
