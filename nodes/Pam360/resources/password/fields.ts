import type { Pam360Api } from '../../api/client';
import { recordOf } from '../../api/envelope';
import type { Pam360Reply } from '../../api/envelope';
import { readable } from '../../../shared/charset';
import { Failure } from '../../../shared/failure';
import { required } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import { passwordPolicy } from '../shared/commonFields';

export const policy = required(
	passwordPolicy('POLICY').looking({
		default: 'Strong',
		description: 'The name of the policy in PAM360 that the password follows',
	}),
);

/** Where a password stands in an answer. */
export const PASSWORD_PATH = 'operation.Details.PASSWORD';

/**
 * The path of an account's password, for reading and changing it (docs/api/pam360.md, "Reading a
 * password" and "Resetting a password").
 */
export function passwordPath({ resourceId, accountId }: { resourceId: string; accountId: string }) {
	return `resources/${resourceId}/accounts/${accountId}/password`;
}

/**
 * The password in an answer, white space included.
 *
 * @throws Failure where there is none, or one that cannot have been read right
 */
export function passwordIn({ details, message }: Pam360Reply): string {
	const password = recordOf(details).PASSWORD;
	const text = typeof password === 'number' ? String(password) : password;
	if (typeof text === 'string' && text !== '') return readable(text, 'The password');
	throw new Failure('PAM360 reported success but returned no password', {
		kind: 'unusable',
		description: `It said: ${message || 'nothing'}. The account may hold a file, or no password yet.`,
	});
}

/**
 * `GET /passwords/generate` (docs/api/pam360.md, "Generating a password"; confirmed for Password
 * Manager Pro).
 */
export async function generatePassword(api: Pam360Api, details: ValuesOf<[typeof policy]>) {
	const reply = await api.read({ path: 'passwords/generate', details });
	return { password: passwordIn(reply), body: reply.body };
}
