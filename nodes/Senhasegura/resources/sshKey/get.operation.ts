import { KEY_SECRETS } from '../../api/schemas';
import { operation } from '../shared/operation';
import { sshKey } from './fields';
import { findKey, readKey, sshKeyItem } from './sshKeyItem';

/** `GET pam/key/{id}`. Source: docs/api/senhasegura.md, "Reading an SSH key". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get SSH key',
	description: 'Read an SSH key with its private key and passphrase',
	readsKeys: true,
	secretPaths: KEY_SECRETS,
	params: [sshKey],
	async run(api, values) {
		const { id, listed } = await findKey(api, values.sshKeyId);
		const key = await readKey(api, id);
		return { item: sshKeyItem(key, api.serverTimeZone, listed), raw: key.body, hints: key.hints };
	},
});
