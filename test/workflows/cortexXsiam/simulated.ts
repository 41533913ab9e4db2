import type { IDataObject } from 'n8n-workflow';
import type { CortexXsiamSimulator } from '../../simulators';
import { startCortexXsiamSimulator } from '../../simulators';
import { requestIssues } from '../../unit/cortexXsiam/contract';
import { credentialFor, runVendor } from '../vendors';
import type { RunOptions } from '../vendors';

/** A simulated tenant for one test file; after each test, all requests must be published ones. */
export function simulatedTenant() {
	let sim: CortexXsiamSimulator;
	beforeAll(async () => {
		sim = await startCortexXsiamSimulator();
	});
	beforeEach(() => sim.reset());
	afterEach(() => expect(sim.log.flatMap(requestIssues)).toEqual([]));
	afterAll(async () => await sim.close());

	return {
		get sim() {
			return sim;
		},
		/** Runs one operation; without options of its own, as fast as the simulator answers. */
		run: (
			resource: string,
			operation: string,
			parameters: IDataObject = {},
			more: Partial<RunOptions> = {},
		) =>
			runVendor({
				vendor: 'cortexXsiam',
				onlyTheseParameters: true,
				parameters: {
					resource,
					operation,
					...parameters,
					options: { perSecond: 10_000, ...(parameters.options as IDataObject | undefined) },
				},
				credentials: { cortexXsiamApi: credentialFor.cortexXsiamApi(sim.url) },
				...more,
			}),
		/** Method and path of every request so far. */
		calls: () => sim.log.map(({ method, path }) => `${method} ${path}`),
	};
}
