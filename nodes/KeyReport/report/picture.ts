import { chartsOf, layoutOf } from './charts';
import type { Chart } from './charts';
import { RISK_LABELS } from './risks';
import type { Report } from './report';
import { dateOf, escaped, gapsOf, shortened, summaryOf, vendorText } from './text';
import { DARK, LIGHT, colourOf } from './theme';
import type { Theme } from './theme';

const WIDTH = 960;
const MARGIN = 24;
const GAP = 20;
const PANEL_WIDTH = (WIDTH - 2 * MARGIN - GAP) / 2;
const PANEL_HEIGHT = 250;
const ROW = 26;

/** The report as a picture: one SVG file, with colours for light and dark surroundings. */
export function pictureOf(report: Report): string {
	const { settings, now, keys } = report;
	const charts = chartsOf(report);
	const gaps = gapsOf(report);
	const names = legend(report);
	const top = 74 + names.height + gaps.length * 20;
	const risks = charts.risks.columns.length;
	const risksTop = top + PANEL_HEIGHT + GAP;
	const risksHeight = 54 + Math.max(1, risks) * ROW;
	const height = keys.length === 0 ? top + 60 : risksTop + risksHeight + MARGIN;
	const body =
		keys.length === 0
			? text(MARGIN, top + 24, 'No keys came in.', 'text')
			: [
					panel(MARGIN, top, PANEL_WIDTH, PANEL_HEIGHT, columns(charts.expiry)),
					panel(MARGIN + PANEL_WIDTH + GAP, top, PANEL_WIDTH, PANEL_HEIGHT, columns(charts.age)),
					panel(MARGIN, risksTop, WIDTH - 2 * MARGIN, risksHeight, rows(charts.risks)),
				].join('\n');
	const title = shortened(settings.title, 70);
	const said = `${summaryOf(report)} · ${dateOf(now, settings.zone)}`;
	return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">
<title>${escaped(`${title}: ${said}`)}</title>
<desc>${escaped(described(report))}</desc>
<style>${styleSheet()}</style>
<rect class="ground" width="${WIDTH}" height="${height}"/>
${text(MARGIN, 40, title, 'title')}
${text(MARGIN, 62, said, 'quiet')}
${gaps.map((sentence, index) => text(MARGIN, 84 + index * 20, shortened(sentence, 120), 'warning')).join('\n')}
<g transform="translate(0 ${74 + gaps.length * 20})">${names.drawn}</g>
${body}
</svg>
`;
}

/** What the bars show, for those who do not see them. */
function described({ vendors, risks }: Report): string {
	const found = risks.filter(({ keys }) => keys > 0);
	const names = found.map(({ risk, keys }) => `${RISK_LABELS[risk]} ${keys}`).join(', ') || 'none';
	return `${vendors.map((vendor) => vendorText(vendor, 58)).join('; ')}. Risks: ${names}.`;
}

function styleSheet(): string {
	const rules = (theme: Theme) =>
		[
			`.ground{fill:${theme.ground}}`,
			`.panel{fill:${theme.panel};stroke:${theme.line}}`,
			`.line{stroke:${theme.line}}`,
			`text{fill:${theme.text}}`,
			`.quiet{fill:${theme.quiet}}`,
			`.warning{fill:${theme.warning}}`,
			...theme.vendors.map((_, index) => `.v${index}{fill:${colourOf(theme, index)}}`),
		].join('');
	return `text{font:14px system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif}.title{font-size:22px;font-weight:600}.head{font-weight:600}.small{font-size:12px}.middle{text-anchor:middle}.end{text-anchor:end}${rules(LIGHT)}@media (prefers-color-scheme: dark){${rules(DARK)}}`;
}

function text(x: number, y: number, content: string, name: string): string {
	return `<text x="${at(x)}" y="${at(y)}" class="${name}">${escaped(content)}</text>`;
}

function at(place: number): string {
	return String(Math.round(place * 100) / 100);
}

function bar(x: number, y: number, width: number, height: number, vendor: number): string {
	return `<rect class="v${vendor % LIGHT.vendors.length}" x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}"/>`;
}

/** Two vendors in a row, so that long names have room. */
function legend({ vendors }: Report): { drawn: string; height: number } {
	const entries = vendors.map((vendor, index) => {
		const x = MARGIN + (index % 2) * (PANEL_WIDTH + GAP);
		const y = 16 + Math.floor(index / 2) * 22;
		return bar(x, y - 10, 12, 12, index) + text(x + 20, y, vendorText(vendor, 58), 'text');
	});
	return { drawn: entries.join('\n'), height: Math.ceil(vendors.length / 2) * 22 + 6 };
}

function panel(x: number, y: number, width: number, height: number, content: string): string {
	return `<g transform="translate(${at(x)} ${at(y)})"><rect class="panel" width="${at(width)}" height="${at(height)}" rx="6"/>
${content}</g>`;
}

/** Upright bars, with an axis at the left. */
function columns(chart: Chart): string {
	const [left, right, upper, lower] = [44, 12, 58, PANEL_HEIGHT - 34];
	const layout = layoutOf(chart, lower - upper, PANEL_WIDTH - left - right);
	const axis = layout.ticks.map((tick) => {
		const y = lower - layout.scale(tick);
		return `<line class="line" x1="${left}" x2="${at(PANEL_WIDTH - right)}" y1="${at(y)}" y2="${at(y)}"/>${text(left - 8, y + 4, String(tick), 'quiet small end')}`;
	});
	const bars = layout.segments.map(({ column, vendor, from, to }) =>
		bar(left + layout.bandOf(column), lower - to, layout.bandwidth, to - from, vendor),
	);
	const labels = chart.columns.map(({ label, total }, column) => {
		const middle = left + layout.bandOf(column) + layout.bandwidth / 2;
		const number =
			total === 0
				? ''
				: text(middle, lower - layout.scale(total) - 6, String(total), 'small middle');
		return number + text(middle, lower + 20, label, 'quiet small middle');
	});
	return [text(16, 28, chart.title, 'head'), ...axis, ...bars, ...labels].join('\n');
}

/** Lying bars, with their names at the left. */
function rows(chart: Chart): string {
	if (chart.columns.length === 0) {
		return text(16, 28, chart.title, 'head') + text(16, 56, 'None was found.', 'quiet');
	}
	const [left, right, upper] = [170, 60, 44];
	const breadth = chart.columns.length * ROW;
	const layout = layoutOf(chart, WIDTH - 2 * MARGIN - left - right, breadth);
	const bars = layout.segments.map(({ column, vendor, from, to }) =>
		bar(left + from, upper + layout.bandOf(column), to - from, layout.bandwidth, vendor),
	);
	const labels = chart.columns.map(({ label, total }, column) => {
		const middle = upper + layout.bandOf(column) + layout.bandwidth / 2 + 5;
		return (
			text(left - 10, middle, label, 'end') +
			text(left + layout.scale(total) + 8, middle, String(total), 'small')
		);
	});
	return [text(16, 28, chart.title, 'head'), ...bars, ...labels].join('\n');
}
