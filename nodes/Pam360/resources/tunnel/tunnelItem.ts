import { recordOf } from '../../api/envelope';
import type { Pam360Reply } from '../../api/envelope';
import { Failure } from '../../../shared/failure';
import { asNumber } from '../../../shared/read';

/**
 * The number that an answer gives, as an ID.
 *
 * @param what It is, for messages: `the port of the tunnel`.
 * @throws Failure where there is none
 */
export function numberIn({ details, message }: Pam360Reply, key: string, what: string): string {
	const number = asNumber(recordOf(details)[key]);
	if (number !== null) return String(number);
	throw new Failure(`PAM360 reported success but did not return ${what}`, {
		kind: 'unusable',
		description: `It said: ${message || 'nothing'}. Look into the open connections in PAM360's console.`,
	});
}
