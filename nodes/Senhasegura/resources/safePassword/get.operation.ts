import { z } from 'zod';
import { demandSame } from '../../api/sameRecord';
import type { SenhaseguraApi } from '../../api/client';
import { choice, requiredText } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import { pathSegment } from '../../../shared/url';
import { secretValue } from '../shared/secretValue';
import { ownKeys } from './fields';
import { SECRETS, idOf, onePassword, safePasswordFields, withOnly } from './safePasswordItem';

/** `GET mysafe/password/{identifier}`. Source: docs/api/senhasegura.md, "MySafe passwords". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get MySafe password',
	description: 'Read a password, or the seed of its one-time passwords, from MySafe',
	secretPaths: SECRETS,
	fields: [
		ownKeys,
		{
			displayName: 'Identifier',
			name: 'identifier',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 312',
			description: 'The number by which MySafe knows the entry',
		},
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
	],
	input: z.object({
		identifier: requiredText,
		content: choice(['password', 'secretKey']).default('password'),
	}),
	async run(api: SenhaseguraApi, { identifier, content }) {
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
			raw: { ...body, password_entity: withOnly(value, { [name]: secret }) },
			hints,
		};
	},
});
