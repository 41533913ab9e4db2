import type { Exchange } from '../kit/exchanges';
import type { Refused } from '../kit/operation';
import { success } from './kit';

export const PASSWORD = 'secret@2504';

export const byId = { credentialId: { __rl: true, mode: 'id', value: '5' } };
export const byName = (value: string) => ({ credentialId: { __rl: true, mode: 'name', value } });

/** The record of the vendor's page "GET | List a credential". */
export const record = {
	id: '5',
	identifier: 'robot-test-5',
	username: 'credential_5',
	password: PASSWORD,
	content: PASSWORD,
	hostname: 'destktop-91.com',
	parent_credential_cod: null as string | null,
	parent_credential: null,
	additional: 'CREDADD01',
	domain: '',
	ip: '172.10.10.90',
	port: '22',
	model: 'Ubuntu',
	expiration_time: '2021-01-16T17:31:39',
};
export const read = (changes: object = {}): Exchange => ({
	method: 'GET',
	path: '/api/pam/credential/5',
	headers: { 'content-type': undefined },
	reply: success('Credential 5', { credential: { ...record, ...changes } }),
});
export const release: Exchange = {
	method: 'DELETE',
	path: '/api/pam/credential/custody/5',
	headers: { 'content-type': undefined },
	reply: success('Credential custody 5 released'),
};

export const references: Refused[] = [
	['no credential', { credentialId: '={{ "" }}' }, /^'Credential' is required/],
	['a name for an ID', { credentialId: '={{ "robot" }}' }, /^'Credential' must be a number/],
	[
		'an identifier that the vault would take for an ID',
		byName('55'),
		/^'Credential' has an identifier of digits only/,
	],
	[
		'a username with an @ in it, which the vault cannot find',
		byName('a@b@host'),
		/^'Credential' has more than one @/,
	],
];

export const listed = {
	id: '5',
	identifier: 'robot-test-5',
	username: 'user@example.com',
	expiration: '2024-05-16T17:31:31-03:00',
	change: '2024-05-03 16:19:53',
	view: '2024-05-24 16:26:09',
	hostname: 'gmail.com',
	management_ip: 'mail.google.com',
	type: 'Local User',
	type_code: '1',
	device_model: 'Gmail',
	device_type: 'Web Application',
	device_vendor: 'Google',
	automatic_change: false as unknown,
	connectivity: 'HTTPS',
	connectivity_code: '10',
};
export const sshKey = { ...listed, id: '39', type: 'SSH Key' };
export const list = (...credentials: object[]): Exchange => ({
	method: 'GET',
	path: '/api/pam/credential',
	reply: success(`${credentials.length} credentials found`, { credentials }),
});

export const many = [
	listed,
	sshKey,
	{ ...listed, id: '6', automatic_change: '1', type: 'Domain User', username: 'root' },
];
