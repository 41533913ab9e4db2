import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { requiredText } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import { PASSWORD_PATH, generatePassword, policyField } from './fields';

/** `GET /passwords/generate`. Source: docs/api/pam360.md, "Generating a password". */
export const generate = operation({
	name: 'Generate',
	value: 'generate',
	action: 'Generate password',
	description: 'Make a password that obeys a policy. PAM360 stores it nowhere.',
	secretPaths: [PASSWORD_PATH],
	// PAM360 keeps nothing of it.
	readsSecret: false,
	fields: [policyField],
	input: z.object({ policy: requiredText }),
	async run(api: Pam360Api, { policy }) {
		const { password, body } = await generatePassword(api, policy);
		return {
			item: { vendor: 'pam360', type: 'password', id: null, secret: password, policy },
			raw: body,
		};
	},
});
