import type { Fields } from './fields';

/**
 * The error bodies of Cortex XSIAM, in the order of docs/api/cortex-xsiam.md, "Bodies of errors"; (1)
 * to (10).
 */
export const errorShapes = [
	'reply',
	'iam',
	'iamReply',
	'flat',
	'metadataCode',
	'errorCode',
	'error',
	'description',
	'extraObject',
	'extraArray',
] as const;

export type ErrorShape = (typeof errorShapes)[number];

interface Dress {
	/** The shape of its call; default: that of its path and status. */
	shape?: ErrorShape;
	/** What else `err_extra` holds where it is an object. */
	details?: Fields;
}

/** A refusal, before it has a shape. */
export class VendorError extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly extra: string | null,
		readonly dress: Dress = {},
	) {
		super(message);
	}
}

/** Plain wrong input, which the vendor answers with 500 (docs/api/cortex-xsiam.md, "Status codes"). */
export class InputError extends VendorError {
	constructor(extra: string) {
		super(500, 'An unexpected error occurred by XDR public API', extra);
	}
}

export const inputError = (extra: string): VendorError => new InputError(extra);

export const invalidInput = (extra: string): VendorError =>
	new VendorError(400, 'Got an invalid input while processing XDR public API', extra);

export const unauthorized = (): VendorError =>
	new VendorError(401, 'Public API request unauthorized', null);

export const forbidden = (extra = 'Insufficient permissions for api key'): VendorError =>
	new VendorError(403, 'Forbidden. Access was denied to this resource.', extra);

export const notFound = (): VendorError => new VendorError(404, 'Not Found', null);

/** A refusal of `/platform`, shape (2). */
export const iamInvalid = (extra: string): VendorError =>
	new VendorError(400, 'The request contains invalid or missing parameters.', extra);

/** A refusal of the issue and case families, shape (7): it names no reason. */
export const invalidRequestData = (): VendorError =>
	new VendorError(400, 'Invalid request data', null, { shape: 'error' });

export function errorBody(
	{ status, message, extra, dress }: VendorError,
	shape: ErrorShape,
): object {
	const reply = { err_code: status, err_msg: message, err_extra: extra };
	switch (shape) {
		case 'reply':
			return { reply };
		case 'iam':
			return { data: { err_msg: message, metadata: { err_extra: extra, err_code: status } } };
		case 'iamReply':
			return { data: { reply } };
		case 'flat':
			return { ...reply, err_code: String(status) };
		case 'metadataCode':
			return { err_msg: message, metadata: { code: status } };
		case 'errorCode':
			return { errorCode: String(status), message, details: extra };
		case 'error':
			return { error: extra ?? message };
		case 'description':
			return { description: message, errors: extra === null ? [] : [extra] };
		case 'extraObject': {
			const told = { err_msg: extra ?? message, query_cost: 0, ...dress.details };
			return { reply: { ...reply, err_extra: told } };
		}
		case 'extraArray': {
			const item = { type: 'value_error', loc: ['request_data'], msg: extra ?? message };
			return { reply: { ...reply, err_extra: [{ ...item, input: null, ctx: {} }] } };
		}
	}
}

/**
 * The shape in which a refusal goes out by itself: (1) where nothing else is known
 * (docs/api/cortex-xsiam.md, "Bodies of errors").
 */
export function naturalShape({ status, dress }: VendorError, path: string): ErrorShape {
	if (dress.shape) return dress.shape;
	if (status === 422) return 'extraArray';
	const platform = path.startsWith('/platform/');
	if (platform && status === 400) return 'iam';
	if (platform && status === 403) return 'iamReply';
	return 'reply';
}
