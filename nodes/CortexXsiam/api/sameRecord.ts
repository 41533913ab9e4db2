import { Failure } from '../../shared/failure';
import { otherId } from '../../shared/fields';

/**
 * Checks that a record is the one that was asked for: another one must not be shown in its place, nor
 * written back to it. One that does not tell its ID is taken for it.
 *
 * @param what What it is, for the message: `API key`.
 * @throws Failure where the record plainly is another one
 */
export function demandSame(asked: string, given: unknown, what: string): void {
	const id = otherId(given, asked);
	if (id === undefined) return;
	throw new Failure(`Cortex XSIAM was asked for the ${what} ${asked} and gave ${id}`, {
		kind: 'refused',
		description: 'Its answer cannot be relied on, and nothing was changed. Try again.',
	});
}
