import { item, operation } from '../shared/operation';
import { PASSWORD_PATH, generatePassword, policy } from './fields';

/** `GET /passwords/generate`. Source: docs/api/pam360.md, "Generating a password". */
export const generate = operation({
	name: 'Generate',
	value: 'generate',
	action: 'Generate password',
	description: 'Make a password that follows a policy. PAM360 does not store it.',
	secretPaths: [PASSWORD_PATH],
	// PAM360 keeps nothing of it.
	readsSecret: false,
	params: [policy],
	async run(api, details) {
		const { password, body } = await generatePassword(api, details);
		return {
			item: item('password', { id: null, secret: password, policy: details.POLICY }),
			raw: body,
		};
	},
});
