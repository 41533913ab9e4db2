import { nice, ticks } from 'd3-array';
import { scaleBand } from 'd3-scale';
import { stack } from 'd3-shape';
import { RISK_LABELS } from './risks';
import type { JudgedKey } from './risks';
import type { Report } from './report';

/** A chart of how many keys are where, each column divided by vendor. */
export interface Chart {
	title: string;
	columns: Column[];
}

export interface Column {
	label: string;
	/** One number for each vendor, in the order of the report. */
	counts: number[];
	total: number;
}

interface Bin {
	label: string;
	has(key: JudgedKey): boolean;
}

const within = (days: number | null, from: number, to: number) =>
	days !== null && days >= from && days < to;

const left = (label: string, from: number, to: number): Bin => ({
	label,
	has: ({ daysLeft }) => within(daysLeft, from, to),
});

const age = (label: string, from: number, to: number): Bin => ({
	label,
	has: ({ ageDays }) => within(ageDays, from, to),
});

const EXPIRY: Bin[] = [
	left('Expired', -Infinity, 0),
	left('0–7', 0, 8),
	left('8–14', 8, 15),
	left('15–30', 15, 31),
	left('31–90', 31, 91),
	left('91 +', 91, Infinity),
	{ label: 'Never', has: ({ neverExpires }) => neverExpires === true },
	{
		label: 'Not told',
		has: ({ daysLeft, neverExpires }) => daysLeft === null && neverExpires !== true,
	},
];

const AGE: Bin[] = [
	age('0–29', 0, 30),
	age('30–89', 30, 90),
	age('90–179', 90, 180),
	age('180–364', 180, 365),
	age('365 +', 365, Infinity),
	{ label: 'Unknown', has: ({ ageDays }) => ageDays === null },
];

export function chartsOf(report: Report): { expiry: Chart; age: Chart; risks: Chart } {
	const chart = (title: string, bins: Bin[]) => ({
		title,
		columns: bins.map(({ label, has }) => columnOf(report, label, has)),
	});
	const risks = report.risks
		.filter(({ keys }) => keys > 0)
		.map(({ risk }) => ({
			label: RISK_LABELS[risk],
			has: (key: JudgedKey) => key.risks.includes(risk),
		}));
	return {
		expiry: chart('Days until keys expire', EXPIRY),
		age: chart('Age of keys, in days', AGE),
		risks: chart('Risks', risks),
	};
}

function columnOf(report: Report, label: string, has: (key: JudgedKey) => boolean): Column {
	const counts = report.vendors.map(
		({ value }) => report.keys.filter((key) => key.vendor === value && has(key)).length,
	);
	return { label, counts, total: counts.reduce((sum, count) => sum + count, 0) };
}

/** A part of a bar: from where to where, of `length`. */
export interface Segment {
	column: number;
	vendor: number;
	from: number;
	to: number;
}

export interface Layout {
	/** From a number of keys to a place along `length`. */
	scale: (keys: number) => number;
	/** Numbers for the axis: whole ones, since there are no half keys. */
	ticks: number[];
	/** Where a column begins, and how wide it is, across `breadth`. */
	bandOf: (column: number) => number;
	bandwidth: number;
	segments: Segment[];
}

/** Of the highest column; never none, so that there is a scale. */
export function mostKeys(columns: Column[]): number {
	return Math.max(1, ...columns.map(({ total }) => total));
}

/** Bars that divide a chart's columns by vendor, along `length` and side by side across `breadth`. */
export function layoutOf({ columns }: Chart, length: number, breadth: number): Layout {
	// d3's linear scale would do the same, and brings half of the node's code for curves and colours.
	const [, most] = nice(0, mostKeys(columns), 4);
	const scale = (keys: number) => (keys * length) / most;
	const bands = scaleBand(
		columns.map((_, index) => index),
		[0, breadth],
	).padding(0.28);
	const vendors = (columns[0]?.counts ?? []).map((_, index) => index);
	const series = stack<Column, number>()
		.keys(vendors)
		.value(({ counts }, vendor) => counts[vendor] ?? 0)(columns);
	return {
		scale,
		ticks: ticks(0, most, 4).filter(Number.isInteger),
		bandOf: (column) => bands(column) ?? 0,
		bandwidth: bands.bandwidth(),
		segments: series.flatMap((parts) =>
			parts.flatMap(([from, to], column) =>
				to > from ? [{ column, vendor: parts.key, from: scale(from), to: scale(to) }] : [],
			),
		),
	};
}
