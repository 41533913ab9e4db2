import type { Scenario } from './scenarios/scenario';
import { bothKinds, kinds, type Kind, type Point, type PointResult, writeKinds } from './kinds';
import { PointRunner } from './point';
import { whyNotTried } from './tried';
import type { Entry } from './world/journal';
import { Lane } from './world/lane';

export interface Wanted {
	/** Default: all. */
	kinds?: Kind[];
	/** Numbers of requests; default: all. */
	numbers?: number[];
	/** So many points, spread over kinds and requests; default: all. */
	sample?: number;
}

export interface ScenarioResult {
	scenario: Scenario;
	undisturbed: PointResult;
	points: PointResult[];
	/** Seconds. */
	took: number;
}

/** What is said while it goes on. */
export type Tell = (line: string) => void;

/** Kills a rotation at each of its requests, in several lanes at a time. */
export async function runScenario(
	scenario: Scenario,
	tarball: string,
	wanted: Wanted,
	{ lanes: laneCount = 2, tell = () => {} }: { lanes?: number; tell?: Tell } = {},
): Promise<ScenarioResult> {
	const began = Date.now();
	const lanes: Lane[] = [];
	try {
		const first = await openLane(scenario, tarball, lanes);
		const undisturbed = await PointRunner.run(first, { kind: 'none', number: 0 });
		tell(`${scenario.name}: ${told(undisturbed)}`);
		const requests = toEnumerate(undisturbed.entries);
		const points = choose(requests, wanted);
		const results: PointResult[] = [];
		const lengths = new SecondRuns();
		const queue = points.map((point, index) => ({ point, index }));
		const work = async (lane: Lane) => {
			for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
				const point = await placed(next.point, lane, lengths);
				const result = await PointRunner.run(lane, point);
				lengths.note(result);
				results[next.index] = checked(result, requests);
				tell(`${scenario.name} ${next.index + 1}/${points.length}: ${told(result)}`);
			}
		};
		const others = Array.from(
			{ length: Math.min(laneCount, points.length) - 1 },
			async () => await work(await openLane(scenario, tarball, lanes)),
		);
		await Promise.all([work(first), ...others]);
		const took = Math.round((Date.now() - began) / 1_000);
		return { scenario, undisturbed, points: results, took };
	} finally {
		for (const lane of lanes) await lane.remove();
	}
}

/** How many requests a second run makes while the first is held, by where it is held. */
class SecondRuns {
	private readonly known = new Map<string, number>();

	note({ kind, number, secondLength }: PointResult) {
		if (secondLength !== undefined && !bothKinds.includes(kind)) {
			this.known.set(place(kind, number), secondLength);
		}
	}

	get({ kind, number }: Point): number | undefined {
		return this.known.get(place(kind, number));
	}
}

const place = (kind: Kind, number: number) =>
	`${number} ${kind.endsWith('Before') ? 'before' : 'after'}`;

/** Where both runs are killed, at a request that the second one has: another one each time. */
async function placed(point: Point, lane: Lane, lengths: SecondRuns): Promise<Point> {
	if (!bothKinds.includes(point.kind)) return point;
	if (lengths.get(point) === undefined) {
		const kind = point.kind === 'bothKillBefore' ? 'overtakenBefore' : 'overtakenAfter';
		lengths.note(await PointRunner.run(lane, { kind, number: point.number }));
	}
	const length = lengths.get(point);
	return length ? { ...point, ofSecond: 1 + ((point.number - 1) % length) } : point;
}

/** With one rotation behind it, so that n8n has met the vendors once: it keeps some of their tokens. */
async function openLane(scenario: Scenario, tarball: string, lanes: Lane[]): Promise<Lane> {
	const lane = await Lane.create(scenario, tarball);
	lanes.push(lane);
	await PointRunner.run(lane, { kind: 'none', number: 0 });
	return lane;
}

/** Up to the run that changes something for the last time: the runs after it find nothing to do. */
function toEnumerate(entries: Entry[]): Entry[] {
	const last = entries.findLast(({ write }) => write);
	return entries.filter(
		({ runs }) => last && runs.every((run) => Number(run) <= Number(last.runs[0])),
	);
}

function choose(requests: Entry[], { kinds: wanted, numbers, sample }: Wanted): Point[] {
	const disturbing = (Object.keys(kinds) as Kind[]).filter((kind) => kind !== 'none');
	const points = disturbing
		.filter((kind) => wanted === undefined || wanted.includes(kind))
		.flatMap((kind) =>
			requests
				.filter(({ write }) => write || !writeKinds.includes(kind))
				.map(({ number }) => ({ kind, number })),
		)
		.filter(({ number }) => numbers === undefined || numbers.includes(number));
	if (sample === undefined || sample >= points.length) return points;
	return Array.from(
		{ length: sample },
		(_, index) => points[Math.floor(((index + 0.5) * points.length) / sample)],
	).filter((point) => point !== undefined);
}

/** A point that proves nothing is told apart. */
function checked(result: PointResult, requests: Entry[]): PointResult {
	if (result.error !== undefined) return result;
	const error = whyNotTried(result, requests);
	return error === undefined ? result : { ...result, error };
}

function told({ kind, number, label, findings, error, days }: PointResult): string {
	const place = kind === 'none' ? kinds.none.title : `${kinds[kind].title} ${number} ${label}`;
	if (error !== undefined) return `${place}: NOT TRIED: ${error}`;
	const broken = [...new Set(findings.map(({ invariant }) => invariant))].sort();
	return `${place}: ${broken.length > 0 ? `broke ${broken.join(' ')}` : 'holds'}, ${days} days`;
}
