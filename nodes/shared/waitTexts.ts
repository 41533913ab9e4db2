import { Failure } from './failure';
import type { Lane } from './lane';
import type { Answer, Request } from './request';

/** What n8n's log is told of waiting, as sentences without the last period; never a path, which can hold secrets. */

export function turnAwaited({ url }: Request, lane: Lane, perSecond: number): string {
	const { waiting } = lane;
	const others = waiting === 1 ? '1 request waits' : `${waiting} requests wait`;
	const where = `${new URL(url).host}${waiting > 0 ? `, where ${others} already` : ''}`;
	return `A request waits for its turn at ${where}${paceOf(lane.rate(perSecond))}`;
}

/** @param wait Milliseconds until something is sent again. */
export function refusedFor({ url }: Request, wait: number, perSecond: number): string {
	return `${new URL(url).host} refused a request because there were too many (429). The next one is sent in ${seconds(wait)}${paceOf(perSecond)}`;
}

/** @param wait Milliseconds until the request is sent again. */
export function sentAgain({ url }: Request, outcome: Answer | Failure, wait: number): string {
	const what =
		outcome instanceof Failure
			? outcome.message
			: `${new URL(url).host} answered with HTTP ${outcome.status}`;
	return `${what}. The request is sent again in ${seconds(wait)}`;
}

function seconds(milliseconds: number): string {
	return `${(milliseconds / 1000).toFixed(1)} seconds`;
}

function paceOf(perSecond: number): string {
	return perSecond === Infinity ? '' : `, and at most ${Number(perSecond.toPrecision(2))} a second`;
}
