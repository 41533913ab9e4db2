import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Failure as DeclaredFailure, INode, JsonObject } from 'n8n-workflow';
import { CUT, REDACTED, oneLine, scrub } from './scrub';

export { scrub };

/**
 * What is known about a call that did not give an answer that can be used.
 *
 * - `input`: nothing was sent, a parameter or a credential field has to change.
 * - `notSent`: the call never reached the vendor (no connection, no trust, no token).
 * - `refused`: the vendor said no; nothing was done.
 * - `lost`: it was sent and nobody knows what became of it.
 * - `unusable`: it was done, but the answer lacks what was asked for.
 */
export type FailureKind = 'input' | 'notSent' | 'refused' | 'lost' | 'unusable';

export interface FailureDetails {
	kind: FailureKind;
	/** What the user can do about it: whole sentences, shown below the message. */
	description?: string;
	/** The HTTP status of the answer, or the code of the connection error. */
	code?: string;
	/** What n8n may conclude, for example that a later attempt can succeed. */
	declared?: DeclaredFailure;
}

/**
 * The one kind of error that `api` and `resources` throw. It holds texts only: no request, no answer
 * and no cause, so that nothing secret travels with it. The frame turns it into n8n's own errors.
 */
export class Failure extends Error {
	override readonly name = 'Failure';

	readonly kind: FailureKind;

	readonly description?: string;

	readonly code?: string;

	readonly declared?: DeclaredFailure;

	/** @param message One sentence: what happened, and the parameter or credential field it concerns. */
	constructor(message: string, details: FailureDetails) {
		super(message);
		this.kind = details.kind;
		this.description = details.description;
		this.code = details.code;
		this.declared = details.declared;
	}

	/** The same failure with more to say, for example which keys may exist. */
	with(changes: Partial<FailureDetails> & { message?: string }): Failure {
		const { kind, description, code, declared } = this;
		return new Failure(changes.message ?? this.message, {
			kind,
			description,
			code,
			declared,
			...changes,
		});
	}

	/** Adds sentences to the description. */
	plus(sentences: string): Failure {
		return this.with({ description: [this.description, sentences].filter(Boolean).join(' ') });
	}
}

/** For `catch` on what is read before a change. */
export function nothingChanged(thrown: unknown): never {
	throw thrown instanceof Failure ? thrown.plus('Nothing was changed.') : thrown;
}

/** For `catch` of what is read before anything is issued: a lost answer leaves nothing behind then. */
export function nothingIssuedYet(thrown: unknown): never {
	throw thrown instanceof Failure && thrown.kind === 'lost'
		? thrown.with({ kind: 'refused' })
		: thrown;
}

/** A parameter or credential field that has to change before anything is sent. */
export function inputFailure(message: string, description?: string): Failure {
	return new Failure(message, { kind: 'input', description });
}

const LONGEST_VENDOR_TEXT = 300;

/** A vendor's text, fit for a sentence of ours: one line, bounded, without its final period. */
export function quoteVendor(text: string): string {
	const line = oneLine(text);
	return line.length > LONGEST_VENDOR_TEXT ? line.slice(0, LONGEST_VENDOR_TEXT) + CUT : line;
}

/**
 * The node as it may stand in an error: n8n stores it there, with secrets that were typed into it.
 *
 * @param fields Names of parameters whose text is secret; expressions are left as they are.
 * @param secrets Values that must not appear anywhere else.
 */
export function withoutSecrets(node: INode, fields: string[], secrets: Iterable<string>): INode {
	const known = [...secrets];
	const clean = (value: unknown, name = ''): unknown => {
		if (typeof value === 'string') {
			const typed = value !== '' && !value.startsWith('=');
			return typed && (fields.includes(name) || holdsPrivateJwk(value))
				? REDACTED
				: scrub(value, known);
		}
		if (Array.isArray(value)) return value.map((entry) => clean(entry, name));
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(
			Object.entries(value).map(([key, entry]) => [key, clean(entry, key)]),
		);
	};
	return { ...node, parameters: clean(node.parameters) as INode['parameters'] };
}

/** A private key pasted where a public one was asked for; each text is gone through once for each name. */
function holdsPrivateJwk(text: string): boolean {
	return text.includes('"kty"') && /"d"\s*:/.test(text);
}

/** What a node gives up on that goes through values level by level; parameters are looked at before. */
const TOO_DEEP = new Failure("The server's answer is nested too deeply to be read", {
	kind: 'unusable',
	description:
		'It has thousands of levels. Whatever the call did is done. Narrow down what is read, for example with filters, or look at the record in the console.',
});

function isTooDeep(thrown: unknown): boolean {
	return thrown instanceof RangeError && thrown.message.includes('call stack');
}

/**
 * Turns whatever was thrown for one item into n8n's own error, with the item's index and no secret.
 *
 * @param secrets Values that are taken out of every text.
 */
export function toNodeError(
	node: INode,
	thrown: unknown,
	itemIndex: number,
	secrets: Iterable<string> = [],
): NodeApiError | NodeOperationError {
	if (thrown instanceof NodeApiError || thrown instanceof NodeOperationError) {
		thrown.context.itemIndex ??= itemIndex;
		return Object.assign(thrown, { node });
	}
	const failure =
		thrown instanceof Failure
			? thrown
			: isTooDeep(thrown)
				? TOO_DEEP
				: inputFailure(thrown instanceof Error ? thrown.message : String(thrown));
	const message = scrub(failure.message, secrets);
	const description = failure.description && scrub(failure.description, secrets);
	const { declared } = failure;
	const error =
		failure.kind === 'input'
			? new NodeOperationError(node, message, { description, itemIndex, failure: declared })
			: new NodeApiError(node, { message } as JsonObject, {
					message,
					description,
					itemIndex,
					httpCode: failure.code,
					failure: declared,
				});
	// n8n replaces a message in which it finds the name of a system error, "onePERMission" included.
	error.message = message;
	error.messages = [];
	return error;
}
