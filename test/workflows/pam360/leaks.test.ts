import type { ICredentialDataDecryptedObject, IDataObject, INode } from 'n8n-workflow';
import { findSecrets, testCredential } from '../../harness';
import type { LogEntry } from '../../harness';
import type { Trouble } from '../../simulators';
import { createClientIdentity } from '../../simulators';
import { givesUpAtOnce } from '../kit/silence';
import { credentialTypes, nodeTypes, runVendor } from '../vendors';
import { simulatedServer } from './simulated';

const TOKEN = 'CANARY-t0k\'en!*(B698EF92)/+ "x\\y';
const ORGANIZATION = 'Example MSP';

const server = simulatedServer();
givesUpAtOnce(server);
const client = createClientIdentity();
/** A stretch of the private key that no certificate shares. */
const keyCanary = client.key.split(/\r?\n/)[3]!;

beforeEach(() => {
	server.sim.state.tokens.set(TOKEN, { user: 'canary@localhost', expiresAt: null });
});

function credential(changes: ICredentialDataDecryptedObject = {}): ICredentialDataDecryptedObject {
	return {
		url: server.sim.url,
		authToken: TOKEN,
		orgName: ORGANIZATION,
		ignoreSslIssues: true,
		clientCertificate: client.certificate,
		clientKey: client.key,
		...changes,
	};
}

interface Options {
	changes?: ICredentialDataDecryptedObject;
	parameters?: IDataObject;
	onError?: INode['onError'];
}

async function run({ changes, parameters, onError }: Options = {}) {
	return await runVendor({
		vendor: 'pam360',
		credentials: { pam360Api: credential(changes) },
		parameters: { options: { timeout: 5_000, rateLimitWait: 0 }, ...parameters },
		node: onError && { onError },
	});
}

/** Everything that n8n stores, shows or logs of an execution. */
function leaks(result: Awaited<ReturnType<typeof run>>, more: string[] = []): string[] {
	const { run: execution, logs, nodeError, items, errorOutput } = result;
	const secrets = [TOKEN, 'CANARY-t0k', keyCanary, ...more];
	return findSecrets([execution, logs, nodeError, items, errorOutput], secrets);
}

const withBody = (body: unknown, status = 200): Trouble => ({
	kind: 'rawBody',
	body: typeof body === 'string' ? body : JSON.stringify(body),
	status,
});
const refusing = (message: string) =>
	withBody({ operation: { name: 'X', result: { status: 'Failed', message, statusCode: TOKEN } } });

const echoes: Array<[string, Trouble]> = [
	['a refusal that repeats the token', refusing(`Bad AUTHTOKEN ${TOKEN}.`)],
	['a refusal that repeats it in JSON', refusing(JSON.stringify({ AUTHTOKEN: TOKEN }))],
	['a refusal that repeats it percent-encoded', refusing(encodeURIComponent(TOKEN))],
	['a refusal that repeats it in a form', refusing(new URLSearchParams({ TOKEN }).toString())],
	['a long refusal that is cut within it', refusing(`${'-'.repeat(290)}${TOKEN}`)],
	['a refusal that repeats the client key', refusing(`Key: ${client.key}`)],
	['a refusal that repeats half of the client key', refusing(client.key.slice(0, 400))],
	['a refusal of the token', refusing(`${TOKEN} is not associated to any user`)],
	[
		'a success without a key',
		withBody({ operation: { result: { status: 'Success', message: TOKEN } } }),
	],
	['garbage', withBody(`AUTHTOKEN: ${TOKEN}`)],
	['a web page', withBody(`<html>${TOKEN}</html>`)],
	['other JSON', withBody({ request: { AUTHTOKEN: TOKEN } })],
	['other JSON with an error', withBody({ error: { message: TOKEN, headers: [TOKEN] } }, 500)],
	['a redirect', { kind: 'redirect', to: `https://x.example.com/${encodeURIComponent(TOKEN)}` }],
	['a redirect without host', { kind: 'redirect', to: `/sso/${encodeURIComponent(TOKEN)}` }],
	['a status', { kind: 'status', status: 403, body: { error: TOKEN } }],
	['too many requests', { kind: 'status', status: 429, retryAfter: 0, body: TOKEN }],
	['the security filter', { kind: 'status', status: 599, body: TOKEN }],
	['a cut connection', { kind: 'cutAfterWork' }],
	['an answer that breaks off', { kind: 'truncate' }],
	['a timeout', { kind: 'hang' }],
	['an empty body', { kind: 'emptyBody' }],
];

describe.each<[string, INode['onError']]>([
	['stopWorkflow', 'stopWorkflow'],
	['continueRegularOutput', 'continueRegularOutput'],
	['continueErrorOutput', 'continueErrorOutput'],
])('no secret of the credential leaves the node (%s)', (_, onError) => {
	it.each(echoes)('with %s', async (__, trouble) => {
		server.sim.trouble.add(trouble);
		const result = await run({ onError });
		expect(result.nodeError ?? result.errorOutput[0] ?? result.items[0]?.json.error).toBeDefined();
		expect(leaks(result)).toEqual([]);
	});
});

describe('no secret of the credential leaves the node', () => {
	it.each<[string, ICredentialDataDecryptedObject]>([
		['an untrusted certificate', { ignoreSslIssues: false }],
		['a port that nobody listens on', { url: 'https://127.0.0.1:1' }],
		['a host that does not exist', { url: 'https://pam360.invalid' }],
		['plain http', { url: 'http://pam360.example.com' }],
		['an address with secrets', { url: `https://user:${encodeURIComponent(TOKEN)}@localhost` }],
		['a line break in the token', { authToken: `${TOKEN}\nEvil: 1` }],
		['a time zone that is none', { serverTimeZone: 'Nowhere' }],
		['a client key without its certificate', { clientCertificate: '' }],
		['a client key that is no PEM', { clientKey: TOKEN }],
		['a client key of another certificate', { clientKey: createClientIdentity().key }],
	])('with %s', async (_, changes) => {
		const result = await run({ changes });
		expect(result.nodeError).toBeDefined();
		expect(leaks(result)).toEqual([]);
		const logs: LogEntry[] = [];
		const tested = await testCredential('pam360Api', credential(changes), {
			credentialTypes,
			nodeTypes,
			logs,
		});
		expect(tested.status).toBe('Error');
		expect(findSecrets([tested, logs], [TOKEN, keyCanary])).toEqual([]);
	});

	it('with success', async () => {
		expect(leaks(await run())).toEqual([]);
	});
});

describe('no agent key leaves the node but where the user wants it', () => {
	it.each(['encrypted', 'file'])('with Secret Output %s', async (secretOutput) => {
		const { generateKeyPairSync } = await import('node:crypto');
		const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
		const recipientPublicKey = publicKey.export({ type: 'spki', format: 'pem' }).toString();
		for (const simplify of [true, false]) {
			const result = await run({
				parameters: { simplify, options: { secretOutput, recipientPublicKey } },
			});
			const { agentKey } = server.sim.state.keys.at(-1)!;
			expect(result.items).toHaveLength(1);
			const found = leaks(result, [agentKey]);
			expect(found.filter((path) => !path.endsWith('.binary.data.data'))).toEqual([]);
			if (secretOutput !== 'file') expect(found).toEqual([]);
		}
	});

	it('in the item is in the item alone', async () => {
		const result = await run();
		const { agentKey } = server.sim.state.keys[0]!;
		expect(result.items[0]?.json.secret).toBe(agentKey);
		expect(findSecrets(result.logs, [agentKey])).toEqual([]);
	});
});
