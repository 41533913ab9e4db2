import { aged } from './aged';

/**
 * From `GET pam/credential`, where SSH keys are listed, too (docs/api/senhasegura.md, "Listing
 * credentials").
 */
export const sshKeyAged = aged({
	name: 'SSH Key Older Than',
	value: 'sshKeyAged',
	action: 'On SSH key older than some days',
	noun: 'SSH key',
	isIt: ({ key }) => key !== undefined,
});
