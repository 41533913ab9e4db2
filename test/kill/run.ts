import { choose, toEnumerate, type Wanted } from './choice';
import { bothKinds, kinds, type Kind, type Point, type PointResult } from './kinds';
import { PointRunner } from './point';
import type { Results } from './results';
import type { Scenario } from './scenarios/scenario';
import { whyNotTried } from './tried';
import type { Entry } from './world/journal';
import { Lane, type Tested } from './world/lane';

export interface ScenarioResult {
	scenario: Scenario;
	undisturbed: PointResult;
	/** Those that were tried, in order. */
	points: PointResult[];
	/** How many there are, whatever was wanted. */
	total: number;
	/** Seconds. */
	took: number;
}

/** What is said while it goes on. */
export type Tell = (line: string) => void;

export interface Course {
	tell?: Tell;
	/** Where results are kept, and were kept by an earlier run that is taken up. */
	results?: Results;
	/** No point is begun later, milliseconds since the epoch; default: until all were tried. */
	until?: number;
}

/** How often a point is tried until its request is the one that it is of. */
const mostTries = 5;

const undisturbedPoint: Point = { kind: 'none', number: 0 };

/** Some n8n, in each of which any of the scenarios can be run. */
export class Lanes {
	private readonly open: Array<Promise<Lane>> = [];

	/** Those in which n8n has met a scenario's vendors: it keeps some of their tokens. */
	private readonly met = new Map<Lane, Set<Scenario>>();

	constructor(
		private readonly scenarios: Scenario[],
		private readonly subject: Tested,
		private readonly most = 2,
	) {
		// Whatever is started is ended with this process: a listener for each server and n8n.
		process.setMaxListeners(0);
	}

	/** Kills a rotation at each of its requests, in several lanes at a time. */
	async run(
		scenario: Scenario,
		wanted: Wanted,
		{ tell = () => {}, results, until = Infinity }: Course = {},
	): Promise<ScenarioResult> {
		const began = Date.now();
		const undisturbed =
			results?.get(undisturbedPoint) ??
			(await PointRunner.run(await this.lane(0, scenario), scenario, undisturbedPoint));
		tell(`${scenario.name}: ${told(undisturbed)}`);
		if (undisturbed.error === undefined) await results?.add(undisturbed);
		const requests = toEnumerate(undisturbed.entries);
		const points = choose(requests, wanted);
		const tried = points.map((point) => results?.get(point));
		const lengths = new SecondRuns(results?.all);
		const queue = points
			.map((point, index) => ({ point, index }))
			.filter(({ index }) => tried[index] === undefined);
		const work = async (index: number) => {
			for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
				if (Date.now() > until) return;
				const lane = await this.lane(index, scenario);
				const { point } = next;
				const attempt = async () =>
					checked(await tryPoint(lane, scenario, point, lengths), requests);
				const say = (result: PointResult, more = '') =>
					tell(`${scenario.name} ${next.index + 1}/${points.length}: ${told(result)}${more}`);
				const expected = requests.find(({ number }) => number === point.number);
				const isOther = ({ caught }: PointResult) =>
					caught !== undefined && caught.label !== expected?.label;
				let result = await attempt();
				for (let tries = 1; isOther(result) && tries < mostTries; tries++) {
					// Requests that a run makes side by side come in another order now and then.
					say(result, ' It is tried once more.');
					result = await attempt();
				}
				tried[next.index] = result;
				await results?.add(result);
				say(result);
			}
		};
		const lanes = Array.from({ length: Math.min(this.most, queue.length) }, (_, index) => index);
		await Promise.all(lanes.map(work));
		return {
			scenario,
			undisturbed,
			points: tried.filter((result) => result !== undefined),
			total: choose(requests, {}).length,
			took: Math.round((Date.now() - began) / 1_000),
		};
	}

	async close() {
		for (const lane of await Promise.allSettled(this.open)) {
			if (lane.status === 'fulfilled') await lane.value.remove();
		}
	}

	/** Where n8n keeps a vendor's tokens it has one rotation behind it, so that it has got some. */
	private async lane(index: number, scenario: Scenario): Promise<Lane> {
		const lane = await (this.open[index] ??= Lane.create(this.scenarios, this.subject));
		if (scenario.vendors.includes('senhasegura') && !this.met.get(lane)?.has(scenario)) {
			this.met.set(lane, new Set([...(this.met.get(lane) ?? []), scenario]));
			await PointRunner.run(lane, scenario, undisturbedPoint);
		}
		return lane;
	}
}

/** How many requests a second run makes while the first is held, by where it is held. */
class SecondRuns {
	private readonly known = new Map<string, number>();

	constructor(results: PointResult[] = []) {
		for (const result of results) this.note(result);
	}

	note({ kind, number, secondLength }: PointResult) {
		// Where both went on together, the first has changed what the second one found.
		if (secondLength !== undefined && kind !== 'abreast') {
			this.known.set(place(kind, number), secondLength);
		}
	}

	get({ kind, number }: Point): number | undefined {
		return this.known.get(place(kind, number));
	}
}

const place = (kind: Kind, number: number) =>
	`${number} ${kind.endsWith('Before') ? 'before' : 'after'}`;

/** So many requests a second run makes at least, as far as is known before it was seen. */
const shortestSecond = 4;

/** Where both runs are killed, at a request that the second one has: another one each time. */
async function tryPoint(
	lane: Lane,
	scenario: Scenario,
	point: Point,
	lengths: SecondRuns,
): Promise<PointResult> {
	if (!bothKinds.includes(point.kind)) {
		const result = await PointRunner.run(lane, scenario, point);
		lengths.note(result);
		return result;
	}
	const within = (length: number) => ({ ...point, ofSecond: 1 + ((point.number - 1) % length) });
	const known = lengths.get(point);
	const result = await PointRunner.run(lane, scenario, within(known ?? shortestSecond));
	// It had ended before that request: by now it is known how long it is.
	if (result.secondMet || result.error !== undefined || !result.secondLength) return result;
	lengths.note(result);
	return await PointRunner.run(lane, scenario, within(result.secondLength));
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
