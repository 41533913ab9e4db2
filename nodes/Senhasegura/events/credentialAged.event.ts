import { aged } from './aged';

/** From `GET pam/credential` (fact sheet 5.1). */
export const credentialAged = aged({
	name: 'Credential Older Than',
	value: 'credentialAged',
	action: 'On credential older than some days',
	noun: 'credential',
	isIt: ({ key }) => key === undefined,
});
