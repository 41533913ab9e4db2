import { pkiRows } from '../../api/pki';
import { returnAllOrLimit } from '../../../shared/list';
import { first } from '../../../shared/paging';
import { operation } from '../shared/operation';
import { sshKeyResult } from './sshKeyItem';

/** `GET getAllSSHKeys`. Source: docs/api/pam360.md, "SSH keys". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many SSH keys',
	description: 'Get the SSH keys that PAM360 manages',
	readsKeys: true,
	params: [returnAllOrLimit],
	async run(api, { most }) {
		const reply = await api.pki.read({ call: 'getAllSSHKeys' });
		const keys = first(pkiRows(reply, 'SSHKeys', 'the SSH keys', most), most);
		return keys.map((key) => sshKeyResult(key, api.serverTimeZone));
	},
});
