/** The error bodies of Cortex XSIAM, in the order of fact sheet 3.2, (1) to (10). */
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

/** A refusal, before it has a shape. */
export class VendorError extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly extra: string | null,
	) {
		super(message);
	}
}

export function errorBody({ status, message, extra }: VendorError, shape: ErrorShape): object {
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
		case 'extraObject':
			return { reply: { ...reply, err_extra: { err_msg: extra ?? message, query_cost: 0 } } };
		case 'extraArray': {
			const item = { type: 'value_error', loc: ['request_data'], msg: extra ?? message };
			return { reply: { ...reply, err_extra: [{ ...item, input: null, ctx: {} }] } };
		}
	}
}
