import type { IDataObject } from 'n8n-workflow';
import type { RunNodeResult } from '../../harness';
import type { CortexXsiamKey, Trouble } from '../../simulators';
import { cortexXsiamDemo } from '../../simulators';
import {
	DELETE,
	GENERATE,
	LIST,
	foreignKey,
	issuedKeys,
	leaks,
	requests,
	watchSecrets,
} from '../../unit/cortexXsiam/support';
import { said } from '../kit/operation';
import type { RunOptions } from '../vendors';
import { simulatedTenant } from './simulated';

jest.mock('n8n-workflow', (): unknown => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => await new Promise((resolve) => setTimeout(resolve, 2)),
}));

const DAY = 86_400_000;

const tenant = simulatedTenant();

const generate = async (additionalFields: IDataObject = {}, more: Partial<RunOptions> = {}) =>
	await tenant.run(
		'apiKey',
		'generate',
		{
			roles: ['Investigator'],
			securityLevel: 'standard',
			additionalFields: { idempotencyKey: 'order 66', comment: 'SIEM', ...additionalFields },
		},
		more,
	);

const first = ({ items }: RunNodeResult): IDataObject => items[0]?.json ?? {};
const keys = () => issuedKeys(tenant.sim);
const hints = ({ run }: RunNodeResult) =>
	(run.data.resultData.runData.Node?.[0]?.hints ?? []).map(({ message }) => message);

/** A key of an earlier run, with the comment that this one will have. */
async function earlier(changes: Partial<CortexXsiamKey> = {}): Promise<CortexXsiamKey> {
	await generate();
	const [key] = keys();
	Object.assign(key as CortexXsiamKey, changes);
	tenant.sim.log.length = 0;
	return key as CortexXsiamKey;
}

describe('a run that is repeated', () => {
	it('leaves one key, the one of the last run', async () => {
		const results = [await generate(), await generate(), await generate()];
		expect(results.map(said)).toEqual(['', '', '']);
		expect(keys().map(({ id, secret }) => [String(id), secret])).toEqual([
			[first(results[2] as RunNodeResult).id, first(results[2] as RunNodeResult).secret],
		]);
		expect(keys()[0]?.comment).toMatch(/^SIEM \[n8n:[0-9a-f]{12}\]$/);
		expect(JSON.stringify(tenant.sim.log.map(({ body }) => body))).not.toContain('order 66');
	});

	it('by n8n’s own Retry On Fail leaves one key, too', async () => {
		tenant.sim.trouble.add({ kind: 'status', status: 504, match: GENERATE, work: true, times: 1 });
		tenant.sim.trouble.add({ kind: 'status', status: 500, match: LIST, times: 1, skip: 1 });
		const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
		const result = await generate({}, { node });
		expect(said(result)).toBe('');
		expect(keys().map(({ id }) => String(id))).toEqual([first(result).id]);
	});

	it('gives back the key that is there, if that is wanted', async () => {
		const { id, secret } = await earlier();
		const result = await generate({ ifKeyExists: 'return' });
		expect(first(result)).toMatchObject({ id: String(id), secret: null, created: false });
		expect(keys().map((key) => key.id)).toEqual([id]);
		expect(requests(tenant.sim, GENERATE)).toEqual([]);
		expect(leaks(result, [secret])).toEqual([]);
		// Perhaps nobody ever saw it: the answer may have been lost.
		expect(hints(result)).toEqual([
			`API key ${id} was there already, and Cortex XSIAM does not show its secret any more. If nobody has the secret, set 'If Key Exists' to revoke and replace the key.`,
		]);
	});

	it('issues a new key where the earlier one has expired', async () => {
		const { id } = await earlier({ expiration: Date.now() - DAY });
		for (const ifKeyExists of ['return', 'replace']) {
			expect(first(await generate({ ifKeyExists }))).toMatchObject({ created: true });
			expect(tenant.sim.state.keys.has(id)).toBe(true);
			for (const key of keys()) if (key.id !== id) tenant.sim.state.keys.delete(key.id);
		}
	});

	it('leaves keys of other idempotency keys alone', async () => {
		await earlier();
		expect(first(await generate({ idempotencyKey: 'order 67' }))).toMatchObject({ created: true });
		expect(keys()).toHaveLength(2);
		expect(requests(tenant.sim, DELETE)).toEqual([]);
	});

	it('never replaces the key that the credential uses', async () => {
		const { comment } = await earlier();
		tenant.sim.state.keys.get(22)!.comment = comment;
		const result = await generate();
		expect(said(result)).toContain("The key with this 'Idempotency Key', 22, is the one that");
		expect(tenant.sim.state.keys.has(22)).toBe(true);
		expect(keys()).toHaveLength(1);
		expect(first(await generate({ ifKeyExists: 'return' })).secret).toBeNull();
	});
});

it.each(['', '={{ " " }}', '={{ null }}', '={{ $json.request }}'])(
	'an idempotency key that comes out empty (%j) is refused, since nothing would be known by it',
	async (idempotencyKey) => {
		const result = await generate({ idempotencyKey });
		expect(said(result)).toContain("'Idempotency Key' is empty");
		expect(tenant.sim.log).toEqual([]);
	},
);

describe('where the earlier key cannot be revoked', () => {
	it('the new one is deleted again, and the earlier one stays', async () => {
		const { id } = await earlier();
		tenant.sim.trouble.add({ kind: 'status', status: 500, match: DELETE, times: 1 });
		const secrets = watchSecrets(tenant.sim);
		const result = await generate();
		expect(said(result)).toContain(`The earlier API key ${id} could not be revoked`);
		expect(said(result)).toContain('was deleted again, so that there is still one');
		expect(keys().map((key) => key.id)).toEqual([id]);
		expect(leaks(result, secrets)).toEqual([]);
	});

	it('nor the new one deleted, the new one is handed out', async () => {
		const { id } = await earlier();
		tenant.sim.trouble.add({ kind: 'status', status: 403, match: DELETE });
		const result = await generate();
		expect(first(result).secret).toBe(keys()[1]?.secret);
		expect(hints(result).join()).toContain(
			`API key ${id}, issued earlier with this idempotency key, may`,
		);
	});

	it('but is gone, nothing is amiss', async () => {
		const { id } = await earlier();
		tenant.sim.trouble.add({ kind: 'garbage', match: DELETE, times: 1 });
		const result = await generate();
		expect(said(result)).toBe('');
		expect(keys().map((key) => String(key.id))).toEqual([first(result).id]);
		expect(hints(result).join()).toContain(`API key ${id}, issued earlier`);
	});
});

it.each([
	[true, 'item 0: id 4268, in place of API key 4267, which was revoked'],
	[false, 'item 0: id 4268, in place of API key 4267, which may still work'],
])(
	'a run that is cancelled while the earlier key goes logs both (gone: %p)',
	async (work, says) => {
		await earlier();
		tenant.sim.trouble.add({ kind: 'hang', work, match: DELETE, times: 1 });
		const execution = tenant.run('apiKey', 'generate', {
			roles: ['Investigator'],
			securityLevel: 'standard',
			additionalFields: { idempotencyKey: 'order 66', comment: 'SIEM' },
		});
		while (requests(tenant.sim, DELETE).length === 0) {
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
		execution.cancel();
		const { logs } = await execution;
		expect(logs.map(({ message }) => message).join('\n')).toContain(`not returned: ${says}`);
		expect(keys()).toHaveLength(work ? 1 : 2);
	},
);

describe('items', () => {
	const items = ['a', 'b', 'c', 'a'].map((name) => ({ name }));
	const idempotencyKey = '={{ $json.name }}';

	it('with the same idempotency key do not replace each other’s keys', async () => {
		const node = { onError: 'continueRegularOutput' as const };
		const result = await generate({ idempotencyKey }, { items, node });
		expect(result.items.map(({ json }) => json.error ?? json.created)).toEqual([
			true,
			true,
			true,
			"'Idempotency Key' is the same as that of another item",
		]);
		expect(keys()).toHaveLength(3);
	});

	it('are all replaced when the run is repeated', async () => {
		const each = items.slice(0, 3);
		await generate({ idempotencyKey }, { items: each });
		const again = await generate({ idempotencyKey }, { items: each });
		expect(
			keys()
				.map(({ id }) => String(id))
				.sort(),
		).toEqual(again.items.map(({ json }) => json.id as string).sort());
	});
});

const lost: Array<[string, Trouble]> = [
	['cut', { kind: 'cutAfterWork' }],
	['cut in two', { kind: 'truncate' }],
	['empty', { kind: 'emptyBody' }],
	['without its end', { kind: 'garbage' }],
	['a web page', { kind: 'html', work: true }],
	['a 500', { kind: 'status', status: 500, work: true }],
	['a 504', { kind: 'status', status: 504, work: true }],
];

describe('a lost answer', () => {
	it.each(lost)('that is %s is resolved by the mark', async (_, trouble) => {
		tenant.sim.trouble.add({ ...trouble, match: GENERATE, times: 1 });
		const result = await generate();
		expect(said(result)).toBe('');
		expect(keys().map(({ id, secret }) => [String(id), secret])).toEqual([
			[first(result).id, first(result).secret],
		]);
	});

	it.each(['replace', 'return'])('beside keys of an earlier run, with %s', async (ifKeyExists) => {
		const { id } = await earlier();
		tenant.sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		const result = await generate({ ifKeyExists });
		expect(said(result)).toBe('');
		expect(keys()).toHaveLength(1);
		expect(keys()[0]?.id === id).toBe(ifKeyExists === 'return');
	});

	it('is told from the key of another run that uses the same credential', async () => {
		const { apiKeyId } = cortexXsiamDemo.advanced;
		const other = foreignKey({ id: 4_300, comment: 'SIEM [n8n:0123456789ab]' });
		const plain = foreignKey({ id: 4_301, comment: 'SIEM' });
		expect(other.userName).toBe(`Public API - ${apiKeyId}`);
		for (const key of [other, plain]) tenant.sim.state.keys.set(key.id, key);
		tenant.sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		const result = await generate();
		expect(said(result)).toBe('');
		expect(keys().map(({ id }) => id)).toEqual([4_300, 4_301, 4_268]);
		expect(first(result).id).toBe('4268');
	});

	it('twice leaves no key, and the earlier one is still there', async () => {
		const { id } = await earlier();
		tenant.sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE });
		expect(said(await generate())).toContain('No key of this call is left');
		expect(keys().map((key) => key.id)).toEqual([id]);
	});
});
