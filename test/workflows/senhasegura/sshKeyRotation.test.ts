import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import { printedFingerprint } from '../../unit/senhasegura/support';
import { sshKey } from '../vendors';
import { kit, success } from './kit';
import { byId, byName, list, references } from './sshKeySamples';
import {
	LINEAGE,
	MADE,
	NEXT_NAME,
	PREVIOUS_NAME,
	SECRETS,
	STAMP,
	atNow,
	digest,
	disableCall,
	former,
	helper,
	inactive,
	line,
	listed,
	listedKey,
	listedNext,
	listedPrevious,
	lookUps,
	next,
	post,
	present,
	raw,
	read,
	readNext,
	readPrevious,
	target,
	told,
} from './sshKeyRotationSamples';

atNow();

const enableCall = (id: string): Exchange => ({
	method: 'PUT',
	path: `/api/pam/key/${id}`,
	reply: success('Key successfully activated'),
});

const install = told({
	status: 'resumed',
	step: 'install',
	publicKey: line(next, `n8n-${LINEAGE}-${MADE}`),
	fingerprint: printedFingerprint('ecdsab256'),
	algorithm: 'ecdsa256',
	since: '2026-03-02T01:00:00.000Z',
});
const remove = told({
	status: 'resumed',
	step: 'remove',
	publicKey: line(present),
	fingerprint: printedFingerprint('ed25519'),
	removePublicKey: line(former),
	removeFingerprint: printedFingerprint('rsab3072'),
	algorithm: 'ed25519',
	since: '2026-03-01T03:00:00.000Z',
});

function keyFields(name: string) {
	const { privateKey, publicKey } = sshKey(name);
	return { private_key: privateKey, public_key: publicKey };
}

/** The request that makes the *next* record says no more than it has to. */
const made = {
	...target,
	private_key: present.privateKey,
	public_key: present.publicKey,
	username: `n8n-new-92-${STAMP}-00000000`,
	identifier: 'sshkey3.n8n-next',
	password: '',
};

/** The same, which notes that the key in *previous* was seen gone. */
const noted = {
	...made,
	username: `n8n-done-92-${STAMP}-${digest(PREVIOUS_NAME.toLowerCase())}`,
};
const previousRetired = [
	list(listedKey, listedPrevious),
	read('97', present, { username: PREVIOUS_NAME }),
	read('92', present),
	disableCall('97'),
	read('92', present),
	list(listedKey, listedPrevious),
];

const dryRun = told({ status: 'dryRun', step: 'install' });

describeOperation(kit, 'sshKey', 'rotate', {
	secrets: SECRETS,
	cases: [
		{
			name: 'looks at the key, and changes nothing, on a dry run',
			parameters: { ...byId, dryRun: true },
			exchanges: [list(listedKey), read('92', present)],
			items: dryRun,
			raw: raw(dryRun),
		},
		{
			name: 'hands out the same next pair again',
			parameters: byName,
			exchanges: [list(listedKey, listedNext), readNext, read('92', present)],
			items: install,
		},
		{
			name: 'says what it would do with it on a dry run',
			parameters: { ...byId, dryRun: true },
			exchanges: [list(listedKey, listedNext), readNext, read('92', present)],
			items: { ...install, status: 'dryRun' },
		},
		{
			name: 'asks for the removal of the former key first',
			parameters: byId,
			exchanges: [
				list(listedPrevious, listedNext, listedKey),
				readPrevious,
				readNext,
				read('92', present),
				// No other pair stays there: a late write could displace the present one, which nothing else has.
				disableCall('96'),
				post(helper('next', present, `n8n-done-92-${STAMP}-00000000`, false), '96'),
				inactive('96'),
			],
			items: remove,
		},
		{
			name: 'enables a former key that nobody has seen gone',
			parameters: byId,
			exchanges: [
				list(listedKey, listedPrevious),
				inactive('97'),
				read('92', present),
				list(listedKey, listedPrevious),
				inactive('97'),
				read('92', present),
				enableCall('97'),
				readPrevious,
			],
			items: remove,
		},
		{
			name: 'says on a dry run that it would',
			parameters: { ...byId, dryRun: true },
			exchanges: [list(listedKey, listedPrevious), inactive('97'), read('92', present)],
			items: told({ status: 'dryRun', step: 'remove' }),
		},
		{
			name: 'takes a next pair out of use that is the present one',
			parameters: byId,
			exchanges: [
				list(listedKey, listedNext),
				read('96', present, { username: NEXT_NAME }),
				read('92', present),
				disableCall('96'),
				post(helper('next', present, `n8n-done-92-${STAMP}-00000000`, false), '96'),
				inactive('96'),
			],
			// What the vault has not kept in the comment is told by the username.
			items: told({
				status: 'tidied',
				presentPublicKey: line(present, `n8n-${LINEAGE}-${MADE}`),
			}),
		},
		{
			name: 'takes a next pair out of use that was the present one before',
			parameters: byId,
			exchanges: [
				list(listedKey, listedNext, listedPrevious),
				inactive('97'),
				read('96', former, { username: NEXT_NAME }),
				read('92', present),
				disableCall('96'),
				// Nobody has seen the former one gone: that stays open.
				post(helper('next', present, `n8n-done-92-${STAMP}-00000000`, false), '96'),
				inactive('96'),
			],
			items: told({ status: 'tidied' }),
		},
		{
			name: 'takes a previous pair out of use that is the present one',
			parameters: byId,
			exchanges: [
				list(listedKey, listedPrevious),
				read('97', present, { username: PREVIOUS_NAME }),
				read('92', present),
				disableCall('97'),
				read('92', present),
				list(listedKey),
			],
			items: told({ status: 'tidied' }),
		},
		{
			name: 'notes that, where the list shows what is disabled',
			parameters: byId,
			exchanges: [
				...previousRetired,
				post(noted, '96', 'Key successfully registered!'),
				read('96', present, { username: noted.username }),
				read('92', present),
				disableCall('96'),
			],
			items: told({ status: 'tidied' }),
		},
		{
			name: 'keeps the pair in that note that another run has made the present one meanwhile',
			parameters: byId,
			exchanges: [
				...previousRetired,
				post(noted, '96', 'Key successfully registered!'),
				read('96', present, { username: noted.username }),
				read('92', next),
				post(helper('next', next, `n8n-done-92-${STAMP}-00000000`, false), '96'),
				inactive('96'),
			],
			items: told({ status: 'tidied' }),
		},
		{
			name: 'enables a previous pair again that another run has replaced right then',
			parameters: byId,
			exchanges: [
				list(listedKey, listedPrevious),
				read('97', present, { username: PREVIOUS_NAME }),
				read('92', present),
				disableCall('97'),
				// The hosts may accept no other pair that is enabled, but for the one that came.
				read('92', next),
				enableCall('97'),
			],
			items: told({ status: 'inProgress' }),
		},
		{
			name: 'stores no new pair where another run has replaced the present one meanwhile',
			parameters: byId,
			exchanges: [
				list(listedKey),
				read('92', present),
				post(made, '96', 'Key successfully registered!'),
				read('96', present, { username: made.username }),
				read('92', next),
				// The record keeps the pair that is the present one by then, and is not in use.
				post(helper('next', next, `n8n-done-92-${STAMP}-00000000`, false), '96'),
				inactive('96'),
			],
			items: told({ status: 'inProgress' }),
		},
		{
			name: 'notes that a rotation was called off',
			parameters: byId,
			exchanges: [
				list(listedKey, listedNext),
				inactive('96'),
				read('92', present),
				post(helper('next', present, `n8n-done-92-${STAMP}-00000000`, false), '96'),
				inactive('96'),
			],
			items: told({ status: 'tidied' }),
		},
		{
			name: 'begins no rotation of a key that is young',
			parameters: { ...byId, additionalFields: { onlyIfOlderThanDays: 90 } },
			exchanges: [list(listed('92', { change: '2026-02-28 00:00:00' })), read('92', present)],
			items: told({ status: 'nothingToDo' }),
		},
		{
			name: 'knows from the pair itself that it is young, where the vault does not tell',
			parameters: { ...byId, additionalFields: { onlyIfOlderThanDays: 90 }, dryRun: true },
			exchanges: [
				list(listed('92', { change: null })),
				read('92', {
					...present,
					publicKey: `${present.publicKey} n8n-${LINEAGE}-20260228T010000000Z`,
				}),
			],
			items: told({
				status: 'dryRun',
				presentPublicKey: `${present.publicKey} n8n-${LINEAGE}-20260228T010000000Z`,
			}),
		},
	],
	refused: [
		...references,
		[
			'an algorithm that is none',
			{ keyAlgorithm: '={{ "dsa" }}' },
			/^'Key Algorithm' must be one of same, ed25519/,
		],
		[
			'an age that is none',
			{ additionalFields: { onlyIfOlderThanDays: '={{ "old" }}' } },
			/^'Only If Older Than \(Days\)' must be a whole number of days/,
		],
	],
	failures: [
		...lookUps,
		...[
			['another username', { username: 'root' }],
			['no devices', { devices: [] }],
			['another passphrase', { password: 'x' }],
		].map(([what, changes]) => ({
			name: `a key that has ${what as string} when its helper was made`,
			parameters: { dryRun: false },
			exchanges: [
				list(listedKey),
				read('92', present),
				post(made, '96', 'Key successfully registered!'),
				read('96', present, { username: made.username }),
				read('92', present, changes as object),
			],
			says: [
				/^The vault did not make a separate record for the helper of the SSH key/,
				/No pair is lost.*The rotation was not begun/,
			],
		})),
		{
			name: 'a helper that was made in the place of the key',
			parameters: { dryRun: false },
			exchanges: [
				list(listedKey),
				read('92', present),
				post(made, '92'),
				read('92', present),
				read('92', present),
			],
			says: [/^The vault did not make a separate record for the helper of the SSH key/],
		},
		{
			name: 'a key that the vault changes by itself',
			exchanges: [list(listed('92', { automatic_change: '1' }))],
			says: [/^The vault changes the SSH key sshkey3 by itself, so it is not rotated/],
		},
		{
			name: 'an algorithm that is weaker',
			parameters: { keyAlgorithm: 'ed25519' },
			exchanges: [list(listedKey), read('92', present, keyFields('ecdsab384'))],
			says: [/^'Key Algorithm' ed25519 is weaker than the present key, which is ecdsa384/],
		},
		{
			name: 'a passphrase that the vault does not hold',
			exchanges: [list(listedKey), read('92', present, keyFields('ed25519encrypted'))],
			says: [/^The present key has a passphrase that the vault does not hold/, /'New Passphrase'/],
		},
		{
			name: 'a key of a kind that cannot be made',
			exchanges: [
				list(listedKey),
				read('92', present, {
					public_key:
						'ssh-xmss@openssh.com AAAAFHNzaC14bXNzQG9wZW5zc2guY29tAAAAEFNIQTJfMjU2X1cxNl9IMTAAAAAEeHh4eA==',
					private_key: 'x',
				}),
			],
			says: [
				/^Choose a 'Key Algorithm': the node cannot make keys of the kind ssh-xmss@openssh.com/,
			],
		},
	],
});
