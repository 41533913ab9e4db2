import type { Pam360Account } from '../../simulators';
import { ADDED_PEM } from '../pam360/pki';
import type { Rows } from './world';
import { byName, fails, gives, item, keepsGiven, knownAccount, password, sims } from './world';

const state = () => sims.pam360.state;
const resources = () => state().resources.filter(({ name }) => name === 'new');
const accounts = () =>
	state().resources.flatMap(({ accounts: some }) =>
		[...some.values()].filter(({ name }) => name === 'new'),
	);
const accountIn = (): Pam360Account | undefined =>
	[...(resources()[0]?.accounts.values() ?? [])][0];
const users = () => state().users.filter(({ userName }) => userName === 'jdoe2');
const certificates = (name: string) =>
	state().certificates.filter(({ commonName }) => commonName === name);

const place = { resourceId: byName('target'), accountId: byName('root') };
const person = {
	userName: 'jdoe2',
	firstName: 'Jane',
	lastName: 'Doe',
	email: 'jdoe@example.com',
};
const mayHave = (what: string, then: string) =>
	fails(
		new RegExp(`${what} may have been \\w+ anyway\\. The node did not send .* again\\. ${then}`),
	);
const exists = fails(/already exists/);

/** Of what PAM360 takes any number of times: another execution asks for another one, as it was told. */
const another = { afterwards: [gives({}), 2], beforehand: [gives({}), 2] } satisfies Partial<
	Rows[string]
>;

export const rows: Rows = {
	'pam360 account create': {
		parameters: () => ({
			resourceId: byName('target'),
			accounts: { account: [{ accountName: 'new', password: password(1) }] },
		}),
		cut: /POST .*\/accounts$/,
		first: fails(
			/Accounts may have been created anyway\. The node did not send the request again\. It asked PAM360 for accounts of these names instead\..* It has no account named new yet\./,
		),
		made: () => accounts().length,
		afterwards: [fails(/did not add the account new: .*already exists/), 1],
		beforehand: [gives({ name: 'new', created: true }), 1],
	},
	'pam360 account update': {
		parameters: () => ({ ...place, updateFields: { notes: 'changed' } }),
		cut: /PUT .*\/accounts\/\d+$/,
		first: gives({ updated: true }),
		made: () => 0,
		afterwards: [gives({ updated: true }), 0],
		beforehand: [gives({ updated: true }), 0],
	},
	'pam360 account upsert': {
		parameters: (run) => ({
			resourceId: byName('target'),
			accountName: 'new',
			password: password(run),
			additionalFields: { notes: `of run ${run}` },
		}),
		cut: /POST .*\/accounts$/,
		first: mayHave(
			'The account',
			'Run the node again: it looks for it first, and makes no second one\\. PAM360 shows no such account yet\\.$',
		),
		made: () => accounts().length,
		// The password of what is there stays the one of the first run: it was not created by this one.
		afterwards: [gives({ created: false, updated: true }), 1],
		beforehand: [gives({ created: true, updated: false }), 1],
		finally: ([, next]) => {
			const [one] = accounts();
			expect(one).toMatchObject({
				password: password(item(next!).created === true ? 2 : 1),
				description: 'of run 2',
			});
		},
	},
	'pam360 resource create': {
		parameters: (run) => ({
			resourceName: 'new',
			additionalFields: { accountName: 'root', password: password(run) },
		}),
		cut: /POST .*\/resources$/,
		first: mayHave(
			'The resource',
			'It asked PAM360 for a resource of this name instead\\. PAM360 shows none of this name yet\\.$',
		),
		made: () => resources().length,
		afterwards: [exists, 1],
		beforehand: [gives({ created: true }), 1],
		finally: keepsGiven(() => accountIn()?.password),
	},
	'pam360 resource update': {
		parameters: () => ({
			resourceId: byName('target'),
			updateFields: { description: 'changed' },
		}),
		cut: /PUT .*\/resources\/\d+$/,
		first: gives({ updated: true }),
		made: () => state().resources.filter(({ description }) => description === 'changed').length,
		afterwards: [gives({ updated: true }), 1],
		beforehand: [gives({ updated: true }), 1],
	},
	'pam360 resource upsert': {
		parameters: (run) => ({
			resourceName: 'new',
			additionalFields: { description: `of run ${run}` },
			newFields: { accountName: 'root', password: password(run) },
		}),
		cut: /POST .*\/resources$/,
		first: mayHave(
			'The resource',
			'Run the node again: it looks for it first, and makes no second one\\. PAM360 shows no such resource yet\\.$',
		),
		made: () => resources().length,
		afterwards: [gives({ created: false, updated: true }), 1],
		beforehand: [gives({ created: true, updated: false }), 1],
		finally: ([, next]) => {
			expect(resources()[0]?.description).toBe('of run 2');
			expect(accountIn()?.password).toBe(password(item(next!).created === true ? 2 : 1));
		},
	},
	'pam360 password reset, in PAM360': {
		parameters: (run) => ({
			...place,
			resetType: 'local',
			passwordSource: 'own',
			newPassword: password(run),
		}),
		cut: /PUT .*\/password$/,
		first: gives({ outcome: 'done' }),
		made: () => Number(knownAccount().password !== 'old one'),
		afterwards: [gives({ outcome: 'done' }), 1],
		beforehand: [gives({ outcome: 'done' }), 1],
		finally: keepsGiven(() => knownAccount().password),
	},
	'pam360 password reset, remote': {
		parameters: () => ({
			...place,
			resetType: 'remote',
			passwordSource: 'generate',
			policy: 'Strong',
		}),
		cut: /PUT .*\/password$/,
		first: (result) => {
			gives({ outcome: 'unknown', vaultHolds: 'other' })(result);
			expect(item(result).secret).toEqual(expect.stringMatching(/.{8}/));
			expect(item(result).nextStep).toMatch(
				/^PAM360 does not hold this password yet, and may still be at work\./,
			);
		},
		made: () => Number(knownAccount().password !== 'old one'),
		afterwards: [gives({ outcome: 'done' }), 1],
		beforehand: [gives({ outcome: 'done' }), 1],
		// Whatever came last: an item has it.
		finally: (results) =>
			expect(results.map((result) => item(result).secret)).toContain(knownAccount().password),
	},
	'pam360 agentKey generate': {
		parameters: () => ({ generateAgentKey: true }),
		cut: /POST .*\/agents\/agentkey$/,
		first: fails(
			/An agent key may have been issued anyway\. The node did not send the request again\. Look in the console before you run the node again\./,
		),
		made: () => state().keys.length,
		// Another execution is another call. The first key is named by the error.
		afterwards: [gives({ type: 'agentKey' }), 2],
		beforehand: [gives({ type: 'agentKey' }), 2],
	},
	'pam360 authToken regenerate': {
		parameters: () => ({}),
		cut: /PUT .*\/user\/regenerateAuthtoken$/,
		// The vendor ends the old token before it gives out the new one.
		first: fails(
			/The auth token may have been regenerated anyway\. The node did not send the request again\..* The old token still worked right after that\./,
		),
		made: () => state().tokens.size,
		afterwards: [fails(/^PAM360 does not accept the auth token/), 3],
		beforehand: [gives({ type: 'authToken' }), 3],
	},
	'pam360 certificate add': {
		...another,
		parameters: () => ({ certificate: ADDED_PEM }),
		cut: /POST .*\/addCertificate$/,
		first: mayHave('The certificate', "Look for its serial number with 'Certificate: Get'\\.$"),
		made: () => certificates('added.example.com').length,
	},
	'pam360 certificate create': {
		...another,
		parameters: (run) => ({ commonName: 'c.example.com', password: password(run), validity: 1 }),
		cut: /POST .*\/createCertificate$/,
		first: mayHave('The certificate', "Look for it with 'Certificate: Get'\\.$"),
		made: () => certificates('c.example.com').length,
	},
	'pam360 certificate createCsr': {
		...another,
		parameters: (run) => ({
			commonName: 'c.example.com',
			additionalFields: { password: password(run) },
		}),
		cut: /POST .*\/createCSR$/,
		first: mayHave(
			'The certificate request',
			"No call is known that lists requests: look in PAM360's console\\.$",
		),
		made: () => state().csrs.length,
	},
	'pam360 user create': {
		parameters: (run) => ({
			...person,
			roles: 'Password User',
			active: true,
			additionalFields: { password: password(run) },
		}),
		cut: /POST .*\/Users$/,
		first: mayHave(
			'The user',
			"Look for it with 'User: Get Many'\\. .* shows none of this name yet",
		),
		made: () => users().length,
		afterwards: [exists, 1],
		beforehand: [gives({ userName: person.userName }), 1],
	},
	'pam360 user createApiUser': {
		parameters: () => ({ ...person, role: 'Password User' }),
		cut: /POST .*\/user$/,
		first: mayHave(
			'The API user',
			'If it was, its auth token is lost: .* shows none of this name yet',
		),
		made: () => users().length,
		afterwards: [exists, 1],
		beforehand: [gives({ userName: person.userName, mustBeRegenerated: true }), 1],
	},
	'pam360 user createLocalUser': {
		parameters: (run) => ({ ...person, role: 'Password User', password: password(run) }),
		cut: /POST .*\/user$/,
		first: mayHave('The user', 'Before you run it again, .* shows none of this name yet'),
		made: () => users().length,
		afterwards: [exists, 1],
		beforehand: [gives({ userName: person.userName, created: true }), 1],
	},
};
