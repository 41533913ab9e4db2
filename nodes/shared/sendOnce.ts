import type { Logger } from 'n8n-workflow';
import type { CallNotes } from './callNotes';
import { Failure, quoteVendor } from './failure';
import type { Change } from './lost';
import { told, triesOfProcess, tryName } from './tries';
import type { Try } from './tries';

/** What has to be known of a call that must not be made again by another try of the same one. */
export interface Once {
	/** What names the call over all its tries. */
	identity: string[];
	/** What tells the credential from others; nothing of it can be read from this. */
	credential?: string;
	notes?: CallNotes;
	log: Pick<Logger, 'warn'>;
}

/** What is told of a call that is sent once, where its answer is lost. */
export interface SentOnce extends Change {
	mayHave: string;
	repeatable: false;
}

/** What `sendOnce` remembers a call by. */
export function onceName({ identity, credential = '' }: Pick<Once, 'identity' | 'credential'>) {
	return tryName('once', credential, ...identity);
}

/**
 * Sends what makes something anew each time, and cannot be looked up, once over all tries of a call: n8n's
 * Retry On Fail, and an execution that n8n's queue runs again after its worker has died. Only where a try
 * did nothing, another one is made.
 *
 * @param change What a try may have left, and where to find out.
 * @param send Gets the same, for the call that it makes.
 * @param tries What a process remembers.
 * @throws Failure where an earlier try may have done it, or n8n cannot note that this one is made
 */
export async function sendOnce<T>(
	call: Once,
	change: Omit<SentOnce, 'repeatable'>,
	send: (sent: SentOnce) => Promise<T>,
	tries = triesOfProcess,
): Promise<T> {
	const { identity, notes, log } = call;
	const { mayHave } = change;
	const name = onceName(call);
	const earlier = tries.of(name);
	if (earlier) throw triedBefore(identity, mayHave, earlier);
	const own = tries.begin(name, mayHave);
	// The note is the job's, whatever its credential is renewed to meanwhile.
	const note = JSON.stringify(identity);
	const isKnown = await notes?.noteOnce(note).catch((error: Error) => {
		tries.forget(name);
		throw notNoted(error);
	});
	if (isKnown) {
		tries.forget(name);
		throw triedBefore(identity, mayHave);
	}
	return await send({ ...change, repeatable: false }).then(
		(made) => {
			own.end = 'It went well.';
			return made;
		},
		async (failure: Error) => {
			if (!didNothing(failure)) {
				own.end = `It ended with: ${failure.message}.`;
				throw failure;
			}
			tries.forget(name);
			await notes
				?.remove(note)
				.catch(() => log.warn('The note of a call that did nothing could not be removed'));
			throw failure;
		},
	);
}

export function didNothing(failure: unknown): boolean {
	if (!(failure instanceof Failure)) return false;
	return failure.kind === 'input' || failure.kind === 'notSent' || failure.kind === 'refused';
}

/** Nothing was sent, since an earlier try may have done it. */
export class TriedBefore extends Failure {}

/** @param earlier What this process knows; another one has left no more than its note. */
export function triedBefore(
	[, , execution]: string[],
	mayHave: string,
	earlier?: Try,
): TriedBefore {
	const known = earlier
		? told(earlier)
		: "n8n's database has a note of it, and the process that wrote the note may have ended since. If several processes write such notes at once, the note of a try that did nothing can reappear.";
	return new TriedBefore(`${mayHave} by an earlier try of this execution`, {
		kind: 'lost',
		description: `This try sent nothing. ${known} If nobody got the result, start the workflow anew: any execution other than ${execution} does it again.`,
	});
}

/** The call cannot be told from a further try of it, so it is not made. */
export function notNoted(error: Error): Failure {
	return new Failure("The call could not be noted in n8n's database, and was not sent", {
		kind: 'notSent',
		description: `The note keeps another try of this execution from doing it twice. If the workflow has never been saved, save it; if it has, check n8n's database: ${quoteVendor(error.message)}.`,
	});
}
