import type { IDataObject } from 'n8n-workflow';
import type { SenhaseguraApi } from '../../api/client';
import { DAY_MS, HOUR_MS } from '../../../shared/dates';
import { Failure } from '../../../shared/failure';
import { asId, asText, isSaid } from '../../../shared/read';
import { readId, readText, unread } from '../../../shared/item';
import { readYesNo } from './coded';
import { item } from './operation';
import { wholeList } from './answers';
import { timeFields, vaultInstant, vaultTime } from './vaultTime';

/**
 * `GET pam/credential`: credentials and SSH keys, without secrets. It has no pages, and takes no
 * custody. Source: docs/api/senhasegura.md, "Listing credentials".
 */
export async function listCredentials(api: SenhaseguraApi): Promise<IDataObject[]> {
	return await wholeList(api, 'pam/credential', 'credentials');
}

/** The same, read once in a run, to look things up in. */
export async function knownCredentials(api: SenhaseguraApi): Promise<IDataObject[]> {
	return await api.lists.get(['pam/credential'], async () => await listCredentials(api));
}

/** How old a list may be of which a rotation makes its decisions. */
const RECENT_MS = 30_000;

/** The same, read anew by and by: what other runs do to helper records is seen in it. */
export async function recentCredentials(api: SenhaseguraApi): Promise<IDataObject[]> {
	const turn = Math.floor(Date.now() / RECENT_MS);
	api.lists.forget(['pam/credential', String(turn - 1)]);
	return await api.lists.get(
		['pam/credential', String(turn)],
		async () => await listCredentials(api),
	);
}

/**
 * SSH keys are a kind of credential, and only this tells them from others (docs/api/senhasegura.md,
 * "SSH keys").
 */
export function isSshKey({ type }: IDataObject): boolean {
	return /^ssh key$/i.test(asText(type)?.trim() ?? '');
}

/** `tag` is the older name (docs/api/senhasegura.md, "Versions"). */
export function identifierOf({ identifier, tag }: IDataObject): string | null {
	return asText(identifier)?.trim() ?? asText(tag)?.trim() ?? null;
}

/** The same for `itemOf`. */
export function readIdentifier(record: IDataObject) {
	return identifierOf(record) ?? unread(record.identifier ?? record.tag);
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
	const login = `${asText(record.username) ?? ''}@${asText(record.hostname) ?? ''}`;
	const identifier = identifierOf(record);
	return identifier === null ? login : `${login} (${identifier})`;
}

/** By how much the vault may write the identifier and the date of one creation apart. */
const CREATION_MS = 5000;
const QUARTER_MS = 15 * 60_000;
/** UTC+14 is as far as zones go. */
const FARTHEST_ZONE_MS = 14 * 60 * 60_000;

/**
 * When the vault made an identifier of its own: a UUID of version 7 (docs/api/senhasegura.md, "Storing
 * an SSH key"; RFC 9562).
 */
function createdAt(record: IDataObject): number | undefined {
	const [, high, low] =
		/^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-/i.exec(identifierOf(record) ?? '') ?? [];
	return high === undefined || low === undefined ? undefined : parseInt(high + low, 16);
}

/**
 * When the secret was changed last. A secret that was never changed has no date, or that of the
 * record's creation, which says nothing about the age of a secret that existed before
 * (docs/api/senhasegura.md, "Keys that the vault changes by itself").
 *
 * @param zone Of the vault's clock; without it UTC is assumed, which is wrong by less than a day.
 * @returns epoch milliseconds; undefined where the vault does not tell
 */
export function changedAt(record: IDataObject, zone: string | undefined): number | undefined {
	const told = vaultTime(record.change, zone);
	const changed = vaultInstant(told);
	const created = createdAt(record);
	if (changed === undefined || created === undefined) return changed;
	const apart = Math.abs(changed - created);
	// Where the zone is not known, the two dates are a zone's offset apart.
	const beyond = told.at === null ? apart % QUARTER_MS : apart;
	const off = told.at === null ? Math.min(beyond, QUARTER_MS - beyond) : beyond;
	return off <= CREATION_MS && apart <= FARTHEST_ZONE_MS + CREATION_MS ? undefined : changed;
}

/**
 * How long ago that was.
 *
 * @param since Epoch milliseconds.
 * @returns days; null where it is not known
 */
export function ageInDays(since: number | undefined, now: number): number | null {
	return since === undefined ? null : Math.max(0, (now - since) / DAY_MS);
}

/**
 * Whether somebody has read the secret lately; where the time cannot be read, or the zone of the vault's clock is
 * not known, rather too much than too little counts.
 */
export function wasViewed(
	record: IDataObject,
	withinHours: number | undefined,
	zone: string | undefined,
): boolean {
	if (withinHours === undefined) return true;
	const told = vaultTime(record.view, zone);
	const viewed = vaultInstant(told);
	const slack = told.at === null ? FARTHEST_ZONE_MS : 0;
	if (viewed === undefined) return isSaid(record.view);
	return viewed >= Date.now() - withinHours * HOUR_MS - slack;
}

/**
 * What credentials and SSH keys have in common in the list.
 *
 * @param age In days; null where it is not known.
 */
export function listedItem(
	record: IDataObject,
	type: 'credential' | 'sshKey',
	zone: string | undefined,
	age = ageInDays(changedAt(record, zone), Date.now()),
): IDataObject {
	return item(type, {
		id: readId(record.id),
		identifier: readIdentifier(record),
		username: readText(record.username),
		hostname: readText(record.hostname),
		ip: readText(record.management_ip),
		...timeFields('changedAt', record.change, zone),
		ageDays: age === null ? null : Math.floor(age),
		ageUnknown: age === null,
		automaticChange: readYesNo(record.automatic_change),
		...timeFields('viewedAt', record.view, zone),
		...timeFields('expiresAt', record.expiration, zone),
	});
}
