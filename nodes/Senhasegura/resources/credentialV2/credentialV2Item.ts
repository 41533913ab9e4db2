import type { IDataObject } from 'n8n-workflow';
import type { Result } from '../../../shared/operation';
import { idOfCredentialV2 } from '../../api/v2';
import { asObject, asText } from '../../../shared/read';
import { oddPart, readId, readList, readText, unread } from '../../../shared/item';
import { timeFields } from '../shared/vaultTime';
import { readYesNo } from '../shared/coded';
import { item } from '../shared/operation';

/**
 * @param zone The vault's zone, where the credential names it.
 * @param knownId The ID that was asked for: a projection may leave it out.
 */
export function credentialV2Result(
	record: IDataObject,
	zone: string | undefined,
	knownId?: string,
): Result {
	const credential = asObject(record.credential) ?? {};
	const device = asObject(record.device) ?? {};
	const parent = asObject(credential.parent_credential);
	return {
		item: item('credential', {
			id: knownId ?? idOfCredentialV2(record) ?? unread(record.id ?? credential.id),
			username: readText(credential.username),
			active: readYesNo(credential.active),
			passwordType: readText(credential.password_type),
			criticality: readText(credential.criticality),
			tags: readList(asText, credential.tags),
			owner: readText(credential.user_credential_owner),
			parentCredentialId: parent ? readId(parent.id) : unread(credential.parent_credential),
			parentCredentialUsername: readText(parent?.username),
			...timeFields('lastUsedAt', credential.last_used_at, zone),
			deviceId: readId(device.id),
			deviceName: readText(device.name),
			...oddPart('credential', record.credential),
			...oddPart('device', record.device),
		}),
		raw: record,
	};
}
