import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { operation } from '../../../shared/operation';
import { switchEntry } from '../shared/safeEntry';
import { entryNumber, identifierField, ownKeys } from '../shared/safeFields';

/**
 * `POST mysafe/note/active/{identifier}`. Source: docs/api/senhasegura.md, "MySafe notes".
 */
export const enable = operation({
	name: 'Enable',
	value: 'enable',
	action: 'Enable MySafe note',
	description: 'Enable a disabled note of MySafe',
	fields: [ownKeys, identifierField],
	input: z.object({ identifier: entryNumber }),
	async run(api: SenhaseguraApi, { identifier }) {
		return await switchEntry(api, 'note', 'safeNote', identifier, true);
	},
});
