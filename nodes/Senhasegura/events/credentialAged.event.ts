import { aged } from './aged';

/** From `GET pam/credential` (docs/api/senhasegura.md, "Listing credentials"). */
export const credentialAged = aged({
	name: 'Credential Older Than',
	value: 'credentialAged',
	action: 'On credential older than some days',
	noun: 'credential',
	isIt: ({ key }) => key === undefined,
});
