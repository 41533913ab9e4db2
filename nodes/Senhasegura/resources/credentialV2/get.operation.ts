import { getCredentialV2 } from '../../api/v2';
import { additionalFields, param, picker } from '../../../shared/param';
import { textList } from '../../../shared/input';
import { locatedId } from '../../../shared/locator';
import { credentialList } from '../shared/lists';
import { operation } from '../shared/operation';
import { credentialV2Result } from './credentialV2Item';

/** A name such as `credential.username`; it ends up in the query. */
const FIELD = /^[a-z_]+(\.[a-z_]+)+$/;

/** `GET /api/v2/pam/credentials/{id}`. Source: docs/api/senhasegura.md, "API v2". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get credential API v2',
	description:
		'Get what is known of a credential, without its password and without taking custody. Needs version 4.2.2 or later.',
	readsKeys: true,
	params: [
		picker(
			{
				displayName: 'Credential',
				name: 'credentialId',
				description: 'The credential',
				list: credentialList,
				id: {
					regex: '^\\d{1,19}$',
					errorMessage: 'An ID has digits only',
					placeholder: 'e.g. 101',
				},
			},
			locatedId(/^\d{1,19}$/, 'must be the number of a credential'),
		),
		additionalFields(
			param(
				{
					displayName: 'Fields',
					name: 'fields',
					type: 'string',
					default: '',
					placeholder: 'e.g. credential.username, device.name',
					description:
						"The only fields to get, separated by commas, by the vendor's names. All others are null then.",
				},
				textList.refine(
					(names) => names.every((name) => FIELD.test(name)),
					'must be names such as credential.username',
				),
			),
		),
	],
	async run(api, { credentialId: id, additionalFields: { fields } }) {
		return credentialV2Result(await getCredentialV2(api, id, fields), api.serverTimeZone, id);
	},
});
