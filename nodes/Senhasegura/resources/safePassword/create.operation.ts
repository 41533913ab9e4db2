import type { SenhaseguraApi } from '../../api/client';
import { operation } from '../../../shared/operation';
import type { Call } from '../../../shared/operation';
import { sendOnce } from '../../../shared/sendOnce';
import { creation } from '../shared/changes';
import { sharingHints } from '../shared/safeEntry';
import { ownKeys } from '../shared/safeFields';
import { entryFields, entryInput } from './fields';
import { storedPassword, storedPasswordFields, withOnlySecret } from './safePasswordItem';

/** `POST mysafe/password`. Source: docs/api/senhasegura.md, "MySafe passwords". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create MySafe password',
	description: 'Keep a password in MySafe',
	issues: 'MySafe password',
	furtherTries: { are: 'refused' },
	fields: [ownKeys, ...entryFields],
	input: entryInput,
	async run(api: SenhaseguraApi, { name, body: entry }, call: Call) {
		const send = async () =>
			await creation(
				api.change({
					method: 'POST',
					path: 'mysafe/password',
					body: entry,
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
