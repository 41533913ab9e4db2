import type {
	IDataObject,
	INodeExecutionData,
	INodeProperties,
	IPollFunctions,
} from 'n8n-workflow';
import type { z } from 'zod';
import { inPlace } from './advice';
import { connectionOf } from './connections';
import type { Connection } from './connections';
import { simplify } from './description';
import type { AnyList } from './editor';
import { inputFailure, scrub, toNodeError } from './failure';
import { parseInput } from './input';
import { simplified, unreadHints } from './item';
import type { Result, RunSettings, Vendor } from './operation';
import { inReadingOrder, shownValues } from './parameters';
import { rateLimitWait, readRunOptions, timeout } from './runOptions';
import { asData } from './runReport';
import { sortedBy } from './sorted';

/** What a trigger remembers of an event between two looks; kept by n8n across restarts. */
export type Memory = IDataObject;

/** What a look found, and what to remember for the next one. */
export interface Look {
	results: Result[];
	memory: Memory;
	/** What the user should know although it went well; n8n's log is the place for it. */
	hints?: string[];
}

export interface EventBase {
	/** Title Case, as in the list of events. */
	name: string;
	value: string;
	/** Sentence case, as in the node creator: `On API key expires soon`. */
	action: string;
	description: string;
	/** What the user sees; the frame shows it for this event only. */
	fields: INodeProperties[];
}

/** An event as the frame uses it, whatever it takes. */
export interface TriggerEvent<Api> extends EventBase {
	input: z.ZodTypeAny;
	/** That its pickers are filled from: for the methods of the trigger's node. */
	lists: readonly AnyList[];
	look(api: Api, input: unknown, memory: Memory | undefined): Promise<Look>;
	latest(api: Api, input: unknown, count: number): Promise<Result[]>;
}

export interface VendorTrigger<Api> {
	vendor: Vendor<Api>;
	events: Array<TriggerEvent<Api>>;
}

/** How many items a test run gives. */
const LATEST = 5;

/** All parameters of a vendor's trigger: the event, and the fields of each. */
export function triggerProperties<Api>({ events }: VendorTrigger<Api>): INodeProperties[] {
	const sorted = sortedBy(events, ({ name }) => name);
	const selector: INodeProperties = {
		displayName: 'Event',
		name: 'event',
		type: 'options',
		noDataExpression: true,
		options: sorted.map(({ name, value, action, description }) => ({
			name,
			value,
			action,
			description,
		})),
		default: '',
	};
	return [
		{ ...selector, default: events[0]?.value },
		...events.flatMap(({ value, fields }) =>
			fields.map((field) => ({
				...field,
				displayOptions: {
					...field.displayOptions,
					show: { event: [value], ...field.displayOptions?.show },
				},
			})),
		),
		simplify,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [rateLimitWait, timeout],
		},
	];
}

/** Runs a vendor's trigger: one look for what is new, or the latest items for a test run. */
export async function runVendorTrigger<Api>(
	context: IPollFunctions,
	{ vendor, events }: VendorTrigger<Api>,
): Promise<INodeExecutionData[][] | null> {
	const secrets: string[] = [];
	const told: string[] = [];
	const clean = (hints: string[]) => hints.map((hint) => scrub(hint, secrets));
	try {
		const event = events.find(({ value }) => value === context.getNodeParameter('event'));
		if (!event) throw inputFailure('This event does not exist', 'Choose the event again.');
		const input: unknown = parseInput(event.input, event.fields, valuesOf(context, event.fields));
		const connection = await connect(context, vendor, told);
		secrets.push(...connection.secrets);
		const { api } = connection;
		const owner = ownerOf(context, event.value, vendor.serverOf?.(api));
		const { results, hints } = await lookWith(context, event, { api, input, owner });
		const simplify = String(context.getNodeParameter('simplify', true)) !== 'false';
		const shown = results.map((result) => (simplify ? simplified(result) : result.raw));
		warn(
			context,
			clean([
				...told,
				...hints,
				...results.flatMap((result) => result.hints ?? []),
				...(simplify ? shown.flatMap(unreadHints) : []),
			]),
		);
		if (results.length === 0) return null;
		return [shown.map((json) => ({ json: asData(json) }))];
	} catch (error) {
		sayNew(context, clean(told));
		throw toNodeError(context.getNode(), inPlace(error, 'options', 'parameters'), 0, secrets);
	}
}

/** A trigger has no other place for it than n8n's log. What it said at the last look it does not say again. */
function warn(context: IPollFunctions, hints: string[]): void {
	const said = sayNew(context, hints);
	const kept = keptOf(context);
	if (said.length > 0) kept.said = said;
	else delete kept.said;
}

/** Of a look that broke off, n8n keeps nothing: what it said is said again with the next one. */
function sayNew(context: IPollFunctions, hints: string[]): string[] {
	const before = new Set((keptOf(context).said ?? []) as string[]);
	const said = [...new Set(hints)];
	for (const hint of said) {
		if (!before.has(hint)) context.logger.warn(`${context.getNode().name}: ${hint}`);
	}
	return said;
}

function keptOf(context: IPollFunctions): IDataObject {
	return context.getMode() === 'manual' ? {} : context.getWorkflowStaticData('node');
}

async function lookWith<Api>(
	context: IPollFunctions,
	event: TriggerEvent<Api>,
	{ api, input, owner }: { api: Api; input: unknown; owner: string },
): Promise<{ results: Result[]; hints: string[] }> {
	if (context.getMode() === 'manual') {
		const latest = await event.latest(api, input, LATEST);
		if (latest.length > 0) return { results: latest, hints: [] };
		throw inputFailure(
			'There is nothing yet that this event would report',
			'The trigger works: activate the workflow, and it reports what happens from then on.',
		);
	}
	const kept = context.getWorkflowStaticData('node');
	const memory = kept.owner === owner ? (kept.memory as Memory) : undefined;
	if (!memory) delete kept.said;
	const look = await event.look(api, input, memory);
	// Only now: what a look that broke off has seen must be seen again.
	kept.owner = owner;
	kept.memory = look.memory;
	return { results: look.results, hints: look.hints ?? [] };
}

/**
 * What is remembered of one event, or with one credential, means nothing to another; nor where the same
 * credential leads to another server now, as an expression in it may.
 */
function ownerOf(context: IPollFunctions, event: string, server = ''): string {
	const credentials = Object.values(context.getNode().credentials ?? {});
	return [event, ...credentials.map(({ id }) => id ?? ''), server].join(' ');
}

async function connect<Api>(
	context: IPollFunctions,
	vendor: Vendor<Api>,
	told: string[],
): Promise<Connection<Api>> {
	const options: RunSettings = readRunOptions(
		context.getNodeParameter('options', {}),
		vendor.perSecond,
	);
	const { name } = context.getNode();
	const onWait = (what: string) => context.logger.debug(`${name} waits. ${what}.`);
	const onTold = (what: string) => void told.push(what);
	return await connectionOf(context, vendor, { ...options, onWait, onTold });
}

function valuesOf(context: IPollFunctions, fields: INodeProperties[]): IDataObject {
	return shownValues(inReadingOrder(fields), context.getTimezone(), (field) =>
		context.getNodeParameter(field.name, field.default),
	);
}
