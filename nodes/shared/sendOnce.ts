import type { Logger } from 'n8n-workflow';
import type { CallNotes } from './callNotes';
import { Failure, quoteVendor } from './failure';

/** What has to be known of a call that must not be made again by another try of the same one. */
interface Once {
	/** What names the call over all its tries. */
	identity: string[];
	notes?: CallNotes;
	log: Pick<Logger, 'warn'>;
}

/** An earlier try in this process. */
interface Try {
	at: Date;
	/** How it ended, as a sentence; none while it is under way. */
	end?: string;
}

/** How many tries this process remembers. */
const MOST_TRIES = 10_000;

/** By what names the call; the oldest first. */
type Tries = Map<string, Try>;

const triesOfProcess: Tries = new Map();

/**
 * Sends what makes something anew each time, and cannot be looked up, once over all tries of a call: n8n's
 * Retry On Fail, and an execution that n8n's queue runs again after its worker has died. Only where a try
 * did nothing, another one is made.
 *
 * @param noun What is made, with its article: `an agent key`.
 * @param tries What a process remembers.
 * @throws Failure where an earlier try may have made it, or n8n cannot note that this one is made
 */
export async function sendOnce<T>(
	{ identity, notes, log }: Once,
	noun: string,
	send: () => Promise<T>,
	tries = triesOfProcess,
): Promise<T> {
	const name = JSON.stringify(identity);
	const earlier = tries.get(name);
	if (earlier) throw begunBefore(identity, noun, earlier);
	const own: Try = { at: new Date() };
	tries.set(name, own);
	if (tries.size > MOST_TRIES) tries.delete(tries.keys().next().value as string);
	const forget = async () => {
		tries.delete(name);
		await notes
			?.remove(name)
			.catch(() => log.warn(`A note of ${noun} that was not made could not be taken back`));
	};
	const isKnown = await notes?.noteOnce(name).catch((error: Error) => {
		tries.delete(name);
		throw notNoted(error);
	});
	if (isKnown) {
		tries.delete(name);
		throw begunBefore(identity, noun);
	}
	return await send().then(
		(made) => {
			own.end = `It made ${noun}.`;
			return made;
		},
		async (failure: Error) => {
			if (didNothing(failure)) await forget();
			else own.end = `It ended with: ${failure.message}.`;
			throw failure;
		},
	);
}

function didNothing(failure: unknown): boolean {
	if (!(failure instanceof Failure)) return false;
	return failure.kind === 'input' || failure.kind === 'notSent' || failure.kind === 'refused';
}

/** @param earlier What this process knows; another one has left no more than its note. */
function begunBefore([, , execution]: string[], noun: string, earlier?: Try): Failure {
	const what = `${noun} may have been issued by an earlier try of this execution`;
	const known = earlier
		? `The earlier try began at ${earlier.at.toISOString()}. ${earlier.end ?? 'It is still under way.'}`
		: "n8n's database has a note of it; the process that made it may have ended since. Notes are not atomic: that of a try which did nothing can come back where several processes write at once.";
	return new Failure(what.charAt(0).toUpperCase() + what.slice(1), {
		kind: 'lost',
		description: `Nothing was sent by this one. ${known} If nobody got it, start the workflow anew: another execution than ${execution} makes a new one.`,
	});
}

function notNoted(error: Error): Failure {
	return new Failure("The call could not be noted in n8n's database, and was not sent", {
		kind: 'notSent',
		description: `The note keeps another try of this execution from doing it twice. If the workflow has never been saved, save it; if it has, look after n8n's database: ${quoteVendor(error.message)}.`,
	});
}
