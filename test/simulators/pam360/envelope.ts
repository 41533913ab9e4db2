import type { PkiSuccess, Success } from './call';
import type { Failure } from './failures';
import { plainRecord } from './input';
import type { Pam360Settings } from './settings';

const idKey = /(^|[ _A-Z])ID$/u;
const flagKey = /^(IS|ALLOW|NEWSSH|isPass)|_(MANDATORY|RESTRICTED)$/u;

/** Rewrites ids and flags where the settings want other types than the usual strings. */
function retyped(settings: Pam360Settings, value: unknown): unknown {
	if (settings.idsAs === 'string' && settings.booleansAs === 'string') return value;
	if (Array.isArray(value)) return value.map((one: unknown) => retyped(settings, one));
	const fields = plainRecord(value);
	if (!fields) return value;
	const entries = Object.entries(fields).map(([key, one]): [string, unknown] => {
		const digits = typeof one === 'string' && /^\d+$/u.test(one);
		if (settings.idsAs === 'number' && idKey.test(key) && digits) return [key, Number(one)];
		if (settings.booleansAs === 'boolean' && flagKey.test(key)) {
			if (one === 'true' || one === 'false') return [key, one === 'true'];
		}
		return [key, retyped(settings, one)];
	});
	return Object.fromEntries(entries);
}

/** The answer of a call below `/restapi/json/v1` (docs/api/pam360.md, "The envelope"). */
export function envelope(settings: Pam360Settings, operation: string, success: Success): object {
	const { message, details, totalRows, withStatusCode = false, nameless = false } = success;
	const code = settings.statusCode;
	return {
		operation: {
			result: {
				message,
				status: success.status ?? settings.successStatus,
				...(withStatusCode &&
					code !== 'absent' && { statusCode: code === 'number' ? 20_000 : '20000' }),
			},
			...(totalRows !== undefined && { totalRows }),
			...(details !== undefined &&
				!settings.omitDetails && {
					[success.detailsKey ?? 'Details']: retyped(settings, details),
				}),
			...(!settings.omitName && !nameless && { name: operation }),
		},
	};
}

/** HTTP 200 all the same (docs/api/pam360.md, "Failures"). */
export function failureEnvelope(
	{ failureStatusCode }: Pam360Settings,
	operation: string,
	failure: Failure,
): object {
	// Recorded refusals of a token have no code.
	const hasCode = failureStatusCode !== null && failure.operation === undefined;
	return {
		operation: {
			name: failure.operation ?? operation,
			result: {
				status: 'Failed',
				message: failure.message,
				...(hasCode && { statusCode: failureStatusCode }),
			},
		},
	};
}

/**
 * An empty list has `totalRows` 0 and no Details at all (docs/api/pam360.md, "The envelope"); one that
 * is not counted has empty Details, so that it can be told from an answer without a list.
 */
export function listing(
	settings: Pam360Settings,
	message: string,
	rows: unknown[],
	found = rows.length,
): Success {
	return {
		message,
		...(settings.totalRowsOf !== 'none' && {
			totalRows: settings.totalRowsOf === 'page' ? rows.length : found,
		}),
		...((rows.length > 0 || settings.emptyLists === 'empty' || settings.totalRowsOf === 'none') && {
			details: rows,
		}),
	};
}

function pkiResult(settings: Pam360Settings, status: string, message: string): object {
	const result = { [settings.pkiStatusKey]: status, message };
	return settings.pkiResult === 'flat' ? result : { result };
}

/**
 * The answer of a call below `/api/pki/restapi` (docs/api/pam360.md, "The envelope of the key and
 * certificate calls").
 */
export function pkiEnvelope(settings: Pam360Settings, name: string, success: PkiSuccess): object {
	const { message, payload, totalRows, beside } = success;
	return {
		name,
		...pkiResult(settings, 'Success', message),
		...(totalRows !== undefined && { totalRows }),
		...(payload && {
			[settings.pkiPayload === 'details' ? 'details' : payload[0]]: retyped(settings, payload[1]),
		}),
		...(beside && plainRecord(retyped(settings, beside))),
	};
}

export function pkiFailure(settings: Pam360Settings, name: string, failure: Failure): object {
	if (settings.pkiFailures === 'error') return { error: { message: failure.message } };
	return { name: failure.operation ?? name, ...pkiResult(settings, 'Failed', failure.message) };
}
