import type { Entry } from '../world/journal';

export const invariants = ['I1', 'I2', 'I3', 'I4', 'I5'] as const;
export type Invariant = (typeof invariants)[number];

/** An invariant (rotation.md, section 1) that was seen not to hold. */
export interface Finding {
	invariant: Invariant;
	/** What was seen, and when. */
	text: string;
}

/** How a rotation was disturbed: what it may cost. */
export interface Allowance {
	/** Keys that may be made or live besides: one for each overlapping run, late or lost answer. */
	more: number;
	/** Whether a second run is under way beside the first; default: none is. */
	overlap?: boolean;
}

/** A day of the schedule, when its runs have ended. */
export interface Day {
	number: number;
	/** Nothing disturbed its runs, and nothing that was disturbed is still to come. */
	undisturbed: boolean;
	/** What n8n asked for that was meant to change something. */
	writes: Entry[];
	/** Whether nothing was left to do when it began. */
	wasDone: boolean;
	/** How many undisturbed days there have been, this one included. */
	undisturbedDays: number;
}

/**
 * Looks at the vendors and hosts themselves, never at what the workflow says, and remembers what it
 * has seen not to hold.
 */
export interface Observer {
	readonly findings: Finding[];
	/** Looks at everything; `when` says at what moment. */
	look(when: string): Promise<void>;
	/** Notes what n8n asks for; nothing was done. */
	asked?(entry: Entry, body: string): void;
	/** Looks at what an entry has changed: its work is done, and n8n does not know yet. */
	worked(entry: Entry): Promise<void>;
	/** A day's runs have ended. */
	dayEnded(day: Day): Promise<void>;
	/** Whether nothing is left to do. */
	isDone(): Promise<boolean>;
	/**
	 * In how many milliseconds the next rotation is due that has to end what this one may leave; undefined
	 * where nothing is left.
	 */
	untilNext?(): Promise<number | undefined>;
	/** Nothing more will happen before the next rotation. */
	ended(): Promise<void>;
}

/** Findings, each told once. */
export class Findings {
	readonly list: Finding[] = [];

	private readonly known = new Set<string>();

	add(invariant: Invariant, key: string, text: string) {
		const name = `${invariant} ${key}`;
		if (this.known.has(name)) return;
		this.known.add(name);
		this.list.push({ invariant, text });
	}
}
