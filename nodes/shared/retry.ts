import { Failure } from './failure';
import { TLS_CODE } from './httpErrors';
import type { Lane } from './lane';
import type { Answer, Request } from './request';
import { askedWait, backOff } from './wait';

const RETRIES = 3;

/** What a server answers that has too much to do, or is kept up. */
export const UNAVAILABLE = 503;

/** What a gateway or a server answers that has no answer now. */
const PASSING_STATUS = new Set([502, UNAVAILABLE, 504]);

/** A server that asks for a longer silence than this is not waited for. */
const LONGEST_WAIT_MS = 120_000;

/** A server that gave an answer within this time is there, and only too busy for one more connection. */
const ALIVE_MS = 60_000;

/**
 * When to send a request again, for another reason than the rate of requests: only what may be sent twice,
 * or was not sent at all.
 *
 * @param retry 1 for the first.
 * @returns milliseconds, or undefined where it is not sent again
 */
export function waitBeforeRetry(
	{ repeatable }: Request,
	outcome: Answer | Failure,
	retry: number,
	lane: Lane,
): number | undefined {
	if (retry > RETRIES) return undefined;
	if (outcome instanceof Failure) {
		if (!isConnectionFailure(outcome)) return undefined;
		return repeatable || hadNoRoom(outcome, lane) ? backOff(retry) : undefined;
	}
	if (!repeatable || !PASSING_STATUS.has(outcome.status)) return undefined;
	const wait = askedAfter(outcome) ?? backOff(retry);
	return wait > LONGEST_WAIT_MS ? undefined : wait;
}

/** How many refusals of one request may ask for next to no wait. */
const BELIEVED = 3;
const SHORTEST_BELIEVED_MS = 500;

/**
 * How long a request waits after it was refused for the rate of requests.
 *
 * @param hold How long nothing is sent anyway, in milliseconds.
 * @param refusal 1 for the first.
 */
export function waitAfterRefusal(outcome: Answer | Failure, hold: number, refusal: number): number {
	const asked = askedAfter(outcome);
	if (asked === undefined) return Math.max(hold, backOff(refusal));
	const isBelieved = refusal <= BELIEVED || asked >= SHORTEST_BELIEVED_MS;
	return Math.max(hold, asked, isBelieved ? 0 : backOff(refusal - BELIEVED));
}

/** How long the server wants to be left alone, in milliseconds; undefined where it does not say so. */
export function askedAfter(outcome: Answer | Failure): number | undefined {
	return outcome instanceof Failure ? undefined : askedWait(outcome.headers);
}

/** Whether a server that is there had no room for one more connection: nothing was sent. */
export function hadNoRoom(failure: Failure, lane: Lane): boolean {
	const isUnsent = failure.kind === 'notSent' && isConnectionFailure(failure);
	return isUnsent && lane.hasAnsweredWithin(ALIVE_MS);
}

/** Whether the connection failed in a way that can pass. */
function isConnectionFailure({ kind, code = '' }: Failure): boolean {
	if (TLS_CODE.test(code)) return false;
	// What has no code and was not sent did not fail at the connection.
	return kind === 'lost' || (kind === 'notSent' && code !== '');
}
