import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { operation } from '../../../shared/operation';
import { creation } from '../shared/changes';
import { entryBody, entryFields, entryInput, ownKeys } from './fields';
import { safePasswordFields, storedPassword, withOnly } from './safePasswordItem';

/** `POST mysafe/password`. Source: senhasegura MySafe API, "POST | Create password"; fact sheet 12. */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create MySafe password',
	description: 'Keep a password in MySafe',
	issues: 'MySafe password',
	fields: [ownKeys, ...entryFields],
	input: z.object(entryInput),
	async run(api: SenhaseguraApi, entry) {
		const call = api.change({
			method: 'POST',
			path: 'mysafe/password',
			body: entryBody(entry),
			answer: storedPassword,
			what: 'the entry',
			repeatable: false,
		});
		const { value, body } = await creation(
			call,
			`The entry may have been made all the same: look for '${entry.name}' with 'Get Many' before you try again.`,
		);
		return {
			item: { ...safePasswordFields(value), secret: null },
			raw: { ...body, password_entity: withOnly(value, {}) },
		};
	},
});
