import { pkiRows } from '../../api/pki';
import { required } from '../../../shared/param';
import { returnAllOrLimit } from '../../../shared/list';
import { first } from '../../../shared/paging';
import { resourceName, userName } from '../shared/commonFields';
import { operation } from '../shared/operation';
import { sshKeyResult } from './sshKeyItem';

/** `GET getSSHkeysforuser`. Source: docs/api/pam360.md, "SSH keys". */
export const getForUser = operation({
	name: 'Get for User',
	value: 'getForUser',
	action: 'Get SSH keys for user',
	description: 'Get the SSH keys that are associated with a user of a resource',
	readsKeys: true,
	params: [
		userName.looking({
			placeholder: 'e.g. root',
			description: 'The user on the resource, not a user of PAM360',
		}),
		required(resourceName()),
		returnAllOrLimit,
	],
	async run(api, { most, userName, RESOURCENAME: resourceName }) {
		const reply = await api.pki.read({
			call: 'getSSHkeysforuser',
			details: { userName, resourceName },
		});
		const keys = first(pkiRows(reply, 'SSHKeys', 'the SSH keys', most), most);
		return keys.map((key) => sshKeyResult(key, api.serverTimeZone));
	},
});
