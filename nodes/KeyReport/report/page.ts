import { chartsOf, mostKeys } from './charts';
import type { Chart } from './charts';
import { RISK_LABELS } from './risks';
import type { JudgedKey, Risk } from './risks';
import type { Report } from './report';
import {
	ageText,
	count,
	dateOf,
	detailOf,
	escaped,
	expiryText,
	gapsOf,
	nameOf,
	rotationText,
	serverText,
	shortened,
	summaryOf,
	vendorText,
} from './text';
import { DARK, LIGHT, colourOf } from './theme';
import type { Theme } from './theme';

/**
 * The report as a page of its own: no script, nothing from elsewhere, no image. Styles stand in the
 * tags for mail programs, and a style sheet changes colours where it is dark. n8n's own view of HTML
 * keeps neither `svg` nor `img` with data, so the bars are cells.
 */
export function pageOf(report: Report): string {
	const { settings, keys, now } = report;
	const { title, zone, maxRows } = settings;
	const charts = chartsOf(report);
	const listed = keys.slice(0, maxRows);
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(title)}</title>
</head>
<body style="margin:0;padding:0;background-color:${LIGHT.ground}" class="kr-ground">
${styleSheet()}
<div class="kr-ground" style="${GROUND}">
<div style="max-width:1060px;margin:0 auto">
<h1 style="margin:0 0 2px;font-size:22px;line-height:30px">${escaped(title)}</h1>
<p class="kr-quiet" style="${QUIET};margin:0 0 14px">${escaped(summaryOf(report))} · ${dateOf(now, zone)}</p>
${gapsOf(report).map(gap).join('\n')}
${keys.length === 0 ? EMPTY : `${legend(report)}\n${panels([charts.risks, charts.expiry, charts.age], report)}\n${table(listed, report)}`}
${listed.length < keys.length ? rest(keys.slice(listed.length)) : ''}
</div>
</div>
</body>
</html>
`;
}

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const GROUND = `padding:20px;background-color:${LIGHT.ground};color:${LIGHT.text};${FONT};font-size:14px;line-height:20px`;
const QUIET = `color:${LIGHT.quiet}`;
const PANEL = `background-color:${LIGHT.panel};border:1px solid ${LIGHT.line};border-radius:6px`;
const CELL = `padding:6px 8px;border-top:1px solid ${LIGHT.line};text-align:left;vertical-align:top;overflow-wrap:anywhere`;

const EMPTY = `<p class="kr-panel" style="${PANEL};padding:14px">No keys came in. Check that the lists before this step were read, and that they may see keys.</p>`;

/** What tells light from dark; all that is not a colour stands in the tags. */
function styleSheet(): string {
	const vendors = DARK.vendors.map((_, index) => `.kr-v${index}`);
	const rules = (theme: Theme) =>
		[
			`.kr-ground{background-color:${theme.ground}!important;color:${theme.text}!important}`,
			`.kr-panel{background-color:${theme.panel}!important;border-color:${theme.line}!important}`,
			`.kr-line{border-color:${theme.line}!important}`,
			`.kr-quiet{color:${theme.quiet}!important}`,
			`.kr-warning{color:${theme.warning}!important;border-color:${theme.warning}!important}`,
			`.kr-grave{background-color:${theme.grave}!important;color:${theme.graveText}!important}`,
			`.kr-mild{background-color:${theme.mild}!important;color:${theme.mildText}!important}`,
			...vendors.map(
				(name, index) => `${name}{background-color:${colourOf(theme, index)}!important}`,
			),
		].join('');
	return `<style>@media (prefers-color-scheme: dark){${rules(DARK)}}</style>`;
}

function gap(sentence: string): string {
	return `<p class="kr-panel kr-warning" style="${PANEL};border-color:${LIGHT.warning};color:${LIGHT.warning};padding:8px 12px;margin:0 0 10px;overflow-wrap:anywhere">${escaped(shortened(sentence, 400))}</p>`;
}

function vendorClass(index: number): string {
	return `kr-v${index % LIGHT.vendors.length}`;
}

function swatch(index: number): string {
	const style = `display:inline-block;width:10px;height:10px;margin-right:6px;background-color:${colourOf(LIGHT, index)}`;
	return `<span class="${vendorClass(index)}" style="${style}"></span>`;
}

function legend({ vendors }: Report): string {
	const entries = vendors.map(
		(vendor, index) =>
			`<span style="display:inline-block;margin-right:18px">${swatch(index)}${escaped(vendorText(vendor, 100))}</span>`,
	);
	return `<p style="margin:0 0 10px">${entries.join('\n')}</p>`;
}

function panels(charts: Chart[], report: Report): string {
	return charts
		.filter(({ columns }) => columns.length > 0)
		.map(
			(chart) =>
				`<div class="kr-panel" style="${PANEL};padding:10px 12px;margin:0 0 12px"><h2 style="margin:0 0 6px;font-size:15px;line-height:20px">${chart.title}</h2>${bars(chart, report)}</div>`,
		)
		.join('\n');
}

/** One row for each column of the chart: its name, a bar divided by vendor, its number. */
function bars({ columns }: Chart, { vendors }: Report): string {
	const most = mostKeys(columns);
	const rows = columns.map(({ label, counts, total }) => {
		const parts = counts.flatMap((number, vendor) =>
			number === 0
				? []
				: [
						`<span class="${vendorClass(vendor)}" title="${short(vendors[vendor]?.name ?? '')}: ${number}" style="display:inline-block;height:14px;width:${((number * 100) / most).toFixed(2)}%;background-color:${colourOf(LIGHT, vendor)}"></span>`,
					],
		);
		return `<tr style="height:20px"><td style="padding:2px 8px 2px 0;vertical-align:middle;white-space:nowrap">${escaped(label)}</td><td style="padding:2px 0;vertical-align:middle;font-size:0;line-height:0;white-space:nowrap">${parts.join('')}</td><td style="padding:2px 0 2px 8px;vertical-align:middle;text-align:right">${total}</td></tr>`;
	});
	return `<table role="presentation" style="width:100%;border-collapse:collapse;table-layout:fixed"><colgroup><col style="width:150px"><col><col style="width:56px"></colgroup><tbody>${rows.join('\n')}</tbody></table>`;
}

const HEADINGS: Array<[string, number]> = [
	['Key', 19],
	['Vendor', 14],
	['Type', 9],
	['Owner', 11],
	['Age', 9],
	['Days left', 10],
	['Rotation', 11],
	['Risk', 17],
];

function table(keys: JudgedKey[], report: Report): string {
	const widths = HEADINGS.map(([, width]) => `<col style="width:${width}%">`).join('');
	const heads = HEADINGS.map(
		([name]) =>
			`<th scope="col" style="padding:8px;text-align:left;vertical-align:bottom">${name}</th>`,
	).join('');
	return `<div class="kr-panel" style="${PANEL};overflow-x:auto"><table style="width:100%;min-width:820px;border-collapse:collapse;table-layout:fixed;font-size:13px;line-height:18px"><colgroup>${widths}</colgroup><thead><tr>${heads}</tr></thead><tbody>
${keys.map((key) => row(key, report)).join('\n')}
</tbody></table></div>`;
}

function row(key: JudgedKey, report: Report): string {
	const {
		vendors,
		settings: { zone },
	} = report;
	const index = vendors.findIndex(({ value }) => value === key.vendor);
	const vendor = vendors[index]?.name ?? key.vendor;
	const { expiresAt, rotationSince } = key;
	const cells = [
		`<strong dir="auto">${short(nameOf(key))}</strong>${below(detailOf(key))}`,
		`${swatch(index)}${short(vendor)}${below(serverText(key, report))}`,
		short(key.type),
		short(key.owner ?? 'not told'),
		escaped(ageText(key)),
		`${escaped(expiryText(key))}${below(expiresAt === null ? '' : dateOf(expiresAt, zone))}`,
		`${escaped(rotationText(key))}${below(rotationSince === null ? '' : `since ${dateOf(rotationSince, zone)}`)}`,
		key.risks.map(badge).join(' '),
	];
	const tags = cells.map((cell) => `<td class="kr-line" style="${CELL}">${cell}</td>`);
	return `<tr>${tags.join('')}</tr>`;
}

function short(text: string): string {
	return escaped(shortened(text, 120));
}

function below(text: string): string {
	if (text === '') return '';
	// A date breaks at no hyphen.
	const whole = short(text).replace(
		/\d{4}-\d\d-\d\d$/,
		'<span style="white-space:nowrap">$&</span>',
	);
	return `<br><span class="kr-quiet" style="${QUIET}">${whole}</span>`;
}

const GRAVE = new Set<Risk>(['unfinishedRotation', 'expired', 'expiresSoon']);

function badge(risk: Risk): string {
	const [name, ground, text] = GRAVE.has(risk)
		? ['kr-grave', LIGHT.grave, LIGHT.graveText]
		: ['kr-mild', LIGHT.mild, LIGHT.mildText];
	const style = `display:inline-block;padding:0 6px;margin:0 0 2px;border-radius:4px;background-color:${ground};color:${text}`;
	return `<span class="${name}" style="${style}">${RISK_LABELS[risk]}</span>`;
}

function rest(keys: JudgedKey[]): string {
	const atRisk = keys.filter(({ risks }) => risks.length > 0).length;
	const risk = atRisk === 0 ? 'none of them at risk' : `${atRisk} of them at risk`;
	return `<p class="kr-quiet" style="${QUIET};margin:10px 0 0">${count(keys.length, 'more key')} not listed here, ${risk}.</p>`;
}
