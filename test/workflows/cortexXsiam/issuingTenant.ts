import type { XsiamRun } from '../../unit/cortexXsiam/support';
import { runXsiam } from '../../unit/cortexXsiam/support';
import { simulatedTenant } from './simulated';

/** One call and nothing else: what the mark adds is told by its own tests. */
export const unmarked = ({ additionalFields, ...options }: Omit<XsiamRun, 'at'>) => ({
	...options,
	additionalFields: { addMark: false, ...additionalFields },
});

/** A simulated tenant for one test file, in which keys are issued without a mark. */
export function issuingTenant() {
	const tenant = simulatedTenant();
	return {
		get sim() {
			return tenant.sim;
		},
		run: async (options: Omit<XsiamRun, 'at'> = {}) =>
			await runXsiam({ at: tenant.sim, ...unmarked(options) }),
	};
}
