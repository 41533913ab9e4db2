import { generateKeyPairSync } from 'node:crypto';
import type { Trouble } from '../../simulators';
import { cortexXsiamDemo } from '../../simulators';
import type { XsiamRun } from '../../unit/cortexXsiam/support';
import { DELETE, GENERATE, LIST, runXsiam, watchSecrets } from '../../unit/cortexXsiam/support';
import { leaks, said } from '../kit/result';
import { givesUpAtOnce } from '../kit/silence';
import { simulatedTenant } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const { apiKey } = cortexXsiamDemo.advanced;

const tenant = simulatedTenant();
givesUpAtOnce(tenant);
let made: string[];

beforeEach(() => {
	made = watchSecrets(tenant.sim);
});

const echo = `The request of ${apiKey} failed`;
const deep = `${'x'.repeat(240)} ${apiKey}`;
const reply = (err_extra: unknown) => ({
	reply: { err_code: 500, err_msg: echo, err_extra },
});

/** Everything that can go wrong with a call that issues a key. */
const troubles: Array<[string, Trouble[], Partial<XsiamRun>?]> = [
	['a wrong key', [], { credential: { apiKeyId: '21' } }],
	['a key id that is none', [], { credential: { apiKeyId: 'x' } }],
	['a key with a line break', [], { credential: { apiKey: `${apiKey}\nx` } }],
	['a URL that is none', [], { credential: { url: 'ftp://x' } }],
	['a certificate that is not trusted', [], { credential: { ignoreSslIssues: false } }],
	['an unknown role', [], { parameters: { roles: ['Nobody'] } }],
	['a date in the past', [], { additionalFields: { expiration: '2020-01-01T00:00:00Z' } }],
	['a setting that is none', [], { options: { concurrency: 0 } }],
	['a text that echoes the key', [{ kind: 'status', status: 400, body: reply(null) }]],
	['an extra that echoes the key', [{ kind: 'status', status: 500, body: reply(echo) }]],
	['an extra that is cut within the key', [{ kind: 'status', status: 500, body: reply(deep) }]],
	[
		'an object that echoes the key',
		[{ kind: 'status', status: 500, body: reply({ key: apiKey }) }],
	],
	[
		'a list that echoes the key',
		[{ kind: 'status', status: 422, body: reply([{ loc: ['a'], msg: echo }]) }],
	],
	['words of a gateway with the key', [{ kind: 'status', status: 403, body: echo }]],
	['JSON of a gateway with the key', [{ kind: 'status', status: 403, body: { message: deep } }]],
	['a page with the key', [{ kind: 'html', status: 403, body: `<html>${echo}</html>` }]],
	[
		'a redirect with the key',
		[{ kind: 'redirect', to: `https://x.example/${apiKey}?k=${apiKey}` }],
	],
	['a relative redirect with the key', [{ kind: 'redirect', to: `/login?k=${apiKey}` }]],
	['a lost answer', [{ kind: 'cutAfterWork', match: GENERATE, times: 1 }]],
	['two lost answers', [{ kind: 'cutAfterWork', match: GENERATE }]],
	['half an answer', [{ kind: 'truncate', match: GENERATE }]],
	['an answer without its end', [{ kind: 'garbage', match: GENERATE }]],
	['an answer without its end, once', [{ kind: 'garbage', match: GENERATE, times: 1 }]],
	[
		'a list that is refused',
		[
			{ kind: 'garbage', match: GENERATE },
			{ kind: 'status', status: 403, match: LIST, body: reply(echo) },
		],
	],
	[
		'a deletion that is refused',
		[
			{ kind: 'truncate', match: GENERATE },
			{ kind: 'status', status: 403, match: DELETE, body: reply(echo) },
		],
	],
	['a timeout', [{ kind: 'hang', match: GENERATE, work: true }]],
	[
		'too many requests',
		[{ kind: 'status', status: 429, body: reply(echo) }],
		{ options: { rateLimitWait: 0 } },
	],
];

const secrets = (options: Partial<XsiamRun> = {}) => [
	options.level === 'standard' ? cortexXsiamDemo.standard.apiKey : apiKey,
];

describe.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
	'no secret is told with %s',
	(onError) => {
		it.each(troubles)('by %s', async (_, list, options = {}) => {
			for (const trouble of list) tenant.sim.trouble.add(trouble);
			const result = await runXsiam({ at: tenant.sim, node: { onError }, ...options });
			const items = [...result.items, ...result.errorOutput];
			const returned = items.map(({ json }) => json.secret);
			const hidden = made.filter((secret) => !returned.includes(secret));
			expect(leaks(result, [...secrets(options), ...hidden])).toEqual([]);
			expect(JSON.stringify([said(result), items])).not.toContain(apiKey.slice(0, 20));
			if (onError === 'stopWorkflow' && !list.some(({ times }) => times === 1)) {
				expect(said(result)).not.toBe('');
			}
		});
	},
);

it('of a standard key is told where the vendor echoes it', async () => {
	const { apiKey: standard } = cortexXsiamDemo.standard;
	const body = { reply: { err_code: 401, err_msg: `No such key: ${standard}`, err_extra: null } };
	tenant.sim.trouble.add({ kind: 'status', status: 401, body });
	const result = await runXsiam({ at: tenant.sim, level: 'standard' });
	expect(said(result)).toContain('No such key: [redacted]');
	expect(leaks(result, [standard])).toEqual([]);
});

it('is taken for one with Bearer before it', async () => {
	tenant.sim.trouble.add({ kind: 'status', status: 400, body: reply(`Bearer ${apiKey}`) });
	const credential = { apiKey: `Bearer ${apiKey} ` };
	const result = await runXsiam({ at: tenant.sim, credential });
	expect(said(result)).toContain('Bearer [redacted]');
	expect(leaks(result, [apiKey])).toEqual([]);
});

it('of a key that was issued is in its item only', async () => {
	const result = await runXsiam({ at: tenant.sim, items: [{}, {}] });
	expect(result.items.map(({ json }) => json.secret).sort()).toEqual([...made].sort());
	for (const secret of made) {
		for (const path of leaks(result, [secret])) {
			expect(path).toMatch(/\.json\.secret$/);
		}
	}
	expect(leaks(result, [apiKey])).toEqual([]);
});

it('of a key that was issued is nowhere in clear when it is encrypted', async () => {
	const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const recipientPublicKey = publicKey.export({ type: 'spki', format: 'pem' }).toString();
	for (const simplify of [true, false]) {
		const result = await runXsiam({
			at: tenant.sim,
			parameters: { simplify },
			options: { secretOutput: 'encrypted', recipientPublicKey },
		});
		expect(said(result)).toBe('');
		expect(leaks(result, made)).toEqual([]);
	}
	expect(made).toHaveLength(2);
});

it('of keys that were issued before the node stopped is not told', async () => {
	const result = await runXsiam({
		at: tenant.sim,
		items: [{ role: 'Investigator' }, { role: 'Nobody' }],
		parameters: { roles: '={{ $json.role }}' },
		options: { concurrency: 1 },
	});
	expect(said(result)).toContain('item 0: id 4267');
	expect(made).toHaveLength(1);
	expect(leaks(result, [...made, apiKey])).toEqual([]);
});
