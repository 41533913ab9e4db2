import { issuedKeys } from '../../unit/cortexXsiam/support';
import { simulatedTenant } from './simulated';
import { itemsFor } from '../crowd';
import type { Crowd, Deed, Tally } from '../crowd';

/** The vendor's limit and the node's pace, both times as fast: 10 and 8 a second. */
const FASTER = 12;

/** A simulated tenant for one test file that bears only so many requests a second. */
export function pacedTenant() {
	const tenant = simulatedTenant();
	beforeEach(() => {
		tenant.sim.settings.ratePerSecond = 10 * FASTER;
	});

	return {
		get sim() {
			return tenant.sim;
		},
		/** Executions of the same deed, each with so many items. */
		crowd: (deed: Deed, executions: number, items: number): Crowd => ({
			url: tenant.sim.url,
			deed,
			executions: itemsFor(tenant.sim, deed, executions, items),
			options: { perSecond: 8 * FASTER },
		}),
		/** How many requests were refused for their number. */
		refusals: () => tenant.sim.log.filter(({ status }) => status === 429).length,
		/** Demands that every item got a key, each its own, and that the tenant has no other. */
		expectAll: ({ deed, executions }: Crowd, { ids, failures }: Tally): void => {
			expect(failures).toEqual([]);
			expect(ids.map(({ length }) => length)).toEqual(executions.map(({ length }) => length));
			expect(new Set(ids.flat()).size).toBe(executions.flat().length);
			if (deed === 'get') {
				expect(ids).toEqual(executions.map((items) => items.map(({ id }) => id)));
			} else {
				const made = issuedKeys(tenant.sim).filter(({ createdBy }) => createdBy === 'N/A');
				expect(made.map(({ id }) => String(id)).sort()).toEqual(ids.flat().sort());
			}
		},
	};
}
