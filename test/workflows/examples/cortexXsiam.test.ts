import { generateKeyPairSync } from 'node:crypto';
import nock from 'nock';
import type { IDataObject } from 'n8n-workflow';
import { findSecrets } from '../../harness';
import { addPam360Account, addPam360Resource, cortexXsiamDemo } from '../../simulators';
import type { CortexXsiamKey } from '../../simulators';
import { newCredential, newItem } from '../../simulators/senhasegura/entities';
import type { SenhaseguraCredential } from '../../simulators/senhasegura/entities';
import { foreignKey } from '../../unit/cortexXsiam/support';
import { base32 } from '../cortexXsiam/lineage';
import { credentialFor } from '../vendors';
import { recordMessages, runExample, useVendors } from './support';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const INTO_PAM360 = 'rotate-api-keys-into-pam360.json';
const INTO_SENHASEGURA = 'rotate-api-keys-into-senhasegura.json';
const OWN_CREDENTIAL = 'renew-own-credential.json';
const AGENT = 'agent-asks-for-rotation.json';

const vendors = useVendors();

/** A key that expires in three days. */
function addExpiring(comment: string, changes: Partial<CortexXsiamKey> = {}): CortexXsiamKey {
	const key = foreignKey({
		id: 100,
		securityLevel: 'advanced',
		comment,
		creationTime: Date.now() - 87 * DAY,
		expiration: Date.now() + 3 * DAY,
		userName: 'Ada Admin',
		...changes,
	});
	vendors.cortexXsiam.state.keys.set(key.id, key);
	return key;
}

/** The account in which PAM360 keeps a key. */
function addAccount(name: string, password: string) {
	const { state } = vendors.pam360;
	const resource = addPam360Resource(state, { id: '700', name: 'Cortex XSIAM' });
	return addPam360Account(state, resource, { id: '700', name, password });
}

/** Those that were not there at the start. */
const newKeys = () => {
	const known = Object.values(cortexXsiamDemo).flatMap((demo) =>
		typeof demo === 'string' ? [] : [Number(demo.apiKeyId)],
	);
	return [...vendors.cortexXsiam.state.keys.values()].filter(
		({ id }) => id !== 100 && !known.includes(id),
	);
};

const startNode = 'Every morning';

/** Timers go on; only the date is another one. */
const NOT_FAKED = [
	'setTimeout',
	'setInterval',
	'setImmediate',
	'nextTick',
	'queueMicrotask',
	'performance',
	'hrtime',
	'clearTimeout',
	'clearInterval',
	'clearImmediate',
] as const;

type Messages = ReturnType<typeof recordMessages>;

const descriptions = ({ jira }: Messages) =>
	jira.map(({ fields }) => (fields as IDataObject).description as string);

/** Of the issue where a key was issued and not stored. */
const issuedOnly = () =>
	expect.stringContaining(
		` The API key ${newKeys()[0]!.id} was issued, and may not be stored. The next run looks `,
	) as string;

describe('rotating API keys that PAM360 keeps', () => {
	const COMMENT = 'SIEM collector, in PAM360';

	it('issues a successor, stores it, tells Slack, and leaves the old one', async () => {
		const messages = recordMessages();
		const old = addExpiring(COMMENT);
		const account = addAccount(COMMENT, `100:${old.secret}`);

		const result = await runExample(vendors, INTO_PAM360, { startNode });

		expect(result.error()).toBeUndefined();
		const [key, ...others] = newKeys();
		expect(others).toEqual([]);
		expect(key?.comment).toMatch(/^SIEM collector, in PAM360 \[n8n 100 [0-9A-Z]{13}\]$/);
		expect(account.password).toBe(`${key?.id}:${key?.secret}`);
		expect(vendors.cortexXsiam.state.keys.has(100)).toBe(true);
		expect(messages.slack).toEqual([
			expect.stringContaining(`PAM360 holds ${key?.id}, valid until `),
		]);
		expect(messages.jira).toEqual([]);
		expect(findSecrets({ messages, logs: result.logs }, [key!.secret, old.secret])).toEqual([]);
	});

	it('revokes the old one on the following day, and then has nothing to do', async () => {
		const messages = recordMessages();
		const old = addExpiring(COMMENT);
		addAccount(COMMENT, `100:${old.secret}`);
		await runExample(vendors, INTO_PAM360, { startNode });
		const [key] = newKeys();
		// As if a day had passed.
		key!.creationTime -= DAY;
		key!.comment = key!.comment!.replace(/\[n8n 100 .{7}/, `[n8n 100 ${base32(key!.creationTime)}`);

		const second = await runExample(vendors, INTO_PAM360, { startNode });
		expect(second.output('Must somebody look?')).toEqual([]);
		expect([...vendors.cortexXsiam.state.keys.keys()]).not.toContain(100);
		expect(newKeys().map(({ id }) => id)).toEqual([key!.id]);

		const third = await runExample(vendors, INTO_PAM360, { startNode });
		expect(third.output('Lineages to work on')).toEqual([]);
		expect(messages.jira).toEqual([]);
	});

	it('opens an issue where PAM360 has no such account, and issues nothing', async () => {
		const messages = recordMessages();
		addExpiring('Nowhere in PAM360');
		const result = await runExample(vendors, INTO_PAM360, { startNode });
		expect(result.error()).toBeUndefined();
		expect(newKeys()).toEqual([]);
		expect(messages.jira).toHaveLength(1);
		expect(JSON.stringify(messages.jira)).toContain('Nowhere in PAM360');
	});

	it('quotes a comment without what Slack would obey', async () => {
		const messages = recordMessages();
		const comment = 'SIEM <!channel>, in PAM360';
		const old = addExpiring(comment);
		addAccount(comment, `100:${old.secret}`);
		await runExample(vendors, INTO_PAM360, { startNode });
		expect(messages.slack).toEqual([expect.stringMatching(/^[^<>]*"SIEM !channel, [^<>]*$/)]);
	});

	it('opens an issue for what went wrong although Slack, which hears of the rest, is down', async () => {
		const messages = recordMessages({ slackIsDown: true });
		const old = addExpiring(COMMENT);
		const account = addAccount(COMMENT, `100:${old.secret}`);
		addExpiring('Nowhere in PAM360', { id: 101 });
		await runExample(vendors, INTO_PAM360, { startNode });
		expect(account.password).not.toContain(old.secret);
		expect(JSON.stringify(messages.jira)).toContain('Nowhere in PAM360');
	});

	it('keeps the new key and the old one where PAM360 does not take it, and repairs it later', async () => {
		const messages = recordMessages();
		const old = addExpiring(COMMENT);
		const account = addAccount(COMMENT, `100:${old.secret}`);
		vendors.pam360.trouble.add({
			kind: 'status',
			status: 503,
			match: { method: 'PUT', path: /password/ },
		});
		await runExample(vendors, INTO_PAM360, { startNode });
		expect(newKeys()).toHaveLength(1);
		expect(vendors.cortexXsiam.state.keys.has(100)).toBe(true);
		expect(descriptions(messages)).toEqual([issuedOnly()]);
		vendors.pam360.trouble.clear();
		const [first] = newKeys();
		first!.creationTime -= DAY;
		first!.comment = first!.comment!.replace(
			/\[n8n 100 .{7}/,
			`[n8n 100 ${base32(first!.creationTime)}`,
		);

		await runExample(vendors, INTO_PAM360, { startNode });

		const [second, ...others] = newKeys();
		expect(others).toEqual([]);
		expect(second!.id).not.toBe(first!.id);
		expect(account.password).toBe(`${second!.id}:${second!.secret}`);
	});

	it('says in the issue that a key was issued where PAM360 refuses to store it', async () => {
		const messages = recordMessages();
		const old = addExpiring('SIEM collector, in PAM360');
		addAccount('SIEM collector, in PAM360', `100:${old.secret}`);
		const result = { status: 'Failed', message: 'Not by the policy', statusCode: 40000 };
		const body = JSON.stringify({ operation: { name: 'X', result } });
		vendors.pam360.trouble.add({ kind: 'rawBody', body, match: { method: 'PUT' } });
		await runExample(vendors, INTO_PAM360, { startNode });
		expect(descriptions(messages)).toEqual([issuedOnly()]);
		expect(descriptions(messages)[0]).toContain('Not by the policy');
	});
});

describe('rotating API keys into senhasegura', () => {
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const recipientPrivateKey = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
	const run = async () =>
		await runExample(vendors, INTO_SENHASEGURA, {
			startNode,
			moreCredentials: {
				cortexXsiamApi: {
					...credentialFor.cortexXsiamApi(vendors.cortexXsiam.url),
					recipientPrivateKey,
				},
				senhaseguraOAuth2Api: {
					...credentialFor.senhaseguraOAuth2Api(vendors.senhasegura.url),
					recipientPrivateKey,
				},
			},
		});
	const stored = () =>
		[...vendors.senhasegura.state.items.values()].find(
			({ identifier }) => identifier === 'xsiam-100',
		) as SenhaseguraCredential;

	it('keeps the new key and the old one where the vault does not take it, and shows no secret', async () => {
		const messages = recordMessages();
		const old = addExpiring('SIEM collector, in senhasegura');
		addVaultCredential('xsiam-100', 'api-key-100', `100:${old.secret}`);
		vendors.senhasegura.trouble.add({
			kind: 'status',
			status: 503,
			match: { method: 'POST', path: /credential/ },
		});
		const result = await run();
		expect(stored().content).toBe(`100:${old.secret}`);
		expect(newKeys()).toHaveLength(1);
		expect(vendors.cortexXsiam.state.keys.has(100)).toBe(true);
		expect(descriptions(messages)).toEqual([issuedOnly()]);
		const secrets = [newKeys()[0]!.secret, old.secret, recipientPrivateKey];
		expect(findSecrets({ run: result.run, logs: result.logs, messages }, secrets)).toEqual([]);
	});

	it('shows no secret in an item, a log or the execution', async () => {
		const messages = recordMessages();
		const old = addExpiring('SIEM collector, in senhasegura');
		addVaultCredential('xsiam-100', 'api-key-100', `100:${old.secret}`);

		const result = await run();

		expect(messages.jira).toEqual([]);
		const [key] = newKeys();
		expect(stored().content).toBe(`${key?.id}:${key?.secret}`);
		expect(result.output('Finish Rotation')[0]?.json).toMatchObject({
			status: 'waiting',
			storeOpens: String(key?.id),
		});
		expect(
			findSecrets({ run: result.run, logs: result.logs }, [
				key!.secret,
				old.secret,
				recipientPrivateKey,
			]),
		).toEqual([]);
	});
});

describe("renewing n8n's own credential", () => {
	/** The key of n8n's API is no matter of these tests, whatever day it is. */
	const inAYear = () => ({
		n8nApiKeyExpires: new Date(Date.now() + 365 * DAY).toISOString().slice(0, 10),
	});

	it('puts the new key into the credential, tries it and goes on with it', async () => {
		const messages = recordMessages();
		const own = vendors.cortexXsiam.state.keys.get(Number(cortexXsiamDemo.advanced.apiKeyId));
		own!.expiration = Date.now() + 20 * DAY;
		const sent: IDataObject[] = [];
		nock('https://n8n.example.com')
			.patch(/\/api\/v1\/credentials\//, (body: IDataObject) => sent.push(body) > 0)
			.reply(200, { id: 'c1', name: 'Cortex XSIAM', type: 'cortexXsiamApi' })
			.post(/\/api\/v1\/credentials\/.*\/test/)
			.reply(200, { status: 'OK', message: 'Connection successful!' });

		const result = await runExample(vendors, OWN_CREDENTIAL, {
			startNode,
			settings: inAYear(),
			moreCredentials: {
				n8nApi: { apiKey: 'not-a-key', baseUrl: 'https://n8n.example.com/api/v1' },
			},
		});

		expect(result.error()).toBeUndefined();
		const [key] = newKeys();
		expect(sent).toEqual([
			{
				isPartialData: true,
				data: {
					url: 'https://api-tenant.xdr.us.paloaltonetworks.com',
					apiKeyId: String(key!.id),
					apiKey: key!.secret,
					securityLevel: 'advanced',
				},
			},
		]);
		// The credential of this test stays as it is: the step says that the old key is in use yet.
		expect(result.output('Finish Rotation')[0]?.json.status).toBe('dueKeyStored');
		expect(messages.jira).toEqual([]);
		expect(vendors.cortexXsiam.state.keys.has(own!.id)).toBe(true);
	});

	it('reminds of the API key of n8n although Slack is down', async () => {
		const messages = recordMessages({ slackIsDown: true });
		jest.useFakeTimers({ now: Date.parse('2027-11-20T06:00:00Z'), doNotFake: [...NOT_FAKED] });
		try {
			const own = vendors.cortexXsiam.state.keys.get(Number(cortexXsiamDemo.advanced.apiKeyId));
			own!.expiration = Date.now() + 20 * DAY;
			own!.creationTime = Date.now() - 100 * DAY;
			nock('https://n8n.example.com')
				.patch(/\/api\/v1\/credentials\//)
				.reply(200, { id: 'c1', name: 'Cortex XSIAM', type: 'cortexXsiamApi' })
				.post(/\/api\/v1\/credentials\/.*\/test/)
				.reply(200, { status: 'OK', message: 'Connection successful!' });
			await runExample(vendors, OWN_CREDENTIAL, {
				startNode,
				moreCredentials: {
					n8nApi: { apiKey: 'not-a-key', baseUrl: 'https://n8n.example.com/api/v1' },
				},
			});
		} finally {
			jest.useRealTimers();
		}
		expect(JSON.stringify(messages.jira)).toContain('API key expires on 2027-11-27');
	});

	it.each(['next autumn', '', '31.12.2027'])(
		'reminds of the API key of n8n where nobody can read until when it is valid: %s',
		async (n8nApiKeyExpires) => {
			const messages = recordMessages();
			const json = { n8nUrl: 'https://n8n.example.com', credentialId: 'c1', n8nApiKeyExpires };
			await runExample(vendors, OWN_CREDENTIAL, {
				startNode,
				pinData: { Settings: [{ json }] },
			});
			expect(JSON.stringify(messages.jira)).toContain("n8n's own API key expires on");
		},
	);

	it('opens an issue where the credential does not take the key, and revokes nothing', async () => {
		const messages = recordMessages();
		const own = vendors.cortexXsiam.state.keys.get(Number(cortexXsiamDemo.advanced.apiKeyId));
		own!.expiration = Date.now() + 20 * DAY;
		nock('https://n8n.example.com')
			.patch(/\/api\/v1\/credentials\//)
			.reply(405, { message: 'PATCH method not allowed' });
		await runExample(vendors, OWN_CREDENTIAL, {
			startNode,
			settings: inAYear(),
			moreCredentials: {
				n8nApi: { apiKey: 'not-a-key', baseUrl: 'https://n8n.example.com/api/v1' },
			},
		});
		expect(messages.jira).toHaveLength(1);
		expect(newKeys()).toHaveLength(1);
		expect(vendors.cortexXsiam.state.keys.has(own!.id)).toBe(true);
	});

	it('says in the issue what the test of the credential said', async () => {
		const messages = recordMessages();
		const own = vendors.cortexXsiam.state.keys.get(Number(cortexXsiamDemo.advanced.apiKeyId));
		own!.expiration = Date.now() + 20 * DAY;
		nock('https://n8n.example.com')
			.patch(/\/api\/v1\/credentials\//)
			.reply(200, { id: 'c1', name: 'Cortex XSIAM', type: 'cortexXsiamApi' })
			.post(/\/api\/v1\/credentials\/.*\/test/)
			.reply(200, { status: 'Error', message: 'The tenant refuses the key' });
		await runExample(vendors, OWN_CREDENTIAL, {
			startNode,
			settings: inAYear(),
			moreCredentials: {
				n8nApi: { apiKey: 'not-a-key', baseUrl: 'https://n8n.example.com/api/v1' },
			},
		});
		expect(descriptions(messages)).toEqual([
			expect.stringMatching(/^n8n tried the credential: The tenant refuses the key\. /),
		]);
		expect(vendors.cortexXsiam.state.keys.has(own!.id)).toBe(true);
	});
});

describe('an agent that asks for a rotation', () => {
	it.each([
		{ comment: '*; drop', why: 'because' },
		{ comment: 'SIEM collector\n', why: 'because' },
		{ comment: null, why: 'because' },
		{ comment: ['SIEM collector'], why: 'because' },
		{},
		// What Slack would make a link of another name of, or call everybody with.
		{ comment: 'SIEM collector', why: 'Please <https://evil.example|approve here>' },
		{ comment: 'SIEM collector', why: '<!channel> it leaked' },
		{ comment: 'SIEM collector', why: 'x'.repeat(301) },
		{ comment: 'SIEM collector', why: { text: 'x'.repeat(5000) } },
	])('gets nobody asked for what is not plain: %j', async (json) => {
		recordMessages();
		const result = await runExample(vendors, AGENT, {
			startNode: 'When an agent asks',
			pinData: { 'When an agent asks': [{ json }] },
		});
		expect(result.output('Say what is wrong')[0]?.json.answer).toContain('Nothing was issued');
		expect(newKeys()).toEqual([]);
	});

	it('is told that a key was issued where PAM360 does not take it', async () => {
		recordMessages();
		const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
		const recipientPrivateKey = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
		const old = addExpiring('SIEM collector');
		addAccount('SIEM collector', `100:${old.secret}`);
		const failed = { status: 'Failed', message: 'Not by the policy', statusCode: 40000 };
		const body = JSON.stringify({ operation: { name: 'X', result: failed } });
		vendors.pam360.trouble.add({ kind: 'rawBody', body, match: { method: 'PUT' } });
		const result = await runExample(vendors, AGENT, {
			startNode: 'When an agent asks',
			pinData: {
				'When an agent asks': [{ json: { comment: 'SIEM collector', why: 'it leaked' } }],
				'Ask a person': [{ json: { data: { approved: true } } }],
			},
			moreCredentials: {
				cortexXsiamApi: {
					...credentialFor.cortexXsiamApi(vendors.cortexXsiam.url),
					recipientPrivateKey,
				},
				pam360Api: { ...credentialFor.pam360Api(vendors.pam360.url), recipientPrivateKey },
			},
		});
		const { answer } = result.output('Say that it failed')[0]!.json;
		expect(answer).toMatch(/^Not done: .*Not by the policy/);
		expect(answer).toContain(`The API key ${newKeys()[0]!.id} was issued, and is not stored`);
	});

	it.each([
		[true, 'Say that it is done', 1],
		[false, 'Say no', 0],
	])('waits for a person: approved %s', async (approved, last, issued) => {
		recordMessages();
		const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
		const recipientPrivateKey = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
		const old = addExpiring('SIEM collector');
		const account = addAccount('SIEM collector', `100:${old.secret}`);
		const result = await runExample(vendors, AGENT, {
			startNode: 'When an agent asks',
			pinData: {
				'When an agent asks': [{ json: { comment: 'SIEM collector', why: 'it leaked' } }],
				'Ask a person': [{ json: { data: { approved } } }],
			},
			moreCredentials: {
				cortexXsiamApi: {
					...credentialFor.cortexXsiamApi(vendors.cortexXsiam.url),
					recipientPrivateKey,
				},
				pam360Api: { ...credentialFor.pam360Api(vendors.pam360.url), recipientPrivateKey },
			},
		});
		expect(newKeys()).toHaveLength(issued);
		const answer = result.output(last)[0]?.json.answer;
		expect(answer).toEqual(expect.any(String));
		const secrets = [old.secret, ...newKeys().map(({ secret }) => secret)];
		expect(findSecrets({ run: result.run, answer }, secrets)).toEqual([]);
		if (approved) expect(account.password).toBe(`${newKeys()[0]?.id}:${newKeys()[0]?.secret}`);
	});
});

function addVaultCredential(identifier: string, username: string, content: string): void {
	const { state } = vendors.senhasegura;
	state.devices.push({
		...state.devices[0]!,
		id: String(state.nextId++),
		hostname: 'cortex-xsiam',
		ip: '203.0.113.10',
	});
	const id = String(state.nextId++);
	const item = newItem({ id, identifier, username, hostname: 'cortex-xsiam', ip: '203.0.113.10' });
	state.items.set(id, newCredential(item, { content, type: 'Local User' }));
}
