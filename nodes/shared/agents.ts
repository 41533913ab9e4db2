import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { inputFailure } from './failure';
import type { Failure } from './failure';
import { issuesSecret } from './operation';
import type { Operation } from './operation';
import { secretOptions } from './secretOptions';

/** What was found out of each run; n8n makes a copy of the whole node for each question. */
const byAgent = new WeakMap<object, boolean>();

/** Whether an AI agent calls the node: n8n gives the tool variant of a node a type of its own. */
export function isCalledByAgent(context: Pick<IExecuteFunctions, 'getNode'>): boolean {
	const is = byAgent.get(context) ?? context.getNode().type.endsWith('Tool');
	byAgent.set(context, is);
	return is;
}

/** The option of operations that end something or give rights; only a person can turn it on. */
export const modelMayChoose: INodeProperties = {
	displayName: 'Let AI Model Choose',
	name: 'modelMayChoose',
	type: 'boolean',
	default: false,
	description:
		'Whether an AI model may choose what this operation ends, replaces or opens to others. Turn it on only where a person reviews each call before it runs.',
};

/** What a model passes, however it is spelt: n8n takes $fromAI, $fromAi and $fromai. */
const FROM_MODEL = /\$fromai\b/i;

/** In a tool the incoming item holds what the model passes, too, and so may another parameter. */
const INCOMING_ITEM = /\$(json|input|items|binary|data|thisItem|(raw)?parameter)\b/i;

function fromModel(isTool: boolean): (text: string) => boolean {
	return (text) => FROM_MODEL.test(text) || (isTool && INCOMING_ITEM.test(text));
}

/** A field, and the parameter of the node that it is in: itself or a collection. */
interface Location {
	field: INodeProperties;
	parameter: string;
}

/**
 * Keeps decisions that belong to a person from a language model. Only the text of an expression tells
 * who fills a parameter, so this holds for all items alike; what a model passes to a workflow as a whole
 * looks like any other input.
 *
 * - Guards, also those that are guards only while another parameter is on, and secrets: no model fills
 *   them. A secret that a model gives has been seen by it. What is a guard by a word in it is looked at for
 *   each item: `wordGuard`.
 * - Where a secret goes: no model chooses it. One that could might choose the item, and read it there.
 * - Targets, what an operation ends, replaces or opens to others, and in which tenant: only where a person has
 *   turned on 'Let AI Model Choose', or where the operation changes nothing since it is a dry run.
 *
 * @param itemOptions What the vendor has for each item, such as the tenant to work in.
 * @throws Failure that names the parameter; nothing has been sent
 */
export function demandPerson<Api>(
	context: IExecuteFunctions,
	operation: Operation<Api>,
	itemOptions: INodeProperties[] = [],
): void {
	const { targets, guards = [], guardsWhere = {} } = operation.byPerson ?? {};
	const isTool = isCalledByAgent(context);
	const isFromModel = fromModel(isTool);
	const asWritten = ({ field, parameter }: Location): unknown => {
		const value = context.getNodeParameter(parameter, 0, '', { rawExpressions: true });
		return parameter === field.name ? value : within(value, field.name);
	};
	const isFilled = (location: Location) => holds(asWritten(location), isFromModel);

	const locations = operation.fields.flatMap((field) => locationsIn(field, field.name));
	const isOn = (name: string) =>
		locations.some(
			(location) => location.field.name === name && [asWritten(location)].flat().some(Boolean),
		);
	const guarded = Object.keys(guardsWhere).filter((name) => isOn(guardsWhere[name] as string));
	const guard = locations.find(
		(location) =>
			([...guards, ...guarded].includes(location.field.name) || isSecret(location.field)) &&
			isFilled(location),
	);
	if (guard) throw filledByModel(guard.field, isSecret(guard.field) ? SEEN : LIFTED);
	const way = secretWays(operation).find((field) => isFilled({ field, parameter: OPTIONS }));
	if (way) throw filledByModel(way, CHOSEN);
	const places = itemOptions.map((field) => ({ field, parameter: OPTIONS }));
	if (targets === undefined) {
		const place = issuesSecret(operation) ? places.find(isFilled) : undefined;
		if (place) throw filledByModel(place.field, PLACE);
		return;
	}

	const leave = { field: modelMayChoose, parameter: OPTIONS };
	if (isFilled(leave)) throw filledByModel(modelMayChoose, LIFTED);
	const isDryRun = locations.some(
		(location) => location.field.name === 'dryRun' && [asWritten(location)].flat().includes(true),
	);
	if (isDryRun) return;
	const target = [...locations.filter(({ field }) => targets.includes(field.name)), ...places].find(
		isFilled,
	);
	const isChosen = target !== undefined || (targets.length === 0 && isTool);
	// As it is written: an expression is not a person's word.
	if (!isChosen || [asWritten(leave)].flat().includes(true)) return;
	if (target) throw filledByModel(target.field, ASK);
	throw inputFailure(`'${operation.name}' is not for an AI agent, and nothing was sent`, ASK);
}

/**
 * Keeps a model from words that make something else of a text (`guardsBy`).
 *
 * @returns the check of the parameters of one item, as they are used; it throws a Failure
 */
export function wordGuard<Api>(
	context: IExecuteFunctions,
	operation: Operation<Api>,
): (values: IDataObject) => void {
	const isFromModel = fromModel(isCalledByAgent(context));
	const texts = Object.entries(operation.byPerson?.guardsBy ?? {}).filter(([name]) =>
		holds(context.getNodeParameter(name, 0, '', { rawExpressions: true }), isFromModel),
	);
	return (values) => {
		for (const [name, part] of texts) {
			const word = part.exec(String(values[name]))?.[0];
			const field = operation.fields.find((one) => one.name === name);
			if (word && field) {
				throw filledByModel(field, `With '${word}' it changes something. ${LEFT_OUT}`);
			}
		}
	};
}

/**
 * A parameter that chooses what the node does. The editor takes no expression there; a workflow's JSON does.
 *
 * @throws Failure where a model has chosen
 */
export function chosenByPerson(context: IExecuteFunctions, name: 'resource' | 'operation'): string {
	const written: unknown = context.getNodeParameter(name, 0, '', { rawExpressions: true });
	if (holds(written, fromModel(isCalledByAgent(context)))) {
		const displayName = name === 'resource' ? 'Resource' : 'Operation';
		throw filledByModel({ displayName }, 'Choose it in the node.');
	}
	return context.getNodeParameter(name, 0, '') as string;
}

/** The collection that every operation has (see description.ts). */
const OPTIONS = 'options';

function secretWays<Api>(operation: Operation<Api>): INodeProperties[] {
	return operation.secretPaths ? secretOptions(issuesSecret(operation)) : [];
}

const CHOSEN =
	'A person must choose where a secret goes: a model could choose the item and read it there. Set the option in the node, and take a public key from the step that knows it.';
const LIFTED =
	'This field lifts a safeguard or confirms work that was done, so an AI model must not fill it. Enter it in the node, or take it from an earlier step.';
const LEFT_OUT = 'Leave that out, or enter the whole in the node.';
const SEEN =
	"A secret that a model passes has been seen by it, and stays in its memory and logs. Take it from the step that reads or makes it, encrypted for the credential's 'Recipient Private Key' if you like.";
const PLACE = 'A person must choose where a secret is issued: enter it in the node.';
const ASK = `What this operation ends, replaces or opens to others has to be chosen by a person: enter it in the node, or give the agent a workflow that asks somebody first. Where a person reviews each call of this tool, turn on '${modelMayChoose.displayName}' in the node's options.`;

function filledByModel(
	{ displayName }: Pick<INodeProperties, 'displayName'>,
	advice: string,
): Failure {
	return inputFailure(`'${displayName}' was filled by an AI model, and nothing was sent`, advice);
}

const isSecret = ({ typeOptions }: INodeProperties) => typeOptions?.password === true;

function locationsIn(field: INodeProperties, parameter: string): Location[] {
	const inner = (field.options ?? []).flatMap((entry) => {
		if ('values' in entry) return entry.values;
		return 'type' in entry ? [entry] : [];
	});
	return [{ field, parameter }, ...inner.flatMap((entry) => locationsIn(entry, parameter))];
}

/** What stands under a name at any depth of a collection. */
function within(value: unknown, name: string): unknown {
	if (typeof value !== 'object' || value === null) return undefined;
	return Object.entries(value).flatMap(([key, entry]: [string, unknown]) => {
		if (key === name) return [entry];
		return typeof entry === 'object' ? [within(entry, name)].flat() : [];
	});
}

/** Whether an expression in a value, at any depth, takes something from a model. */
function holds(value: unknown, isFromModel: (text: string) => boolean): boolean {
	if (typeof value === 'string') return value.startsWith('=') && isFromModel(value);
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some((entry) => holds(entry, isFromModel));
}
