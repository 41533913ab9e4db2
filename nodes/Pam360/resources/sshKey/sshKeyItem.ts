import type { IDataObject } from 'n8n-workflow';
import { fieldNamed } from '../shared/spelling';
import {
	dateFields,
	recordBoolean,
	recordId,
	recordNumber,
	recordText,
} from '../shared/recordValues';
import type { Result } from '../../../shared/operation';
import { item } from '../shared/operation';

/**
 * An SSH key that PAM360 manages; the field names are those of Key Manager Plus (docs/api/pam360.md,
 * "SSH keys").
 */
export function sshKeyResult(key: IDataObject, zone: string | undefined): Result {
	return {
		item: item('sshKey', {
			id: recordId(fieldNamed(key, 'KeyId')),
			name: recordText(fieldNamed(key, 'KeyName')),
			keyType: recordText(fieldNamed(key, 'KeyType')),
			keyLength: recordNumber(fieldNamed(key, 'KeyLength')),
			fingerprint: recordText(fieldNamed(key, 'FingerPrint')),
			hasPassphrase: recordBoolean(fieldNamed(key, 'isPassphraseAvailable')),
			createdBy: recordText(fieldNamed(key, 'CreatedBy')),
			...dateFields('createdAt', fieldNamed(key, 'CreationTime'), zone),
		}),
		raw: key,
	};
}
