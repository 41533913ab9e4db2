import { demandSame } from '../../api/sameRecord';
import { inputFailure, nothingChanged } from '../../../shared/failure';
import { group, updateFields } from '../../../shared/param';
import { refuseNothing } from '../../../shared/input';
import { operation } from '../shared/operation';
import { name, relatedUser, username } from './fields';
import { readRelatedUser, relatedUserItem, updatedRelatedUser } from './relatedUserItem';

/**
 * `PUT user/related/{id}`, which wants all fields: those that are not given are read before. Source:
 * docs/api/senhasegura.md, "Related users".
 */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update related user',
	description: 'Change a related user; what is not given stays as it is',
	params: [relatedUser, updateFields(group(name, username).check(refuseNothing))],
	async run(api, { relatedUserId: id, updateFields: given }) {
		const current = await readRelatedUser(api, id).catch(nothingChanged);
		const before = relatedUserItem(current.value);
		const after = { ...before, ...given };
		if (after.name === before.name && after.username === before.username) {
			return { item: { ...before, changed: false }, raw: current.body };
		}
		const { value, body } = await api.change({
			method: 'PUT',
			path: `user/related/${id}`,
			form: { id, name: whole('Name', after.name), username: whole('Username', after.username) },
			repeatable: true,
			answer: updatedRelatedUser,
			what: 'the related user',
			check: (answer) => demandSame(answer.value.id, id, 'related user', 'lost'),
		});
		return { item: { ...relatedUserItem(value), id, changed: true }, raw: body };
	},
});

/** What an update leaves out would be emptied in the vault. */
function whole(displayName: string, value: unknown): string {
	if (typeof value === 'string') return value;
	throw inputFailure(
		`'${displayName}' is needed, because the vault does not return its present value`,
		'An update sends all fields: add it to the fields to update.',
	);
}
