import { captureLogs } from '../../harness';
import type { Trouble } from '../../simulators';
import { startSenhaseguraSimulator } from '../../simulators';
import { performOperation } from './everyOperation';
import {
	AUTHENTICATIONS,
	posts,
	runSenhasegura,
	sentBody,
	storedKeys,
} from '../../unit/senhasegura/support';
import { first, hints, said } from '../kit/result';
import { givesUpAtOnce } from '../kit/silence';
import { simulatedVault } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const KEY = /\/pam\/key$/;

const vault = simulatedVault();
givesUpAtOnce(vault);

const identifiers = () => new Set(posts(vault.sim).map((request) => sentBody(request).identifier));

/** What comes to be, sooner or later. */
async function until<T>(look: () => T | undefined): Promise<T> {
	for (;;) {
		const found = look();
		if (found !== undefined) return found;
		await new Promise((resolve) => setTimeout(resolve, 1));
	}
}

const half = '{"code":201,"response":{"status":201,"mess';
const noKey = { response: { status: 201, message: 'Key successfully registered!', error: false } };
const fault = {
	response: { status: 500, message: 'Unexpected error', error: true, error_code: 1 },
};
const told = (status: number, message: string) =>
	JSON.stringify({ response: { status, message, error: true, error_code: 1 } });
const authorization = {
	response: {
		status: 500,
		message: 'You are not authorized to access this resource.',
		error: true,
	},
};

/** After the work, and without an answer that can be used. */
const AFTER_WORK: Array<[string, Trouble]> = [
	['a cut connection', { kind: 'cutAfterWork' }],
	['half an answer', { kind: 'truncate' }],
	['an empty answer', { kind: 'emptyBody' }],
	['an answer without its end', { kind: 'garbage' }],
	['a web page', { kind: 'html', work: true }],
	['another body', { kind: 'rawBody', body: half, work: true }],
	['an answer without a key', { kind: 'rawBody', body: JSON.stringify(noKey), work: true }],
	['500', { kind: 'rawBody', status: 500, body: JSON.stringify(fault), work: true }],
	['500 in HTTP 200', { kind: 'rawBody', body: JSON.stringify(fault), work: true }],
	[
		'a number of another one',
		{ kind: 'rawBody', status: 500, body: told(500, '2001: locked'), work: true },
	],
	[
		'500 within its text',
		{ kind: 'rawBody', status: 400, body: told(400, '500: Internal'), work: true },
	],
	[
		'an exception',
		{ kind: 'rawBody', status: 400, body: told(400, 'PDOException: gone'), work: true },
	],
	['502', { kind: 'status', status: 502, work: true }],
	['503', { kind: 'status', status: 503, retryAfter: 1, work: true }],
	['504', { kind: 'html', status: 504, work: true }],
	['silence', { kind: 'hang', work: true }],
	['a redirect', { kind: 'redirect', to: 'https://login.example', work: true }],
	['the page of a firewall', { kind: 'html', status: 403, work: true }],
	['a text of a firewall', { kind: 'status', status: 403, body: 'Forbidden', work: true }],
	['JSON of a gateway', { kind: 'status', status: 409, body: { message: 'Conflict' }, work: true }],
];

/** Before the work. */
const BEFORE_WORK: Array<[string, Trouble]> = [
	['a cut connection', { kind: 'cutBeforeWork' }],
	['a web page', { kind: 'html' }],
	['500', { kind: 'rawBody', status: 500, body: JSON.stringify(fault) }],
	['502', { kind: 'status', status: 502 }],
	['503', { kind: 'status', status: 503, body: { message: 'busy' } }],
	['504', { kind: 'status', status: 504 }],
	['429', { kind: 'status', status: 429, retryAfter: 0 }],
	['silence', { kind: 'hang' }],
	['a redirect', { kind: 'redirect', to: 'https://login.example' }],
	['the page of a firewall', { kind: 'html', status: 403 }],
];

describe.each(AUTHENTICATIONS)('an answer that is lost, %s', (authentication) => {
	describe.each([
		['after the work', AFTER_WORK],
		['before the work', BEFORE_WORK],
	])('%s', (when, troubles) => {
		it.each(troubles)('by %s leaves one key with one identifier', async (_name, trouble) => {
			vault.sim.trouble.add({ ...trouble, match: KEY, times: 1 });
			const result = await vault.create({ authentication });
			expect(said(result)).toBe('');
			expect(storedKeys(vault.sim)).toHaveLength(1);
			expect(posts(vault.sim)).toHaveLength(2);
			expect(identifiers()).toEqual(new Set([storedKeys(vault.sim)[0]?.identifier]));
			expect(posts(vault.sim)[0]?.body).toBe(posts(vault.sim)[1]?.body);
			expect(first(result)).toMatchObject({
				id: '92',
				identifier: storedKeys(vault.sim)[0]?.identifier,
				created: true,
			});
			expect(hints(result)).toEqual([]);
		});

		it.each(troubles)('by %s of the user’s own identifier', async (name, trouble) => {
			vault.sim.trouble.add({ ...trouble, match: KEY, times: 1 });
			const result = await vault.create({
				authentication,
				additionalFields: { identifier: 'mine' },
			});
			expect(said(result)).toBe('');
			expect(storedKeys(vault.sim)).toHaveLength(1);
			const created = when === 'before the work' ? true : null;
			expect(first(result)).toMatchObject({ identifier: 'mine', created });
			expect(hints(result)).toHaveLength(created === null ? 1 : 0);
			if (created === null) expect(hints(result)[0]).toContain('not known');
			expect(name).not.toBe('');
		});
	});

	it('of an update is not taken for a creation', async () => {
		const additionalFields = { identifier: 'mine' };
		await vault.create({ authentication, additionalFields });
		vault.sim.trouble.add({ kind: 'status', status: 429, retryAfter: 0, match: KEY, times: 1 });
		expect(first(await vault.create({ authentication, additionalFields })).created).toBe(false);
		vault.sim.trouble.add({ kind: 'cutBeforeWork', match: KEY, times: 1 });
		expect(first(await vault.create({ authentication, additionalFields })).created).toBe(null);
		expect(storedKeys(vault.sim)).toHaveLength(1);
	});

	it.each(AFTER_WORK)(
		'by %s every time ends in an error with the identifier',
		async (_name, trouble) => {
			vault.sim.trouble.add({ ...trouble, match: KEY });
			for (const identifier of [undefined, 'mine']) {
				vault.sim.log.length = 0;
				vault.sim.state.items.clear();
				const result = await vault.create({
					authentication,
					...(identifier && { additionalFields: { identifier } }),
				});
				expect(result.items).toEqual([]);
				expect(storedKeys(vault.sim)).toHaveLength(1);
				const [stored] = storedKeys(vault.sim);
				expect(identifiers()).toEqual(new Set([stored?.identifier]));
				expect(said(result)).toContain(
					`may have been stored anyway, or may still be, under the identifier '${stored?.identifier}'`,
				);
				expect(posts(vault.sim).length).toBeGreaterThan(1);
				expect(posts(vault.sim).length).toBeLessThanOrEqual(4);
			}
		},
	);

	it('and then a refusal names the identifier, too', async () => {
		for (const lost of ['emptyBody', 'cutAfterWork'] as const) {
			vault.sim.reset();
			vault.sim.trouble.add({ kind: lost, match: KEY, times: 1 });
			const body = JSON.stringify(authorization);
			vault.sim.trouble.add({ kind: 'rawBody', status: 500, body, match: KEY });
			const result = await vault.create({ authentication });
			const [stored] = storedKeys(vault.sim);
			expect(said(result)).toContain('PAM Core');
			expect(said(result)).toContain(`'${stored?.identifier}'`);
		}
	});

	it('that was not lost is not said to be', async () => {
		const body = JSON.stringify(authorization);
		vault.sim.trouble.add({ kind: 'rawBody', status: 500, body, match: KEY });
		const result = await vault.create({ authentication });
		expect(said(result)).not.toContain('may have been stored');
		expect(posts(vault.sim)).toHaveLength(1);
	});

	it('by a vault that then is gone names the identifier, too', async () => {
		const other = await startSenhaseguraSimulator();
		other.trouble.add({ kind: 'emptyBody', match: KEY, times: 1 });
		const pending = runSenhasegura({ at: other, authentication });
		await until(() => storedKeys(other)[0]);
		await other.close();
		const result = await pending;
		const [stored] = storedKeys(other);
		// The second request may have come through before the vault was gone.
		if (result.nodeError) expect(said(result)).toContain(`'${stored?.identifier}'`);
		else expect(first(result).identifier).toBe(stored?.identifier);
	});

	it('in five of twenty items leaves twenty keys', async () => {
		for (const skip of [1, 6, 11]) {
			vault.sim.trouble.add({ kind: 'cutAfterWork', match: KEY, skip, times: 1 });
		}
		for (const skip of [3, 15]) {
			vault.sim.trouble.add({ kind: 'emptyBody', match: KEY, skip, times: 1 });
		}
		const result = await vault.create({
			authentication,
			items: Array.from({ length: 20 }, () => ({})),
		});
		expect(said(result)).toBe('');
		expect(storedKeys(vault.sim)).toHaveLength(20);
		expect(new Set(result.items.map(({ json }) => json.id)).size).toBe(20);
		expect(result.items.every(({ json }) => json.created === true)).toBe(true);
	});
});

describe('a node that is stopped', () => {
	it('while a key is being stored says so in the log, with the identifier', async () => {
		const controller = new AbortController();
		const { trouble } = vault.sim;
		const giveUp = trouble.onHang;
		trouble.onHang = (port) => {
			controller.abort();
			giveUp(port);
		};
		trouble.add({ kind: 'hang', work: true, match: KEY });
		// n8n is done with a cancelled node before the node is.
		const { logs, stop } = captureLogs();
		const result = await vault.create({ signal: controller.signal });
		expect(result.items).toEqual([]);
		const warnings = await until(() => {
			const found = logs.filter(({ level }) => level === 'warn').map(({ message }) => message);
			return found.length > 0 ? found.join() : undefined;
		});
		stop();
		const [stored] = storedKeys(vault.sim);
		expect(warnings).toContain(`under the identifier '${stored?.identifier}'`);
		expect(posts(vault.sim)).toHaveLength(1);
	});
});

describe('a vault that cannot be reached', () => {
	it('does not leave the user in doubt', async () => {
		const gone = await startSenhaseguraSimulator();
		await gone.close();
		for (const authentication of AUTHENTICATIONS) {
			const result = await runSenhasegura({ at: gone, authentication });
			expect(said(result)).toContain('refused the connection');
			expect(said(result)).not.toContain('may have been stored');
		}
	});

	it('for want of trust neither, and nothing is repeated', async () => {
		for (const authentication of AUTHENTICATIONS) {
			const result = await vault.create({
				authentication,
				credential: { ignoreSSLIssues: false, ignoreSslIssues: false },
			});
			expect(said(result)).toContain('is not trusted');
			expect(said(result)).toContain("'Ignore SSL Issues'");
			expect(said(result)).not.toContain('may have been stored');
			expect(vault.sim.log).toEqual([]);
		}
	});

	it('at its token endpoint has stored nothing', async () => {
		const troubles: Trouble[] = [
			{ kind: 'cutAfterWork' },
			{ kind: 'html' },
			{ kind: 'emptyBody' },
			{ kind: 'status', status: 503 },
		];
		for (const trouble of troubles) {
			vault.sim.reset();
			vault.sim.trouble.add({ ...trouble, match: /oauth2\/token/ });
			const result = await vault.create();
			expect(said(result)).not.toBe('');
			expect(said(result)).not.toContain('may have been stored');
			expect(posts(vault.sim)).toEqual([]);
		}
	});
});

describe('an answer that was lost before a refusal', () => {
	it('is named although another item is the first to fail', async () => {
		const refused = { response: { status: 400, message: '1039: Without permission', error: true } };
		const refusal = { kind: 'rawBody', status: 400, body: JSON.stringify(refused) } as const;
		vault.sim.trouble.add({ ...refusal, times: 1, match: KEY });
		vault.sim.trouble.add({ kind: 'cutAfterWork', times: 1, match: KEY });
		vault.sim.trouble.add({ ...refusal, match: KEY });
		const { nodeError } = await vault.create({
			items: [{}, {}],
			parameters: { options: { concurrency: 2 } },
		});
		const [stored] = storedKeys(vault.sim);
		expect(nodeError?.context.itemIndex).toBe(0);
		expect(nodeError?.description).toContain(`under the identifier '${stored?.identifier}'`);
	});
});

describe('items with the same identifier', () => {
	it('are refused before the second overwrites the first', async () => {
		const { items } = await vault.create({
			items: [{}, {}, {}],
			parameters: { additionalFields: { identifier: 'deploy' } },
			node: { onError: 'continueRegularOutput' },
		});
		const errors = items.flatMap(({ json }) => json.error ?? []);
		expect(errors).toEqual([
			"'Identifier' deploy was used for another item already",
			"'Identifier' deploy was used for another item already",
		]);
		expect(storedKeys(vault.sim)).toHaveLength(1);
		expect(posts(vault.sim)).toHaveLength(1);
	});
});

describe('a pair that was made here', () => {
	it('shows its public half with Simplify off, too', async () => {
		const { items } = await vault.create({
			parameters: { keySource: 'generate', keyAlgorithm: 'ed25519', simplify: false },
		});
		const [stored] = storedKeys(vault.sim);
		expect(items[0]?.json).toMatchObject({
			key: { id: stored?.id },
			identifier: stored?.identifier,
			publicKey: expect.stringMatching(/^ssh-ed25519 /) as string,
			fingerprint: expect.stringMatching(/^SHA256:/) as string,
		});
	});
});

describe('a change of state whose answer is lost', () => {
	const by = { authentication: 'oAuth1', apiPrefix: '/api' } as const;
	const names = ['sshKey', 'credential', 'device'].flatMap((resource) => [
		`${resource}.disable`,
		`${resource}.enable`,
	]);
	const ended = ['relatedUser.delete', 'credential.releaseCustody'];

	it.each([...names, ...ended])(
		'%s is made once more, and does not guess what changed',
		async (name) => {
			const method = name.endsWith('enable') ? 'PUT' : 'DELETE';
			for (const kind of ['cutAfterWork', 'emptyBody'] as const) {
				vault.sim.reset();
				vault.sim.trouble.add({ kind, match: { method }, times: 1 });
				const result = await performOperation(vault.sim, name, by);
				expect(said(result)).toBe('');
				expect(first(result)).toMatchObject({
					...(names.includes(name) && { enabled: method === 'PUT' }),
					changed: null,
				});
				expect(hints(result)).toEqual([
					expect.stringContaining('It is not known whether there was anything to change'),
				]);
			}
		},
	);

	it.each([...names, ...ended])(
		'%s before the work is made once more, and changed something',
		async (name) => {
			const method = name.endsWith('enable') ? 'PUT' : 'DELETE';
			vault.sim.trouble.add({ kind: 'cutBeforeWork', match: { method }, times: 1 });
			const result = await performOperation(vault.sim, name, by);
			expect(first(result)).toMatchObject({ changed: true });
			expect(hints(result)).toEqual([]);
		},
	);
});
