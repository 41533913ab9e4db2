import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/dates';
import { additionalFields, group, oneOf, param } from '../../../shared/param';
import { choice, ifGiven, instant, textList, wholeNumber } from '../../../shared/input';
import { returnAllOrLimit } from '../../../shared/list';
import type { Result } from '../../../shared/operation';
import { item, operation } from '../shared/operation';
import { Deadline, resultsOf, startQuery } from './query';
import { withValues } from './literals';

const MILLISECONDS = { minutes: MINUTE_MS, hours: HOUR_MS, days: DAY_MS };

const DEFAULT_WAIT_SECONDS = 600;

/** The time that the data is from, as the tenant takes it; undefined for its default. */
const timeFrame = oneOf(
	param(
		{
			displayName: 'Time Frame',
			name: 'timeFrame',
			type: 'options',
			options: [
				{
					name: 'Between Two Times',
					value: 'between',
					description: 'From one date and time to another',
				},
				{
					name: 'Last',
					value: 'last',
					description: 'A length of time until now',
				},
				{
					name: 'Of the Tenant',
					value: 'tenant',
					description: "The time frame in the query itself, or else the tenant's default",
				},
			],
			default: 'last',
			description: 'The time that the data is from',
		},
		choice(['last', 'between', 'tenant']),
	),
	{
		last: [
			group(
				param(
					{
						displayName: 'Length',
						name: 'length',
						type: 'number',
						typeOptions: { minValue: 1, numberPrecision: 0 },
						default: 24,
						description: 'How many minutes, hours or days until now',
					},
					wholeNumber({ min: 1 }),
				),
				param(
					{
						displayName: 'Unit',
						name: 'unit',
						type: 'options',
						options: [
							{ name: 'Days', value: 'days' },
							{ name: 'Hours', value: 'hours' },
							{ name: 'Minutes', value: 'minutes' },
						],
						default: 'hours',
						description: 'What the length is counted in',
					},
					choice(['minutes', 'hours', 'days']),
				),
			).as(({ length, unit }) => ({ timeframe: { relativeTime: length * MILLISECONDS[unit] } })),
		],
		between: [
			group(
				param(
					{
						displayName: 'From',
						name: 'from',
						type: 'dateTime',
						required: true,
						default: '',
						description: 'When the time frame begins',
					},
					instant,
				),
				param(
					{
						displayName: 'To',
						name: 'to',
						type: 'dateTime',
						required: true,
						default: '',
						description: 'When the time frame ends',
					},
					instant,
				),
			)
				.check(({ from, to }, context) => {
					if (to >= from) return;
					context.addIssue({ code: 'custom', path: ['to'], message: 'must not be before From' });
				})
				.as((timeframe) => ({ timeframe })),
		],
		tenant: [],
	},
).as((given) => ({ timeframe: given.timeFrame === 'tenant' ? undefined : given.timeframe }));

/**
 * `POST /public_api/v1/xql/start_xql_query`, `get_query_results`, `get_query_results_stream`. Source:
 * docs/api/cortex-xsiam.md, "XQL queries".
 */
export const runQuery = operation({
	name: 'Run Query',
	value: 'runQuery',
	action: 'Run XQL query',
	description:
		'Run an XQL query, wait for it to end, and get its rows. Each query counts towards the daily quota of the tenant.',
	furtherTries: {
		are: 'harmless',
		because: 'a query reads, and one that runs twice counts twice towards the quota',
	},
	// The stage that saves the rows in a dataset, and no field such as xdm.target.ipv4.
	byPerson: { guardsBy: { query: /(?<!\.)\btarget\b/i } },
	params: [
		param({
			displayName: 'Query',
			name: 'query',
			type: 'string',
			typeOptions: { rows: 5 },
			required: true,
			default: '',
			placeholder: 'e.g. dataset = xdr_data | fields event_id, event_type | limit 3',
			description: 'The query in XQL',
		}),
		timeFrame,
		returnAllOrLimit,
		additionalFields(
			param({
				displayName: 'Keep Words as Text',
				name: 'keepWords',
				type: 'boolean',
				default: false,
				description:
					'Whether to keep NULL, TRUE and FALSE as texts. Cortex XSIAM writes null, true and false that way, and they cannot be told from the words. Turn it on if a column holds these words as text.',
			}),
			param(
				{
					displayName: 'Max Wait Time',
					name: 'maxWait',
					type: 'number',
					typeOptions: { minValue: 1, numberPrecision: 0 },
					default: DEFAULT_WAIT_SECONDS,
					description:
						'How long to wait for the query at most, in seconds. The query goes on in the tenant afterwards.',
				},
				ifGiven(wholeNumber({ unit: 'seconds', min: 1 })),
			),
			param(
				{
					displayName: 'Tenant IDs',
					name: 'tenants',
					type: 'string',
					default: '',
					placeholder: 'e.g. 9100000000001',
					description:
						"Managed services only: the tenants to query, separated by commas. Without it, the one in 'Child Tenant ID'.",
				},
				textList,
			),
		),
	],
	async *run(api, { query, timeframe, most, additionalFields: more }) {
		const { keepWords = false, maxWait = DEFAULT_WAIT_SECONDS, tenants } = more;
		const deadline = new Deadline(maxWait);
		const named = tenants.length > 0 ? tenants : api.tenant ? [api.tenant] : undefined;
		const id = await startQuery(api, { query, tenants: named, timeframe }, deadline);
		const { told, rows } = await resultsOf(api, id, most, deadline);
		let count = 0;
		// One row behind, so that the last one can carry a hint.
		let last: Result | undefined;
		for await (const row of rows) {
			if (count === most) break;
			if (last) yield last;
			const values = keepWords ? row : withValues(row);
			last = {
				item: item('xqlRow', { queryId: id, row: values }),
				raw: row,
			};
			count++;
		}
		if (last) yield { ...last, hints: hintsOf(told, count, most) };
	},
});

/** A part of the rows that is taken for all would be worse than none. */
function hintsOf(told: number | null, count: number, most: number): string[] {
	if (told === null || most !== Infinity || told <= count) return [];
	return [
		`Cortex XSIAM says that the query found ${told} rows, but returned ${count}. Narrow it down to get all.`,
	];
}
