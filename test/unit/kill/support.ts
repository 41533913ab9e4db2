import type { Day } from '../../kill/observers/observer';
import type { PointResult } from '../../kill/kinds';
import type { Entry } from '../../kill/world/journal';

/** Something that run 1 has asked for. */
export const entry = (changes: Partial<Entry> = {}): Entry => ({
	number: 3,
	party: 'cortexXsiam',
	label: 'generate',
	write: true,
	at: 0,
	runs: ['1'],
	status: 200,
	outcome: 'lost',
	...changes,
});

/** A point at which everything held. */
export const result = (changes: Partial<PointResult> = {}): PointResult => ({
	kind: 'killAfter',
	number: 3,
	label: changes.caught?.label ?? '',
	findings: [],
	days: 3,
	entries: [],
	...changes,
});

/** A day on which nothing was disturbed and nothing written. */
export const endedDay = (changes: Partial<Day> = {}): Day => ({
	number: 2,
	undisturbed: true,
	undisturbedDays: 1,
	writes: [],
	wasDone: false,
	...changes,
});

/** What an observer has found, each with the invariant that does not hold. */
export const textsOf = ({ findings }: { findings: Array<{ invariant: unknown; text: string }> }) =>
	findings.map(({ invariant, text }) => `${String(invariant)} ${text}`);
