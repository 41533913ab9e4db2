import type { Gatekeeper, Parked, RecordedRequest, Refused, Verdict } from '../../simulators';
import type { Vendor } from '../../../scripts/host/workflows';

/** The vendors, the hosts that SSH commands run on, and n8n's own API. */
export type Party = Vendor | 'host' | 'n8n';

/** Something that n8n has asked of a vendor, or has run on a host. */
export interface Entry {
	/** Counts from 1 since the start of the point. */
	number: number;
	party: Party;
	/** `cortexXsiam: POST api_keys/generate`, ids left out. */
	label: string;
	/** Whether it is meant to change something. */
	write: boolean;
	/** The id of the API key that signed it, where it is one of Cortex XSIAM. */
	caller?: string;
	/** By the clock of the test, milliseconds since the epoch. */
	at: number;
	/** The runs that were under way. */
	runs: string[];
	/** HTTP status, or exit code of a command; `null`: not known yet, or never. */
	status: number | null;
	/**
	 * `lost`: it was done, or will be, and n8n has not been told; `undone`: it never was done;
	 * `refused`: neither, and n8n was told so.
	 */
	outcome: 'pending' | 'answered' | 'lost' | 'undone' | 'refused';
}

/** What is done to one entry, while it is held. */
export interface Trap {
	meets(entry: Entry): boolean;
	before?(entry: Entry): Promise<Verdict | Parked | Refused>;
	after?(entry: Entry): Promise<Verdict>;
	/** Whether others may fall into it after the first, until it is disarmed. */
	stays?: boolean;
	/** The work of what was parked is done. */
	parkedDone?(entry: Entry): void;
}

/** A request with this header comes from the observer: it is let through and not counted. */
export const observerHeader = 'x-observer';

interface Watcher {
	/** A request has arrived; nothing was done. */
	asked?(entry: Entry, body: string): void;
	/** The work of an entry is done; n8n does not know yet. */
	worked(entry: Entry): Promise<void>;
}

/**
 * Everything that n8n asks for, in the order in which it arrives, whoever is asked: what is
 * enumerated, and where it is stopped.
 */
export class Journal {
	entries: Entry[] = [];

	/** Runs under way, by name. */
	readonly runs = new Set<string>();

	private trap: Trap | undefined;

	private watcher: Watcher | undefined;

	private readonly trapped = new WeakMap<Entry, Trap>();

	constructor(private readonly now: () => number) {}

	start(watcher: Watcher) {
		this.entries = [];
		this.trap = undefined;
		this.watcher = watcher;
	}

	arm(trap: Trap) {
		this.trap = trap;
	}

	disarm() {
		this.trap = undefined;
	}

	/** The keeper of a vendor's gate. */
	keeper(party: Vendor): Gatekeeper {
		const entries = new WeakMap<RecordedRequest, Entry>();
		return {
			beforeWork: async (request) => {
				if (observerHeader in request.headers) return 'pass';
				const { method, path } = request;
				const label = `${party}: ${method} ${shortPath(path)}`;
				const write = isWrite(party, method, path);
				const entry = this.begin(party, label, write, request.body);
				entry.caller = request.headers['x-xdr-auth-id']?.toString();
				entries.set(request, entry);
				return await this.before(entry);
			},
			afterWork: async (request, status) => {
				const entry = entries.get(request);
				if (entry === undefined) return 'pass';
				return await this.after(entry, status);
			},
			parkedWorkDone: async (request, status) => {
				const entry = entries.get(request);
				if (entry !== undefined) await this.parkedDone(entry, status);
			},
		};
	}

	begin(party: Party, label: string, write: boolean, body = ''): Entry {
		const entry: Entry = {
			number: this.entries.length + 1,
			party,
			label,
			write,
			at: this.now(),
			runs: [...this.runs],
			status: null,
			outcome: 'pending',
		};
		this.entries.push(entry);
		this.watcher?.asked?.(entry, body);
		return entry;
	}

	async before(entry: Entry): Promise<Verdict | Parked | Refused> {
		const { trap } = this;
		if (trap === undefined || !trap.meets(entry)) return 'pass';
		if (!trap.stays) this.disarm();
		this.trapped.set(entry, trap);
		const verdict = (await trap.before?.(entry)) ?? 'pass';
		if (verdict === 'cut') entry.outcome = 'undone';
		else if (verdict !== 'pass') entry.outcome = 'until' in verdict ? 'lost' : 'refused';
		return verdict;
	}

	async after(entry: Entry, status: number): Promise<Verdict> {
		entry.status = status;
		await this.watcher?.worked(entry);
		const verdict = (await this.trapped.get(entry)?.after?.(entry)) ?? 'pass';
		entry.outcome = verdict === 'cut' ? 'lost' : 'answered';
		return verdict;
	}

	async parkedDone(entry: Entry, status: number) {
		entry.status = status;
		await this.watcher?.worked(entry);
		this.trapped.get(entry)?.parkedDone?.(entry);
	}
}

const prefixes = /^\/(?:public_api\/v1|platform|restapi\/json\/v1|api\/v1|api|iso)\//u;

function shortPath(path: string): string {
	return path.replace(prefixes, '').replaceAll(/(?<=\/)\d+(?=\/|$)/gu, '{id}');
}

/** Whether the call is one that changes something at its vendor. */
function isWrite(party: Vendor, method: string, path: string): boolean {
	if (party === 'cortexXsiam' && method === 'POST') {
		return /\/(?:generate|delete)\/?$/u.test(path);
	}
	return method !== 'GET' && !path.endsWith('/oauth2/token');
}
