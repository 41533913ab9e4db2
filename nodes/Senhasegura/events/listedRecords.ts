import type { IDataObject } from 'n8n-workflow';
import type { SenhaseguraApi } from '../api/client';
import { filters } from '../../shared/param';
import type { ValuesOf } from '../../shared/param';
import { asId } from '../../shared/read';
import type { Result } from '../../shared/operation';
import { listedCredentialItem } from '../resources/credential/credentialItem';
import {
	ageInDays,
	changedAt,
	isSshKey,
	listCredentials,
} from '../resources/shared/credentialList';
import { fitsListed, listedFilters } from '../resources/shared/listFilters';
import { DUE_AFTER_DAYS, listedKeyItem, listedKeys } from '../resources/sshKey/listedKey';
import type { ListedKey } from '../resources/sshKey/listedKey';

/** What narrows down the records that an event watches. */
export const recordFilters = filters(...listedFilters);

export type RecordFilters = ValuesOf<typeof listedFilters>;

/** A record of the list of credentials that can be told from others. */
export interface ListedRecord {
	id: string;
	record: IDataObject;
	/** In days; null where it is not known. */
	age: number | null;
	/** What it is as a key; undefined for a credential. */
	key?: ListedKey;
}

/**
 * The records of `GET pam/credential`, which has no secrets and takes no custody
 * (docs/api/senhasegura.md, "Listing credentials"). The helper records of rotations are left out.
 */
export async function listedRecords(
	api: SenhaseguraApi,
	wanted: RecordFilters,
): Promise<ListedRecord[]> {
	const records = await listCredentials(api);
	const now = Date.now();
	const credentials = records
		.filter((record) => !isSshKey(record))
		.map((record) => ({ record, age: ageInDays(changedAt(record, api.serverTimeZone), now) }));
	const keys = listedKeys(records, api.serverTimeZone, now)
		.filter(({ isOrphan }) => !isOrphan)
		.map((key) => ({ record: key.record, age: key.age, key }));
	return fitting([...credentials, ...keys], wanted);
}

/** The keys whose rotation is not finished, also those that are left of a key that is gone. */
export async function unfinishedKeys(
	api: SenhaseguraApi,
	wanted: RecordFilters,
): Promise<Array<ListedRecord & { key: ListedKey }>> {
	const keys = listedKeys(await listCredentials(api), api.serverTimeZone);
	const unfinished = keys.filter(({ rotation }) => rotation.state === 'unfinished');
	return fitting(
		unfinished.map((key) => ({ record: key.record, age: key.age, key })),
		wanted,
	);
}

function fitting<Entry extends Omit<ListedRecord, 'id'>>(
	entries: Entry[],
	wanted: RecordFilters,
): Array<Entry & { id: string }> {
	return entries.flatMap((entry) => {
		const id = asId(entry.record.id);
		const isWanted = fitsListed(entry.record, { ...wanted, olderThanDays: undefined }, entry.age);
		return id !== null && isWanted ? [{ ...entry, id }] : [];
	});
}

/** The item that 'Get Many' gives of such a record, and more. */
export function recordResult(
	{ serverTimeZone }: SenhaseguraApi,
	{ record, key }: ListedRecord,
	more: IDataObject,
): Result {
	const item = key
		? listedKeyItem(key, serverTimeZone, DUE_AFTER_DAYS)
		: listedCredentialItem(record, serverTimeZone);
	return { item: { ...item, ...more }, raw: record };
}
