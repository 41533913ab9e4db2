import { type Simulator, type StartOptions, startSimulator } from '../shared/simulator';
import { initialState } from './demo';
import { routes } from './server';
import { type CortexXsiamSettings, defaultSettings } from './settings';
import type { CortexXsiamState } from './state';

export type { CortexXsiamRoute } from './call';
export { cortexXsiamDemo } from './demo';
export { type ErrorShape, errorShapes } from './errors';
export type { Permission } from './permissions';
export { cortexXsiamRoutes } from './routes';
export type { CortexXsiamPage, CortexXsiamSettings } from './settings';
export type * from './state';

export type CortexXsiamSimulator = Simulator<CortexXsiamSettings, CortexXsiamState>;

export type CortexXsiamOptions = StartOptions<CortexXsiamSettings>;

/** Starts a Cortex XSIAM tenant's API host; resolves when it accepts connections. */
export async function startCortexXsiamSimulator(
	options: CortexXsiamOptions = {},
): Promise<CortexXsiamSimulator> {
	return await startSimulator<CortexXsiamSettings, CortexXsiamState>(
		{ settings: defaultSettings, state: initialState, routes },
		options,
	);
}
