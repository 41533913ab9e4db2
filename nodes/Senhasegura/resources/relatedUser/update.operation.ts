import { z } from 'zod';
import { refuseAnother } from '../../api/asked';
import type { SenhaseguraApi } from '../../api/client';
import { updateFields } from '../../../shared/description';
import { optionalText, refuse } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import { name, relatedUserField, relatedUserId, username } from './fields';
import { oneRelatedUser, relatedUserItem } from './relatedUserItem';

const changes = z
	.object({ name: optionalText, username: optionalText })
	.superRefine((given, context) => {
		if (given.name === undefined && given.username === undefined) {
			refuse(context, 'has nothing to change', 'Add a field with the new value.');
		}
	});

/**
 * `PUT user/related/{id}`, which wants all fields: those that are not given are read before.
 * Source: senhasegura A2A, "Related users API"; fact sheet 9.
 */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update related user',
	description: 'Change a related user; what is not given stays as it is',
	fields: [relatedUserField, updateFields(name, username)],
	input: z.object({ relatedUserId, updateFields: changes }),
	async run(api: SenhaseguraApi, { relatedUserId: id, updateFields: given }) {
		const path = `user/related/${id}`;
		const call = { path, answer: oneRelatedUser, what: 'the related user' };
		const current = await api.read(call);
		refuseAnother(current.value.id, id, 'related user');
		const before = relatedUserItem(current.value);
		const after = { ...before, ...definedOf(given) };
		if (after.name === before.name && after.username === before.username) {
			return { item: { ...before, changed: false }, raw: current.body };
		}
		const { value, body } = await api.change({
			...call,
			method: 'PUT',
			form: { id, name: String(after.name ?? ''), username: String(after.username ?? '') },
			repeatable: true,
		});
		refuseAnother(value.id, id, 'related user');
		return { item: { ...relatedUserItem(value), changed: true }, raw: body };
	},
});

function definedOf(fields: { name?: string; username?: string }) {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
