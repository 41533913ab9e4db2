import type { IDataObject } from 'n8n-workflow';
import type { SenhaseguraApi } from '../../api/client';
import { DAY_MS } from '../../../shared/dates';
import { Failure } from '../../../shared/failure';
import { asId, asText } from '../../../shared/fields';
import { wholeList } from './answers';
import { vaultInstant, vaultTime } from './vaultTime';

/**
 * `GET pam/credential`: credentials and SSH keys, without secrets. It has no pages, and takes no
 * custody. Source: senhasegura A2A, "GET | List all credentials"; fact sheet 5.1.
 */
export async function listCredentials(api: SenhaseguraApi): Promise<IDataObject[]> {
	return await wholeList(api, 'pam/credential', 'credentials');
}

/** The same, read once in a run, to look things up in. */
export async function knownCredentials(api: SenhaseguraApi): Promise<IDataObject[]> {
	return await api.lists.get(['pam/credential'], async () => await listCredentials(api));
}

/** SSH keys are a kind of credential, and only this tells them from others (fact sheet 4). */
export function isSshKey({ type }: IDataObject): boolean {
	return /^ssh key$/i.test(asText(type)?.trim() ?? '');
}

/** `tag` is the older name (fact sheet 16). */
export function identifierOf({ identifier, tag }: IDataObject): string | null {
	return asText(identifier)?.trim() ?? asText(tag)?.trim() ?? null;
}

/** The IDs of records; one that is listed twice counts once. */
export function idsOf(records: IDataObject[]): string[] {
	return [...new Set(records.flatMap(({ id }) => asId(id) ?? []))];
}

/**
 * The one record that a name stands for.
 *
 * @param name With what it is, for the message.
 * @returns undefined where there is none
 * @throws Failure where there are several
 */
export function onlyOne(records: IDataObject[], name: string): IDataObject | undefined {
	const ids = idsOf(records);
	if (ids.length <= 1) return records[0];
	throw new Failure(`The vault lists more than one item with ${name}: ${ids.join(', ')}`, {
		kind: 'refused',
		description: 'Choose one of them from the list, or give its ID.',
	});
}

/** `root@web-01 (web-01-root)`, for lists in the editor. */
export function listedName(record: IDataObject): string {
	const place = `${asText(record.username) ?? ''}@${asText(record.hostname) ?? ''}`;
	const identifier = identifierOf(record);
	return identifier === null ? place : `${place} (${identifier})`;
}

/**
 * How long ago the secret was changed.
 *
 * @param zone Of the vault's clock; without it UTC is assumed, which is wrong by less than a day.
 * @param now Epoch milliseconds.
 * @returns days, null where the vault does not tell
 */
export function ageInDays(
	{ change }: IDataObject,
	zone: string | undefined,
	now: number,
): number | null {
	const changed = vaultInstant(vaultTime(change, zone));
	return changed === undefined ? null : Math.max(0, (now - changed) / DAY_MS);
}

/** A date of the vault: the point in time where that can be known, and what the vault's clock said. */
export function timeFields(name: string, value: unknown, zone: string | undefined): IDataObject {
	const { at, serverTime } = vaultTime(value, zone);
	return { [name]: at, [`${name}ServerTime`]: serverTime };
}

/** What credentials and SSH keys have in common in the list. */
export function listedItem(
	record: IDataObject,
	type: 'credential' | 'sshKey',
	zone: string | undefined,
): IDataObject {
	const age = ageInDays(record, zone, Date.now());
	return {
		vendor: 'senhasegura',
		type,
		id: asId(record.id),
		identifier: identifierOf(record),
		username: asText(record.username),
		hostname: asText(record.hostname),
		ip: asText(record.management_ip),
		...timeFields('changedAt', record.change, zone),
		ageDays: age === null ? null : Math.floor(age),
		...timeFields('viewedAt', record.view, zone),
		...timeFields('expiresAt', record.expiration, zone),
	};
}
