import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { operation } from '../../../shared/operation';
import { switchEntry } from '../shared/safeEntry';
import { entryNumber, identifierField, ownKeys } from '../shared/safeFields';

/**
 * `POST mysafe/password/inactive/{identifier}`. Source: docs/api/senhasegura.md, "MySafe passwords".
 */
export const disable = operation({
	name: 'Disable',
	value: 'disable',
	action: 'Disable MySafe password',
	description: 'Disable a password of MySafe: it can be enabled again',
	byPerson: { targets: ['identifier'] },
	fields: [ownKeys, identifierField],
	input: z.object({ identifier: entryNumber }),
	async run(api: SenhaseguraApi, { identifier }) {
		return await switchEntry(api, 'password', 'safePassword', identifier, false);
	},
});
