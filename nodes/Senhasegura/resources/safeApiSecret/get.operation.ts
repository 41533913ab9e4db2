import { identifier, ownKeys } from '../shared/safeFields';
import { operation } from '../shared/operation';
import { apiSecrets } from './entries';

/** `GET mysafe/secretapi/{identifier}`. Source: docs/api/senhasegura.md, "MySafe API secrets". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get MySafe API secret',
	description: 'Read the client ID and secret of an API from MySafe',
	secretPaths: apiSecrets.secretPaths,
	params: [ownKeys, identifier],
	async run(api, { identifier }) {
		return await apiSecrets.get(api, identifier, 'client_secret', 'the client secret of the entry');
	},
});
