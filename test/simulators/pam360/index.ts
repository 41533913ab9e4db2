import { type Simulator, type StartOptions, startSimulator } from '../shared/simulator';
import { initialState } from './seed';
import { serve } from './server';
import { defaultSettings, type Pam360Settings } from './settings';
import type { Pam360State } from './state';

export { pam360Demo } from './demo';
export { type Pam360Route, pam360CallOf, pam360Routes } from './routes';
export { fetchResets } from './calls/passwords';
export { addPam360Account, addPam360AuditRecord, addPam360Resource } from './seed';
export type { Pam360Settings } from './settings';
export type {
	Pam360AccessRequest,
	Pam360Account,
	Pam360AgentKey,
	Pam360AuditRecord,
	Pam360Certificate,
	Pam360Resource,
	Pam360SshKey,
	Pam360State,
	Pam360Token,
	Pam360User,
} from './state';

export type Pam360Simulator = Simulator<Pam360Settings, Pam360State>;

export type Pam360Options = StartOptions<Pam360Settings>;

/** Starts a ManageEngine PAM360 server; resolves when it accepts connections. */
export async function startPam360Simulator(options: Pam360Options = {}): Promise<Pam360Simulator> {
	return await startSimulator<Pam360Settings, Pam360State>(
		{ settings: defaultSettings, state: initialState, routes: serve },
		options,
	);
}
