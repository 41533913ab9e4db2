import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { RunNodeResult } from '../../../harness';
import type { CortexXsiamKey } from '../../../simulators';
import { first, said } from '../../kit/result';
import type { RunOptions } from '../../vendors';
import { FIRST, storedFormOf } from '../lineage';
import { simulatedTenant } from '../simulated';

export const HEALTH = '/public_api/v1/healthcheck';
export const SCOPE = '/platform/iam/v1/scope/api-key';
/** A comment's end that tells a successor of the first key. */
export const NONCE = /\[n8n 100 [0-9A-HJKMNP-TV-Z]{13}\]$/;

/** The ID that the tenant gives next. */
export const NEW = 4_267;

/** A simulated tenant for one test file, and how its keys are rotated. */
export function simulatedRotation() {
	const tenant = simulatedTenant();
	const keys = () => [...tenant.sim.state.keys.values()].filter(({ id }) => id >= FIRST);

	const run = async (
		operation: string,
		stored: CortexXsiamKey | string | undefined,
		parameters: IDataObject = {},
		more: Partial<RunOptions> = {},
	) =>
		await tenant.run(
			'apiKey',
			operation,
			{
				rotate: 'lineage',
				lineage: String(FIRST),
				dueWithinDays: 14,
				storedSecret: typeof stored === 'object' ? storedFormOf(stored) : (stored ?? ''),
				readAt: new Date().toISOString(),
				...parameters,
			},
			more,
		);
	type Given = Parameters<typeof run> extends [string, ...infer Rest] ? Rest : never;

	return {
		tenant,
		/** Runs Rotate for the first key's lineage, just after the store was read. */
		rotate: async (...given: Given) => await run('rotate', ...given),
		/** The same for Finish Rotation. */
		finish: async (...given: Given) => await run('finishRotation', ...given),
		/** What was left of the tenant's keys, those of the demo aside. */
		keys,
		ids: () => keys().map(({ id }) => id),
		/** The keys that were made by runs. */
		made: () => keys().filter(({ id }) => id >= NEW),
		/** The calls that change something. */
		changes: () =>
			tenant.sim.log
				.filter(({ method, path }) => method === 'PUT' || /(generate|delete)$/.test(path))
				.map(({ method, path, body }) => `${method} ${path} ${body}`),
		/** Changes each key that the tenant makes from now on. */
		restamp: (change: (key: CortexXsiamKey) => CortexXsiamKey): void => {
			const { keys: map } = tenant.sim.state;
			const set = map.set.bind(map);
			map.set = (id, key) => set(id, change(key));
		},
	};
}

/** The one item of a run that has to succeed. */
export function item(result: RunNodeResult): IDataObject {
	expect(said(result)).toBe('');
	expect(result.items).toHaveLength(1);
	return first(result);
}

/** Whether a call was signed with a key, as the vendor's page has it. */
export function isSignedWith(key: CortexXsiamKey, headers: Record<string, unknown>): boolean {
	if (headers['x-xdr-auth-id'] !== String(key.id)) return false;
	if (key.securityLevel === 'standard') return headers.authorization === key.secret;
	const text = `${key.secret}${String(headers['x-xdr-nonce'])}${String(headers['x-xdr-timestamp'])}`;
	return headers.authorization === createHash('sha256').update(text).digest('hex');
}
