import type { INode } from 'n8n-workflow';
import { runWorkflow, workflowNode } from '../../harness';
import { GENERATE, issuedKeys, requests } from '../../unit/cortexXsiam/support';
import { credentialFor, credentialTypes, nodeTypes } from '../vendors';
import { first, said } from '../kit/result';
import { DAY } from './apiKeySamples';
import { issuingTenant } from './issuingTenant';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const tenant = issuingTenant();
const { run } = tenant;

describe('the expiration', () => {
	const target = Math.floor((Date.now() + 40 * DAY) / 60_000) * 60_000;
	const iso = new Date(target).toISOString();
	const stored = () => issuedKeys(tenant.sim).map(({ expiration }) => expiration);

	it.each<[string, unknown]>([
		['ISO 8601 in UTC', iso],
		['ISO 8601 with an offset', new Date(target + 7_200_000).toISOString().replace('Z', '+02:00')],
		['epoch milliseconds', target],
		['epoch milliseconds as text', String(target)],
		['epoch milliseconds with a fraction', target + 0.75],
		['a Date', `={{ new Date(${target}) }}`],
		['a luxon DateTime', `={{ DateTime.fromMillis(${target}) }}`],
		[
			'a luxon DateTime in another zone',
			`={{ DateTime.fromMillis(${target}).setZone('Asia/Tokyo') }}`,
		],
	])('as %s', async (_, expiration) => {
		const result = await run({ additionalFields: { expiration: expiration as string } });
		expect(said(result)).toBe('');
		expect(first(result)).toMatchObject({ expiresAt: iso, expiresAtEstimated: false });
		expect(stored()).toEqual([target]);
		expect(requests(tenant.sim, GENERATE)[0]?.body).toContain(`"expiration":${target}}`);
	});

	it('as a luxon DateTime relative to now', async () => {
		const before = Date.now();
		await run({ additionalFields: { expiration: '={{ $now.plus({ days: 3 }) }}' } });
		const [expiration] = stored();
		expect(expiration).toBeGreaterThanOrEqual(before + 3 * DAY);
		expect(expiration).toBeLessThanOrEqual(Date.now() + 3 * DAY);
	});

	it.each([
		['Asia/Tokyo', '+09:00'],
		['America/Caracas', '-04:00'],
		['UTC', 'Z'],
	])('of the date picker is meant in the zone of the workflow, %s', async (timezone, offset) => {
		const local = `${new Date(Date.now() + 20 * DAY).toISOString().slice(0, 10)}T09:30:00`;
		const node = {
			id: 'n',
			name: 'Issue',
			type: 'n8n-nodes-privileged-keys.cortexXsiam',
			typeVersion: 1,
			position: [200, 0] as [number, number],
			parameters: {
				resource: 'apiKey',
				operation: 'generate',
				roles: ['Investigator'],
				securityLevel: 'standard',
				additionalFields: { expiration: local, addMark: false },
			} as INode['parameters'],
			credentials: { cortexXsiamApi: { id: 'cortexXsiamApi', name: 'Tenant' } },
		};
		const start = workflowNode('Start', 'n8n-nodes-base.manualTrigger');
		const result = await runWorkflow({
			workflow: {
				nodes: [start, node],
				connections: { Start: { main: [[{ node: 'Issue', type: 'main', index: 0 }]] } },
				settings: { executionOrder: 'v1', timezone },
			},
			nodeTypes,
			credentialTypes,
			credentials: { cortexXsiamApi: credentialFor.cortexXsiamApi(tenant.sim.url) },
		});
		expect(result.error()).toBeUndefined();
		expect(stored()).toEqual([Date.parse(`${local}${offset}`)]);
	});

	it.each<[string, unknown]>([
		['is empty', ''],
		['is null', '={{ null }}'],
		['is undefined', '={{ $json.none }}'],
	])('is the tenant’s own when it %s', async (_, expiration) => {
		const result = await run({ additionalFields: { expiration: expiration as string } });
		expect(first(result).expiresAtEstimated).toBe(true);
		expect(requests(tenant.sim, GENERATE)[0]?.body).not.toContain('expiration');
	});

	it('may be almost six months ahead', async () => {
		const { DateTime } = await import('luxon');
		const expiration = DateTime.utc().plus({ months: 6 }).minus({ hours: 2 }).toMillis();
		expect(said(await run({ additionalFields: { expiration } }))).toBe('');
		expect(stored()).toEqual([expiration]);
	});

	it.each<[string, unknown, string]>([
		['seconds', Math.floor(target / 1_000), 'must be in milliseconds, not in seconds'],
		['seconds as text', String(Math.floor(target / 1_000)), 'must be in milliseconds'],
		['zero', '={{ 0 }}', 'must be in milliseconds'],
		['not a number', '={{ NaN }}', 'must be a date and time'],
		['false', '={{ false }}', 'must be a date and time'],
		['the past', new Date(Date.now() - 60_000).toISOString(), 'must lie in the future'],
		['the past in milliseconds', Date.now() - 1, 'must lie in the future'],
		['seven months', Date.now() + 214 * DAY, 'must be at most six months ahead'],
		['words', 'next week', 'must be a date and time'],
		['a day that is none', '2026-02-30T12:00:00Z', 'must be a date and time'],
		['an object', '={{ ({ days: 3 }) }}', 'must be a date and time'],
	])('is refused before anything is sent: %s', async (_, expiration, message) => {
		const result = await run({ additionalFields: { expiration: expiration as string } });
		expect(result.nodeError?.message).toMatch(new RegExp(`^'Expiration' ${message}`));
		expect(tenant.sim.log).toEqual([]);
	});

	it('that the tenant refuses all the same names the parameter', async () => {
		tenant.sim.settings.clockOffsetMs = -30 * DAY;
		const expiration = Date.now() + 179 * DAY;
		const result = await run({ level: 'standard', additionalFields: { expiration } });
		expect(result.nodeError?.message).toBe("Cortex XSIAM does not accept the date in 'Expiration'");
		expect(result.nodeError?.description).toContain('six months');
	});
});
