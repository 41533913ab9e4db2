import { createHmac, randomBytes } from 'node:crypto';
import { Lane } from './lane';

/** What a server counts requests by. */
export interface RateKey {
	/** Its address; the path does not matter. */
	server: string;
	/** What it knows the caller by: a key, or the id of one. */
	key: string;
}

/** A lane that nothing went through for this time is forgotten, and with it what was learnt of the server. */
const FORGOTTEN_AFTER_MS = 10 * 60_000;

/** The lanes of a process: one for each server and key, shared by all executions. */
export class Lanes {
	/** By a hash: a key of a map is kept in clear. */
	private readonly known = new Map<string, Lane>();

	private readonly secret = randomBytes(32);

	get size(): number {
		return this.known.size;
	}

	/** Knows nothing, as a new process does. */
	clear(): void {
		this.known.clear();
	}

	of({ server, key }: RateKey): Lane {
		const name = createHmac('sha256', this.secret)
			.update(JSON.stringify([new URL(server).origin, key]))
			.digest('base64');
		for (const [other, lane] of this.known) {
			if (lane.idleFor > FORGOTTEN_AFTER_MS) this.known.delete(other);
		}
		const lane = this.known.get(name) ?? new Lane();
		this.known.set(name, lane);
		return lane;
	}
}

/** Those of this process. */
export const lanes = new Lanes();
