import { NodeApiError } from 'n8n-workflow';
import type { JsonObject } from 'n8n-workflow';
import { Failure } from '../../../nodes/shared/failure';
import { Transport } from '../../../nodes/shared/transport';
import type { Caller, Request, TransportSettings } from '../../../nodes/shared/transport';
import { findSecrets } from '../../harness';
import { node } from './support';

export const URL_OF_CALL = 'https://vendor.example.com:8282/call';
export const read: Request = { method: 'GET', url: URL_OF_CALL, repeatable: true };
export const issue: Request = {
	method: 'POST',
	url: URL_OF_CALL,
	body: 'a=1',
	headers: { 'X-Own': 'yes' },
	repeatable: false,
};

export type Answer =
	{ statusCode?: number; headers?: Record<string, unknown>; body?: unknown } | Error;

/**
 * A transport whose calls meet the given answers in turn, the last one again and again.
 *
 * @param onCall What else happens when a call is made.
 */
export function transportTo(
	answers: Answer[],
	more: Partial<TransportSettings> = {},
	onCall: () => void = () => {},
) {
	const calls: unknown[][] = [];
	const callers: unknown[] = [];
	const times: number[] = [];
	const send = async function (this: unknown, ...call: unknown[]) {
		callers.push(this);
		times.push(performance.now());
		const answer = answers[Math.min(calls.length, answers.length - 1)];
		calls.push(call);
		onCall();
		if (answer instanceof Error) throw answer;
		return answer;
	};
	const caller = { helpers: { httpRequestWithAuthentication: send } } as unknown as Caller;
	const transport = new Transport(caller, {
		credentialType: 'vendorApi',
		credentials: { token: 'canary-token' },
		timeout: 60_000,
		perSecond: 0,
		...more,
	});
	/** How many milliseconds lay between the calls. */
	const waits = () => times.slice(1).map((time, index) => Math.round(time - times[index]!));
	return { transport, calls, callers, waits };
}

/** Lets the time of `fakeTime` pass until something is over. */
export async function inTime<T>(doing: Promise<T>): Promise<T> {
	let isOver = false;
	const over = () => (isOver = true);
	doing.then(over, over);
	while (!isOver) {
		await jest.advanceTimersToNextTimerAsync();
		await new Promise(setImmediate);
	}
	return await doing;
}

export const ok = { statusCode: 200, headers: { 'Content-Type': 'text/html' }, body: '{"a":1}' };
export const status = (statusCode: number, headers = {}) => ({ statusCode, headers, body: '' });

/** What n8n throws when its HTTP client fails. */
export function wrapped(cause: Error): NodeApiError {
	return new NodeApiError(node, cause as unknown as JsonObject);
}

/** An error as n8n's HTTP client makes it. */
export function axiosError(
	code: string | undefined,
	message: string,
	url: string | null = URL_OF_CALL,
) {
	const config = url === null ? undefined : { url, headers: { AUTHTOKEN: 'canary-token' } };
	return Object.assign(new Error(message), { isAxiosError: true, code, config });
}

export function withResponse(statusCode: number, data: unknown, url = URL_OF_CALL) {
	const error = axiosError('ERR_BAD_REQUEST', `Request failed with status code ${statusCode}`, url);
	return Object.assign(error, {
		response: { status: statusCode, data, headers: { 'X-A': 'b' } },
	});
}

export async function failureOf(sending: Promise<unknown>): Promise<Failure> {
	const failure = await inTime(sending).then(
		() => undefined,
		(error: unknown) => error,
	);
	expect(failure).toBeInstanceOf(Failure);
	expect(findSecrets(failure, ['canary-token'])).toEqual([]);
	return failure as Failure;
}

/** Time passes only where a test lets it. */
export function fakeTime(): void {
	jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
}

/** Each test of the file in a time of its own. */
export function inFakeTime(): void {
	beforeEach(() => fakeTime());
	afterEach(() => void jest.useRealTimers());
}

/** The same, where waits are not spread by chance. */
export function inEvenTime(): void {
	inFakeTime();
	beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0.5));
	afterEach(() => jest.restoreAllMocks());
}
