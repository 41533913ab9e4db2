import { GENERATE, issuedKeys, requests, runXsiam } from '../../unit/cortexXsiam/support';
import { said } from '../kit/result';
import { simulatedTenant } from './simulated';

const tenant = simulatedTenant();

const items = (count: number) => Array.from({ length: count }, (_, index) => ({ index }));
const tooMany = { kind: 'status', status: 429, match: GENERATE, times: 1, retryAfter: 0 } as const;
const additionalFields = { comment: '=no. {{ $json.index }}' };

it('issues 1,000 keys in the order of the items, none twice', async () => {
	const result = await runXsiam({
		at: tenant.sim,
		items: items(1_000),
		additionalFields,
		options: { perSecond: 5_000, concurrency: 20 },
	});
	expect(said(result)).toBe('');
	expect(result.items.map(({ json, pairedItem }) => [json.comment, pairedItem])).toEqual(
		items(1_000).map(({ index }) => [`no. ${index}`, { item: index }]),
	);
	const returned = new Map(result.items.map(({ json }) => [json.id, json.secret]));
	expect(returned.size).toBe(1_000);
	expect(issuedKeys(tenant.sim)).toHaveLength(1_000);
	for (const { id, secret, comment } of issuedKeys(tenant.sim)) {
		expect(returned.get(String(id))).toBe(secret);
		expect(comment).toMatch(/^no\. \d+ \[n8n call [0-9A-Z]{12} [0-9A-Z]{13}\]$/);
	}
	// One list for all of them, to find what an earlier try has left.
	expect(requests(tenant.sim, GENERATE)).toHaveLength(1_000);
	expect(tenant.sim.log).toHaveLength(1_001);
	expect(tenant.sim.concurrency.peak).toBeLessThanOrEqual(20);
	// Expressions in it may come to something else for each item.
	expect(result.credentials.decryptions).toHaveLength(1_000);
});

it('issues 200 keys of a tenant that takes 100 requests a second', async () => {
	tenant.sim.settings.ratePerSecond = 100;
	// Others use the tenant, too: some requests are one too many whatever the pace is.
	for (let skip = 0; skip < 200; skip += 40) {
		tenant.sim.trouble.add({ ...tooMany, skip });
	}
	const result = await runXsiam({
		at: tenant.sim,
		items: items(200),
		additionalFields,
		options: { perSecond: 80 },
	});
	expect(said(result)).toBe('');
	expect(result.items.map(({ json, pairedItem }) => [json.comment, pairedItem])).toEqual(
		items(200).map(({ index }) => [`no. ${index}`, { item: index }]),
	);
	// None twice: neither in the items nor in the tenant.
	const returned = new Map(result.items.map(({ json }) => [json.id, json.secret]));
	expect(returned.size).toBe(200);
	expect(issuedKeys(tenant.sim)).toHaveLength(200);
	for (const { id, secret } of issuedKeys(tenant.sim))
		expect(returned.get(String(id))).toBe(secret);
	const statuses = requests(tenant.sim, GENERATE).map(({ status }) => status);
	expect(statuses.filter((status) => status === 200)).toHaveLength(200);
	expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(5);
});

it('issues each key once in a storm of refusals', async () => {
	// Every other request is one too many, whatever the pace is.
	for (let skip = 0; skip < 30; skip += 2) {
		tenant.sim.trouble.add({ ...tooMany, skip });
	}
	const result = await runXsiam({ at: tenant.sim, items: items(30), additionalFields });
	expect(said(result)).toBe('');
	expect(new Set(result.items.map(({ json }) => json.comment)).size).toBe(30);
	expect(issuedKeys(tenant.sim)).toHaveLength(30);
	expect(requests(tenant.sim, GENERATE).filter(({ status }) => status === 200)).toHaveLength(30);
});
