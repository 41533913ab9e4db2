import type { Exchange } from '../kit/exchanges';
import type { Refused } from '../kit/operation';
import { success } from './kit';

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
