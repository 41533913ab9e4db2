import { demandSame } from '../../api/sameRecord';
import { param } from '../../../shared/param';
import { choice } from '../../../shared/input';
import { pathSegment } from '../../../shared/url';
import { secretValue } from '../shared/secretValue';
import { idOf } from '../shared/safeEntry';
import { anyIdentifier, ownKeys } from '../shared/safeFields';
import { operation } from '../shared/operation';
import { onePassword, safePasswordFields, SECRETS, withOnlySecret } from './safePasswordItem';

/** `GET mysafe/password/{identifier}`. Source: docs/api/senhasegura.md, "MySafe passwords". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get MySafe password',
	description: 'Read a password, or the seed of its one-time passwords, from MySafe',
	secretPaths: SECRETS,
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
		const { value, body, hints } = await api.read({
			path: `mysafe/password/${pathSegment(identifier)}`,
			answer: onePassword,
			secrets: SECRETS,
			what: 'the entry',
		});
		demandSame(idOf(value), identifier, 'entry');
		const name = content === 'password' ? 'password' : 'secret_key';
		const what = content === 'password' ? 'the password' : 'the TOTP secret key';
		const secret = secretValue(value[name], `${what} of the entry`);
		return {
			item: { ...safePasswordFields(value), content, secret },
			raw: { ...body, password_entity: withOnlySecret(value, { [name]: secret }) },
			hints,
		};
	},
});
