import { createHash } from 'node:crypto';
import { DAY_MS } from './dates';
import { putNewest } from './newest';

/** One try of a call, as this process knows it. */
export interface Try {
	at: Date;
	/**
	 * What it may have left, as a sentence without its period: `An agent key may have been issued`. Empty
	 * where the operation finds that out.
	 */
	mayHave: string;
	/** How it ended, in whole sentences and without secrets; none while it is under way. */
	end?: string;
}

/** How many tries this process remembers: more than a run has items. */
const MOST_TRIES = 100_000;

/** For how long: longer than n8n takes to repeat a node, or its queue to run a job again. */
const REMEMBERED_MS = DAY_MS;

/**
 * What earlier tries of calls may have left. It outlives the try: n8n's Retry On Fail drops the error of
 * a try that it repeats, and what the error said with it.
 */
export class Tries {
	/** By name, the oldest first. */
	private readonly known = new Map<string, Try>();

	constructor(private readonly most = MOST_TRIES) {}

	get size(): number {
		return this.known.size;
	}

	of(name: string): Try | undefined {
		const found = this.known.get(name);
		if (!found || Date.now() - found.at.getTime() < REMEMBERED_MS) return found;
		this.known.delete(name);
		return undefined;
	}

	begin(name: string, mayHave = ''): Try {
		const begun: Try = { at: new Date(Date.now()), mayHave };
		this.put(name, begun);
		return begun;
	}

	/** Puts a try in its place again. */
	put(name: string, one: Try): void {
		putNewest(this.known, name, one, this.most);
	}

	forget(name: string): void {
		this.known.delete(name);
	}
}

/** Those of this process. */
export const triesOfProcess = new Tries();

/**
 * What a call is remembered by.
 *
 * @param parts Whatever tells it from others; nothing of it can be read from the name.
 */
export function tryName(...parts: string[]): string {
	return createHash('sha256').update(JSON.stringify(parts), 'utf8').digest('base64url');
}

/** What is known of an earlier try, in whole sentences. */
export function told({ at, end = 'It is still under way.' }: Try): string {
	return `The earlier try began at ${at.toISOString()}. ${end}`;
}
