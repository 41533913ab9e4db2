import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import { printedFingerprint } from '../../unit/senhasegura/support';
import { kit, refusal, success } from './kit';
import { byId, byName, list, references } from './sshKeySamples';
import {
	LINEAGE,
	MADE,
	NEXT_NAME,
	PREVIOUS_NAME,
	SECRETS,
	STAMP,
	atNow,
	body,
	digest,
	disableCall,
	former,
	helper,
	inactive,
	line,
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

const finish = {
	...byId,
	step: 'install',
	fingerprint: printedFingerprint('ecdsab256'),
	hosts: ['w2016', 'API device test'],
};
/** Where the record is made, it says no more than it has to. */
function without({ ip, hostname, private_key, public_key, ...more }: ReturnType<typeof helper>) {
	const { username, identifier, enabled, password } = more;
	return { ip, hostname, private_key, public_key, username, identifier, enabled, password };
}
const kept = helper('previous', present, `n8n-previous-92-${STAMP}-${digest(body(present))}`, true);
const promotion = {
	...target,
	private_key: next.privateKey,
	public_key: next.publicKey,
	username: 'dleite',
	identifier: 'sshkey3',
	devices: [{ hostname: 'API device test' }],
	key_name: 'test2',
};
const TAG = `n8n-${LINEAGE}-${MADE}`;
const newPresent = {
	presentPublicKey: line(next, TAG),
	presentFingerprint: printedFingerprint('ecdsab256'),
};
const promoted = told({
	status: 'promoted',
	...newPresent,
	publicKey: line(next, TAG),
	fingerprint: printedFingerprint('ecdsab256'),
	removePublicKey: line(present),
	removeFingerprint: printedFingerprint('ed25519'),
	algorithm: 'ecdsa256',
	finishedStep: 'install',
	seenOn: ['w2016', 'API device test'],
	hostsGivenUp: [],
});
const look = [list(listedKey, listedNext), readNext, read('92', present)];
const keep = [
	post(without(kept), '97', 'Key successfully registered!'),
	read('97', present, { username: kept.username }),
	read('92', present),
];
const again = [readNext, read('92', present)];
const promote = [post(promotion, '92'), read('92', next), disableCall('96')];
const finished = told({
	status: 'finishedBefore',
	publicKey: line(present),
	fingerprint: printedFingerprint('ed25519'),
	algorithm: 'ed25519',
	finishedStep: 'install',
	seenOn: ['w2016'],
	hostsGivenUp: [],
});
const removal = { ...finish, step: 'remove', fingerprint: printedFingerprint('ed25519') };
const seenName = digest(PREVIOUS_NAME.toLowerCase());
const marked = (state: string) =>
	post(helper('next', present, `n8n-${state}-92-${STAMP}-${seenName}`, false), '96');

/** One host has the new key, and the other is given up. */
const givenUp = {
	...finish,
	hosts: 'w2016',
	additionalFields: { hostsGivenUp: ['API device test'] },
};
/** The former key is disabled, after it was noted that the end begins. */
const formerDisabled = [
	list(listedKey, listedNext, listedPrevious),
	readPrevious,
	inactive('96'),
	read('92', present),
	marked('ending'),
	inactive('96'),
	disableCall('97'),
	inactive('97'),
];

describeOperation(kit, 'sshKey', 'finishRotation', {
	secrets: SECRETS,
	cases: [
		{
			name: 'changes nothing where the step was finished before',
			parameters: { ...finish, fingerprint: printedFingerprint('ed25519'), hosts: 'w2016' },
			exchanges: [list(listedKey), read('92', present)],
			items: finished,
			raw: { ...raw(finished), finishedStep: 'install', seenOn: ['w2016'], hostsGivenUp: [] },
		},
		{
			name: 'keeps the present pair, makes the next one the present one, and disables it',
			parameters: { ...finish, ...byName },
			exchanges: [...look, ...keep, ...again, ...promote],
			items: promoted,
		},
		{
			name: 'uses a previous record again that is disabled',
			parameters: finish,
			exchanges: [
				list(
					listedKey,
					{ ...listedNext, username: `n8n-next-92-${MADE}-${seenName}` },
					listedPrevious,
				),
				inactive('97'),
				read('96', next, { username: `n8n-next-92-${MADE}-${seenName}` }),
				read('92', present),
				post(kept, '97'),
				read('97', present, { username: kept.username }),
				...again,
				...promote,
			],
			items: promoted,
		},
		{
			name: 'takes hosts as JSON text of objects, by name and by address, in any case',
			parameters: {
				...finish,
				hosts: '[{"hostname":"W2016","ip":null},{"ip":"10.66.33.20"}]',
			},
			exchanges: [...look, ...keep, ...again, ...promote],
			items: { ...promoted, seenOn: ['W2016', '10.66.33.20'] },
		},
		{
			name: 'gives up a host for a next key of more than an hour',
			parameters: {
				...finish,
				hosts: 'w2016',
				additionalFields: { hostsGivenUp: 'API device test' },
			},
			exchanges: [...look, ...keep, ...again, ...promote],
			items: {
				...promoted,
				seenOn: ['w2016'],
				hostsGivenUp: ['API device test'],
				details: expect.stringMatching(
					/again for that, when API device test can be reached again\.$/,
				) as string,
			},
		},
		{
			name: 'waits for no host that was seen after all, or is none of the key',
			parameters: {
				...finish,
				additionalFields: { hostsGivenUp: ['API device test', 'web-99'] },
			},
			exchanges: [...look, ...keep, ...again, ...promote],
			items: { ...promoted, details: expect.stringMatching(/again for that\.$/) as string },
		},
		{
			name: 'asks for no host of a key that no host learns',
			parameters: { ...finish, hosts: '', additionalFields: { noHostLearnsIt: true } },
			exchanges: [...look, ...keep, ...again, ...promote],
			items: { ...promoted, seenOn: [] },
		},
		{
			name: 'disables what is left of a run that ended before that',
			parameters: finish,
			exchanges: [
				list(listedKey, listedNext),
				read('96', next, { username: NEXT_NAME }),
				read('92', next),
				disableCall('96'),
			],
			items: { ...promoted, removePublicKey: null, removeFingerprint: null },
		},
		{
			name: 'takes a lost answer for done where the record is read back as it should be',
			parameters: finish,
			exchanges: [
				...look,
				...keep,
				...again,
				{ ...post(promotion, '92'), status: 502, reply: 'Bad Gateway' },
				read('92', next),
				disableCall('96'),
			],
			items: promoted,
		},
		{
			name: 'says which devices the vault did not link again',
			parameters: finish,
			exchanges: [
				...look,
				...keep,
				...again,
				{
					...post(promotion, '92'),
					reply: success(
						'Key updated successfully!',
						{ key: { id: '92', devices: [], devices_error: ['API device test'] } },
						201,
					),
				},
				read('92', next),
				disableCall('96'),
			],
			items: promoted,
			hints: ['The vault did not link some devices to an SSH key again: API device test.'],
		},
		{
			name: 'disables the former key when it was seen gone, and notes it',
			parameters: removal,
			exchanges: [...formerDisabled, marked('done'), inactive('96')],
			items: told({
				status: 'ended',
				publicKey: line(present),
				fingerprint: printedFingerprint('ed25519'),
				removePublicKey: line(former),
				removeFingerprint: printedFingerprint('rsab3072'),
				algorithm: 'ed25519',
				finishedStep: 'remove',
				seenOn: ['w2016', 'API device test'],
				hostsGivenUp: [],
			}),
		},
		{
			name: 'changes nothing where the former key was seen gone before',
			parameters: { ...removal, hosts: ['w2016'] },
			exchanges: [
				list(listedKey, listedPrevious, {
					...listedNext,
					username: `n8n-done-92-${MADE}-${seenName}`,
				}),
				inactive('97'),
				inactive('96'),
				read('92', present),
			],
			items: { ...finished, finishedStep: 'remove' },
		},
	],
	refused: [
		...references,
		[
			'a fingerprint that is none',
			{ fingerprint: 'MD5:00:11' },
			/^'Fingerprint' is no fingerprint/,
		],
		['a step that is none', { step: '={{ "both" }}' }, /^'Step' must be one of install, remove/],
		['no hosts', { hosts: '={{ [] }}' }, /^'Hosts' is required \| .*'Key Is on No Host'/],
		[
			'hosts that are none',
			{ hosts: '={{ [{ name: "w2016" }] }}' },
			/^'Hosts' must be a list of texts/,
		],
		[
			'hosts that are given up at a removal',
			{ step: 'remove', additionalFields: { hostsGivenUp: 'w2016' } },
			/^'Hosts Given Up' cannot be given when a key is removed/,
		],
	],
	failures: [
		...lookUps.map((lookUp) => ({
			...lookUp,
			parameters: 'parameters' in lookUp ? lookUp.parameters : byId,
		})),
		{
			name: 'a device that was not seen',
			parameters: { ...finish, hosts: 'w2016' },
			exchanges: look,
			says: [/^The key was not seen on API device test/, /Nothing was changed/],
		},
		{
			name: 'no device that was seen',
			parameters: { ...finish, hosts: 'other', additionalFields: { hostsGivenUp: 'w2016' } },
			exchanges: look,
			says: [/^None of the key's devices is among 'Hosts'/, /w2016, API device test/],
		},
		{
			name: 'a host that is given up too early',
			parameters: givenUp,
			exchanges: [
				list(listedKey, listedNext),
				read('96', next, { username: `n8n-next-92-20260302T020100000Z-00000000` }),
				read('92', present),
			],
			says: [/^API device test cannot be given up yet/, /older than 60 minutes; it is 59/],
		},
		{
			name: 'a host that is given up for a next key of which nobody knows the age',
			parameters: givenUp,
			exchanges: [
				list(listedKey, listedNext),
				read('96', next, { username: 'root' }),
				read('92', present),
			],
			says: [/^API device test cannot be given up yet/, /nobody knows how old it is/],
		},
		{
			name: 'another fingerprint',
			parameters: { ...finish, fingerprint: printedFingerprint('rsab3072') },
			exchanges: look,
			says: [/^'Fingerprint' is not that of the next key, which is SHA256:/],
		},
		{
			name: 'a next key that is disabled',
			parameters: finish,
			exchanges: [list(listedKey, listedNext), inactive('96'), read('92', present)],
			says: [
				/^The next key is disabled, so nothing can be finished/,
				/Run 'SSH Key: Rotate' again/,
			],
		},
		{
			name: 'a next key that was there before',
			parameters: { ...finish, fingerprint: printedFingerprint('rsab3072') },
			exchanges: [
				list(listedKey, listedNext, listedPrevious),
				inactive('97'),
				read('96', former, { username: NEXT_NAME }),
				read('92', present),
			],
			says: [/^The next key must not become the present one/, /it holds the pair that was there/],
		},
		...[
			['the present pair is another one by then', [readNext, read('92', former)]],
			[
				'the present pair has another passphrase by then',
				[readNext, read('92', present, { password: 'x' })],
			],
			[
				'the next record holds another pair by then',
				[read('96', former, { username: NEXT_NAME }), read('92', present)],
			],
			['the next record is disabled by then', [inactive('96'), read('92', present)]],
		].map(([name, changed]) => ({
			name: `right before it replaces the present pair: ${name as string}`,
			parameters: finish,
			exchanges: [...look, ...keep, ...(changed as Exchange[])],
			says: [
				/^The SSH key was changed by another run while this one finished/,
				/this run has not touched it\. Run 'SSH Key: Rotate' again/,
			],
		})),
		{
			name: 'a former key that is still to be removed',
			parameters: finish,
			exchanges: [
				list(listedKey, listedNext, listedPrevious),
				readPrevious,
				readNext,
				read('92', present),
			],
			says: [/^A former key is still to be removed from the hosts/, /'remove'/],
		},
		{
			name: 'a former key that is disabled, and that nobody has seen gone',
			parameters: finish,
			exchanges: [
				list(listedKey, listedNext, listedPrevious),
				inactive('97'),
				readNext,
				read('92', present),
			],
			says: [/^A former key is still to be removed from the hosts/],
		},
		{
			name: 'a key that another run changes meanwhile',
			parameters: finish,
			exchanges: [...look, ...keep, inactive('96'), read('92', present)],
			says: [/^The SSH key was changed by another run/, /this run has not touched it/],
		},
		{
			name: 'a present pair that is not kept as it was sent',
			parameters: finish,
			exchanges: [...look, keep[0]!, read('97', former), read('92', present)],
			says: [/^The present pair could not be kept in the record sshkey3\.n8n-previous/],
		},
		{
			name: 'a vault that takes the helper for the key itself',
			parameters: finish,
			exchanges: [
				...look,
				post(without(kept), '92', 'Key updated successfully!'),
				read('92', present),
				read('92', present, { username: kept.username }),
			],
			says: [
				/^The vault did not make a separate record for the helper/,
				/No pair is lost/,
				/set its identifier 'sshkey3', its username 'dleite'/,
			],
		},
		{
			name: 'a vault that takes the next record for the previous one',
			parameters: finish,
			exchanges: [
				...look,
				post(without(kept), '96', 'Key updated successfully!'),
				read('96', present, { username: kept.username }),
				read('92', present),
			],
			says: [/^The vault did not make a separate record for the helper/],
		},
		{
			name: 'a next pair that does not arrive',
			parameters: finish,
			exchanges: [...look, ...keep, ...again, post(promotion, '92'), read('92', present)],
			says: [
				/^The next pair did not become the present one/,
				/Both pairs are in the vault, and hosts accept both/,
			],
		},
		{
			name: 'a key that is disabled meanwhile',
			parameters: finish,
			exchanges: [...look, ...keep, ...again, post(promotion, '92'), inactive('92')],
			says: [/^The next pair did not become the present one/, /The key is disabled\./],
		},
		{
			name: 'a next pair of which nobody knows if it arrives',
			parameters: finish,
			exchanges: [
				...look,
				...keep,
				...again,
				{ ...post(promotion, '92'), status: 504, reply: 'Gateway Timeout' },
				read('92', present),
			],
			says: [
				/^It is not known if the next pair becomes the present one: /,
				/Run the workflow again/,
			],
		},
		{
			name: 'a next pair that is stored in another record',
			parameters: finish,
			exchanges: [...look, ...keep, ...again, post(promotion, '99')],
			says: [/^The vault stored in the SSH key 99 what was meant for the SSH key 92/],
		},
		{
			name: 'another present key at a removal',
			parameters: { ...removal, fingerprint: printedFingerprint('ecdsab256') },
			exchanges: [list(listedKey, listedPrevious), readPrevious, read('92', present)],
			says: [/^'Fingerprint' is not that of the present key, which is SHA256:/],
		},
		{
			name: 'a host that is missing at a removal',
			parameters: { ...removal, hosts: 'w2016' },
			exchanges: [list(listedKey, listedPrevious), readPrevious, read('92', present)],
			says: [/^The key was not seen on API device test/],
		},
		{
			name: 'a host that is missing at a removal, where the former key was disabled too early',
			parameters: { ...removal, hosts: 'w2016' },
			exchanges: [list(listedKey, listedPrevious), inactive('97'), read('92', present)],
			says: [/^The key was not seen on API device test/],
		},
		{
			name: 'a former key that stays enabled',
			parameters: removal,
			exchanges: [
				list(listedKey, listedPrevious),
				readPrevious,
				read('92', present),
				disableCall('97'),
				readPrevious,
			],
			says: [/^The vault said that it disabled the SSH key 97, but still returns it/],
		},
		{
			name: 'an end that cannot be noted',
			parameters: removal,
			exchanges: [
				...formerDisabled,
				{ ...marked('done'), status: 400, reply: refusal(1011, 'Device not found') },
			],
			says: [
				/^The former key is no longer in use, but that could not be recorded/,
				/Nothing is lost\. Run the workflow again: it ends the rotation\.$/,
			],
		},
	],
});
