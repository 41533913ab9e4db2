import type { IDataObject } from 'n8n-workflow';
import { sharingHints } from '../shared/safeEntry';
import { identifier, ownKeys } from '../shared/safeFields';
import { operation } from '../shared/operation';
import { storedApiSecretFields, storedRaw } from './apiSecretItem';
import { changes } from './fields';
import { updateApiSecret } from './store';

/**
 * `PUT mysafe/secretapi/update/{identifier}`. Source: docs/api/senhasegura.md, "MySafe API secrets".
 */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update MySafe API secret',
	description: 'Change an API secret of MySafe; what is not given stays as it is',
	params: [ownKeys, identifier, changes],
	async run(api, { identifier, updateFields: given }) {
		const { value, body } = await updateApiSecret(api, identifier, given);
		const item: IDataObject = { ...storedApiSecretFields(value), id: identifier };
		return { item, raw: storedRaw(body, value), hints: sharingHints(item) };
	},
});
