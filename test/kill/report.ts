import type { Release } from '../../scripts/host/install';
import { kinds, type Kind, type PointResult } from './kinds';
import { invariants } from './observers/observer';
import type { ScenarioResult } from './run';

/** Short names for the columns of the table. */
const columns: Array<{ kind: Kind; short: string }> = [
	{ kind: 'killBefore', short: 'kill <' },
	{ kind: 'killAfter', short: 'kill >' },
	{ kind: 'secondKillBefore', short: '2nd, kill <' },
	{ kind: 'secondKillAfter', short: '2nd, kill >' },
	{ kind: 'bothKillBefore', short: 'both killed <' },
	{ kind: 'bothKillAfter', short: 'both killed >' },
	{ kind: 'overtakenBefore', short: 'overtaken <' },
	{ kind: 'overtakenAfter', short: 'overtaken >' },
	{ kind: 'abreast', short: 'abreast' },
	{ kind: 'late', short: 'late' },
	{ kind: 'late5s', short: '5 s late' },
	{ kind: 'late30s', short: '30 s late' },
	{ kind: 'late3h', short: '3 h late' },
	{ kind: 'parked', short: 'parked' },
	{ kind: 'refused', short: '503' },
];

const legend = [
	'<: before the work of the request, >: after it and before its answer.',
	'kill: n8n is killed there. 2nd: the run is held there until a second one has ended, then n8n is killed. both killed: the run is held there, and n8n is killed in the middle of a second run, at another request of it each time. A second run that waits for what the first holds is under way, not ended. overtaken: the run is held there until a second one has ended, and goes on. abreast: the run is held there until a second one asks for the same, and both go on; where the second one never does, the run is overtaken.',
	'late: the connection is cut, also at each further try, and the work is done when the run has ended; 5 s, 30 s, 3 h late: so long after the cut, whether the run has ended or not (3 h: it has). parked: it is done after the next run, 11 h 50 min later. 503: what is answered to this request, and to its like, until the run has ended.',
];

function cell(result: PointResult | undefined): string {
	if (result === undefined) return '';
	if (result.error !== undefined) return '?';
	const broken = invariants.filter((name) =>
		result.findings.some(({ invariant }) => invariant === name),
	);
	return broken.join(' ') || 'ok';
}

/** All of them, or how many of them. */
function howMany({ points, total }: ScenarioResult): string {
	return points.length === total ? `${total} points` : `${points.length} of ${total} points`;
}

type Table = string[][];

/** A line for each request, a column for each kind of disturbance: what broke. */
function matrix({ undisturbed, points }: ScenarioResult): Table {
	const used = columns.filter(({ kind }) => points.some((point) => point.kind === kind));
	const numbers = [...new Set(points.map(({ number }) => number))].sort((a, b) => a - b);
	return [
		['request', ...used.map(({ short }) => short)],
		...numbers.map((number) => {
			const label = undisturbed.entries.find((entry) => entry.number === number)?.label ?? '';
			const results = used.map(({ kind }) =>
				points.find((point) => point.kind === kind && point.number === number),
			);
			return [`${number} ${label}`, ...results.map(cell)];
		}),
	];
}

/** A line for each kind of disturbance: at how many points each invariant held. */
function summary({ undisturbed, points }: ScenarioResult): Table {
	const line = (title: string, results: PointResult[]) => {
		const tried = results.filter(({ error }) => error === undefined);
		const held = invariants.map((name) => {
			const broken = tried.filter(({ findings }) => findings.some((one) => one.invariant === name));
			return `${tried.length - broken.length}/${results.length}`;
		});
		const days = tried.length === 0 ? '' : String(Math.max(...tried.map((one) => one.days)));
		return [title, ...held, days];
	};
	const used = columns.filter(({ kind }) => points.some((point) => point.kind === kind));
	return [
		['disturbance', ...invariants, 'days at most'],
		line(kinds.none.title, [undisturbed]),
		...used.map(({ kind }) =>
			line(
				kinds[kind].title,
				points.filter((one) => one.kind === kind),
			),
		),
	];
}

function asText(table: Table): string {
	const widths = (table[0] ?? []).map((_, index) =>
		Math.max(...table.map((row) => (row[index] ?? '').length)),
	);
	return table
		.map((row) =>
			row
				.map((text, index) => text.padEnd(widths[index] ?? 0))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}

function asMarkdown([head = [], ...rows]: Table): string {
	const line = (cells: string[]) =>
		`| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const tried = ({ undisturbed, points }: Pick<ScenarioResult, 'undisturbed' | 'points'>) => [
	undisturbed,
	...points,
];

/** How many points there are, and at how many everything held. */
export function count(results: ScenarioResult[]) {
	const points = results.flatMap(tried);
	const failed = points.filter(({ error, findings }) => error !== undefined || findings.length > 0);
	return { passed: points.length - failed.length, failed: failed.length };
}

export function textReport(results: ScenarioResult[]): string {
	return results
		.map((result) => {
			const details = tried(result)
				.filter(({ error, findings }) => error !== undefined || findings.length > 0)
				.map(({ kind, number, label, findings, error }) =>
					[
						`${kinds[kind].title} ${kind === 'none' ? '' : `${number} ${label}`}`.trim(),
						...(error === undefined ? [] : [`  not tried: ${error}`]),
						...findings.map(({ invariant, text }) => `  ${invariant}  ${text}`),
					].join('\n'),
				);
			return [
				`${result.scenario.title}, ${howMany(result)} in ${result.took} s`,
				asText(matrix(result)),
				asText(summary(result)),
				legend.join('\n'),
				...details,
			].join('\n\n');
		})
		.join('\n\n\n');
}

export function markdownReport(results: ScenarioResult[]): string {
	const parts = results.flatMap((result) => [
		`### ${result.scenario.title}, ${howMany(result)}`,
		asMarkdown(summary(result)),
		asMarkdown(matrix(result)),
	]);
	return `${[...parts, ...legend].join('\n\n')}\n`;
}

/** A text with the table of a scenario in the place that it has for it, and for that release of n8n. */
export function withTable(text: string, result: ScenarioResult, release: Release): string {
	const name = release === 'newest' ? result.scenario.name : `${result.scenario.name}, ${release}`;
	const begin = `<!-- table of ${name} -->\n`;
	const end = '<!-- end of the table -->';
	const from = text.indexOf(begin);
	const to = text.indexOf(end, from);
	if (from < 0 || to < 0) throw new Error(`There is no place for the table of ${name}.`);
	const table = `\n${howMany(result)}:\n\n${asMarkdown(summary(result))}\n\n`;
	return text.slice(0, from + begin.length) + table + text.slice(to);
}

export function jsonReport(results: ScenarioResult[]): string {
	const plain = results.map((result) => ({
		scenario: result.scenario.name,
		took: result.took,
		total: result.total,
		requests: result.undisturbed.entries,
		points: tried(result).map(({ entries, caught, ...point }) => ({
			...point,
			status: caught?.status,
			entries: entries.map(({ number, label, outcome, status, runs }) =>
				[number, label, outcome, status ?? '-', `run ${runs.join('+')}`].join(' '),
			),
		})),
	}));
	return `${JSON.stringify({ ...count(results), scenarios: plain }, null, 2)}\n`;
}
