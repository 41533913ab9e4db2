import { recordedOf } from '../../unit/answers/recorded';
import type { VendorName } from '../../unit/answers/recorded';
import type { Exchange } from './exchanges';
import type { Case } from './operation';
import { asParameters } from './tenants';

/**
 * Of a case: what the first recorded answer of an operation was asked for, and what came.
 *
 * @param name `secret.deprovision`
 * @param calls That are made, one for each answer.
 */
export function asRecorded(
	vendor: VendorName,
	name: string,
	...calls: Array<Omit<Exchange, 'status' | 'reply'>>
): Pick<Case, 'parameters'> & { exchanges: Exchange[] } {
	const recorded = recordedOf(vendor).find(({ operation }) => operation === name);
	if (recorded?.answers.length !== calls.length) {
		throw new Error(`${name} has ${recorded?.answers.length ?? 'no'} recorded answers`);
	}
	return {
		parameters: asParameters(recorded.values),
		exchanges: calls.map((call, index) => ({ ...call, ...recorded.answers[index] }) as Exchange),
	};
}
