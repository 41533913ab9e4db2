import { DateTime } from 'luxon';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { runPoll } from '../../harness';
import type { PollResult } from '../../harness';
import { addPam360AuditRecord, pam360Demo } from '../../simulators';
import type { Pam360AuditRecord } from '../../simulators';
import { credentialFor, credentialTypes, nodeTypes } from '../vendors';
import { simulatedServer } from './simulated';

export const AUDIT = '/restapi/json/v1/audit';
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

interface Watch {
	credential?: ICredentialDataDecryptedObject;
	parameters?: IDataObject;
}

export function found({ items, error }: PollResult): IDataObject[] {
	if (error) throw error;
	return items?.map(({ json }) => json) ?? [];
}

export const ids = (result: PollResult) => found(result).map(({ id }) => id);

/** Sets the clocks of n8n and PAM360 to an hour of the server's day, some days from now. */
export function clockAt(hour: number, days = 0): void {
	jest.restoreAllMocks();
	const today = DateTime.now().setZone(pam360Demo.serverTimeZone).startOf('day');
	jest.spyOn(Date, 'now').mockReturnValue(today.plus({ days, hours: hour }).toMillis());
}

export const zone = { serverTimeZone: pam360Demo.serverTimeZone };

/** A simulated server for one test file, and triggers that look at it. */
export function watchedServer() {
	const server = simulatedServer();
	let lastId = 0;

	afterEach(() => jest.restoreAllMocks());

	/** A trigger that is polled again and again; what it remembers passes through JSON, as at a restart. */
	function watch(event: string, { credential, parameters }: Watch = {}) {
		let staticData: IDataObject = {};
		return async (changes: IDataObject = {}, mode: 'trigger' | 'manual' = 'trigger') => {
			server.sim.log.splice(0);
			const result = await runPoll({
				node: {
					type: 'n8n-nodes-privileged-keys.pam360Trigger',
					parameters: { event, ...parameters, ...changes },
				},
				nodeTypes,
				credentialTypes,
				credentials: { pam360Api: { ...credentialFor.pam360Api(server.sim.url), ...credential } },
				mode,
				staticData,
			});
			staticData = result.staticData;
			return result;
		};
	}

	/** Which trails were read, in order, each page for itself. */
	const reads = () =>
		server.sim.log
			.filter(({ path }) => path === AUDIT)
			.map(({ url }) => new URLSearchParams(url.split('?')[1]))
			.map((query) => `${query.get('AUDITTYPE')} ${query.get('DURATION')}`);

	/** Something happened at a server; the IDs count on. */
	function happen(minutesAgo = 0, changes: Partial<Pam360AuditRecord> = {}): string {
		lastId += 1;
		const id = String(lastId);
		addPam360AuditRecord(server.sim.state, {
			id,
			time: server.sim.now() - minutesAgo * MINUTE,
			resource: { id: '301', name: 'WEB-LINUX-01' },
			account: { id: '9', name: 'root' },
			reason: 'nightly',
			...changes,
		});
		server.sim.state.audit.sort((a, b) => a.time - b.time);
		return id;
	}

	return { server, watch, reads, happen };
}
