import { param } from './param';

/** The name of something new. */
export function nameOfNew(placeholder: string, description: string) {
	return param({
		displayName: 'Name',
		name: 'name',
		type: 'string',
		required: true,
		default: '',
		placeholder,
		description,
	});
}

/** The name that something has from now on. */
export const newName = param({
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	description: 'The new name',
});
