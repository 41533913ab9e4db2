import { cpus } from 'node:os';
import type { CrowdFigures } from './crowds';
import type { ListFigures } from './lists';
import type { Figures } from './measure';
import type { Part } from './profile';
import { ratioOf, spreadOf } from './rounds';
import type { ClientName, Compared, Spread } from './rounds';
import type { Sizes } from './sizes';

/** All that was measured. */
export interface Results {
	/** ISO 8601. */
	at: string;
	/** When the oldest of it was measured, if not all of it was at once. */
	since?: string;
	node: string;
	processor: string;
	comparisons: Compared[];
	lists: ListFigures[];
	crowds: CrowdFigures[];
	profiles: Record<string, Part[]>;
	sizes?: Sizes;
}

export function emptyResults(): Results {
	const [first] = cpus();
	return {
		at: new Date().toISOString(),
		node: process.version,
		processor: `${cpus().length} x ${first?.model.trim() ?? 'unknown'}`,
		comparisons: [],
		lists: [],
		crowds: [],
		profiles: {},
	};
}

/** What was measured now, and of an earlier time what was not measured now. */
export function withEarlier(now: Results, earlier: Results): Results {
	const comparisons = withEarlierRows(now.comparisons, earlier.comparisons);
	const all = {
		lists: now.lists.length > 0 ? now.lists : earlier.lists,
		crowds: now.crowds.length > 0 ? now.crowds : earlier.crowds,
		profiles: Object.keys(now.profiles).length > 0 ? now.profiles : earlier.profiles,
		sizes: now.sizes ?? earlier.sizes,
	};
	const isKept =
		comparisons.length > now.comparisons.length ||
		Object.entries(all).some(
			([part, value]) => value !== undefined && value !== now[part as keyof typeof all],
		);
	return { ...now, ...all, comparisons, ...(isKept && { since: earlier.since ?? earlier.at }) };
}

/** The rows of one latency and one number of items are a part by themselves; all are in one order. */
function withEarlierRows(now: Compared[], earlier: Compared[]): Compared[] {
	const isSame = (a: Compared, b: Compared) =>
		a.case === b.case && a.items === b.items && a.latency === b.latency;
	const kept = earlier.filter((row) => !now.some((one) => isSame(row, one)));
	return [...kept, ...now].sort((a, b) => a.latency - b.latency || a.items - b.items);
}

/** Tables of everything, as Markdown. */
export function tablesOf(results: Results): string {
	const { comparisons, lists, crowds, profiles, sizes } = results;
	const parts = [
		`Measured ${results.since === undefined ? 'at' : `in parts from ${results.since} to`} ${results.at} with Node.js ${results.node} on ${results.processor}.`,
		comparisons.length > 0 && `### Beside the HTTP Request node\n\n${comparisonTable(comparisons)}`,
		...(comparisons.some(({ clients }) => clients.includes('plain'))
			? [`### What n8n's helper costs\n\n${helperTable(comparisons)}`]
			: []),
		lists.length > 0 && `### Long lists\n\n${listTable(lists)}`,
		crowds.length > 0 && `### Executions that share a tenant\n\n${crowdTable(crowds)}`,
		...Object.entries(profiles).map(
			([name, shares]) => `### Where the time goes: ${name}\n\n${profileTable(shares)}`,
		),
		sizes && `### Sizes\n\n${sizeTable(sizes)}`,
	];
	return parts.filter(Boolean).join('\n\n');
}

function table(head: string[], rows: string[][]): string {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const fixed = (value: number, digits: number) =>
	Number.isFinite(value) ? value.toFixed(digits) : '-';

const told = ({ median, min, max }: Spread, digits = 2) =>
	`${fixed(median, digits)} (${fixed(min, digits)} to ${fixed(max, digits)})`;

function medianOf({ figures }: Compared, client: ClientName, unit: keyof Figures): number {
	return spreadOf((figures[client] ?? []).map((each) => each[unit])).median;
}

function comparisonTable(comparisons: Compared[]): string {
	const both = (compared: Compared, unit: keyof Figures, digits: number) =>
		(['node', 'HTTP Request'] as const)
			.map((client) => fixed(medianOf(compared, client, unit), digits))
			.join(' / ');
	return table(
		[
			'node',
			'items',
			'latency, ms',
			'rounds',
			'time, s',
			'ratio (spread)',
			'processor, s',
			'ratio (spread)',
			'p50 of a call, ms',
			'p99, ms',
			'memory, MB',
			'event loop held up, ms',
		],
		comparisons.map((compared) => [
			compared.case,
			String(compared.items),
			String(compared.latency),
			String(compared.rounds),
			both(compared, 'seconds', 2),
			ratioTold(compared, 'seconds'),
			both(compared, 'processor', 2),
			ratioTold(compared, 'processor'),
			both(compared, 'p50', 0),
			both(compared, 'p99', 0),
			both(compared, 'memory', 0),
			both(compared, 'delay', 0),
		]),
	);
}

function ratioTold(compared: Compared, unit: keyof Figures): string {
	const error = compared.errors.node ?? compared.errors['HTTP Request'];
	return error ? `failed: ${error}` : told(ratioOf(compared, unit));
}

function helperTable(comparisons: Compared[]): string {
	const shown = comparisons.filter(({ clients }) => clients.includes('plain'));
	const each = (compared: Compared, client: ClientName) =>
		`${fixed(medianOf(compared, client, 'seconds'), 2)} (${fixed(medianOf(compared, client, 'processor'), 2)})`;
	return table(
		['calls of', 'items', 'Node.js alone: s (processor s)', "n8n's helper", 'HTTP Request', 'node'],
		shown.map((compared) => [
			compared.case,
			String(compared.items),
			each(compared, 'plain'),
			each(compared, 'helper'),
			each(compared, 'HTTP Request'),
			each(compared, 'node'),
		]),
	);
}

function listTable(lists: ListFigures[]): string {
	return table(
		['rows', 'time, s', 'processor, s', 'memory, MB', 'event loop held up, ms'],
		lists.map(({ rows, seconds, processor, memory, delay }) => [
			String(rows),
			fixed(seconds, 2),
			fixed(processor, 2),
			fixed(memory, 0),
			fixed(delay, 0),
		]),
	);
}

function crowdTable(crowds: CrowdFigures[]): string {
	return table(
		[
			'operation',
			'processes',
			'executions',
			'got it',
			'failed',
			'keys too many',
			'refusals',
			'requests',
			'time, s',
		],
		crowds.map((crowd) => [
			crowd.deed,
			String(crowd.processes),
			`${crowd.executions} of ${crowd.items} items`,
			`${crowd.succeeded} of ${crowd.executions * crowd.items}`,
			String(crowd.failed),
			String(crowd.surplus),
			String(crowd.refused),
			String(crowd.requests),
			fixed(crowd.seconds, 0),
		]),
	);
}

const SMALLEST_SHARE = 0.5;

function profileTable(parts: Part[]): string {
	return table(
		['part', '%'],
		parts
			.filter(({ share }) => share >= SMALLEST_SHARE)
			.map(({ name, share }) => [name, fixed(share, 1)]),
	);
}

function sizeTable({ tarball, load }: Sizes): string {
	return table(
		['what', 'figure'],
		[
			['tarball, kB', fixed(tarball, 0)],
			['loading all nodes and credentials, ms', told(load, 0)],
		],
	);
}
