import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { pkiRows } from '../../api/pki';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { first } from '../../../shared/paging';
import { sshKeyResult } from './sshKeyItem';

/** `GET getAllSSHKeys`. Source: docs/api/pam360.md, "SSH keys". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many SSH keys',
	description: 'Get the SSH keys that PAM360 manages',
	fields: listFields,
	input: z.object(listInput).transform(mostOf),
	async run(api: Pam360Api, { most }) {
		const reply = await api.pki.read({ call: 'getAllSSHKeys' });
		const keys = first(pkiRows(reply, 'SSHKeys', 'the SSH keys', most), most);
		return keys.map((key) => sshKeyResult(key, api.serverTimeZone));
	},
});
