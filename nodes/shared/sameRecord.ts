import { Failure } from './failure';
import { asId } from './read';

const DIGITS = /^\d+$/;

/**
 * The ID of a record that plainly is another one than was asked for, as a wrong cache or proxy gives it
 * out. Numbers may have zeros before them, and letters come in either case. A number says nothing where
 * a name was asked for, and a name nothing where a number was.
 *
 * @param told What the record has for an ID.
 * @returns undefined where it is the one asked for, or does not tell
 */
function otherId(told: unknown, asked: string): string | undefined {
	const id = asId(told);
	if (id === null || DIGITS.test(id) !== DIGITS.test(asked)) return undefined;
	return plain(id) === plain(asked) ? undefined : id;
}

function plain(id: string): string {
	return (DIGITS.test(id) ? id.replace(/^0+(?=.)/, '') : id).toLowerCase();
}

/**
 * @param told The ID in the answer, whatever it is.
 * @param asked The ID of the record that the call was about.
 * @param what The record is, for the message: `API key`.
 * @param kind `lost` for the answer to a change: what became of that is not known then.
 * @throws Failure where the answer is plainly about another record
 */
export type DemandSame = (
	told: unknown,
	asked: string,
	what: string,
	kind?: 'unusable' | 'lost',
) => void;

/**
 * A vendor's check that an answer is about the record that was asked for: another one must not be shown
 * in its place, nor written back to it.
 */
export function sameRecord(vendor: string): DemandSame {
	return (told, asked, what, kind = 'unusable') => {
		const id = otherId(told, asked);
		if (id === undefined) return;
		throw new Failure(
			`${vendor} answered with another ${what} than the one asked for (${id} instead of ${asked})`,
			{
				kind,
				description: `The answer was not used. Check caches and proxies between n8n and ${vendor}: one of them may have mixed up two answers.`,
			},
		);
	};
}
