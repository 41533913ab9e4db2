import type { IDataObject } from 'n8n-workflow';
import { asText } from '../../../shared/read';
import { readId, readText, readWith } from '../../../shared/item';
import type { Result } from '../../../shared/operation';
import { item } from '../shared/operation';
import {
	customFieldsOf,
	dateFields,
	orElse,
	recordBoolean,
	recordId,
	recordText,
	said,
	withoutSecretFields,
} from '../shared/recordValues';

/** What a record of an account does not say of itself. */
export interface AccountContext {
	resourceId: string | null;
	resourceName: string | null;
	accountId?: string;
	accountName?: string | null;
	zone: string | undefined;
}

const COMPLIANCE: Record<string, boolean> = { compliant: true, 'non-compliant': false };

function complianceOf(status: unknown): boolean | undefined {
	return COMPLIANCE[asText(status)?.trim().toLowerCase() ?? ''];
}

/**
 * An account, from the list of its resource (docs/api/pam360.md, "Listing accounts") or from its
 * details (docs/api/pam360.md, "Details of an account"). Each knows what the other does not: the rest
 * is null.
 */
export function accountResult(record: IDataObject, context: AccountContext): Result {
	const { resourceId, resourceName, accountId, accountName, zone } = context;
	return {
		item: item('account', {
			id: orElse(readId(record['ACCOUNT ID']), accountId),
			name: orElse(readText(record['ACCOUNT NAME']), accountName),
			resourceId,
			resourceName,
			passwordId: recordId(record.PASSWDID),
			description: recordText(record.ACCOUNT_DESCRIPTION ?? record.DESCRIPTION),
			passwordPolicy: recordText(record['ACCOUNT PASSWORD POLICY'] ?? record['PASSWORD POLICY']),
			passwordStatus: readText(record['PASSWORD STATUS']),
			reasonRequired: recordBoolean(record.ISREASONREQUIRED),
			ticketRequired: recordBoolean(record.IS_TICKETID_REQD_MANDATORY),
			compliant: readWith(complianceOf, said(record['COMPLIANT STATUS'])),
			complianceReason: recordText(record['COMPLIANT REASON']),
			expiryStatus: recordText(record['EXPIRY STATUS']),
			...dateFields('lastAccessedAt', record['LAST ACCESSED TIME'], zone),
			...dateFields('lastModifiedAt', record['LAST MODIFIED TIME'], zone),
			customFields: customFieldsOf(record),
		}),
		raw: withoutSecretFields(record),
	};
}
