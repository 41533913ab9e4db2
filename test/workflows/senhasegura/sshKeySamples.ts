import type { Exchange } from '../kit/exchanges';
import type { Refused } from '../kit/operation';
import { senhaseguraDemo } from '../../simulators';
import { keyMaterial } from '../../unit/senhasegura/support';
import { sshKey } from '../vendors';
import { success } from './kit';

/** An identifier that the node has made. */
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
export const [main, second] = senhaseguraDemo.devices;

export const byId = { sshKeyId: { __rl: true, mode: 'id', value: '92' } };
export const byName = { sshKeyId: { __rl: true, mode: 'name', value: 'sshkey3' } };

export const references: Refused[] = [
	['no key', { sshKeyId: '={{ "" }}' }, /^'SSH Key' is required/],
	[
		'an identifier for an ID',
		{ sshKeyId: '={{ "sshkey3" }}' },
		/^'SSH Key' must be a number \| To give an identifier, choose 'By Name'\./,
	],
];

/** The list in which an identifier is looked up. */
export const list = (...credentials: object[]): Exchange => ({
	method: 'GET',
	path: '/api/pam/credential',
	reply: success(`${credentials.length} credentials found`, { credentials }),
});

/** The vendor's sample of a key in the list (docs/api/senhasegura.md, "Listing credentials"). */
export const listedKey = {
	id: '92',
	identifier: 'sshkey3',
	username: 'dleite',
	expiration: '2024-05-16T17:31:31-03:00',
	change: '2024-05-31 11:03:13',
	view: null,
	hostname: 'w2016',
	management_ip: '10.66.33.15',
	type: 'SSH Key',
	type_code: '1',
	device_model: 'Windows Server 2016',
	device_type: 'Server',
	device_vendor: 'Microsoft',
	automatic_change: false,
	connectivity: 'RDP',
	connectivity_code: '13',
};

export const listedCredential = { ...listedKey, id: '2', identifier: 'robot', type: 'Local User' };

export const lookUps = [
	{
		name: 'an identifier that the list does not have',
		parameters: byName,
		exchanges: [list(listedCredential)],
		says: [/^The vault lists no SSH key with the identifier sshkey3/],
	},
	{
		name: 'the identifier of a credential',
		parameters: byName,
		exchanges: [list({ ...listedCredential, identifier: 'sshkey3' })],
		says: [/^'SSH Key' names the credential dleite@w2016 \(sshkey3\), which is not an SSH key/],
	},
];

export const pair = sshKey('ed25519');
export const locked = sshKey('ed25519encrypted');

/** Of both pairs, and what else stands in a key that is stored as it is given. */
export const SECRETS = [
	...keyMaterial(pair.privateKey, pair.publicKey),
	...keyMaterial(locked.privateKey, locked.publicKey),
	'canary-handle',
];

/** The vendor's sample answer (its page "POST | Create SSH key"). */
export const stored = {
	id: '92',
	identifier: 'sshkey3',
	devices: [{ hostname: 'API device test', ip: '10.66.33.20' }],
	devices_error: [],
};
export const target = { ip: '10.66.33.15', hostname: 'w2016' };
