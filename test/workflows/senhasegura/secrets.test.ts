import nock from 'nock';
import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';
import type { RunNodeResult } from '../../harness';
import { findSecrets, runNode } from '../../harness';
import type { KeyRequest } from '../../../nodes/Senhasegura/api/keys';
import type { Trouble } from '../../simulators';
import type { Authentication } from '../../unit/senhasegura/support';
import {
	AUTHENTICATIONS,
	PASSPHRASE,
	credentialsFor,
	fixture,
	keyMaterial,
	posts,
	storedKeys,
} from '../../unit/senhasegura/support';
import { said } from '../kit/result';
import { givesUpAtOnce } from '../kit/silence';
import { credentialTypes, nodeTypes, seed, sshKey } from '../vendors';
import { simulatedVault } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

/** Characters that texts encode in many ways. */
const CANARIES = {
	clientSecret: 'client/secret+canary="1"&é',
	consumerSecret: 'consumer/secret+canary="2"&é',
	token: 'token/canary+="3"&é',
	tokenSecret: 'token/secret+canary="4"&é',
	accessToken: 'eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJjYW5hcnkifQ.c2lnbmF0dXJl-canary_5',
};
const KEY = /\/pam\/key$/;
const ENCRYPTED = sshKey('ed25519encrypted');
/** Quick to check, since there is nothing to decrypt. */
const PLAIN = sshKey('ed25519');
const MATERIAL = [ENCRYPTED, PLAIN].flatMap(({ privateKey, publicKey }) =>
	keyMaterial(privateKey, publicKey),
);
const SECRETS = [...Object.values(CANARIES), PASSPHRASE, ...MATERIAL];

const vault = simulatedVault();
givesUpAtOnce(vault);
beforeEach(() => {
	vault.sim.state.clients.set('canary-client', CANARIES.clientSecret);
	vault.sim.state.consumers.set(`canary-consumer:${CANARIES.token}`, {
		consumerSecret: CANARIES.consumerSecret,
		tokenSecret: CANARIES.tokenSecret,
	});
});
afterAll(() => nock.restore());

const credential: Record<Authentication, ICredentialDataDecryptedObject> = {
	oAuth2: { clientId: 'canary-client', clientSecret: CANARIES.clientSecret },
	oAuth1: {
		consumerKey: 'canary-consumer',
		consumerSecret: CANARIES.consumerSecret,
		token: CANARIES.token,
		tokenSecret: CANARIES.tokenSecret,
	},
};

interface Run {
	authentication?: Authentication;
	url?: string;
	parameters?: INodeParameters;
	additionalFields?: INodeParameters;
	options?: INodeParameters;
	credential?: ICredentialDataDecryptedObject;
	onError?: 'continueRegularOutput' | 'continueErrorOutput';
	pair?: typeof PLAIN;
}

/** One run in which the secrets come from variables: the workflow and its items hold none. */
async function run(given: Run = {}): Promise<RunNodeResult> {
	const { authentication = 'oAuth2', url = vault.sim.url, pair = PLAIN } = given;
	return await runNode({
		node: {
			type: 'n8n-nodes-privileged-keys.senhasegura',
			parameters: {
				...(seed.senhasegura() as INodeParameters),
				authentication,
				publicKey: pair.publicKey,
				privateKey: '={{ $vars.privateKey }}',
				additionalFields: { password: '={{ $vars.passphrase }}', ...given.additionalFields },
				options: { ...given.options },
				...given.parameters,
			},
			...(given.onError && { onError: given.onError }),
		},
		variables: { privateKey: pair.privateKey, passphrase: PASSPHRASE },
		nodeTypes,
		credentialTypes,
		credentials: credentialsFor(authentication, url, {
			...credential[authentication],
			...given.credential,
		}),
	});
}

/** Where one of the secrets is, in everything that the run has left behind. */
function leaks(result: RunNodeResult, more: string[] = []): string[] {
	const { run: whole, nodeError, logs, items, errorOutput } = result;
	const secrets = [...SECRETS, ...more, ...vault.sim.state.tokens.keys()];
	return findSecrets({ whole, nodeError, logs, items, errorOutput }, secrets);
}

const envelope = (message: string, status: number) => ({
	response: { status, message, mensagem: message, error: true, error_code: 1 },
	exception: { code: 1099, message, detail: message },
});

describe.each(AUTHENTICATIONS)('no secret is left behind, %s', (authentication) => {
	it('by a success', async () => {
		const result = await run({ authentication, pair: ENCRYPTED });
		expect(said(result)).toBe('');
		expect(storedKeys(vault.sim)[0]).toMatchObject({ ...ENCRYPTED, password: PASSPHRASE });
		expect(leaks(result)).toEqual([]);
	});

	it('by the vendor’s own answer', async () => {
		const result = await run({ authentication, parameters: { simplify: false } });
		expect(result.items[0]?.json).toHaveProperty('response');
		expect(leaks(result)).toEqual([]);
	});

	it.each<[string, Trouble]>([
		['401', { kind: 'status', status: 401, body: { message: 'Unauthorized' } }],
		['404', { kind: 'status', status: 404 }],
		['400', { kind: 'status', status: 400, body: envelope('1011: Device not found', 400) }],
		['429', { kind: 'status', status: 429, retryAfter: 1 }],
		['500', { kind: 'status', status: 500, body: envelope('Unexpected error', 500) }],
		['503', { kind: 'status', status: 503 }],
		['cut before the work', { kind: 'cutBeforeWork' }],
		['cut after the work', { kind: 'cutAfterWork' }],
		['half an answer', { kind: 'truncate' }],
		['nothing', { kind: 'emptyBody' }],
		['garbage', { kind: 'garbage' }],
		['a web page', { kind: 'html' }],
		['a redirect', { kind: 'redirect', to: 'https://login.example.com/' }],
		['silence', { kind: 'hang' }],
	])('by %s', async (_name, trouble) => {
		vault.sim.trouble.add({ ...trouble, match: KEY });
		for (const onError of [undefined, 'continueErrorOutput'] as const) {
			const result = await run({
				authentication,
				options: { rateLimitWait: 0 },
				...(onError && { onError }),
			});
			expect(onError ? result.errorOutput : [result.nodeError]).toHaveLength(1);
			expect(leaks(result)).toEqual([]);
		}
	});

	it.each<[string, Run]>([
		[
			'a wrong passphrase',
			{ pair: ENCRYPTED, additionalFields: { password: '={{ $vars.passphrase + "!" }}' } },
		],
		['a damaged key', { parameters: { privateKey: '={{ $vars.privateKey.slice(0, 250) }}' } }],
		['another pair', { parameters: { publicKey: ENCRYPTED.publicKey } }],
		[
			'a key without its BEGIN',
			{ parameters: { privateKey: '={{ $vars.privateKey.slice(36) }}' } },
		],
		['the key in another field', { parameters: { publicKey: '={{ $vars.privateKey }}' } }],
		['no URL', { credential: { url: '' } }],
		['an odd prefix', { credential: { apiPrefix: '/v2' } }],
		['an odd referer', { credential: { referer: 'a\nb' } }],
		['plain http', { url: 'http://vault.example.com' }],
	])('by %s', async (_name, options) => {
		const result = await run({ authentication, ...options });
		expect(result.nodeError).toBeDefined();
		expect(leaks(result)).toEqual([]);
		expect(posts(vault.sim)).toEqual([]);
	});

	/** Texts in which a server repeats what it was sent. */
	const echoes: Array<[string, (sent: { body: string; authorization: string }) => string]> = [
		['the body', ({ body }) => `Cannot use ${body}`],
		['the body as a JSON text', ({ body }) => `Cannot use ${JSON.stringify(body)}`],
		['the private key', ({ body }) => `Bad key: ${parsed(body).private_key}`],
		['half of the private key', ({ body }) => `Bad key: ${parsed(body).private_key.slice(0, 200)}`],
		[
			'the private key, escaped',
			({ body }) => `Bad key: ${JSON.stringify(parsed(body).private_key)}`,
		],
		['the passphrase', ({ body }) => `Bad passphrase '${parsed(body).password}'`],
		['the header', ({ authorization }) => `Bad header ${authorization}`],
		[
			'the header, encoded',
			({ authorization }) => `Bad header ${encodeURIComponent(authorization)}`,
		],
		['long words before it', ({ body }) => `${'x'.repeat(250)} ${parsed(body).password}`],
		[
			'the key where the text is cut off',
			({ body }) => `${'x'.repeat(240)} ${parsed(body).private_key}`,
		],
	];

	it.each(echoes)('by a vault that repeats %s', async (_name, echo) => {
		for (const status of [400, 401, 500]) {
			for (const plain of [false, true]) {
				const { result, token } = await echoed(authentication, (sent) => {
					const message = echo(sent);
					return { status, body: plain ? { message } : envelope(message, status) };
				});
				expect(result.nodeError).toBeDefined();
				expect(leaks(result, [token])).toEqual([]);
			}
		}
	});

	it('by an identifier and devices that the vault gives back', async () => {
		const { result, token } = await echoed(authentication, ({ body }) => ({
			status: 201,
			body: {
				response: { status: 201, message: `Key successfully registered! ${body}` },
				key: { id: '92', identifier: 'x', devices: [], devices_error: [] },
			},
		}));
		expect(said(result)).toBe('');
		expect(leaks(result, [token])).toEqual([]);
	});
});

function parsed(body: string): KeyRequest {
	return JSON.parse(body) as KeyRequest;
}

interface Sent {
	body: string;
	authorization: string;
}

/** One run against a vault whose answer is made of the request. */
async function echoed(
	authentication: Authentication,
	answer: (sent: Sent) => { status: number; body: object },
) {
	const host = 'https://vault.example.com';
	const scope = nock(host).persist();
	scope.post('/api/oauth2/token').reply(200, {
		token_type: 'Bearer',
		expires_in: 3600,
		access_token: CANARIES.accessToken,
	});
	scope.post('/api/pam/key').reply(function (_path, body) {
		const { authorization } = this.req.headers as { authorization: string };
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		const { status, body: answered } = answer({ body: text, authorization });
		return [status, answered];
	});
	try {
		return { result: await run({ authentication, url: host }), token: CANARIES.accessToken };
	} finally {
		nock.cleanAll();
	}
}

describe('the token endpoint', () => {
	it.each<[string, (body: string, authorization?: string) => object]>([
		['its request', (body) => ({ error: 'invalid_client', message: `Bad request ${body}` })],
		['its request in the description', (body) => ({ error: 'x', error_description: body })],
		['its header', (_, header) => ({ error: 'x', error_description: `Bad ${header}` })],
	])('that repeats %s leaves no secret behind', async (_name, answer) => {
		for (const authentication of ['body', 'header']) {
			const host = 'https://vault.example.com';
			nock(host)
				.post('/api/oauth2/token')
				.reply(function (_path, body) {
					const { authorization } = this.req.headers as { authorization?: string };
					const text = typeof body === 'string' ? body : JSON.stringify(body);
					return [401, answer(text, authorization)];
				});
			const result = await run({ url: host, credential: { authentication } });
			expect(said(result)).not.toBe('');
			const { nodeError, logs, items } = result;
			expect(findSecrets({ nodeError, logs, items }, SECRETS)).toEqual([]);
			nock.cleanAll();
		}
	});
});

describe('a generated key', () => {
	const parameters = { keySource: 'generate', publicKey: '', privateKey: '' };

	it.each<[string, Trouble]>([
		['400', { kind: 'status', status: 400, body: envelope('1011: Device not found', 400) }],
		['500', { kind: 'status', status: 500, body: envelope('Unexpected error', 500) }],
		['a lost answer', { kind: 'cutAfterWork' }],
		['garbage', { kind: 'garbage' }],
	])('is not shown by %s', async (_name, trouble) => {
		vault.sim.trouble.add({ ...trouble, match: KEY });
		const result = await run({ parameters });
		expect(result.nodeError).toBeDefined();
		const sent = posts(vault.sim).map(({ body }) => parsed(body));
		expect(sent.length).toBeGreaterThan(0);
		for (const { private_key: pem, public_key: line } of sent) {
			const material = keyMaterial(pem, line);
			expect(material.length).toBeGreaterThan(3);
			expect(leaks(result, material)).toEqual([]);
			expect(JSON.stringify([result.run, result.logs])).not.toContain('PRIVATE KEY');
		}
	});

	it('is not shown by a vault that repeats it', async () => {
		const host = 'https://vault.example.com';
		let pem = '';
		let line = '';
		nock(host)
			.post('/api/pam/key')
			.reply(function (_path, body) {
				({ private_key: pem, public_key: line } = body as {
					private_key: string;
					public_key: string;
				});
				return [400, envelope(`Bad key ${pem} ${line}`, 400)];
			});
		const result = await run({ authentication: 'oAuth1', url: host, parameters });
		expect(said(result)).toContain('Bad key');
		expect(leaks(result, keyMaterial(pem, line))).toEqual([]);
		nock.cleanAll();
	});
});

describe('an AI agent that calls the node', () => {
	it('sees no private key', async () => {
		const { Senhasegura } = await import('../../../nodes/Senhasegura/Senhasegura.node.ts');
		const result = await runNode({
			node: {
				type: 'n8n-nodes-privileged-keys.senhaseguraTool',
				parameters: {
					...(seed.senhasegura() as INodeParameters),
					keySource: 'generate',
					publicKey: '',
					privateKey: '',
				},
			},
			nodeTypes: { ...nodeTypes, 'n8n-nodes-privileged-keys.senhaseguraTool': Senhasegura },
			credentialTypes,
			credentials: credentialsFor('oAuth2', vault.sim.url),
		});
		expect(said(result)).toBe('');
		const [key] = storedKeys(vault.sim);
		expect(result.items[0]?.json).toMatchObject({ secret: null, publicKey: key?.publicKey });
		expect(leaks(result, keyMaterial(key?.privateKey ?? '', key?.publicKey))).toEqual([]);
	});
});

describe('the fixture', () => {
	it('has secrets that can be found', () => {
		expect(fixture('ed25519encrypted')).toBe(ENCRYPTED.privateKey);
		expect(MATERIAL.length).toBeGreaterThan(6);
		expect(findSecrets([`a ${MATERIAL[2]} b`], SECRETS)).toEqual(['$[0]']);
	});
});
