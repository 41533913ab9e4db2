import { param } from '../../../shared/param';
import { choice } from '../../../shared/input';
import { anyIdentifier, ownKeys } from '../shared/safeFields';
import { operation } from '../shared/operation';
import { safePasswords } from './entries';

/** `GET mysafe/password/{identifier}`. Source: docs/api/senhasegura.md, "MySafe passwords". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get MySafe password',
	description:
		'Read a password, its current one-time code, or the seed of its one-time codes, from MySafe',
	secretPaths: safePasswords.secretPaths,
	params: [
		ownKeys,
		anyIdentifier,
		param(
			{
				displayName: 'Content',
				name: 'content',
				type: 'options',
				options: [
					{
						name: 'One-Time Code',
						value: 'token',
						description: 'The current time-based one-time password (TOTP), valid for some seconds',
					},
					{ name: 'Password', value: 'password' },
					{
						name: 'TOTP Secret Key',
						value: 'secretKey',
						description: 'The seed of time-based one-time passwords',
					},
				],
				default: 'password',
				description: 'Which secret of the entry to read',
			},
			choice(['password', 'secretKey', 'token']).default('password'),
		),
	],
	async run(api, { identifier, content }) {
		const [name, what] = SECRETS[content];
		const result = await safePasswords.get(api, identifier, name, `${what} of the entry`);
		const { secret } = result.item;
		const read = content === 'token' ? withLeadingZeros(String(secret)) : secret;
		return { ...result, item: { ...result.item, secret: read, content } };
	},
});

/** The name of each secret in the vendor's record, and what it is. */
const SECRETS = {
	password: ['password', 'the password'],
	secretKey: ['secret_key', 'the TOTP secret key'],
	token: ['token', 'the one-time code'],
} as const;

/**
 * The vendor prints the code as a number (docs/api/senhasegura.md, "MySafe passwords"), which has no zeros
 * in front; a code has six digits at least (RFC 4226, 5.3).
 */
const withLeadingZeros = (code: string) => (/^\d+$/.test(code) ? code.padStart(6, '0') : code);
