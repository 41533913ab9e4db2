import type { IDataObject } from 'n8n-workflow';
import { fieldNamed } from '../shared/spelling';
import { dateFields, recordText } from '../shared/values';
import { asBoolean, asId, asNumber } from '../../../shared/fields';
import type { Result } from '../../../shared/operation';

/** An SSH key that PAM360 manages; the field names are those of Key Manager Plus (fact sheet 10). */
export function sshKeyResult(key: IDataObject, zone: string | undefined): Result {
	return {
		item: {
			vendor: 'pam360',
			type: 'sshKey',
			id: asId(fieldNamed(key, 'KeyId')),
			name: recordText(fieldNamed(key, 'KeyName')),
			keyType: recordText(fieldNamed(key, 'KeyType')),
			keyLength: asNumber(fieldNamed(key, 'KeyLength')),
			fingerprint: recordText(fieldNamed(key, 'FingerPrint')),
			hasPassphrase: asBoolean(fieldNamed(key, 'isPassphraseAvailable')),
			createdBy: recordText(fieldNamed(key, 'CreatedBy')),
			...dateFields('createdAt', fieldNamed(key, 'CreationTime'), zone),
		},
		raw: key,
	};
}
