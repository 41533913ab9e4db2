import type { IDataObject } from 'n8n-workflow';
import { asId, asNumber, asText } from '../../../shared/fields';
import type { Result } from '../../../shared/operation';
import { customFieldsOf, recordText, withoutSecretFields } from '../shared/values';

/**
 * A resource, from the list (fact sheet 3.1) or from the answer that goes with its accounts (4.1).
 * The list knows less: the rest is null.
 *
 * @param id What was asked for, where the record may not say.
 */
export function resourceResult(record: IDataObject, id: string | null = null): Result {
	return {
		item: {
			vendor: 'pam360',
			type: 'resource',
			id: asId(record['RESOURCE ID']) ?? id,
			name: asText(record['RESOURCE NAME']),
			resourceType: asText(record['RESOURCE TYPE']),
			description: recordText(record['RESOURCE DESCRIPTION']),
			owner: recordText(record['RESOURCE OWNER']),
			department: recordText(record.DEPARTMENT),
			location: recordText(record.LOCATION),
			dnsName: recordText(record['DNS NAME']),
			domainName: recordText(record['DOMAIN NAME']),
			url: recordText(record['RESOURCE URL']),
			passwordPolicy: recordText(record['RESOURCE PASSWORD POLICY'] ?? record['PASSWORD POLICY']),
			accountCount: asNumber(record.NOOFACCOUNTS),
			customFields: customFieldsOf(record),
		},
		raw: withoutSecretFields(record),
	};
}
