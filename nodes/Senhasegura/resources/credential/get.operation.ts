import { param } from '../../../shared/param';
import { asId, asText } from '../../../shared/read';
import { flag } from '../../../shared/input';
import { secretValue } from '../shared/secretValue';
import { item, operation } from '../shared/operation';
import { readCredentialItem } from './credentialItem';
import { CREDENTIAL_SECRETS, readCredential } from './custody';
import { credential } from './fields';

/** `GET pam/credential/{id}`. Source: docs/api/senhasegura.md, "Reading a credential". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get credential',
	description: 'Read a credential with its password, which takes custody of it',
	readsKeys: true,
	// Custody is there to stay, also where another item or a cancellation stops the node.
	issues: 'custody grant',
	furtherTries: {
		are: 'harmless',
		because: 'custody that is taken again is the same one, at most for longer',
	},
	secretPaths: CREDENTIAL_SECRETS,
	readsSecret: true,
	byPerson: { guards: ['releaseCustody'] },
	params: [
		credential,
		param(
			{
				displayName: 'Release Custody',
				name: 'releaseCustody',
				type: 'boolean',
				default: false,
				description:
					'Whether to release the custody that reading takes, at once and even if the node fails afterwards. If the credential has automatic change, the vault then changes the password that was read.',
			},
			flag,
		),
	],
	async run(api, { credentialId, releaseCustody }) {
		return await readCredential(
			api,
			credentialId.value,
			releaseCustody,
			({ credential, body, hints }) => ({
				item: item('credential', {
					id: asId(credential.id),
					secret: secretValue(
						asText(credential.password) ?? credential.content,
						'the password of the credential',
					),
					...readCredentialItem(credential, api.serverTimeZone),
					custodyReleased: releaseCustody,
				}),
				raw: body,
				hints,
				issued: !releaseCustody,
			}),
		);
	},
});
