import type { IDataObject } from 'n8n-workflow';
import type { Result } from '../../../shared/operation';
import { idOfCredentialV2 } from '../../api/v2';
import { asBoolean, asId, asList, asObject, asText } from '../../../shared/fields';
import { vaultTime } from '../shared/vaultTime';

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
	const lastUsed = vaultTime(credential.last_used_at, zone);
	return {
		item: {
			vendor: 'senhasegura',
			type: 'credential',
			id: knownId ?? idOfCredentialV2(record),
			username: asText(credential.username),
			active: asBoolean(credential.active),
			passwordType: asText(credential.password_type),
			criticality: asText(credential.criticality),
			tags: asList(credential.tags).flatMap((tag) => asText(tag) ?? []),
			owner: asText(credential.user_credential_owner),
			parentCredentialId: asId(parent?.id),
			parentCredentialUsername: asText(parent?.username),
			lastUsedAt: lastUsed.at,
			lastUsedAtServerTime: lastUsed.serverTime,
			deviceId: asId(device.id),
			deviceName: asText(device.name),
		},
		raw: record,
	};
}
