import { param } from '../../../shared/param';

/** A parameter for a password that may be left out. */
export function passwordParam<const Name extends string>(
	displayName: string,
	name: Name,
	description: string,
) {
	return param({
		displayName,
		name,
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description,
	});
}
