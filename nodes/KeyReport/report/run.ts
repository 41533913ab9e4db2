import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { isCalledByAgent } from '../../shared/agents';
import { inputFailure, toNodeError } from '../../shared/failure';
import { choice, ifGiven, parseInput, wholeNumber } from '../../shared/input';
import { additionalFields, entries, group, kind, notice, param } from '../../shared/param';
import { readParameter } from '../../shared/parameters';
import { errorItem } from '../../shared/runReport';
import { pageOf } from './page';
import { pictureOf } from './picture';
import { reportOf } from './report';
import type { Report, Settings } from './report';
import { RISK_LABELS } from './risks';
import type { JudgedKey } from './risks';
import { dateOf, gapsOf, idsOf, summaryOf } from './text';

const vendorNames = entries(
	{
		displayName: 'Vendor and Server Names',
		name: 'vendorNames',
		placeholder: 'Add Name',
		description: 'What to call a vendor or a server, in place of its name in the items',
	},
	{
		name: kind(
			'Name',
			param({
				displayName: 'Vendor or Server',
				name: 'vendor',
				type: 'string',
				default: '',
				placeholder: 'e.g. cortexXsiam',
				description: "As in the items' field 'vendor' or 'server'",
			}),
			param({
				displayName: 'Shown As',
				name: 'shownAs',
				type: 'string',
				default: '',
				placeholder: 'e.g. Cortex XSIAM',
			}),
		),
	},
	(given = []) => {
		const filled = given.flatMap(({ vendor, shownAs }) =>
			vendor === undefined || shownAs === undefined
				? []
				: [[vendor.toLowerCase(), shownAs] as const],
		);
		return new Map(filled);
	},
);

const { fields, reader } = group(
	notice({
		displayName:
			"Takes lists of keys, such as the items of 'API Key: Get Many', of any vendor of this package and of several at once, with Simplify on. A list that failed and let the workflow go on is named in the report.",
		name: 'notice',
		type: 'notice',
		default: '',
	}),
	param(
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			options: [
				{
					name: 'One Item per Key',
					value: 'keys',
					description: 'A row for each key, for a sheet or a table',
				},
				{
					name: 'One Report',
					value: 'report',
					description: 'One item with all keys, a page in HTML, and a picture as a file',
				},
			],
			default: 'report',
			description: 'What comes out',
		},
		choice(['report', 'keys']),
	),
	additionalFields(
		param(
			{
				displayName: 'Expires Soon Within (Days)',
				name: 'expiresSoonDays',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 0 },
				default: 14,
				description: 'A key that expires within so many days counts as one that expires soon',
			},
			ifGiven(wholeNumber({ unit: 'days' })),
		),
		param(
			{
				displayName: 'Most Rows in Page',
				name: 'maxRows',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 100,
				description:
					"How many keys the page's table lists, those at the greatest risk first. The others are counted below it. Without it, all are listed. Mail programs cut long pages off.",
			},
			ifGiven(wholeNumber({ unit: 'rows', min: 1 })),
		),
		param(
			{
				displayName: 'Old After (Days)',
				name: 'oldAfterDays',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 90,
				description:
					'A key that was not changed for so many days counts as old, or as never rotated',
			},
			ifGiven(wholeNumber({ unit: 'days', min: 1 })),
		),
		param({
			displayName: 'Put Page in Field',
			name: 'pageField',
			type: 'string',
			default: 'page',
			hint: 'The name of the output binary field to put the HTML file in',
		}),
		param({
			displayName: 'Put Picture in Field',
			name: 'pictureField',
			type: 'string',
			default: 'picture',
			hint: 'The name of the output binary field to put the SVG file in',
		}),
		param({
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			placeholder: 'e.g. Keys of the SOC',
			description: 'What stands at the top of page and picture',
		}),
		vendorNames,
	),
);

export const keyReportFields = fields;

const DEFAULT_TITLE = 'Key inventory';

/** All items make one report, so that its parameters are those of the first. */
export async function runKeyReport(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	try {
		return [await made(context)];
	} catch (error) {
		const failure = toNodeError(context.getNode(), error, 0);
		if (context.continueOnFail()) return [[errorItem(failure, 0)]];
		throw failure;
	}
}

async function made(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	if (isCalledByAgent(context)) {
		throw inputFailure(
			'Key Report has no items to report on when an AI agent calls it',
			'It works on the items of the steps before it. Make a workflow that reads the lists and ends with Key Report, and give the agent that workflow as a tool.',
		);
	}
	const items = context.getInputData();
	const { output, additionalFields: more } = parseInput(reader, fields, {
		output: valueOf(context, 'output'),
		additionalFields: valueOf(context, 'additionalFields'),
	});
	const [pageField, pictureField] = [more.pageField ?? 'page', more.pictureField ?? 'picture'];
	if (pageField === pictureField) {
		throw inputFailure(
			"'Put Page in Field' and 'Put Picture in Field' have the same name",
			'One would take the place of the other. Give each a name of its own.',
		);
	}
	const settings: Settings = {
		title: more.title ?? DEFAULT_TITLE,
		expiresSoonDays: more.expiresSoonDays ?? 14,
		oldAfterDays: more.oldAfterDays ?? 90,
		maxRows: more.maxRows ?? Infinity,
		vendorNames: more.vendorNames,
		zone: context.getTimezone(),
	};
	const report = reportOf(
		items.map(({ json }) => json),
		settings,
		Date.now(),
	);
	for (const message of gapsOf(report)) {
		context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	}
	if (output === 'keys') {
		return report.keys.map((key) => ({ json: rowOf(key), pairedItem: { item: key.item } }));
	}
	const day = dateOf(report.now, settings.zone);
	const html = pageOf(report);
	const file = async (content: string, ending: string, type: string) =>
		await context.helpers.prepareBinaryData(Buffer.from(content), `keys-${day}.${ending}`, type);
	return [
		{
			json: { ...itemOf(report), html },
			binary: {
				[pageField]: await file(html, 'html', 'text/html'),
				[pictureField]: await file(pictureOf(report), 'svg', 'image/svg+xml'),
			},
			pairedItem: items.map((_, item) => ({ item })),
		},
	];
}

function valueOf(context: IExecuteFunctions, name: string): unknown {
	const field = fields.find((candidate) => candidate.name === name) as INodeProperties;
	return readParameter(context, field, 0);
}

function itemOf(report: Report): IDataObject {
	const { settings, now, keys, atRisk, vendors, risks, notRead, unclear } = report;
	return {
		type: 'keyReport',
		title: settings.title,
		summary: summaryOf(report),
		generatedAt: new Date(now).toISOString(),
		total: keys.length,
		atRisk,
		complete: notRead.length === 0,
		notRead,
		unclear: idsOf(unclear),
		vendors: vendors.map(({ value, ...others }) => ({ vendor: value, ...others })),
		risks: risks.map(({ risk, keys: number }) => ({
			risk,
			label: RISK_LABELS[risk],
			keys: number,
		})),
		keys: keys.map(rowOf),
	};
}

/** What only the report itself works with. */
const OWN = new Set(['comment', 'resource', 'fingerprint', 'created', 'item']);

/** A key as later steps get it. */
function rowOf(key: JudgedKey): IDataObject {
	const told = Object.entries(key).filter(([name]) => !OWN.has(name));
	return { ...Object.fromEntries(told), atRisk: key.risks.length > 0 };
}
