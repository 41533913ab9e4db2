import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { SenhaseguraApi } from '../api/client';
import { filters } from '../../shared/description';
import { asId } from '../../shared/fields';
import type { Result } from '../../shared/operation';
import { listedCredentialItem } from '../resources/credential/credentialItem';
import { isSshKey, listCredentials, listedItem } from '../resources/shared/listed';
import { fitsListed, listedFilterInput, listedFilters } from '../resources/shared/listFilters';

/** What narrows down the records that an event watches. */
export const recordFilters = filters(...listedFilters);

const { hostname, identifier, username } = listedFilterInput;

export const recordFilterInput = z.object({ hostname, identifier, username });

/** A record of the list of credentials that can be told from others. */
export interface ListedRecord {
	id: string;
	record: IDataObject;
}

/** The records of `GET pam/credential`, which has no secrets and takes no custody (fact sheet 5.1). */
export async function listedRecords(
	api: SenhaseguraApi,
	wanted: z.output<typeof recordFilterInput>,
): Promise<ListedRecord[]> {
	const records = await listCredentials(api);
	return records.flatMap((record) => {
		const id = asId(record.id);
		const isWanted = fitsListed(record, { ...wanted, olderThanDays: undefined }, undefined);
		return id !== null && isWanted ? [{ id, record }] : [];
	});
}

/** The item that 'Get Many' gives of such a record, and more. */
export function recordResult(
	{ serverTimeZone }: SenhaseguraApi,
	{ record }: ListedRecord,
	more: IDataObject,
): Result {
	const item = isSshKey(record)
		? listedItem(record, 'sshKey', serverTimeZone)
		: listedCredentialItem(record, serverTimeZone);
	return { item: { ...item, ...more }, raw: record };
}
