import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { asId, asText } from '../../../shared/fields';
import { flag } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import { secretValue } from '../shared/secretValue';
import { readCredentialItem } from './credentialItem';
import { CREDENTIAL_SECRETS, readCredential } from './custody';
import { credentialField, credentialReference } from './fields';

/** `GET pam/credential/{id}`. Source: docs/api/senhasegura.md, "Reading a credential". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get credential',
	description: 'Read a credential with its password, which takes custody of it',
	// Custody is there to stay, also where another item or a cancellation stops the node.
	issues: 'custody grant',
	furtherTries: {
		are: 'harmless',
		because: 'custody that is taken again is the same one, at most for longer',
	},
	secretPaths: CREDENTIAL_SECRETS,
	readsSecret: true,
	fields: [
		credentialField,
		{
			displayName: 'Release Custody',
			name: 'releaseCustody',
			type: 'boolean',
			default: false,
			description:
				'Whether to release the custody, which reading takes, at once, also when the node fails afterwards. Where the credential has automatic change, the vault then changes the password that was read.',
		},
	],
	input: z.object({ credentialId: credentialReference, releaseCustody: flag }),
	async run(api: SenhaseguraApi, { credentialId, releaseCustody }) {
		return await readCredential(
			api,
			credentialId.value,
			releaseCustody,
			({ credential, body, hints }) => ({
				item: {
					vendor: 'senhasegura',
					type: 'credential',
					id: asId(credential.id),
					secret: secretValue(
						asText(credential.password) ?? credential.content,
						'the password of the credential',
					),
					...readCredentialItem(credential, api.serverTimeZone),
					custodyReleased: releaseCustody,
				},
				raw: body,
				hints,
				issued: !releaseCustody,
			}),
		);
	},
});
