import type { Finding } from './observers/observer';
import type { Entry } from './world/journal';

/** How a rotation is disturbed at a request, and what that may cost. */
export const kinds = {
	none: { title: 'undisturbed', more: 0 },
	killBefore: { title: 'killed before', more: 1 },
	killAfter: { title: 'killed after', more: 1 },
	secondKillBefore: { title: 'a second run, then killed before', more: 2 },
	secondKillAfter: { title: 'a second run, then killed after', more: 2 },
	bothKillBefore: { title: 'both runs killed, before', more: 2 },
	bothKillAfter: { title: 'both runs killed, after', more: 2 },
	overtakenBefore: { title: 'overtaken before', more: 1 },
	overtakenAfter: { title: 'overtaken after', more: 1 },
	abreast: { title: 'a second run at the same request at the same time', more: 1 },
	late: { title: 'answer lost, done when the run has ended', more: 1 },
	late5s: { title: 'answer lost, done 5 s later', more: 1 },
	late30s: { title: 'answer lost, done 30 s later', more: 1 },
	late3h: { title: 'answer lost, done 3 hours later', more: 1 },
	parked: { title: 'answer lost, done after the next run', more: 1 },
	refused: { title: 'answered with 503 for the rest of the run', more: 1 },
} as const;

export type Kind = keyof typeof kinds;

/** Kinds that kill the second run in its middle, too. */
export const bothKinds: Kind[] = ['bothKillBefore', 'bothKillAfter'];

/** Kinds in which a second run is under way beside the first. */
export const overlappingKinds: Kind[] = [
	'secondKillBefore',
	'secondKillAfter',
	...bothKinds,
	'overtakenBefore',
	'overtakenAfter',
	'abreast',
];

/** Kinds that only what changes something is subject to. */
export const writeKinds: Kind[] = ['late', 'late5s', 'late30s', 'late3h', 'parked'];

/** Kinds that a sample leaves out: they wait in real time. */
export const slowKinds: Kind[] = ['late30s'];

export interface Point {
	kind: Kind;
	/** Which of the requests of an undisturbed rotation; 0: none. */
	number: number;
	/** Where both runs are killed: at which of the second one's requests, counted from its start. */
	ofSecond?: number;
}

export interface PointResult extends Point {
	/** What the request was, in this rotation. */
	label: string;
	findings: Finding[];
	/** Days until nothing was left to do, and nothing was done. */
	days: number;
	/** What was asked for, in order. */
	entries: Entry[];
	/** The request that was met. */
	caught?: Entry;
	/** Whether the second run was killed at its own request. */
	secondMet?: boolean;
	/** How many requests the second run has made while the first was held. */
	secondLength?: number;
	/** Whether the second run was under way, waiting for the first, when the first was let go. */
	secondBlocked?: boolean;
	/** What the test itself could not do. */
	error?: string;
}
