import { group, param, sentAs } from '../../../shared/param';

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

/** For whom a dynamic secret is made up to 3.33 (docs/api/senhasegura.md, "DevOps Secret Manager"). */
export const container = group(
	sentAs('pod_name', {
		displayName: 'Pod Name',
		name: 'podName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. shop-7d4b9',
		description: 'The pod that uses the secret',
	}),
	sentAs('deploy', {
		displayName: 'Deployment',
		name: 'deploy',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. shop',
		description: 'The deployment that uses the secret',
	}),
	sentAs('namespace', {
		displayName: 'Namespace',
		name: 'namespace',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. production',
		description: 'The namespace of the container that uses the secret',
	}),
);
