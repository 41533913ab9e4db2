import { param } from '../../../shared/param';

/** By which a secret is found among those of its application. */
export const identity = param({
	displayName: 'Identity',
	name: 'identity',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. database-production',
	description: 'The unique name of the secret in the application of the authorization',
});
