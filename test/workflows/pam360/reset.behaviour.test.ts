import type { IDataObject } from 'n8n-workflow';
import { findSecrets } from '../../harness';
import type { Pam360Account, Trouble } from '../../simulators';
import { addPam360Account, addPam360Resource, fetchResets } from '../../simulators';
import { givesUpAtOnce } from '../kit/silence';
import type { ServerRun } from './simulated';
import { simulatedServer } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const server = simulatedServer();
givesUpAtOnce(server);

const byName = (value: string) => ({ __rl: true, mode: 'name', value });
const place = { resourceId: byName('target'), accountId: byName('root') };

/** Resets the password of root on target, remotely and by policy. */
async function reset(parameters: IDataObject = {}, more: ServerRun = {}) {
	const own = { resetType: 'remote', passwordSource: 'generate', policy: 'Strong' };
	return await server.run('password', 'reset', { ...place, ...own, ...parameters }, more);
}

const resets = () =>
	server.sim.log.filter(({ method, url }) => method === 'PUT' && /password$/.test(url));

let account: Pam360Account;

beforeEach(() => {
	const resource = addPam360Resource(server.sim.state, { name: 'target', type: 'Linux' });
	account = addPam360Account(server.sim.state, resource, { name: 'root', password: 'old one' });
});

/** Answers a reset with a refusal, without doing it. */
const refusing = (name: string, message: string): Trouble => ({
	kind: 'status',
	status: 200,
	match: { method: 'PUT' },
	body: { operation: { name, result: { status: 'Failed', message } } },
});

describe('a reset with a password by policy', () => {
	it('gives the password that the target and PAM360 have now', async () => {
		const { items, nodeError } = await reset();
		expect(nodeError).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ secret: account.password, outcome: 'done' });
		expect(account.passwordOnTarget).toBe(account.password);
		expect(account.password).not.toBe('old one');
	});

	it.each(['cutAfterWork', 'emptyBody', 'truncate', 'garbage'] as const)(
		'does not lose it through %s',
		async (kind) => {
			server.sim.trouble.add({ kind, match: { method: 'PUT' }, times: 1 });
			const { items, nodeError } = await reset();
			expect(nodeError).toBeUndefined();
			expect(items).toHaveLength(1);
			expect(items[0]?.json).toMatchObject({
				secret: account.password,
				outcome: 'unknown',
				vaultHolds: 'new',
			});
			expect(account.passwordOnTarget).toBe(account.password);
			expect(resets()).toHaveLength(1);
		},
	);

	const outcomes = [
		['ok', 'ok', 'done', null],
		['ok', 'failed', 'unknown', 'other'],
		['failed', 'ok', 'unknown', 'new'],
		['failed', 'failed', 'unknown', 'other'],
	] as const;

	it.each(outcomes)('target %s, vault %s: %s', async (target, vault_, outcome, vaultHolds) => {
		for (const failureStatusCode of [40_000, 50_001, null]) {
			account.password = 'old one';
			account.passwordOnTarget = 'old one';
			Object.assign(server.sim.settings, {
				remoteReset: { target, vault: vault_ },
				failureStatusCode,
			});
			const { items, nodeError } = await reset();
			expect(nodeError).toBeUndefined();
			expect(items).toHaveLength(1);
			const { json } = items[0]!;
			expect(json).toMatchObject({ outcome, vaultHolds });
			expect(json.secret).not.toBe('old one');
			// Whatever was changed, the item has it.
			const { password, passwordOnTarget } = account;
			expect(password).toBe(vault_ === 'ok' ? json.secret : 'old one');
			expect(passwordOnTarget).toBe(target === 'ok' ? json.secret : 'old one');
			if (outcome === 'done') expect(json.nextStep).toBeNull();
			else expect(json.nextStep).toMatch(/^PAM360 (holds|does not hold) .*on the target/);
		}
	});

	it('is a success before the agent of the target has asked for it', async () => {
		server.sim.settings.remoteResetQueued = true;
		const { items } = await reset();
		expect(items[0]?.json).toMatchObject({ secret: account.password, outcome: 'done' });
		expect(account.passwordOnTarget).toBeNull();
		fetchResets(server.sim.state);
		expect(account.passwordOnTarget).toBe(items[0]?.json.secret);
	});

	it('is kept where the queued change comes after all', async () => {
		server.sim.settings.remoteResetQueued = true;
		server.sim.trouble.add({ kind: 'status', status: 504, work: true, match: { method: 'PUT' } });
		const { items } = await reset();
		expect(items[0]?.json.outcome).toBe('unknown');
		fetchResets(server.sim.state);
		expect(account.passwordOnTarget).toBe(items[0]?.json.secret);
	});

	it.each<[string, Trouble]>([
		...[200, 500, 502, 503, 504].map((status): [string, Trouble] => [
			`50001 with HTTP ${status}`,
			{
				kind: 'status',
				status,
				work: true,
				body: {
					operation: {
						result: { status: 'Failed', message: 'Exception occurred', statusCode: 50001 },
					},
				},
			},
		]),
		['a gateway’s page', { kind: 'html', status: 502, work: true }],
		['a firewall’s page', { kind: 'html', status: 403, work: true }],
		['an error page that takes no PUT', { kind: 'status', status: 405, work: true }],
		[
			'JSON of a firewall',
			{ kind: 'status', status: 400, body: { message: 'Rejected' }, work: true },
		],
		['a redirect', { kind: 'redirect', to: 'https://login.example', work: true }],
		['another redirect', { kind: 'redirect', to: '/', status: 307, work: true }],
		['no answer in time', { kind: 'hang', work: true }],
		['an answer that breaks off', { kind: 'truncate' }],
	])('is kept after %s', async (_, trouble) => {
		server.sim.trouble.add({ ...trouble, match: { method: 'PUT' } });
		const { items, nodeError } = await reset();
		expect(nodeError).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(items[0]?.json).toMatchObject({ secret: account.password, outcome: 'unknown' });
		expect(account.passwordOnTarget).toBe(account.password);
	});

	it.each([
		'No such account found on the remote host while verifying the change',
		'Verification failed: User is not allowed to access from this host',
	])('is kept where a text that is known otherwise tells of the target: %s', async (message) => {
		server.sim.trouble.add({ ...refusing('RESET', message), work: true } as Trouble);
		const { items, nodeError } = await reset();
		expect(nodeError).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ secret: account.password, outcome: 'unknown' });
		expect(account.passwordOnTarget).toBe(account.password);
	});

	it.each<[string, number | string | undefined]>([
		['java.lang.NullPointerException', undefined],
		['SQLException: connection closed after commit', undefined],
		['Request timed out', undefined],
		['Unable to process', 503],
		['Exception', 500],
		['No', '504'],
		['No', 47],
		['Something nobody knows', undefined],
		['No', 40000],
	])('is kept where PAM360 alone was changed, and said: %s %s', async (message, statusCode) => {
		const body = { operation: { result: { status: 'Failed', message, statusCode } } };
		server.sim.trouble.add({
			kind: 'status',
			status: 200,
			body,
			match: { method: 'PUT' },
			work: true,
		});
		const { items, nodeError } = await reset({ resetType: 'local' });
		expect(nodeError).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ secret: account.password, outcome: 'done' });
		expect(account.password).not.toBe('old one');
	});

	it.each<[string, number | undefined]>([
		['java.lang.NullPointerException', undefined],
		['No', 47],
	])(
		'is kept where nobody can tell whether PAM360 was changed: %s %s',
		async (message, statusCode) => {
			const body = { operation: { result: { status: 'Failed', message, statusCode } } };
			server.sim.trouble.add({ kind: 'status', status: 200, body, match: { method: 'PUT' } });
			const { items } = await reset({ resetType: 'local' });
			expect(items[0]?.json).toMatchObject({ outcome: 'unknown', vaultHolds: 'other' });
			expect(items[0]?.json.secret).toMatch(/./);
		},
	);

	it.each<[string, IDataObject]>([
		['the default of On Error', {}],
		['continueRegularOutput', { onError: 'continueRegularOutput' }],
		['continueErrorOutput', { onError: 'continueErrorOutput' }],
		['Retry On Fail', { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 }],
	])('is kept among items that fail (%s)', async (_, node) => {
		server.sim.trouble.add({ kind: 'cutAfterWork', match: { method: 'PUT' }, times: 1 });
		const resourceId = byName('={{ $json.resource }}');
		const { items, errorOutput, nodeError } = await reset(
			{ resourceId, options: { concurrency: 1 } },
			{ node, items: [{ resource: 'target' }, { resource: 'nowhere' }, { resource: 'target' }] },
		);
		expect(nodeError).toBeUndefined();
		const kept = items.find(({ json }) => json.outcome === 'unknown');
		expect(kept?.pairedItem).toEqual({ item: 0 });
		expect(kept?.json).toMatchObject({
			vaultHolds: 'new',
			secret: expect.stringMatching(/./) as string,
		});
		expect([...items, ...errorOutput].filter(({ json }) => 'error' in json).length).toBeGreaterThan(
			0,
		);
	});

	it('where nothing became of it, is kept all the same: the target may have it', async () => {
		server.sim.trouble.add({ kind: 'cutBeforeWork', match: { method: 'PUT' } });
		const { items, nodeError } = await reset();
		expect(nodeError).toBeUndefined();
		expect(items.map(({ json }) => json)).toEqual([
			expect.objectContaining({
				secret: expect.stringMatching(/./) as string,
				outcome: 'unknown',
				vaultHolds: 'other',
			}),
		]);
		expect(account.password).toBe('old one');
		expect(resets()).toHaveLength(1);
	});

	it.each<[string, () => void]>([
		['the security filter strikes', () => (server.sim.settings.securityFilter = /NEWPASSWORD/)],
		[
			'the token is used up',
			() => server.sim.trouble.add(refusing('Authentication', 'Some other text')),
		],
		['the account is gone', () => server.sim.trouble.add(refusing('X', 'No such account found'))],
		[
			'PAM360 cannot resolve the host of the API user',
			() => {
				server.sim.trouble.add({ kind: 'rawBody', body: '', match: { method: 'PUT' } });
				server.sim.trouble.add({ kind: 'rawBody', body: '', match: /resources$/ });
			},
		],
	])('is discarded where nothing can have been done: %s', async (_, change) => {
		change();
		const { items, nodeError } = await reset();
		expect(items).toEqual([]);
		expect(nodeError?.description).toContain(
			'Nothing was changed, and the password that was generated for it was discarded',
		);
		expect(nodeError?.description).not.toMatch(/may have been/);
		expect(account).toMatchObject({ password: 'old one', passwordOnTarget: null });
	});

	it('is kept where nobody can tell, and comes out as the user wants secrets to go', async () => {
		server.sim.trouble.add({ kind: 'cutAfterWork', match: { method: 'PUT' } });
		server.sim.trouble.add({ kind: 'html', match: /\/password$/, work: false });
		const inItem = await reset();
		expect(inItem.items.map(({ json }) => json)).toEqual([
			expect.objectContaining({ secret: account.password, outcome: 'unknown', vaultHolds: null }),
		]);
		for (const simplify of [true, false]) {
			const result = await reset({ simplify, options: { secretOutput: 'file' } });
			expect(result.items).toHaveLength(1);
			expect(result.items[0]?.json).toMatchObject({ outcome: 'unknown', secret: null });
			const shown = result.items.map(({ json }) => json);
			expect(findSecrets([shown, result.logs], [account.password])).toEqual([]);
			// Nobody else may know it: it cannot be left out.
			const refused = await reset({ simplify, options: { secretOutput: 'none' } });
			expect(refused.nodeError?.message).toContain('nobody would get it');
		}
	});

	it('is in the item with Simplify off, too', async () => {
		server.sim.trouble.add({ kind: 'cutAfterWork', match: { method: 'PUT' } });
		const { items } = await reset({ simplify: false });
		expect(items[0]?.json).toMatchObject({
			outcome: 'unknown',
			secret: account.password,
			nextStep: expect.stringContaining('Log in on the target') as string,
			generated: { operation: { Details: { PASSWORD: account.password } } },
		});
	});

	it('gives it with PAM360’s own answers, too', async () => {
		const { items } = await reset({ simplify: false });
		expect(items[0]?.json).toMatchObject({
			operation: { result: { status: 'Success' } },
			generated: { operation: { Details: { PASSWORD: account.password } } },
		});
	});

	it('is repeated where only PAM360 is concerned', async () => {
		server.sim.trouble.add({ kind: 'cutAfterWork', match: { method: 'PUT' }, times: 2 });
		const { items } = await reset({ resetType: 'local' });
		expect(items[0]?.json).toMatchObject({ secret: account.password, outcome: 'done' });
		expect(resets()).toHaveLength(3);
	});
});
