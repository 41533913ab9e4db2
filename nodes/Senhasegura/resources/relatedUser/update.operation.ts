import { z } from 'zod';
import { refuseAnother } from '../../api/asked';
import type { SenhaseguraApi } from '../../api/client';
import { updateFields } from '../../../shared/description';
import { inputFailure } from '../../../shared/failure';
import { optionalText, refuse } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import { repeatableChange } from '../shared/changes';
import { name, relatedUserField, relatedUserId, username } from './fields';
import { oneRelatedUser, relatedUserItem, updatedRelatedUser } from './relatedUserItem';

const changes = z
	.object({ name: optionalText, username: optionalText })
	.superRefine((given, context) => {
		if (given.name === undefined && given.username === undefined) {
			refuse(context, 'has nothing to change', 'Add a field with the new value.');
		}
	});

/**
 * `PUT user/related/{id}`, which wants all fields: those that are not given are read before. Source:
 * docs/api/senhasegura.md, "Related users".
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
		const what = 'the related user';
		const current = await api.read({ path, answer: oneRelatedUser, what });
		refuseAnother(current.value.id, id, 'related user');
		const before = relatedUserItem(current.value);
		const after = { ...before, ...definedOf(given) };
		if (after.name === before.name && after.username === before.username) {
			return { item: { ...before, changed: false }, raw: current.body };
		}
		const call = api.change({
			method: 'PUT',
			path,
			form: { id, name: whole('Name', after.name), username: whole('Username', after.username) },
			repeatable: true,
			answer: updatedRelatedUser,
			what,
		});
		const { value, body } = await repeatableChange(
			call.then((answer) => {
				refuseAnother(answer.value.id, id, 'related user');
				return answer;
			}),
		);
		return { item: { ...relatedUserItem(value), id, changed: true }, raw: body };
	},
});

function definedOf(fields: { name?: string; username?: string }) {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** What an update leaves out would be emptied in the vault. */
function whole(displayName: string, value: unknown): string {
	if (typeof value === 'string') return value;
	throw inputFailure(
		`'${displayName}' is needed, because the vault does not tell what it is now`,
		'An update sends all fields: add it to the fields to update.',
	);
}
