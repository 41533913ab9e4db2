import { success } from './kit';

export const OTHER = 'canary-of-another-secret';

export const other = {
	secret_id: 107,
	secret_name: 'other',
	identity: 'other',
	version: '',
	expiration_date: '',
	engine: 'Generic',
	// A dynamic credential comes as an object.
	data: { my_key: OTHER },
};
export const application = (...secrets: object[]) =>
	success('Application 5', {
		application: {
			name: 'postman',
			description: null,
			tags: [''],
			system: 'back',
			environment: 'test',
			secrets,
		},
	});
