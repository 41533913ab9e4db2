import { vendorValue } from '../../../shared/input';
import { param } from '../../../shared/param';
import { item, operation } from '../shared/operation';
import { numericIds } from '../shared/pickers';

/**
 * `PUT /trash/restore`. Source: docs/api/pam360.md, "Trash". No documented call lists the trash.
 */
export const restoreFromTrash = operation({
	name: 'Restore From Trash',
	value: 'restoreFromTrash',
	action: 'Restore resources or accounts from trash',
	description: 'Take deleted resources or accounts out of the trash',
	params: [
		param(
			{
				displayName: 'Restore',
				name: 'trashType',
				type: 'options',
				options: [
					{ name: 'Accounts', value: 'account' },
					{ name: 'Resources', value: 'resource' },
				],
				default: 'resource',
				description: 'What the IDs are of',
			},
			vendorValue,
		),
		param(
			{
				displayName: 'Trash IDs',
				name: 'trashIds',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 301, 302',
				description: 'IDs of what is in the trash, separated by commas',
			},
			numericIds,
		),
	],
	async run(api, { trashType, trashIds: ids }) {
		const { body } = await api.change({
			method: 'PUT',
			path: 'trash/restore',
			details: { type: trashType, trashIds: ids.map(Number) },
			repeatable: true,
			mayHave: 'The resources or accounts may have been restored',
		});
		return ids.map((id) => ({
			item: item(trashType, { id, restored: true }),
			raw: body,
		}));
	},
});
