import { compactDecrypt } from 'jose';
import { DateTime } from 'luxon';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { generateKeyPairSync } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IDataObject, INode } from 'n8n-workflow';
import { Pam360 } from '../../../nodes/Pam360/Pam360.node';
import { findSecrets, runNode } from '../../harness';
import type { Pam360Simulator, Trouble } from '../../simulators';
import {
	createClientIdentity,
	pam360Demo,
	startPam360Simulator,
	untilThereAre,
} from '../../simulators';
import { credentialFor, credentialTypes, nodeTypes, runVendor, seed } from '../vendors';
import { givesUpAtOnce } from '../kit/silence';
import { simulatedServer } from './simulated';

const AGENT_KEY = '/restapi/json/v1/agents/agentkey';
const MAY_EXIST = 'An agent key may have been issued anyway';

const simulated = simulatedServer();
givesUpAtOnce(simulated);

interface Options {
	credential?: ICredentialDataDecryptedObject;
	parameters?: IDataObject;
	options?: IDataObject;
	items?: IDataObject[];
	node?: Partial<INode>;
}

function run({ credential, parameters, options, ...more }: Options = {}) {
	return runVendor({
		vendor: 'pam360',
		credentials: { pam360Api: { ...credentialFor.pam360Api(simulated.sim.url), ...credential } },
		parameters: { ...parameters, ...(options && { options }) },
		...more,
	});
}

const many = (count: number) => Array.from({ length: count }, (_, index) => ({ index }));

describe('agent keys', () => {
	it('are issued for the hours asked for, at the server’s time', async () => {
		const { items, nodeError } = await run({
			credential: { serverTimeZone: pam360Demo.serverTimeZone },
			parameters: { additionalFields: { validityPeriod: 48 } },
		});
		expect(nodeError).toBeUndefined();
		const [key] = simulated.sim.state.keys;
		const end = DateTime.fromMillis(key!.endTime, { zone: pam360Demo.serverTimeZone });
		expect(items[0]?.json).toEqual({
			vendor: 'pam360',
			type: 'agentKey',
			id: null,
			secret: key!.agentKey,
			expiresAt: end.toISO({ suppressMilliseconds: true }),
			expiresAtServerTime: end.toFormat("yyyy-MM-dd'T'HH:mm:ss"),
		});
		expect(Math.abs(end.toMillis() - simulated.sim.now() - 48 * 3_600_000)).toBeLessThan(60_000);
	});

	it('are issued with header names as documented', async () => {
		await run({ credential: { orgName: pam360Demo.orgName } });
		const [request] = simulated.sim.log;
		expect(request?.rawHeaders).toEqual(
			expect.arrayContaining(['AUTHTOKEN', pam360Demo.authToken, 'orgName', pam360Demo.orgName]),
		);
		expect(request).toMatchObject({ method: 'POST', url: AGENT_KEY, path: AGENT_KEY });
		expect(simulated.sim.state.keys[0]?.orgName).toBe(pam360Demo.orgName);
	});

	it('are refused for an organization that does not exist', async () => {
		const { nodeError } = await run({ credential: { orgName: 'Nobody' } });
		expect(nodeError?.message).toBe(
			'PAM360 does not accept the credential: The organization name specified does not exist',
		);
	});

	it('are fetched without generating one', async () => {
		const none = await run({ parameters: { generateAgentKey: false } });
		expect(none.nodeError?.message).toBe(
			'PAM360 refused the request: No active agent key is available [40000]',
		);
		await run();
		const { items } = await run({ parameters: { generateAgentKey: false } });
		expect(items[0]?.json.secret).toBe(simulated.sim.state.keys[0]?.agentKey);
		expect(simulated.sim.state.keys).toHaveLength(1);
	});

	it.each<[string, () => void, string, string]>([
		[
			'the token is not known',
			() => simulated.sim.state.tokens.clear(),
			'PAM360 does not accept the auth token',
			"'Auth Token'",
		],
		[
			'the token is locked to another host',
			() => (simulated.sim.settings.hostLocked = true),
			'PAM360 does not allow the API user to call from this host',
			'queue mode',
		],
		[
			'the security filter strikes',
			() => (simulated.sim.settings.securityFilter = true),
			"PAM360's security filter took the input for an attack (HTTP 599)",
			'< >',
		],
		[
			'details are missing',
			() => (simulated.sim.settings.omitDetails = true),
			'PAM360 reported success but returned no agent key',
			'Agent key fetched successfully',
		],
		[
			'the key is empty',
			() => (simulated.sim.settings.emptyAgentKey = true),
			'PAM360 reported success but returned no agent key',
			'Agent key fetched successfully',
		],
		[
			'a word stands in the place of the key',
			() =>
				Object.assign(simulated.sim.settings, { successStatus: 'Queued', statusCode: 'absent' }),
			'PAM360 did not report success, and part of the work may be done: Agent key fetched successfully',
			'does not say how far it got',
		],
	])('fail when %s', async (_, change, message, advice) => {
		change();
		const { nodeError } = await run();
		expect(nodeError).toMatchObject({
			name: 'NodeApiError',
			message,
			context: { itemIndex: 0 },
		});
		expect(nodeError?.description).toContain(advice);
		expect(simulated.sim.log).toHaveLength(1);
	});

	it('fail for sure where PAM360 answers nothing to any call of the API user', async () => {
		simulated.sim.settings.hostNotResolvable = true;
		const { items } = await run({ items: many(200), node: { onError: 'continueRegularOutput' } });
		expect(items).toHaveLength(200);
		for (const { json } of items) {
			expect(json.error).toBe('PAM360 sends this API user empty answers (HTTP 200)');
			expect(json.message).toMatch(/enter a host name that the PAM360 server can resolve/);
			expect(json.message).not.toContain(MAY_EXIST);
		}
		// What went out before the first read told, each with a read; and no more of two hundred.
		expect(simulated.sim.log.length).toBeLessThanOrEqual(2 * 24);
		expect(simulated.sim.state.keys).toEqual([]);
	});

	it.each<[string, Partial<Pam360Simulator['settings']>]>([
		['status true', { successStatus: 'true' }],
		['status SUCCESS', { successStatus: 'SUCCESS' }],
		['statusCode as text', { statusCode: 'string' }],
		['no statusCode', { statusCode: 'absent' }],
		['no name', { omitName: true }],
	])('are read from an answer with %s', async (_, settings) => {
		Object.assign(simulated.sim.settings, settings);
		const { items } = await run();
		expect(items[0]?.json.secret).toBe(simulated.sim.state.keys[0]?.agentKey);
	});
});

describe('one call, one key', () => {
	it.each<[Trouble, number, string]>([
		[{ kind: 'cutAfterWork' }, 1, 'closed the connection before it answered'],
		[{ kind: 'cutBeforeWork' }, 0, 'closed the connection before it answered'],
		[{ kind: 'truncate' }, 1, 'closed the connection before it answered'],
		[{ kind: 'hang', work: true }, 1, 'did not answer within 60 seconds'],
		[{ kind: 'hang' }, 0, 'did not answer within 60 seconds'],
		[{ kind: 'status', status: 502, work: true }, 1, 'empty body (HTTP 502)'],
		[{ kind: 'status', status: 503, retryAfter: 0 }, 0, 'empty body (HTTP 503)'],
		[{ kind: 'html', status: 504, work: true }, 1, 'web page instead of JSON (HTTP 504)'],
		[{ kind: 'emptyBody', times: 1 }, 1, 'empty body (HTTP 200)'],
		[{ kind: 'garbage' }, 1, 'not JSON (HTTP 200)'],
		[{ kind: 'html', work: true }, 1, 'web page instead of JSON (HTTP 200)'],
		[{ kind: 'rawBody', body: '{}', work: true }, 1, 'without the result of the operation'],
		[{ kind: 'html', status: 403, work: true }, 1, 'web page instead of JSON (HTTP 403)'],
		[{ kind: 'html', status: 405 }, 0, 'web page instead of JSON (HTTP 405)'],
		[{ kind: 'status', status: 400, body: 'Bad', work: true }, 1, 'not JSON (HTTP 400)'],
		[{ kind: 'redirect', to: 'https://sorry.example', work: true }, 1, 'redirected the request'],
	])('is the rule after %j', async (trouble, keys, message) => {
		simulated.sim.trouble.add(trouble);
		const { nodeError } = await run();
		expect(nodeError?.name).toBe('NodeApiError');
		expect(nodeError?.message).toContain(message);
		expect(nodeError?.description).toContain(MAY_EXIST);
		expect(simulated.sim.log.filter(({ method }) => method === 'POST')).toHaveLength(1);
		expect(simulated.sim.state.keys).toHaveLength(keys);
	});

	it('does not follow a redirect with the token', async () => {
		simulated.sim.trouble.add({ kind: 'redirect', to: `${simulated.sim.url}/elsewhere` });
		const { nodeError } = await run();
		expect(nodeError?.message).toBe(`PAM360 redirected the request to ${simulated.sim.url}`);
		// Balancers send people elsewhere once the server has failed, which says nothing of its work.
		expect(nodeError?.description).toContain(MAY_EXIST);
		expect(simulated.sim.log).toHaveLength(1);
	});

	it('is lost when the time that was set is over', async () => {
		// As the client's own clock says.
		simulated.sim.trouble.onHang = () => {};
		simulated.sim.trouble.add({ kind: 'hang' });
		const { nodeError } = await run({ options: { timeout: 200 } });
		expect(nodeError?.message).toContain('did not answer within 0.2 seconds');
	});

	it.each([401, 404, 413])('leaves no doubt where a page turns it away with %i', async (status) => {
		simulated.sim.trouble.add({ kind: 'html', status });
		const { nodeError } = await run();
		expect(nodeError?.description).not.toContain(MAY_EXIST);
		expect(simulated.sim.log).toHaveLength(1);
	});

	it('holds for items that meet a limit, too', async () => {
		simulated.sim.trouble.add({ kind: 'status', status: 429, retryAfter: 0, times: 7 });
		const { items, nodeError } = await run({ items: many(20) });
		expect(nodeError).toBeUndefined();
		expect(new Set(items.map(({ json }) => json.secret)).size).toBe(20);
		expect(simulated.sim.state.keys).toHaveLength(20);
		expect(simulated.sim.log).toHaveLength(27);
	});

	it('reads JSON whatever it is called', async () => {
		simulated.sim.trouble.add({ kind: 'wrongContentType' });
		const { items } = await run();
		expect(items[0]?.json.secret).toBe(simulated.sim.state.keys[0]?.agentKey);
	});
});

describe('a connection that cannot be made', () => {
	let server: Server;
	let port: number;

	beforeAll(async () => {
		server = createServer((socket) => {
			socket.on('error', () => {});
			socket.once('data', () => (hello === undefined ? socket.destroy() : socket.end(hello)));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		port = (server.address() as AddressInfo).port;
	});

	afterAll(() => {
		server.close();
	});

	let hello: string | undefined;

	it.each<[string, () => ICredentialDataDecryptedObject, string | RegExp]>([
		[
			'a certificate that is not trusted',
			() => ({ ignoreSslIssues: false }),
			/^The certificate of localhost:\d+ is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)$/,
		],
		[
			'a certificate for another name',
			() => ({
				url: simulated.sim.url.replace('localhost', 'other.localhost'),
				ignoreSslIssues: false,
				caCertificate: simulated.sim.certificate,
			}),
			/^(The certificate of other\.localhost:\d+ is not trusted \(ERR_TLS_CERT_ALTNAME_INVALID\)|The host name other\.localhost:\d+ was not found)$/,
		],
		[
			'a server that is no TLS server',
			() => {
				hello = 'HTTP/1.1 400 Bad Request\r\n\r\n';
				return { url: `https://localhost:${port}` };
			},
			/^localhost:\d+ does not speak TLS on this port$/,
		],
		[
			'a server that hangs up during the handshake',
			() => {
				hello = undefined;
				return { url: `https://localhost:${port}` };
			},
			/^The request to localhost:\d+ could not be sent$/,
		],
		[
			'a host that does not exist',
			() => ({ url: 'https://pam360.invalid:8282' }),
			'The host name pam360.invalid:8282 was not found',
		],
	])('for %s leaves no doubt', async (_, credential, message) => {
		const { nodeError } = await run({ credential: credential() });
		expect(nodeError?.name).toBe('NodeApiError');
		expect(nodeError?.message).toEqual(
			typeof message === 'string' ? message : expect.stringMatching(message),
		);
		expect(nodeError?.description).toMatch(/\.$/);
		expect(nodeError?.description).not.toContain(MAY_EXIST);
		expect(simulated.sim.state.keys).toEqual([]);
	});

	it('for a server that is down leaves no doubt', async () => {
		const down = await startPam360Simulator();
		await down.close();
		const { nodeError } = await run({ credential: { url: down.url } });
		expect(nodeError).toMatchObject({
			message: `localhost:${down.port} refused the connection`,
			httpCode: 'ECONNREFUSED',
		});
		expect(nodeError?.description).not.toContain(MAY_EXIST);
	});

	it('takes the fields for private certificates', async () => {
		const { nodeError, items } = await run({
			credential: {
				ignoreSslIssues: false,
				caCertificate: simulated.sim.certificate.replaceAll(/\r?\n/g, ' '),
			},
		});
		expect(nodeError).toBeUndefined();
		expect(items).toHaveLength(1);
	});

	it('presents a client certificate where one is demanded', async () => {
		const client = createClientIdentity();
		const strict = await startPam360Simulator({ clientCa: client.certificate });
		const credential = {
			url: strict.url,
			caCertificate: strict.certificate,
			ignoreSslIssues: false,
		};
		try {
			const without = await run({ credential });
			expect(without.nodeError?.name).toBe('NodeApiError');
			const { items, nodeError } = await run({
				credential: {
					...credential,
					clientCertificate: client.certificate,
					clientKey: client.key,
				},
			});
			expect(nodeError).toBeUndefined();
			expect(items[0]?.json.secret).toBe(strict.state.keys[0]?.agentKey);
			expect(strict.state.keys).toHaveLength(1);
		} finally {
			await strict.close();
		}
	});
});

describe('many items', () => {
	it('give a thousand keys in order, none twice', async () => {
		const { items, nodeError, credentials } = await run({
			items: many(1000),
			options: { concurrency: 20 },
		});
		expect(nodeError).toBeUndefined();
		expect(items).toHaveLength(1000);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			many(1000).map(({ index }) => ({ item: index })),
		);
		const secrets = items.map(({ json }) => json.secret);
		expect(new Set(secrets).size).toBe(1000);
		expect(new Set(simulated.sim.state.keys.map(({ agentKey }) => agentKey))).toEqual(
			new Set(secrets),
		);
		expect(simulated.sim.log).toHaveLength(1000);
		expect(simulated.sim.concurrency.peak).toBeLessThanOrEqual(20);
		// Expressions in it may come to something else for each item.
		expect(credentials.decryptCount('pam360Api')).toBe(1000);
	});

	it('have each their own parameters', async () => {
		const { items } = await run({
			items: [{ hours: 1 }, { hours: 0 }, { hours: '100' }],
			parameters: { additionalFields: { validityPeriod: '={{ $json.hours }}' } },
			node: { onError: 'continueRegularOutput' },
		});
		expect(items[1]?.json).toMatchObject({
			error: "'Validity Period' must be at least 1 hour",
		});
		const sent = simulated.sim.log.map(({ body }) => {
			const input = new URLSearchParams(body).get('INPUT_DATA') ?? '';
			return (JSON.parse(input) as { operation: { details: IDataObject } }).operation.details;
		});
		// They are under way at the same time.
		expect(sent.sort((a, b) => Number(a.validityPeriod) - Number(b.validityPeriod))).toEqual([
			{ generateAgentKey: 'true', validityPeriod: 1 },
			{ generateAgentKey: 'true', validityPeriod: 100 },
		]);
	});

	it('never have more calls under way than allowed, and as many', async () => {
		simulated.sim.trouble.add({ kind: 'latency', ms: 30 });
		simulated.sim.gate.keeper = untilThereAre(4);
		await run({ items: many(12), options: { concurrency: 4 } });
		expect(simulated.sim.concurrency.peak).toBe(4);
	});

	it('fail one by one and in order, however long each takes', async () => {
		simulated.sim.trouble.add({ kind: 'latency', ms: 60, times: 1 });
		simulated.sim.trouble.add({ kind: 'rawBody', body: '', skip: 1, times: 1 });
		const { items, errorOutput } = await run({
			items: many(4),
			node: { onError: 'continueErrorOutput' },
		});
		const [failed] = errorOutput;
		expect(errorOutput).toHaveLength(1);
		expect(failed?.json).toMatchObject({ error: 'PAM360 answered with an empty body (HTTP 200)' });
		expect(failed?.pairedItem).toEqual({ item: failed?.json.index });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3].filter((item) => item !== failed?.json.index).map((item) => ({ item })),
		);
	});

	it('are accounted for when one stops the node', async () => {
		simulated.sim.trouble.add({ kind: 'rawBody', body: 'x', skip: 2, times: 1 });
		const { nodeError } = await run({ items: many(9), options: { concurrency: 1 } });
		expect(nodeError).toMatchObject({ context: { itemIndex: 2 } });
		const [first, second] = simulated.sim.state.keys.map(({ endTime }) =>
			DateTime.fromMillis(endTime, { zone: pam360Demo.serverTimeZone }).toFormat(
				"yyyy-MM-dd'T'HH:mm:ss",
			),
		);
		expect(nodeError?.description).toContain(
			`the node issued 2 agent keys that it cannot return now: item 0: valid until ${first}; item 1: valid until ${second}.`,
		);
		expect(simulated.sim.log).toHaveLength(3);
		const secrets = simulated.sim.state.keys.map(({ agentKey }) => agentKey);
		expect(findSecrets(nodeError, secrets)).toEqual([]);
	});

	it('stop when the execution is cancelled, and what was issued is logged', async () => {
		const controller = new AbortController();
		simulated.sim.trouble.add({ kind: 'latency', ms: 20 });
		const { pam360Api } = credentialFor;
		const execution = runNode({
			node: {
				type: 'n8n-nodes-privileged-keys.pam360',
				parameters: { ...seed.pam360(), options: { concurrency: 2 } },
			},
			items: many(200).map((json) => ({ json })),
			nodeTypes,
			credentialTypes,
			credentials: { pam360Api: pam360Api(simulated.sim.url) },
			signal: controller.signal,
		});
		while (simulated.sim.log.length < 4) await new Promise((resolve) => setTimeout(resolve, 2));
		controller.abort();
		const { logs, items } = await execution;
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(items).toEqual([]);
		expect(simulated.sim.log.length).toBeLessThan(10);
		const warning = logs.find(({ message }) => message.includes('was cancelled'));
		expect(warning?.message).toMatch(/Issued and not returned: item 0: valid until \d{4}-/);
		expect(warning?.message).toContain(MAY_EXIST);
		const secrets = [
			pam360Demo.authToken,
			...simulated.sim.state.keys.map(({ agentKey }) => agentKey),
		];
		expect(findSecrets(logs, secrets)).toEqual([]);
	});
});

describe('Secret Output', () => {
	const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const recipientPublicKey = publicKey.export({ type: 'spki', format: 'pem' }).toString();
	const issued = () => simulated.sim.state.keys.at(-1)!.agentKey;

	it.each([true, false])('puts the key in the item (Simplify %j)', async (simplify) => {
		const { items } = await run({
			parameters: { simplify },
			options: { secretOutput: 'item' },
		});
		expect(JSON.stringify(items[0]?.json)).toContain(issued());
		expect(items[0]?.binary).toBeUndefined();
	});

	it.each([true, false])('encrypts the key (Simplify %j)', async (simplify) => {
		const result = await run({
			parameters: { simplify },
			options: { secretOutput: 'encrypted', recipientPublicKey },
		});
		const { json } = result.items[0]!;
		const { plaintext } = await compactDecrypt(json.secret as string, privateKey);
		expect(new TextDecoder().decode(plaintext)).toBe(issued());
		expect(findSecrets([result.run, result.logs], [issued()])).toEqual([]);
		if (!simplify) expect(json).toMatchObject({ operation: { Details: { agentKey: null } } });
	});

	it.each([true, false])('makes a file of the key (Simplify %j)', async (simplify) => {
		const { items } = await run({
			parameters: { simplify },
			options: { secretOutput: 'file', fileProperty: 'agentKey' },
		});
		const { json, binary } = items[0]!;
		expect(Buffer.from(binary!.agentKey!.data, 'base64').toString()).toBe(issued());
		expect(binary!.agentKey).toMatchObject({ mimeType: 'text/plain', fileExtension: 'txt' });
		expect(findSecrets(json, [issued()])).toEqual([]);
		if (simplify) {
			expect(json.secret).toBeNull();
			expect(binary!.agentKey!.fileName).toBe('pam360-agentKey.txt');
		}
	});

	it('issues no key that nobody would get', async () => {
		const { nodeError } = await run({ options: { secretOutput: 'none' } });
		expect(nodeError?.message).toContain("'Secret Output' leaves the secret out");
		expect(simulated.sim.log).toEqual([]);
	});

	it('leaves the key out of every form of an answer', async () => {
		const agentKey = 'c0ffee0123456789';
		const body = JSON.stringify({
			operation: { result: { status: 'Success' }, details: { agentKey } },
		});
		simulated.sim.trouble.add({ kind: 'rawBody', body });
		for (const simplify of [true, false]) {
			for (const secretOutput of ['file', 'encrypted']) {
				const { items } = await run({
					parameters: { simplify },
					options: { secretOutput, recipientPublicKey },
				});
				expect(items).toHaveLength(1);
				expect(findSecrets(items[0]?.json, [agentKey])).toEqual([]);
			}
		}
	});

	it.each(['encrypted', 'elsewhere'])(
		'that cannot be used (%s) is found before a key is issued',
		async (secretOutput) => {
			const { nodeError } = await run({ options: { secretOutput, recipientPublicKey: 'x' } });
			expect(nodeError?.name).toBe('NodeOperationError');
			expect(simulated.sim.log).toEqual([]);
		},
	);

	describe('where an AI agent calls the node', () => {
		class Pam360Tool extends Pam360 {}
		const type = 'n8n-nodes-privileged-keys.pam360Tool';

		const runTool = (options: IDataObject, parameters: IDataObject = {}) =>
			runNode({
				node: {
					type,
					parameters: { ...seed.pam360(), ...parameters, options } as INode['parameters'],
				},
				nodeTypes: { [type]: Pam360Tool },
				credentialTypes,
				credentials: { pam360Api: credentialFor.pam360Api(simulated.sim.url) },
			});

		it('issues none where nobody chose who gets it', async () => {
			const { nodeError } = await runTool({});
			expect(nodeError?.message).toContain("'Secret Output' is not set");
			expect(simulated.sim.log).toEqual([]);
		});

		it.each([true, false])('keeps it from the agent in a JWE (Simplify %j)', async (simplify) => {
			const options = { secretOutput: 'encrypted', recipientPublicKey };
			const result = await runTool(options, { simplify });
			expect(result.items).toHaveLength(1);
			expect(findSecrets([result.run, result.logs], [issued()])).toEqual([]);
		});

		it('gives it where the user chose so', async () => {
			const { items } = await runTool({ secretOutput: 'item' });
			expect(items[0]?.json.secret).toBe(issued());
		});
	});
});
