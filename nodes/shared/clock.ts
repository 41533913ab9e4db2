import { DateTime } from 'luxon';

/** Below this, a difference is that of whole seconds and of the way of an answer. */
const NOTABLE_SECONDS = 2;

export const CLOCKS_AGREE = 'The clocks agree.';

/**
 * How the clock of a server differs from n8n's, as a sentence: for requests that are signed with the time.
 *
 * @param date The answer's header `Date`.
 * @returns empty where the server does not tell its time
 */
export function clockDifference(date: string | undefined): string {
	const server = date ? DateTime.fromHTTP(date) : undefined;
	if (!server?.isValid) return '';
	const seconds = Math.round((server.toMillis() - Date.now()) / 1000);
	if (Math.abs(seconds) < NOTABLE_SECONDS) return CLOCKS_AGREE;
	return `The server's clock is ${Math.abs(seconds)} seconds ${seconds > 0 ? 'ahead of' : 'behind'} n8n's.`;
}
