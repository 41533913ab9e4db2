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
