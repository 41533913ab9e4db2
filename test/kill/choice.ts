import { kinds, type Kind, type Point, slowKinds, writeKinds } from './kinds';
import type { Entry } from './world/journal';

/** What is no disturbance. */
const quietKinds: Kind[] = ['none'];

export interface Wanted {
	/** Default: all. */
	kinds?: Kind[];
	/** Numbers of requests; default: all. */
	numbers?: number[];
	/** Only at requests whose labels contain this. */
	at?: string;
	/** Only some points, spread over kinds and requests; default: all. */
	sample?: Sample;
}

export interface Sample {
	size: number;
	/** Where among the kinds it begins, so that several samples meet different ones. */
	from: number;
}

/** Up to the run that changes something for the last time: the runs after it find nothing to do. */
export function toEnumerate(entries: Entry[]): Entry[] {
	const last = entries.findLast(({ write }) => write);
	return entries.filter(
		({ runs }) => last && runs.every((run) => Number(run) <= Number(last.runs[0])),
	);
}

/** By kind, and in each by request. */
export function choose(
	requests: Entry[],
	{ kinds: wanted, numbers, at = '', sample }: Wanted,
): Point[] {
	// A sample is for those who wait for it.
	const byItself = sample === undefined ? quietKinds : [...quietKinds, ...slowKinds];
	const byKind = (Object.keys(kinds) as Kind[])
		.filter((kind) => wanted?.includes(kind) ?? !byItself.includes(kind))
		.map((kind) =>
			requests
				.filter(({ write }) => write || !writeKinds.includes(kind))
				.filter(({ label }) => label.includes(at))
				.filter(({ number }) => numbers === undefined || numbers.includes(number))
				.map(({ number }): Point => ({ kind, number })),
		);
	return sample === undefined ? byKind.flat() : spread(byKind, sample);
}

/** So many points: one of each kind in turn, and of those of a kind ones that lie apart. */
function spread(byKind: Point[][], { size, from }: Sample): Point[] {
	const some = byKind.filter((points) => points.length > 0);
	const total = some.flat().length;
	const chosen = new Set<Point>();
	for (let turn = from; chosen.size < Math.min(size, total); turn++) {
		const points = some[turn % some.length] ?? [];
		// The golden section lets no two turns fall close to each other.
		const place = Math.floor(((turn * 0.618) % 1) * points.length);
		const point = [...points.slice(place), ...points].find((one) => !chosen.has(one));
		if (point !== undefined) chosen.add(point);
	}
	return [...chosen];
}
