import { scaleBand, scaleLinear, scaleOrdinal } from 'd3-scale';
import { PACED } from './cases';
import { ratioOf } from './rounds';
import type { Compared } from './rounds';

const PANEL = { width: 240, height: 220, gap: 24 };
const MARGIN = { top: 56, right: 16, bottom: 40, left: 56 };
const COLORS = ['#1f77b4', '#d95f02', '#2a7f3f', '#7b3294'];

const unique = <T>(values: T[]): T[] => [...new Set(values)];
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/**
 * How many times as long the node takes as the HTTP Request node: the median of the rounds as a point,
 * their range as a line, by the number of items; a panel for each latency.
 *
 * @returns an SVG document
 */
export function plotRatios(measured: Compared[]): string {
	// Beside it, no other point could be told from the next one.
	const comparisons = measured.filter((compared) => compared.case !== PACED);
	const latencies = unique(comparisons.map(({ latency }) => latency));
	const names = unique(comparisons.map((compared) => compared.case));
	const counts = unique(comparisons.map(({ items }) => items)).map(String);
	const most = Math.max(1.5, ...comparisons.map((compared) => ratioOf(compared, 'seconds').max));
	const y = scaleLinear().domain([0, most]).nice().range([PANEL.height, 0]);
	const x = scaleBand().domain(counts).range([0, PANEL.width]).padding(0.2);
	const inBand = scaleBand().domain(names).range([0, x.bandwidth()]).padding(0.3);
	const color = scaleOrdinal(names, COLORS);
	const panel = (latency: number, index: number) => {
		const marks = comparisons
			.filter((compared) => compared.latency === latency)
			.map((compared) => {
				const { median, min, max } = ratioOf(compared, 'seconds');
				const at = (x(String(compared.items)) ?? 0) + (inBand(compared.case) ?? 0);
				const middle = at + inBand.bandwidth() / 2;
				const stroke = color(compared.case);
				return [
					`<line x1="${middle}" x2="${middle}" y1="${y(min)}" y2="${y(max)}" stroke="${stroke}" stroke-width="2"/>`,
					`<circle cx="${middle}" cy="${y(median)}" r="4" fill="${stroke}"/>`,
				].join('');
			});
		const grid = y
			.ticks(5)
			.map(
				(tick) =>
					`<line x2="${PANEL.width}" y1="${y(tick)}" y2="${y(tick)}" stroke="#ddd"/>` +
					(index === 0 ? `<text x="-8" y="${y(tick) + 4}" text-anchor="end">${tick}</text>` : ''),
			);
		const bands = counts.map(
			(count) =>
				`<text x="${(x(count) ?? 0) + x.bandwidth() / 2}" y="${PANEL.height + 18}" text-anchor="middle">${count}</text>`,
		);
		const left = MARGIN.left + index * (PANEL.width + PANEL.gap);
		return [
			`<g transform="translate(${left},${MARGIN.top})">`,
			`<text x="${PANEL.width / 2}" y="-10" text-anchor="middle">${latency} ms of latency</text>`,
			...grid,
			`<line x2="${PANEL.width}" y1="${y(1)}" y2="${y(1)}" stroke="#333" stroke-dasharray="4 4"/>`,
			...bands,
			...marks,
			`<text x="${PANEL.width / 2}" y="${PANEL.height + 34}" text-anchor="middle">items</text>`,
			'</g>',
		].join('');
	};
	const width =
		MARGIN.left + latencies.length * (PANEL.width + PANEL.gap) - PANEL.gap + MARGIN.right;
	const height = MARGIN.top + PANEL.height + MARGIN.bottom;
	const legend = names.map(
		(name, index) =>
			`<g transform="translate(${MARGIN.left + index * 220},18)"><circle r="5" cy="-4" fill="${color(name)}"/><text x="10">${escaped(name)}</text></g>`,
	);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" role="img">`,
		'<title>Time, in times of what the HTTP Request node takes</title>',
		`<rect width="${width}" height="${height}" fill="white"/>`,
		...legend,
		...latencies.map(panel),
		`<text transform="translate(16,${MARGIN.top + PANEL.height / 2}) rotate(-90)" text-anchor="middle">time, times HTTP Request</text>`,
		'</svg>\n',
	].join('\n');
}
