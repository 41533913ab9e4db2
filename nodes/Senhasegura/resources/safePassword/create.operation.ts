import { sendOnce } from '../../../shared/sendOnce';
import { creation } from '../shared/changes';
import { sharingHints } from '../shared/safeEntry';
import { ownKeys } from '../shared/safeFields';
import { operation } from '../shared/operation';
import { entry } from './fields';
import { storedPassword, storedPasswordFields, withOnlySecret } from './safePasswordItem';

/** `POST mysafe/password`. Source: docs/api/senhasegura.md, "MySafe passwords". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create MySafe password',
	description: 'Keep a password in MySafe',
	issues: 'MySafe password',
	furtherTries: { are: 'refused' },
	params: [ownKeys, entry],
	async run(api, { name, body: content }, call) {
		const send = async () =>
			await creation(
				api.change({
					method: 'POST',
					path: 'mysafe/password',
					body: content,
					answer: storedPassword,
					what: 'the entry',
					repeatable: false,
				}),
				`The entry may have been made all the same: look for '${name}' with 'Get Many' before you try again.`,
			);
		const mayHave = `The entry '${name}' may have been made`;
		const { value, body } = await sendOnce(call, mayHave, send);
		const item = storedPasswordFields(value);
		return {
			item,
			raw: { ...body, password_entity: withOnlySecret(value) },
			hints: sharingHints(item),
		};
	},
});
