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
	/** Looks once more that the notes of this run stand, which another process may have overwritten. */
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

/** How often something is tried that another process may get in the way of. */
const TRIES = 4;

/** By workflow and node. */
export type Ledgers = Map<string, Ledger>;

const ledgersOfProcess: Ledgers = new Map();

/**
 * Notes in n8n's own database, by its helpers for items that were processed before. They are there for a
 * saved workflow, in every mode of n8n; all processes of an instance share them.
 *
 * They are not atomic: n8n reads and writes the row of a node in two steps, so that a process can
 * overwrite what another one has just noted. What was overwritten is noted again with the next note, and
 * at the end of the run.
 *
 * @param ledgers What a process knows of its own notes.
 * @returns undefined where this n8n, or this workflow, has no place for notes
 */
export function callNotes(
	context: IExecuteFunctions,
	ledgers = ledgersOfProcess,
): CallNotes | undefined {
	const helpers: Partial<Helpers> = context.helpers;
	const { id } = context.getWorkflow();
	if (!helpers.checkProcessedAndRecord || !helpers.removeProcessed || !id) return undefined;
	const key = JSON.stringify([id, context.getNode().id]);
	const ledger = ledgers.get(key) ?? new Ledger();
	ledgers.set(key, ledger);
	const database = helpers as Helpers;
	return {
		noteOnce: async (text) => await ledger.note(database, text),
		remove: async (text) => await ledger.remove(database, text),
		settle: async () => await ledger.settle(database),
	};
}

/** The notes of one node in this process, written in turn, and together where several wait. */
class Ledger {
	/** What waits for the next writing, and who for. */
	private waiting = new Map<string, Array<(outcome: Promise<boolean>) => void>>();

	/** What was noted last, and may have been overwritten since. */
	private readonly fresh = new Set<string>();

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

	async settle(helpers: Helpers): Promise<void> {
		await this.inTurn(async () => {
			for (let tries = 0; tries < TRIES && this.fresh.size > 0; tries++) {
				if (tries > 0) await aMoment();
				await this.record(helpers, []);
			}
		});
	}

	/** Writes all that waits, which is nothing where an earlier turn has taken it along. */
	private async write(helpers: Helpers): Promise<void> {
		const { waiting } = this;
		if (waiting.size === 0) return;
		this.waiting = new Map();
		const recorded = repeated(async () => await this.record(helpers, [...waiting.keys()]));
		for (const [text, waiters] of waiting) {
			// Of two that note the same at once, the second finds the note of the first.
			waiters.forEach((resolve, index) =>
				resolve(recorded.then((known) => index > 0 || known.has(text))),
			);
		}
		await recorded;
	}

	/** @returns those of the texts that were there already */
	private async record(helpers: Helpers, texts: string[]): Promise<Set<unknown>> {
		const again = [...this.fresh].filter((text) => !texts.includes(text));
		const { processed } = await helpers.checkProcessedAndRecord(
			[...again, ...texts],
			'node',
			OPTIONS,
		);
		const known = new Set<unknown>(processed);
		for (const text of again) if (known.has(text)) this.fresh.delete(text);
		for (const text of texts) if (!known.has(text)) this.fresh.add(text);
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
			await aMoment();
		}
	}
	return await work();
}

async function aMoment(): Promise<void> {
	await sleep(10 + Math.random() * 40);
}
