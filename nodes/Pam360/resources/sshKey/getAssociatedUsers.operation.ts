import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { pkiRows } from '../../api/pki';
import { fieldNamed } from '../shared/spelling';
import { recordText } from '../shared/values';
import { itemOf } from '../../../shared/item';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { first } from '../../../shared/paging';

/** `GET getAllAssociatedUsers`. Source: docs/api/pam360.md, "SSH keys". */
export const getAssociatedUsers = operation({
	name: 'Get Associated Users',
	value: 'getAssociatedUsers',
	action: 'Get users associated with SSH keys',
	description: 'Get the users of resources that SSH keys are associated with',
	fields: listFields,
	input: z.object(listInput).transform(mostOf),
	async run(api: Pam360Api, { most }) {
		const reply = await api.pki.read({ call: 'getAllAssociatedUsers' });
		const users = pkiRows(reply, 'AssociatedUsers', 'the users of SSH keys', most);
		return first(users, most).map((user) => ({
			item: itemOf({
				vendor: 'pam360',
				type: 'sshKeyUser',
				// No source shows the fields of these records.
				userName: recordText(fieldNamed(user, 'UserName', 'user')),
				resourceName: recordText(fieldNamed(user, 'ResourceName', 'resource', 'HostName')),
				keyName: recordText(fieldNamed(user, 'KeyName', 'key')),
			}),
			raw: user,
		}));
	},
});
