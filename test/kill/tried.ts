import { bothKinds, type Kind, type PointResult, writeKinds } from './kinds';
import type { Entry } from './world/journal';

/** How n8n must have been left without an answer, or have got one, for a point to be one of its kind. */
const outcomes: Partial<Record<Kind, Entry['outcome']>> = {
	killBefore: 'undone',
	killAfter: 'lost',
	secondKillBefore: 'undone',
	secondKillAfter: 'lost',
	bothKillBefore: 'undone',
	bothKillAfter: 'lost',
	overtakenBefore: 'answered',
	overtakenAfter: 'answered',
	abreast: 'answered',
	late: 'lost',
	late5s: 'lost',
	late30s: 'lost',
	late3h: 'lost',
	parked: 'lost',
	refused: 'refused',
};

/** Why a point proves nothing: something else has happened than its kind says. */
export function whyNotTried(
	{ kind, number, caught, secondMet, secondLength, secondBlocked }: PointResult,
	requests: Entry[],
): string | undefined {
	const expected = requests.find((request) => request.number === number);
	if (caught === undefined) return `Nothing was asked for a ${number}th time.`;
	if (caught.label !== expected?.label) {
		return `Request ${number} was '${caught.label}' and not '${expected?.label}'.`;
	}
	const outcome = outcomes[kind];
	if (caught.outcome !== outcome) return `The request was ${caught.outcome} and not ${outcome}.`;
	// One that asks for nothing while it waits for the first has no request to be killed at, and is killed all the same.
	const waitsSilently = secondLength === 0 && secondBlocked === true;
	if (bothKinds.includes(kind) && secondMet !== true && !waitsSilently) {
		return 'The second run had ended before the request that it was to be killed at.';
	}
	if (secondLength === 0 && !secondBlocked)
		return 'The second run has asked for nothing: nothing overlapped.';
	// What is parked must be admitted when it is let go, or its work is never done.
	const parked = writeKinds.includes(kind);
	if (parked && caught.status === null) return 'The parked work was never done.';
	if (parked && (caught.status === 401 || caught.status === 403)) {
		return `The parked work was refused with ${caught.status}: it was not done.`;
	}
	return undefined;
}
