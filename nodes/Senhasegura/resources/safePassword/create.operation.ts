import type { SenhaseguraApi } from '../../api/client';
import { operation } from '../../../shared/operation';
import { creation } from '../shared/changes';
import { entryFields, entryInput, ownKeys } from './fields';
import { sharingHints, storedFields, storedPassword, withOnly } from './safePasswordItem';

/** `POST mysafe/password`. Source: senhasegura MySafe API, "POST | Create password"; addendum 1. */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create MySafe password',
	description: 'Keep a password in MySafe',
	issues: 'MySafe password',
	fields: [ownKeys, ...entryFields],
	input: entryInput,
	async run(api: SenhaseguraApi, { name, body: entry }) {
		const call = api.change({
			method: 'POST',
			path: 'mysafe/password',
			body: entry,
			answer: storedPassword,
			what: 'the entry',
			repeatable: false,
		});
		const { value, body } = await creation(
			call,
			`The entry may have been made all the same: look for '${name}' with 'Get Many' before you try again.`,
		);
		const item = storedFields(value);
		return {
			item,
			raw: { ...body, password_entity: withOnly(value, {}) },
			hints: sharingHints(item),
		};
	},
});
