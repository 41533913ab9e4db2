import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { Exchange } from '../kit/exchanges';
import { fixture, keyMaterial, printedFingerprint } from '../../unit/senhasegura/support';
import { sshKey } from '../vendors';
import { refusal, success } from './kit';
import { byName, list, listedKey as listedSample } from './sshKeySamples';

const NOW = Date.parse('2026-03-02T03:00:00.000Z');
export const STAMP = '20260302T030000000Z';
/** When the next pair was made: two hours before. */
export const MADE = '20260302T010000000Z';

/** It is NOW in every test of the file. */
export function atNow(): void {
	beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(NOW));
	afterEach(() => jest.restoreAllMocks());
}

export const present = sshKey('ed25519');
export const next = sshKey('ecdsab256');
export const former = sshKey('rsab3072');
export const SECRETS = [present, next, former].flatMap(({ privateKey, publicKey }) =>
	keyMaterial(privateKey, publicKey),
);

export type Pair = ReturnType<typeof sshKey>;

/** What a public key's line is for a shell: nothing but plain characters. */
export const line = ({ publicKey }: Pair, tag = '') => (tag ? `${publicKey} ${tag}` : publicKey);
export const body = ({ publicKey }: Pair) => Buffer.from(publicKey.split(' ')[1] ?? '', 'base64');
export const digest = (of: string | Buffer) =>
	createHash('sha256').update(of).digest('hex').slice(0, 8);
export const LINEAGE = createHash('sha256').update('92 sshkey3').digest('hex').slice(0, 10);

export const target = { ip: '10.66.33.15', hostname: 'w2016' };
export const device = { hostname: 'API device test', ip: '10.66.33.20' };

export const listed = (id: string, more: object = {}) => ({
	...listedSample,
	id,
	expiration: null,
	...more,
});
export const NEXT_NAME = `n8n-next-92-${MADE}-00000000`;
export const PREVIOUS_NAME = `n8n-previous-92-20260301T030000000Z-${digest(body(former))}`;
export const listedKey = listed('92');
export const listedNext = listed('96', { identifier: 'sshkey3.n8n-next', username: NEXT_NAME });
export const listedPrevious = listed('97', {
	identifier: 'sshkey3.n8n-previous',
	username: PREVIOUS_NAME,
});

/** The record of the vendor's page "GET | List an SSH key". */
export const read = (id: string, { privateKey, publicKey }: Pair, more: object = {}): Exchange => ({
	method: 'GET',
	path: `/api/pam/key/${id}`,
	reply: success(`Key ${id}`, {
		key: {
			id,
			username: 'dleite',
			key_name: 'test2',
			...target,
			private_key: privateKey,
			public_key: publicKey,
			password: null,
			devices: id === '92' ? [device] : [],
			expiration_time: null,
			...more,
		},
	}),
});
export const readNext = read('96', next, { username: NEXT_NAME });
export const readPrevious = read('97', former, { username: PREVIOUS_NAME });
export const inactive = (id: string): Exchange => ({
	method: 'GET',
	path: `/api/pam/key/${id}`,
	status: 400,
	reply: refusal(1017, 'Key inactive'),
});

export const post = (
	sent: object,
	id: string,
	message = 'Key updated successfully!',
): Exchange => ({
	method: 'POST',
	path: '/api/pam/key',
	body: JSON.stringify(sent),
	headers: { 'content-type': 'application/json' },
	reply: success(message, { key: { id, devices: [], devices_error: [] } }, 201),
});
export const helper = (
	role: string,
	{ privateKey, publicKey }: Pair,
	username: string,
	on: boolean,
) => ({
	...target,
	private_key: privateKey,
	public_key: publicKey,
	username,
	identifier: `sshkey3.n8n-${role}`,
	enabled: on,
	devices: [],
	key_name: `n8n rotation of sshkey3: the ${role} key`,
	password: '',
});
export const disableCall = (id: string): Exchange => ({
	method: 'DELETE',
	path: `/api/pam/key/${id}`,
	reply: success('Key successfully deactivated'),
});

export const told = (changes: IDataObject): IDataObject => ({
	vendor: 'senhasegura',
	type: 'sshKey',
	id: '92',
	identifier: 'sshkey3',
	step: null,
	publicKey: null,
	fingerprint: null,
	removePublicKey: null,
	removeFingerprint: null,
	secret: null,
	expiresAt: null,
	algorithm: null,
	presentPublicKey: line(present),
	presentFingerprint: printedFingerprint('ed25519'),
	presentIdentifier: 'sshkey3',
	previousIdentifier: 'sshkey3.n8n-previous',
	nextIdentifier: 'sshkey3.n8n-next',
	username: 'dleite',
	hosts: [{ hostname: 'w2016', ip: '10.66.33.15' }, device],
	since: null,
	details: expect.any(String) as string,
	...changes,
});

export const lookUps = [
	{
		name: 'an identifier that the list does not have',
		parameters: byName,
		exchanges: [list(listed('2', { identifier: 'robot', type: 'Local User' }))],
		says: [/^The vault lists no SSH key with the identifier sshkey3/],
	},
	{
		name: 'the identifier of a credential',
		parameters: byName,
		exchanges: [list(listed('2', { type: 'Local User' }))],
		says: [/^'SSH Key' names the credential dleite@w2016 \(sshkey3\), which is not an SSH key/],
	},
	{
		name: 'a key without an identifier, from before version 3.33',
		exchanges: [list(listed('92', { identifier: null, tag: '' }))],
		says: [/^The SSH key dleite@w2016 has no identifier/, /3\.33/],
	},
	{
		name: 'a helper record',
		exchanges: [list(listed('92', { identifier: 'web.n8n-next' }))],
		says: [/^'SSH Key' names web\.n8n-next, which is a helper record/, /belongs to, web\./],
	},
	{
		name: 'an identifier that another item has in another case',
		exchanges: [list(listedKey, listed('93', { identifier: 'SSHKey3', type: 'Local User' }))],
		says: [/more than one item has the identifier 'sshkey3': 92, 93/],
	},
	{
		name: 'two helper records of the same name',
		exchanges: [list(listedKey, listedNext, { ...listedNext, id: '98' })],
		says: [/more than one item has the identifier 'sshkey3\.n8n-next': 96, 98/],
	},
	{
		name: 'secrets that come encrypted',
		exchanges: [
			list(listedKey),
			read('92', present, { password: Buffer.alloc(256, 7).toString('base64') }),
		],
		says: [/because the vault gives its secrets encrypted/],
	},
	{
		name: 'a key that tells no public part',
		exchanges: [list(listedKey), read('92', present, { public_key: null, private_key: 'x' })],
		says: [/^The vault gives no public key of the SSH key/],
	},
	...(
		[
			['of the kind DSA', 'ssh-dss AAAAB3NzaC1kc3MAAAABAQ=='],
			['that of a hardware token', 'sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5 ana'],
			['a certificate', fixture('ed25519gcm-cert.pub')],
		] as const
	).map(([kind, publicKey]) => ({
		name: `a key that is ${kind}`,
		exchanges: [list(listedKey), read('92', present, { public_key: publicKey })],
		says: [
			new RegExp(`^The SSH key is ${kind}, so it cannot be rotated`),
			/Make a new key with 'SSH Key: Create' and 'Key Source' Generate/,
		],
	})),
	{
		name: 'a key without its device',
		exchanges: [list(listed('92', { management_ip: '' })), read('92', present, { ip: null })],
		says: [/^The vault does not say which device the SSH key belongs to/],
	},
];

export const raw = (changes: IDataObject): IDataObject => {
	const { status, step, publicKey, fingerprint, removePublicKey, removeFingerprint } = changes;
	const { details, identifier } = changes;
	const own = read('92', present).reply as { key: object } & IDataObject;
	return {
		...own,
		key: { ...own.key, private_key: null },
		identifier,
		status,
		step,
		publicKey,
		fingerprint,
		removePublicKey,
		removeFingerprint,
		details,
	};
};
