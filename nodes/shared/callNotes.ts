import { sleep } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';

/** Notes of calls that outlive the process, so that a call that n8n runs again is known. */
export interface CallNotes {
	/**
	 * True when the note was there already; records it otherwise.
	 *
	 * @throws Error where n8n's database does not take it
	 */
	noteOnce(text: string): Promise<boolean>;
	/** Takes a note back: of a call that did nothing. */
	remove(text: string): Promise<void>;
	/** Waits until the notes stand, which another process may have overwritten. */
	settle(): Promise<void>;
}

/** What n8n offers for items that were processed before; its types say nothing of a server without it. */
type Helpers = Pick<IExecuteFunctions['helpers'], 'checkProcessedAndRecord' | 'removeProcessed'>;

/**
 * How many notes n8n keeps for a node, the oldest go first. It keeps them in one row, as hashes of 24
 * letters, and writes the whole of it for each change.
 */
const MOST_NOTES = 5_000;

const OPTIONS = { mode: 'entries', maxEntries: MOST_NOTES } as const;

/** After this time a note is looked at again: a process reads and writes the row faster than that. */
const SETTLING_MS = 50;

/** How often at most, while other processes overwrite it. */
const MOST_LOOKS = 8;

/**
 * Notes are written no more often than this: each writing costs as much as all notes that there are, so that
 * those of many calls go together.
 */
const GAP_MS = 10;

/** How often something is tried that another process may get in the way of. */
const TRIES = 4;

/** By workflow and node. */
export type NotesByNode = Map<string, NodeNotes>;

const notesOfProcess: NotesByNode = new Map();

/**
 * Notes in n8n's own database, by its helpers for items that were processed before. They are there for a
 * saved workflow, in every mode of n8n; all processes of an instance share them.
 *
 * They are not atomic: n8n reads and writes the row of a node in two steps, so that a process can
 * overwrite what another one has just noted. What was overwritten is noted again shortly after,
 * while the call is under way.
 *
 * @param known What a process knows of its own notes.
 * @returns undefined where this n8n, or this workflow, has no place for notes
 */
export function callNotes(
	context: IExecuteFunctions,
	known = notesOfProcess,
): CallNotes | undefined {
	const helpers: Partial<Helpers> = context.helpers;
	const { id } = context.getWorkflow();
	if (!helpers.checkProcessedAndRecord || !helpers.removeProcessed || !id) return undefined;
	const key = JSON.stringify([id, context.getNode().id]);
	const notes = known.get(key) ?? new NodeNotes();
	known.set(key, notes);
	const database = helpers as Helpers;
	const own = new Set<string>();
	return {
		noteOnce: async (text) => {
			own.add(text);
			return await notes.note(database, text);
		},
		remove: async (text) => await notes.remove(database, text),
		settle: async () => await notes.settle(database, own),
	};
}

/** The notes of one node in this process, written in turn, and together where several wait. */
class NodeNotes {
	/** What waits for the next writing, and who for. */
	private waiting = new Map<string, Array<(outcome: Promise<boolean>) => void>>();

	/** What may have been overwritten since it was noted, and when that was, by a clock that is never set. */
	private readonly fresh = new Map<string, number>();

	private isSettling = false;

	/** When the last writing began, by the same clock. */
	private wroteAt = -Infinity;

	private turn: Promise<unknown> = Promise.resolve();

	async note(helpers: Helpers, text: string): Promise<boolean> {
		return await new Promise((resolve) => {
			const waiters = this.waiting.get(text) ?? [];
			this.waiting.set(text, [...waiters, resolve]);
			// What goes wrong is told to those who wait.
			this.inTurn(async () => await this.write(helpers)).catch(() => {});
		});
	}

	async remove(helpers: Helpers, text: string): Promise<void> {
		await this.inTurn(async () => {
			this.fresh.delete(text);
			await repeated(async () => await helpers.removeProcessed([text], 'node', OPTIONS));
		});
	}

	/** Looks at some notes until they stand; every look may find that they have to be made again. */
	async settle(helpers: Helpers, texts: ReadonlySet<string>): Promise<void> {
		for (let looks = 0; looks < MOST_LOOKS; looks++) {
			const times = [...this.fresh].flatMap(([text, time]) => (texts.has(text) ? [time] : []));
			if (times.length === 0) return;
			const wait = Math.max(...times) + SETTLING_MS - performance.now();
			await sleep(Math.max(0, wait) + Math.random() * 20);
			await this.inTurn(async () => await this.record(helpers, []));
		}
	}

	/** While the calls that were noted are under way: a process that dies in one settles nothing. */
	private async settleMeanwhile(helpers: Helpers): Promise<void> {
		if (this.isSettling) return;
		this.isSettling = true;
		const texts = new Set(this.fresh.keys());
		await this.settle(helpers, texts).finally(() => (this.isSettling = false));
		// What does not stand after so many looks is left to the end of the run.
		const hasMore = [...this.fresh.keys()].some((text) => !texts.has(text));
		if (hasMore) await this.settleMeanwhile(helpers);
	}

	/** Writes all that waits, which is nothing where an earlier turn has taken it along. */
	private async write(helpers: Helpers): Promise<void> {
		if (this.waiting.size === 0) return;
		const gap = this.wroteAt + GAP_MS - performance.now();
		if (gap > 0) await sleep(Math.min(gap, GAP_MS));
		const { waiting } = this;
		this.waiting = new Map();
		this.wroteAt = performance.now();
		const recorded = repeated(async () => await this.record(helpers, [...waiting.keys()]));
		for (const [text, waiters] of waiting) {
			// Of two that note the same at once, the second finds the note of the first.
			waiters.forEach((resolve, index) =>
				resolve(recorded.then((known) => index > 0 || known.has(text))),
			);
		}
		await recorded;
		// It is tried again at the end of the run, which tells.
		this.settleMeanwhile(helpers).catch(() => {});
	}

	/** @returns those of the texts that were there already */
	private async record(helpers: Helpers, texts: string[]): Promise<Set<unknown>> {
		const again = [...this.fresh.keys()].filter((text) => !texts.includes(text));
		if (again.length + texts.length === 0) return new Set();
		const asked = performance.now();
		const { processed } = await helpers.checkProcessedAndRecord(
			[...again, ...texts],
			'node',
			OPTIONS,
		);
		const known = new Set<unknown>(processed);
		const now = performance.now();
		for (const text of again) {
			const isOld = asked - (this.fresh.get(text) ?? asked) >= SETTLING_MS;
			if (!known.has(text)) this.fresh.set(text, now);
			else if (isOld) this.fresh.delete(text);
		}
		for (const text of texts) if (!known.has(text)) this.fresh.set(text, now);
		return known;
	}

	private async inTurn<T>(work: () => Promise<T>): Promise<T> {
		const mine = this.turn.then(work);
		this.turn = mine.catch(() => {});
		return await mine;
	}
}

/** Two processes that make the row of a node at the same time meet an error, once. */
async function repeated<T>(work: () => Promise<T>): Promise<T> {
	for (let tries = 1; tries < TRIES; tries++) {
		try {
			return await work();
		} catch {
			await sleep(10 + Math.random() * 40);
		}
	}
	return await work();
}
