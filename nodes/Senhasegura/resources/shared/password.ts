import { z } from 'zod';
import { refuse } from '../../../shared/input';
import { param } from '../../../shared/param';

/** Passwords are not trimmed: one may begin or end with spaces. */
const text = z.string({ errorMap: () => ({ message: 'must be a text' }) });

export const requiredPassword = text.min(1, 'is required');

/** Empty, as the editor leaves it, is not given. */
export const optionalPassword = text.optional().transform((value) => value || undefined);

/** A parameter for a password that may be left out. */
export function passwordParam<const Name extends string>(
	displayName: string,
	name: Name,
	description: string,
) {
	return param(
		{
			displayName,
			name,
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description,
		},
		optionalPassword,
	);
}

/**
 * A secret that white space around it is no part of, such as a key. Empty, as the editor leaves it, is not
 * given; nothing but white space is a secret that went missing.
 */
export const optionalSecret = z
	.union([z.string(), z.number().finite('must be a text'), z.null()], {
		errorMap: () => ({ message: 'must be a text' }),
	})
	.optional()
	.transform((value, context): string | undefined => {
		if (value === undefined || value === null || value === '') return undefined;
		return (
			String(value).trim() || refuse(context, 'is empty', 'If none is meant, remove the field.')
		);
	});

/** The same, and it must be there. */
export const requiredSecret = optionalSecret.transform(
	(value, context): string => value ?? refuse(context, 'is required'),
);
