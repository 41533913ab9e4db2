import type { IDataObject } from 'n8n-workflow';
import { senhaseguraDemo } from '../../simulators';
import { storedKeys } from '../../unit/senhasegura/support';
import { changesAutomatically } from '../senhasegura/everyOperation';
import { sshKey } from '../vendors';
import type { Row, Rows } from './world';
import { byName, fails, gives, item, keepsGiven, made, password, sims } from './world';

const state = () => sims.senhasegura.state;
const keys = () => storedKeys(sims.senhasegura);
const named = (identifier: string) => keys().find((key) => key.identifier === identifier);
const [device] = senhaseguraDemo.devices;
const credentials = () =>
	[...state().items.values()].filter(
		(one) => one.kind === 'credential' && one.username === 'deploy',
	) as Array<{ content?: string }>;

const mayHave = (what: string, then: string) =>
	fails(
		new RegExp(`${what} may have been \\w+ anyway\\. The node did not send .* again\\. ${then}`),
	);

/** Of what the vault takes any number of times: another execution asks for another one, as it was told. */
const another = { afterwards: [gives({}), 2], beforehand: [gives({}), 2] } satisfies Partial<Row>;

/** The entry of MySafe that the test has made before. */
let entry: IDataObject = {};

/** A kind of entry of MySafe: what each run gives, and where the vault keeps it. */
function safe(
	resource: string,
	kept: 'password' | 'note' | 'secretapi',
	secret: { parameter: string; field: string },
	others: IDataObject,
): Rows {
	const entries = () => state().mySafe[kept];
	const kinds = { safeNote: 'The note' } as Record<string, string>;
	const give = (run: number) => ({ [secret.parameter]: password(run) });
	return {
		[`senhasegura ${resource} create`]: {
			...another,
			parameters: (run) => ({ ...others, ...give(run) }),
			cut: new RegExp(`POST .*/mysafe/${kept}$`),
			first: mayHave(
				`${kinds[resource] ?? 'The entry'} '${others.name as string}'`,
				'Look for it in MySafe\\.$',
			),
			made: () => entries().length,
			finally: () =>
				expect(
					entries()
						.map(({ fields }) => fields[secret.field])
						.sort(),
				).toEqual([password(1), password(2)]),
		},
		[`senhasegura ${resource} update`]: {
			prepare: async () => {
				entry = await made(`senhasegura ${resource} create`, { ...others, ...give(0) });
			},
			parameters: (run) => ({ identifier: entry.identifier, updateFields: give(run) }),
			cut: new RegExp(`PUT .*/mysafe/${kept}/update/`),
			first: gives({ type: resource }),
			made: () => entries().length,
			afterwards: [gives({ type: resource }), 1],
			beforehand: [gives({ type: resource }), 1],
			finally: keepsGiven(() => entries()[0]?.fields[secret.field]),
		},
	};
}

/** The rotation of a key whose present pair must stay as it is. */
const rotated = {
	prepare: async () => {
		await made('senhasegura sshKey create', {
			...device,
			keySource: 'provide',
			...sshKey('ed25519'),
			additionalFields: { identifier: 'web-01' },
		});
	},
	parameters: () => ({ sshKeyId: byName('web-01') }),
	finally: () => expect(named('web-01')).toMatchObject({ active: true, ...sshKey('ed25519') }),
} satisfies Partial<Row>;

/** What Rotate has said. */
let started: IDataObject = {};

/** The end of its first half: the hosts have the next pair, and the vault follows. */
const installed = {
	prepare: async () => {
		await rotated.prepare();
		started = await made('senhasegura sshKey rotate', rotated.parameters());
	},
	parameters: () => ({
		...rotated.parameters(),
		step: 'install',
		fingerprint: started.fingerprint,
		hosts: started.hosts,
	}),
	made: () => keys().length,
	// Whatever comes late holds the pair that was to be there.
	afterwards: [gives({ status: 'promoted' }), 3],
	beforehand: [gives({ status: 'promoted' }), 3],
	finally: () => {
		expect(named('web-01')).toMatchObject({ active: true, publicKey: started.publicKey });
		expect(named('web-01.n8n-previous')).toMatchObject({ active: true, ...sshKey('ed25519') });
		expect(named('web-01.n8n-next')?.active).toBe(false);
	},
} satisfies Partial<Row>;

const apiSecret = { name: 'Billing', url: 'https://billing.example.com', clientId: 'abc' };

export const rows: Rows = {
	'senhasegura credential upsert': {
		parameters: (run) => ({
			...device,
			username: 'deploy',
			additionalFields: { identifier: 'web-01-deploy', content: password(run) },
		}),
		cut: /POST .*\/pam\/credential$/,
		first: gives({ identifier: 'web-01-deploy' }),
		made: () => credentials().length,
		afterwards: [gives({ created: false }), 1],
		beforehand: [gives({ created: false }), 1],
		finally: keepsGiven(() => credentials()[0]?.content),
	},
	'senhasegura credential changePassword': {
		prepare: () => changesAutomatically(sims.senhasegura),
		parameters: () => ({ credentialId: { __rl: true, mode: 'id', value: '39' } }),
		cut: /DELETE .*\/custody\/39$/,
		first: gives({ passwordChangeRequested: true }),
		made: () => 0,
		afterwards: [gives({ passwordChangeRequested: true }), 0],
		beforehand: [gives({ passwordChangeRequested: true }), 0],
	},
	'senhasegura sshKey create, without an identifier': {
		parameters: () => ({ ...device, keySource: 'generate' }),
		cut: /POST .*\/pam\/key$/,
		first: gives({ created: true }),
		made: () => keys().length,
		// Another execution is another key, as it was asked for.
		afterwards: [gives({ created: true }), 2],
		beforehand: [gives({ created: true }), 2],
		finally: (results) =>
			expect(results.map((result) => item(result).publicKey).sort()).toEqual(
				keys()
					.map(({ publicKey }) => publicKey)
					.sort(),
			),
	},
	'senhasegura sshKey upsert, with a pair that is made': {
		parameters: () => ({ identifier: 'web-01', ...device, keySource: 'generate' }),
		cut: /POST .*\/pam\/key$/,
		first: gives({ created: true }),
		made: () => keys().length,
		afterwards: [gives({ created: false }), 1],
		beforehand: [gives({ created: false }), 1],
		// Whatever came last: an item names it.
		finally: (results) =>
			expect(results.map((result) => item(result).publicKey)).toContain(keys()[0]?.publicKey),
	},
	'senhasegura sshKey rotate': {
		...rotated,
		cut: /POST .*\/pam\/key$/,
		first: fails(
			/^It is not known if a pair was stored in the new record web-01\.n8n-next: .* Nothing was sent that replaces the present pair, so hosts accept it as before\. Run the workflow again: it goes on from there\. If that run does not find the key, the vault took the new record for the key itself: look at its identifier in the vault\.$/,
		),
		made: () => keys().length,
		// What came late holds the present pair, and is taken out of use.
		afterwards: [gives({ status: 'tidied' }), 2],
		beforehand: [gives({ status: 'started', step: 'install' }), 2],
	},
	'senhasegura sshKey rotate, when it stores the next pair': {
		...rotated,
		cut: /POST .*\/pam\/key$/,
		holding: /"n8n-next-\d/,
		first: fails(
			/^It is not known if a pair was stored in the record web-01\.n8n-next: .* Nothing was sent that replaces the present pair, so hosts accept it as before\. Run the workflow again: it goes on from there\.$/,
		),
		made: () => keys().length,
		afterwards: [gives({ status: 'resumed', step: 'install' }), 2],
		// Its record holds the present pair until then, and is taken out of use; the run after this one goes on.
		beforehand: [gives({ status: 'tidied' }), 2],
	},
	'senhasegura sshKey finishRotation, when it keeps the present pair': {
		...installed,
		cut: /POST .*\/pam\/key$/,
		holding: /"n8n-previous-\d/,
		first: fails(
			/^It is not known if a pair was stored in the record web-01\.n8n-previous: .* Nothing was sent that replaces the present pair/,
		),
	},
	'senhasegura sshKey finishRotation, when it replaces the present pair': {
		...installed,
		cut: /POST .*\/pam\/key$/,
		holding: /"identifier":"web-01"/,
		first: fails(
			/^It is not known if the next pair becomes the present one: .* Both pairs are in the vault, and hosts accept both\. Run the workflow again: it goes on from there\.$/,
		),
	},
	'senhasegura secret upsert': {
		parameters: (run) => ({
			identity: 'db',
			content: 'credential',
			user: 'app',
			password: password(run),
		}),
		cut: /POST .*\/sctm\/secret$/,
		first: gives({ identity: 'db', created: true }),
		made: () =>
			state()
				.applications.flatMap(({ secrets }) => secrets)
				.filter(({ identity }) => identity === 'db').length,
		afterwards: [gives({ created: false }), 1],
		beforehand: [gives({ created: false }), 1],
	},
	'senhasegura secret provision': {
		parameters: () => ({ provisionFor: 'identity', identity: 'application5' }),
		cut: /POST .*/,
		first: mayHave(
			"A dynamic secret for 'application5'",
			'Nobody has it: look for it in the vault, or with .Secret: Get Many.\\.$',
		),
		made: () => state().applications.flatMap(({ secrets }) => secrets).length,
		afterwards: [gives({ type: 'secret' }), 1],
		beforehand: [gives({ type: 'secret' }), 1],
	},
	'senhasegura application create': {
		...another,
		parameters: () => ({ name: 'shop', system: 'backend', environment: 'production' }),
		cut: /POST .*\/dapp\/application$/,
		first: mayHave(
			"An authorization of the application 'shop'",
			'Nobody has its client secret: look for it in the vault, and remove it\\.$',
		),
		made: () => state().applications.find(({ name }) => name === 'shop')?.authorizations.size ?? 0,
	},
	'senhasegura certificate import': {
		parameters: () => ({ certificate: sims.senhasegura.certificate, extension: 'pem' }),
		cut: /POST .*\/certificate\/import$/,
		first: mayHave(
			'The certificate',
			'Run the node again: the vault refuses the same certificate twice\\.$',
		),
		made: () => state().certificates.length,
		afterwards: [fails(/Certificate already exists/), 1],
		beforehand: [gives({ imported: true }), 1],
	},
	'senhasegura certificateRequest create': {
		...another,
		parameters: (run) => ({
			commonName: 'www.example.com',
			organization: 42,
			validityDays: 365,
			additionalFields: { keyPassword: password(run) },
		}),
		cut: /POST .*\/certificate\/request/,
		first: mayHave(
			"The certificate request for 'www\\.example\\.com'",
			"Look for it with 'Certificate Request: Get Many'\\.$",
		),
		made: () => state().certificateRequests.length,
	},
	'senhasegura protectedInformation create': {
		...another,
		parameters: (run) => ({ name: 'bank', content: password(run) }),
		cut: /POST .*\/pam\/info$/,
		first: mayHave("The information 'bank'", 'Look for it in the vault\\.$'),
		made: () => state().information.length,
		finally: () =>
			expect(
				state()
					.information.map(({ content }) => content)
					.sort(),
			).toEqual([password(1), password(2)]),
	},
	'senhasegura session createWebProxySession': {
		...another,
		parameters: () => ({ user: 'ana', credential: 'root', device: 'linux-01', protocol: 'SSH' }),
		cut: /POST .*/,
		first: mayHave('A session URL', 'Nobody has it, and it expires after 30 seconds\\.$'),
		made: () => state().sessionUrls.size,
	},
	...safe(
		'safePassword',
		'password',
		{ parameter: 'password', field: 'password' },
		{ name: 'Bank', username: 'ana' },
	),
	...safe('safeNote', 'note', { parameter: 'note', field: 'note' }, { name: 'Alarm' }),
	...safe(
		'safeApiSecret',
		'secretapi',
		{ parameter: 'clientSecret', field: 'client_secret' },
		apiSecret,
	),
	'senhasegura safeApiSecret upsert': {
		parameters: (run) => ({
			...apiSecret,
			identifierCode: 'billing-1',
			clientSecret: password(run),
		}),
		cut: /POST .*\/mysafe\/secretapi$/,
		first: mayHave(
			'The entry',
			'Run the node again: it updates the entry instead of making a second one\\.$',
		),
		made: () => state().mySafe.secretapi.length,
		afterwards: [gives({ created: false }), 1],
		beforehand: [gives({ created: true }), 1],
		finally: () => expect(state().mySafe.secretapi[0]?.fields.client_secret).toBe(password(2)),
	},
};
