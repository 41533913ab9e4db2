import type { IDataObject } from 'n8n-workflow';
import { readId, readText } from '../../../shared/item';
import type { Result } from '../../../shared/operation';
import { item } from '../shared/operation';
import {
	customFieldsOf,
	orElse,
	recordNumber,
	recordText,
	withoutSecretFields,
} from '../shared/recordValues';

/**
 * A resource, from the list (docs/api/pam360.md, "Listing resources") or from the answer that goes with
 * its accounts (docs/api/pam360.md, "Listing accounts"). The list knows less: the rest is null.
 *
 * @param id What was asked for, where the record may not say.
 */
export function resourceResult(record: IDataObject, id: string | null = null): Result {
	return {
		item: item('resource', {
			id: orElse(readId(record['RESOURCE ID']), id),
			name: readText(record['RESOURCE NAME']),
			resourceType: readText(record['RESOURCE TYPE']),
			description: recordText(record['RESOURCE DESCRIPTION']),
			owner: recordText(record['RESOURCE OWNER']),
			department: recordText(record.DEPARTMENT),
			location: recordText(record.LOCATION),
			dnsName: recordText(record['DNS NAME']),
			domainName: recordText(record['DOMAIN NAME']),
			url: recordText(record['RESOURCE URL']),
			passwordPolicy: recordText(record['RESOURCE PASSWORD POLICY'] ?? record['PASSWORD POLICY']),
			accountCount: recordNumber(record.NOOFACCOUNTS),
			customFields: customFieldsOf(record),
		}),
		raw: withoutSecretFields(record),
	};
}
