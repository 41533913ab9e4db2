import { advice } from './advice';
import { parseJson } from './answer';
import { Failure } from './failure';
import type { Lane } from './lane';
import type { Reply, Request } from './request';
import { rateLimitWait } from './runOptions';
import { askedWait } from './wait';

/**
 * The failure of a request that was refused because there were too many, after it has waited as long as it
 * may: nothing was done.
 *
 * @param vendor The vendor's name.
 * @param more Sentences on what the vendor bears, and what it said.
 */
export function tooMany(
	vendor: string,
	{ headers, waited = 0 }: Pick<Reply, 'headers' | 'waited'>,
	...more: string[]
): Failure {
	const waitMs = askedWait(headers) ?? 0;
	const sentences = [
		'It was refused with 429.',
		waited > 0 && `It was sent again for ${span(waited)} without success.`,
		waitMs > 0 && `The server asks to wait ${another(waitMs)}.`,
		LATER,
		...more,
	];
	return new Failure(`${vendor} accepts no more requests at the moment`, {
		kind: 'refused',
		code: '429',
		description: sentences.filter(Boolean).join(' '),
		declared: { cause: 'rate-limited' },
	});
}

const LATER = advice(
	'options',
	`Try again later, let fewer executions run at the same time, or raise '${rateLimitWait.displayName}' in the node's options.`,
	'Try again later, or let fewer executions run at the same time.',
);

const TAKEN_LATER = advice(
	'options',
	`Try again later, or raise '${rateLimitWait.displayName}' in the node's options.`,
	'Try again later.',
);

/** What is longer than this is data. */
const LONGEST_REFUSAL = 10_000;

/** The JSON of an answer that HTTP calls a success, if it may be a refusal for the rate of requests. */
export function mayBeTooMany({ status, text }: Pick<Reply, 'status' | 'text'>): unknown {
	const isShort = status < 300 && text.length <= LONGEST_REFUSAL;
	return isShort && text.includes('429') ? parseJson(text) : undefined;
}

/** A request that came too late to what it rests on: nothing was sent, and that is to be looked at again. */
export class NotInTime extends Failure {}

/**
 * The failure of a request that got no turn in the lane: it cannot wait as long as the server wants to be
 * left alone, or it was to be sent within a time that is over.
 */
export function noTurn({ url }: Request, lane: Lane, until = Infinity): Failure {
	const { host } = new URL(url);
	if (performance.now() > until) {
		return new NotInTime(`A request to ${host} did not get its turn in time, and was not sent`, {
			kind: 'notSent',
			description:
				'The check that this request rests on is too old by now. Nothing more was changed. Run the workflow again, when fewer requests to this server are waiting.',
			declared: { cause: 'rate-limited' },
		});
	}
	return new Failure(`${host} takes no more requests at the moment, and nothing was sent`, {
		kind: 'notSent',
		description: `It has answered that it gets too many requests (HTTP 429), or is not available (HTTP 503), and asks to wait ${another(lane.heldFor)}. That is longer than this request may still wait. ${TAKEN_LATER}`,
		declared: { cause: 'rate-limited' },
	});
}

function another(milliseconds: number): string {
	return milliseconds > YEAR_MS ? 'for more than a year' : `another ${span(milliseconds)}`;
}

/** Milliseconds in words, in a unit that a person can grasp. */
function span(milliseconds: number): string {
	const [, unit, name] = UNITS.find(([from]) => milliseconds >= from) as Unit;
	const count = Math.ceil(milliseconds / unit);
	return `${count} ${name}${count === 1 ? '' : 's'}`;
}

/** From how many milliseconds on it is used, how many it has, and its name. */
type Unit = [number, number, string];

const YEAR_MS = 365 * 86_400_000;

const UNITS: Unit[] = [
	[172_800_000, 86_400_000, 'day'],
	[7_200_000, 3_600_000, 'hour'],
	[600_000, 60_000, 'minute'],
	[0, 1000, 'second'],
];
