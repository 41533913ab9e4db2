import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { operation } from '../../../shared/operation';
import { switchEntry } from '../shared/safeEntry';
import { entryNumber, identifierField, ownKeys } from '../shared/safeFields';

/**
 * `POST mysafe/secretapi/active/{identifier}`. Source: docs/api/senhasegura.md, "MySafe API secrets".
 */
export const enable = operation({
	name: 'Enable',
	value: 'enable',
	action: 'Enable MySafe API secret',
	description: 'Enable a disabled API secret of MySafe',
	fields: [ownKeys, identifierField],
	input: z.object({ identifier: entryNumber }),
	async run(api: SenhaseguraApi, { identifier }) {
		return await switchEntry(api, 'secretapi', 'safeApiSecret', identifier, true);
	},
});
