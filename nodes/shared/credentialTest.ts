import type { ICredentialTestRequest } from 'n8n-workflow';

/**
 * The rules of a credential test. n8n compares values of the answer and runs no code of ours, and takes
 * an answer that no rule speaks of for a success.
 */
type Rule =
	| { type: 'responseCode'; properties: { value: number; message: string } }
	| { type: 'responseSuccessBody'; properties: { key: string; value: unknown; message: string } };

/** Fails on an HTTP status. */
export function onStatus(value: number, message: string): Rule {
	return { type: 'responseCode', properties: { value, message } };
}

/** Fails on a value inside a JSON answer. */
export function onValue(key: string, value: unknown, message: string): Rule {
	return { type: 'responseSuccessBody', properties: { key, value, message } };
}

/** Fails on an answer without a body. */
export function onNothing(message: string): Rule {
	return onValue('length', 0, message);
}

/**
 * Fails when an answer lacks what every answer of the API has: the page of a proxy, another server.
 * Give it after the rules that know more.
 */
export function onMissing(key: string, message: string): Rule {
	return onValue(key, undefined, message);
}

/**
 * Fails when an answer is text and no JSON: the page of a proxy, another server. For an API whose answers
 * have no field in common; a text is told from an object by its constructor's name.
 */
export function onText(message: string): Rule {
	return onValue('constructor.name', 'String', message);
}

/** Redirects are not followed, since the secret would go along. */
export function onRedirect(message: string): Rule[] {
	return [301, 302, 307, 308].map((status) => onStatus(status, message));
}

/** The type of `rules` knows lists of one kind only; n8n reads mixed ones. */
export function rules(...list: Rule[]): ICredentialTestRequest['rules'] {
	return list as ICredentialTestRequest['rules'];
}
