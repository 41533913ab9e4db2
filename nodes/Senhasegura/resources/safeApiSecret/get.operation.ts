import { demandSame } from '../../api/sameRecord';
import { idOf } from '../shared/safeEntry';
import { identifier, ownKeys } from '../shared/safeFields';
import { secretValue } from '../shared/secretValue';
import { operation } from '../shared/operation';
import { apiSecretFields, oneApiSecret, SECRETS, withOnlySecret } from './apiSecretItem';

/** `GET mysafe/secretapi/{identifier}`. Source: docs/api/senhasegura.md, "MySafe API secrets". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get MySafe API secret',
	description: 'Read the client ID and secret of an API from MySafe',
	secretPaths: SECRETS,
	params: [ownKeys, identifier],
	async run(api, { identifier }) {
		const { value, body, hints } = await api.read({
			path: `mysafe/secretapi/${identifier}`,
			answer: oneApiSecret,
			secrets: SECRETS,
			what: 'the entry',
		});
		demandSame(idOf(value), identifier, 'entry');
		const secret = secretValue(value.client_secret, 'the client secret of the entry');
		return {
			item: { ...apiSecretFields(value), secret },
			raw: { ...body, api_secret_entity: withOnlySecret(value, { client_secret: secret }) },
			hints,
		};
	},
});
