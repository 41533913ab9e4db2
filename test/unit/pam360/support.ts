import type { Reply } from '../../../nodes/shared/transport';

/** An answer as the transport gives it. */
export function reply(body: unknown, status = 200): Reply {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return { status, text, headers: {}, repeated: false };
}

/** PAM360's documented answer to an agent key call, with changes. */
export function agentKeyAnswer(
	changes: { result?: object; Details?: unknown; more?: object } = {},
): { operation: Record<string, unknown> } {
	return {
		operation: {
			result: {
				message: 'Agent key fetched successfully.',
				status: 'Success',
				statusCode: 20000,
				...changes.result,
			},
			Details: { agentKey: '3361ddf199e75933', agentKeyEndTime: '28/08/2025 18:14:49' },
			name: 'Fetch Agent Key',
			...('Details' in changes && { Details: changes.Details }),
			...changes.more,
		},
	};
}

export const UNKNOWN_TOKEN =
	'API key received is not associated to any user. Authentication failed.';
export const OTHER_HOST = 'User is not allowed to access from this host';

/** A failure as PAM360 tells it, inside HTTP 200. */
export function failedAnswer(message: string, result: object = {}, name = 'ANY OPERATION') {
	return { operation: { name, result: { status: 'Failed', message, ...result } } };
}
