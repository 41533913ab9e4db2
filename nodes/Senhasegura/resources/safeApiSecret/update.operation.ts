import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { operation } from '../../../shared/operation';
import { sharingHints } from '../shared/safeEntry';
import { entryNumber, identifierField, ownKeys } from '../shared/safeFields';
import { storedApiSecretFields, storedRaw } from './apiSecretItem';
import { changesBody, fieldsToChange } from './fields';
import { updateApiSecret } from './store';

/**
 * `PUT mysafe/secretapi/update/{identifier}`. Source: docs/api/senhasegura.md, "MySafe API secrets".
 */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update MySafe API secret',
	description: 'Change an API secret of MySafe; what is not given stays as it is',
	fields: [ownKeys, identifierField, fieldsToChange],
	input: z.object({ identifier: entryNumber, updateFields: changesBody }),
	async run(api: SenhaseguraApi, { identifier, updateFields: changes }) {
		const { value, body } = await updateApiSecret(api, identifier, changes);
		const item: IDataObject = { ...storedApiSecretFields(value), id: identifier };
		return { item, raw: storedRaw(body, value), hints: sharingHints(item) };
	},
});
