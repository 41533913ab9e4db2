import type { SenhaseguraTransition } from '../../api/calls';
import type { SenhaseguraApi } from '../../api/client';
import { additionalFields, param } from '../../../shared/param';
import { flag } from '../../../shared/input';
import type { Result } from '../../../shared/operation';
import { switchedResult } from '../../../shared/switching';
import { item } from './operation';

/**
 * For an operation that may find its work done: the option to take that for a success.
 *
 * @param state Title Case, as it completes "Succeed If".
 */
export function succeedIf(state: string) {
	return additionalFields(
		param(
			{
				displayName: `Succeed If ${state}`,
				name: 'succeedIfAlready',
				type: 'boolean',
				default: true,
				description:
					"Whether the item counts as a success, with 'changed' false, if there was nothing to change. Without this option the item fails with the vault's refusal.",
			},
			flag.default(false),
		),
	);
}

/** Disables or enables a thing. */
export async function disableOrEnable(
	api: SenhaseguraApi,
	{ type, id, enabled, ...call }: Omit<SenhaseguraTransition, 'method'> & Thing,
): Promise<Result> {
	const method = enabled ? 'PUT' : 'DELETE';
	const { changed, body } = await api.transition({ ...call, method });
	return switchedResult(item(type, { id, enabled, changed }), body);
}

interface Thing {
	type: string;
	/** As it was given. */
	id: string;
	enabled: boolean;
}
