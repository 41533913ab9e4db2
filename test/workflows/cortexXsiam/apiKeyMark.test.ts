import type { IDataObject } from 'n8n-workflow';
import type { XsiamRun } from '../../unit/cortexXsiam/support';
import {
	DELETE,
	GENERATE,
	LIST,
	issuedKeys,
	requests,
	runXsiam,
} from '../../unit/cortexXsiam/support';
import { first, leaks, said } from '../kit/result';
import { issuingTenant } from './issuingTenant';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const tenant = issuingTenant();
const { run } = tenant;

describe('the mark', () => {
	const MARK = /^no\. 7 \[n8n call [0-9A-HJKMNP-TV-Z]{12} [0-9A-HJKMNP-TV-Z]{13}\]$/;
	const additionalFields = { comment: 'no. 7' };
	const marked = async (options: Omit<XsiamRun, 'at'> = {}) =>
		await runXsiam({ at: tenant.sim, additionalFields, ...options });
	const paths = () => tenant.sim.log.map(({ path }) => path);

	it('stands at the end of the comment, and not in the item', async () => {
		const result = await marked();
		expect(said(result)).toBe('');
		expect(paths()).toEqual([LIST, GENERATE]);
		expect(issuedKeys(tenant.sim)[0]?.comment).toMatch(MARK);
		expect(first(result).comment).toBe('no. 7');
	});

	it('is another one for each item and each run, and begins with the time of the server', async () => {
		tenant.sim.settings.clockOffsetMs = 60_000;
		await marked({ items: [{}, {}] });
		await marked();
		const comments = issuedKeys(tenant.sim).map(({ comment }) =>
			comment!.slice('no. 7 [n8n call '.length),
		);
		const [calls, nonces] = [0, 1].map((part) => comments.map((text) => text.split(' ')[part]));
		expect(new Set(calls).size).toBe(3);
		expect(new Set(nonces).size).toBe(3);
		const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
		for (const nonce of nonces!) {
			const seconds = [...nonce!.slice(0, 7)].reduce((sum, d) => sum * 32 + digits.indexOf(d), 0);
			expect(Math.abs(seconds - tenant.sim.now() / 1_000)).toBeLessThan(30);
		}
	});

	it('finds the key of a lost answer, which is deleted and issued again', async () => {
		tenant.sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		const result = await marked();
		expect(said(result)).toBe('');
		expect(paths()).toEqual([LIST, GENERATE, LIST, DELETE, GENERATE]);
		expect(issuedKeys(tenant.sim).map(({ id }) => String(id))).toEqual([first(result).id]);
	});

	it('is named where the key of a lost answer is not there yet', async () => {
		tenant.sim.trouble.add({ kind: 'cutBeforeWork', match: GENERATE });
		const result = await marked();
		expect(requests(tenant.sim, GENERATE)).toHaveLength(1);
		expect(said(result)).toMatch(
			/Its comment would end with \[n8n call [0-9A-Z]{12} [0-9A-Z]{13}\]/,
		);
		expect(said(result)).toContain('the server may still be at work');
	});

	it('tells a second try of the same call what the first one has issued', async () => {
		const items = [{ role: 'Investigator' }, { role: 'Nobody' }];
		const result = await marked({
			items,
			parameters: { roles: '={{ $json.role }}' },
			options: { concurrency: 1 },
			node: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 },
		});
		const keys = issuedKeys(tenant.sim);
		expect(keys).toHaveLength(1);
		expect(said(result)).toContain(`An earlier try of this call issued the API key ${keys[0]?.id}`);
		expect(leaks(result, [keys[0]!.secret])).toEqual([]);
	});

	it('is a must where there is an idempotency key', async () => {
		const result = await marked({ additionalFields: { idempotencyKey: 'x', addMark: false } });
		expect(said(result)).toContain("'Add Mark' must be on");
		expect(tenant.sim.log).toEqual([]);
	});

	it('leaves nothing to find without it', async () => {
		tenant.sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		const result = await run();
		expect(paths()).toEqual([GENERATE]);
		expect(said(result)).toContain('It was issued without a mark');
	});
});

describe('an idempotency key', () => {
	const once = async (more: IDataObject = {}, options: Omit<XsiamRun, 'at'> = {}) =>
		await runXsiam({
			at: tenant.sim,
			...options,
			additionalFields: { comment: 'SIEM', idempotencyKey: 'siem-berlin', ...more },
		});

	it('ends with one key, which is named the second time', async () => {
		const [one, other] = [await once(), await once()];
		expect(said(one)).toBe('');
		expect(issuedKeys(tenant.sim).map(({ id }) => String(id))).toEqual([first(one).id]);
		expect(said(other)).toContain(`The API key ${first(one).id as string} was issued with this`);
	});

	it('gives the key that is there without its secret, if that is wanted', async () => {
		const one = await once();
		const other = await once({ ifKeyExists: 'return' });
		expect(first(other)).toMatchObject({ id: first(one).id, secret: null, created: false });
		expect(issuedKeys(tenant.sim)).toHaveLength(1);
	});

	it.each<[string, IDataObject, IDataObject]>([
		['roles', { roles: ['Public API Viewer'] }, {}],
		['security level', { securityLevel: 'advanced' }, {}],
		['comment', {}, { comment: 'another' }],
	])('never returns a key with another %s', async (what, parameters, more) => {
		await once();
		const result = await once({ ifKeyExists: 'return', ...more }, { parameters: parameters });
		expect(said(result)).toContain(`but differs in ${what}`);
		expect(issuedKeys(tenant.sim)).toHaveLength(1);
	});

	it('never returns a key with a scope', async () => {
		const one = await once();
		tenant.sim.state.scopes.set(`api-key/${first(one).id as string}`, {
			endpointGroups: { mode: 'scope', names: ['test-eg-1'] },
			endpointTags: { mode: 'no_scope', names: [] },
			casesIssues: { mode: 'no_scope', names: [] },
			assets: { mode: 'no_scope', ids: [] },
			datasetsRows: { mode: 'no_scope', filters: [] },
		});
		expect(said(await once({ ifKeyExists: 'return' }))).toContain('but differs in scope');
	});

	it('keeps one of two keys that two processes issue at the same time', async () => {
		const results = await Promise.all([once(), once(), once()]);
		const handedOver = results.flatMap(({ items }) => items.map(({ json }) => json.id));
		const live = issuedKeys(tenant.sim).map(({ id }) => String(id));
		expect(live.length).toBeLessThanOrEqual(1);
		expect(handedOver).toEqual(live);
	});
});
