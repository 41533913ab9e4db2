import { sendOnce } from '../../../shared/sendOnce';
import { creation } from '../shared/changes';
import { sharingHints } from '../shared/safeEntry';
import { ownKeys } from '../shared/safeFields';
import { operation } from '../shared/operation';
import { storedApiSecret, storedApiSecretFields, storedRaw } from './apiSecretItem';
import { newEntry } from './fields';

/** `POST mysafe/secretapi`. Source: docs/api/senhasegura.md, "MySafe API secrets". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create MySafe API secret',
	description: 'Keep the client ID and secret of an API in MySafe',
	issues: 'MySafe API secret',
	furtherTries: { are: 'refused' },
	params: [ownKeys, newEntry],
	async run(api, { name, body: entry }, call) {
		const send = async () =>
			await creation(
				api.change({
					method: 'POST',
					path: 'mysafe/secretapi',
					body: entry,
					answer: storedApiSecret,
					what: 'the entry',
					repeatable: false,
				}),
				`The entry may have been made all the same: look for '${name}' with 'Get Many' before you try again.`,
			);
		const mayHave = `The entry '${name}' may have been made`;
		const { value, body } = await sendOnce(call, mayHave, send);
		const item = storedApiSecretFields(value);
		return { item, raw: storedRaw(body, value), hints: sharingHints(item) };
	},
});
