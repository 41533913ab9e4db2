import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { Failure } from './failure';
import type { Result } from './operation';

/** What n8n and people are told of a run: items in the place of errors, and what the node cannot return. */

/** What happened, and what to do about it. */
export interface Said {
	message: string;
	description?: string | null;
}

/**
 * What happened as `error`, and that with what to do about it as `message`. By these two keys, and with
 * no `error` beside `json`, every n8n knows an item of the error output and keeps the input's fields in it.
 */
export function errorItem(said: Said, index: number): INodeExecutionData {
	return {
		json: { error: said.message, message: inOneText(said) },
		pairedItem: { item: index },
	};
}

/**
 * The JSON of an item that is no error, in a form that no n8n takes for one: n8n 2 runs a node again whose
 * first item has a field `error`, n8n 1 whatever that holds, and both make errors of `error` with
 * `message`, and of `$error` with `$json`.
 */
export function asData(json: IDataObject): IDataObject {
	const isLikeError = json.error !== undefined || '$error' in json;
	return isLikeError ? { raw: json } : json;
}

export const NESTED_HINT =
	"n8n treats an item with a field 'error' as failed. The vendor's answer has such a field, so the item holds the answer in its field 'raw'.";

export function inOneText({ message, description }: Said): string {
	return description ? `${message.replace(/\.$/, '')}. ${description}` : message;
}

/**
 * An error that says in its message what to do as well: of a node that it calls, n8n tells an AI agent
 * either the message or the description, by its release.
 */
export function saidAtOnce<Failed extends Said & Error>(error: Failed): Failed {
	return Object.assign(error, { message: inOneText(error), description: undefined });
}

export function notStarted(index: number, cause: number): INodeExecutionData {
	const message = 'Nothing was done for this item';
	return errorItem({ message, description: `Item ${cause} had failed before.` }, index);
}

/**
 * n8n's Retry On Fail drops the output of a node whose first item has an error, and runs it again:
 * where something was issued, another item comes first.
 */
export function keptFromRetry(output: INodeExecutionData[]): INodeExecutionData[] {
	const index = output.findIndex(({ json }) => json.error === undefined);
	const [kept] = output.slice(Math.max(index, 0));
	return kept ? [kept, ...output.filter((item) => item !== kept)] : output;
}

/**
 * A node that stops returns nothing: the description of its error, with what it issued until then.
 *
 * @param noun What an issued thing is called.
 * @param issued Names of what exists.
 * @param unknown What is known of the items after which something may exist.
 */
export function accountOf(
	description: string | null | undefined,
	noun: string,
	issued: string[],
	unknown: string[],
): string {
	const sentences = [
		description,
		issued.length > 0 &&
			`Before it stopped, the node issued ${issued.length} ${noun}${issued.length > 1 ? 's' : ''} that it cannot return now: ${issued.join('; ')}.`,
		unknown.length > 0 && `What became of other items is not known: ${unknown.join('; ')}.`,
		"To keep the results of the other items, set 'On Error' in the node's settings to continue.",
	];
	return sentences.filter(Boolean).join(' ');
}

/** The work was done; only the item could not be made, for example because a disk is full. */
export function notPutOut(noun: string, name: string, error: Error): Failure {
	const { message, description }: Said = error;
	return new Failure(`The ${noun} was issued, but the node could not return it: ${message}`, {
		kind: 'unusable',
		description: [`It exists, and its secret is lost: ${name}.`, description]
			.filter(Boolean)
			.join(' '),
	});
}

/** What a person can find the result of an item by; never its secret. */
export function nameOf({ item, ifNotReturned }: Result, index: number): string {
	return `item ${index}: ${[nameOfItem(item), ifNotReturned].filter(Boolean).join(', ')}`;
}

function nameOfItem(item: IDataObject): string {
	const { id, name, externalId, expiresAt, expiresAtServerTime } = item;
	// What is known to other systems, or to people, where there is no ID yet.
	const identifier = item.identifier ?? externalId ?? (id ? undefined : name);
	if (id) return `id ${String(id)}${identifier ? ` (${String(identifier)})` : ''}`;
	if (identifier) return String(identifier);
	const until = expiresAt ?? expiresAtServerTime;
	return until ? `valid until ${String(until)}` : 'without an id';
}
