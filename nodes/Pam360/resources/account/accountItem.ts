import type { IDataObject } from 'n8n-workflow';
import { asBoolean, asId, asText } from '../../../shared/fields';
import type { Result } from '../../../shared/operation';
import { customFieldsOf, dateFields, recordText, withoutSecretFields } from '../shared/values';

/** What a record of an account does not say of itself. */
export interface AccountContext {
	resourceId: string | null;
	resourceName: string | null;
	accountId?: string;
	accountName?: string | null;
	zone: string | undefined;
}

const COMPLIANCE: Record<string, boolean> = { compliant: true, 'non-compliant': false };

/**
 * An account, from the list of its resource (fact sheet 4.1) or from its details (4.2). Each knows
 * what the other does not: the rest is null.
 */
export function accountResult(record: IDataObject, context: AccountContext): Result {
	const { resourceId, resourceName, accountId, accountName, zone } = context;
	const compliance = asText(record['COMPLIANT STATUS'])?.trim().toLowerCase() ?? '';
	return {
		item: {
			vendor: 'pam360',
			type: 'account',
			id: asId(record['ACCOUNT ID']) ?? accountId ?? null,
			name: asText(record['ACCOUNT NAME']) ?? accountName ?? null,
			resourceId,
			resourceName,
			passwordId: asId(record.PASSWDID),
			description: recordText(record.ACCOUNT_DESCRIPTION ?? record.DESCRIPTION),
			passwordPolicy: recordText(record['ACCOUNT PASSWORD POLICY'] ?? record['PASSWORD POLICY']),
			passwordStatus: asText(record['PASSWORD STATUS']),
			reasonRequired: asBoolean(record.ISREASONREQUIRED),
			ticketRequired: asBoolean(record.IS_TICKETID_REQD_MANDATORY),
			compliant: COMPLIANCE[compliance] ?? null,
			complianceReason: recordText(record['COMPLIANT REASON']),
			expiryStatus: recordText(record['EXPIRY STATUS']),
			...dateFields('lastAccessedAt', record['LAST ACCESSED TIME'], zone),
			...dateFields('lastModifiedAt', record['LAST MODIFIED TIME'], zone),
			customFields: customFieldsOf(record),
		},
		raw: withoutSecretFields(record),
	};
}
