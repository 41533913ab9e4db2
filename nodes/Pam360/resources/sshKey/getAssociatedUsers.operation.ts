import { pkiRows } from '../../api/pki';
import { fieldNamed } from '../shared/spelling';
import { recordText } from '../shared/recordValues';
import { returnAllOrLimit } from '../../../shared/list';
import { first } from '../../../shared/paging';
import { item, operation } from '../shared/operation';

/** `GET getAllAssociatedUsers`. Source: docs/api/pam360.md, "SSH keys". */
export const getAssociatedUsers = operation({
	name: 'Get Associated Users',
	value: 'getAssociatedUsers',
	action: 'Get users associated with SSH keys',
	description: 'Get the users of resources that SSH keys are associated with',
	params: [returnAllOrLimit],
	async run(api, { most }) {
		const reply = await api.pki.read({ call: 'getAllAssociatedUsers' });
		const users = pkiRows(reply, 'AssociatedUsers', 'the users of SSH keys', most);
		return first(users, most).map((user) => ({
			item: item('sshKeyUser', {
				// No source shows the fields of these records.
				userName: recordText(fieldNamed(user, 'UserName', 'user')),
				resourceName: recordText(fieldNamed(user, 'ResourceName', 'resource', 'HostName')),
				keyName: recordText(fieldNamed(user, 'KeyName', 'key')),
			}),
			raw: user,
		}));
	},
});
