import { picker } from '../../../shared/param';
import { refuse } from '../../../shared/input';
import { located } from '../../../shared/locator';
import type { Located } from '../../../shared/locator';
import { credentialList } from '../shared/lists';

/**
 * What the vendor's paths take: the ID, the identifier, or `username@hostname`
 * (docs/api/senhasegura.md, "Addresses").
 */
const credentialReference = located.transform(({ by, value }, context): Located => {
	const isNumber = /^\d+$/.test(value);
	if (by === 'id' && !isNumber) {
		return refuse(
			context,
			'must be a number',
			"To give an identifier or a user, choose 'By Name'.",
		);
	}
	if (by === 'name' && isNumber) {
		return refuse(
			context,
			'has an identifier of digits only, which the vault would read as an ID',
			'Choose the credential from the list, or give its ID.',
		);
	}
	if (value.split('@').length > 2) {
		return refuse(
			context,
			'has more than one @, and the vault cannot tell user and host apart then',
			'Choose the credential from the list, or give its ID or identifier.',
		);
	}
	return { by, value };
});

export const credential = picker(
	{
		displayName: 'Credential',
		name: 'credentialId',
		description:
			'The credential, from the list of the authorization, by its identifier or its user and host name, or by its ID',
		list: credentialList,
		id: {
			regex: '^[0-9]+$',
			errorMessage: 'The ID of a credential is a number',
			placeholder: 'e.g. 39',
		},
		byName: { placeholder: 'e.g. root@web-01, or an identifier' },
	},
	credentialReference,
);
