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
	description: 'Read a password, or the seed of its one-time passwords, from MySafe',
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
			choice(['password', 'secretKey']).default('password'),
		),
	],
	async run(api, { identifier, content }) {
		const [name, what] =
			content === 'password' ? ['password', 'the password'] : ['secret_key', 'the TOTP secret key'];
		const result = await safePasswords.get(api, identifier, name, `${what} of the entry`);
		return { ...result, item: { ...result.item, content } };
	},
});
