import { ownKeys, SHARING } from '../shared/safeFields';
import { operation } from '../shared/operation';
import { apiSecrets } from './entries';
import { newEntry } from './fields';

/** `POST mysafe/secretapi`. Source: docs/api/senhasegura.md, "MySafe API secrets". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create MySafe API secret',
	description: 'Keep the client ID and secret of an API in MySafe',
	issues: 'MySafe API secret',
	furtherTries: { are: 'refused' },
	byPerson: { targets: SHARING },
	params: [ownKeys, newEntry],
	async run(api, { name, body }, call) {
		return await apiSecrets.create(api, name, body, call);
	},
});
