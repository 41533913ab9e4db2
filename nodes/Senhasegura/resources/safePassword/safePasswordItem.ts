import { z } from 'zod';
import type { IDataObject } from 'n8n-workflow';
import { confirmed } from '../../api/envelope';
import { asBoolean, asId, asList, asObject, asText, recordsIn } from '../../../shared/fields';
import { itemOf, readBoolean, readId, readList, readText, readTexts } from '../../../shared/item';
import { record, records } from '../shared/answers';

/** The secrets of an entry: the password, the seed of its one-time codes, and the code of this moment. */
const SECRET_NAMES = ['password', 'secret_key', 'token'] as const;

/** Where an answer holds them. */
export const SECRETS = SECRET_NAMES.map((name) => `password_entity.${name}`);

export const onePassword = z
	.object({ password_entity: z.union([record, z.tuple([record]).transform(([one]) => one)]) })
	.transform(({ password_entity: entry }) => entry);

/** What is said of an entry that was stored, which may be less. */
export const storedPassword = confirmed.pipe(onePassword);

/**
 * The list: the vendor's sample calls it by the first name, its field table by the second
 * (docs/api/senhasegura.md, "MySafe passwords"), and the third is that of a single entry.
 */
export const allPasswords = z
	.object({
		password_on_list: z.unknown(),
		passwords_on_list: z.unknown(),
		password_entity: z.unknown(),
	})
	.transform(({ password_on_list: list, passwords_on_list: named, password_entity: entity }) => {
		const told = list ?? named ?? entity;
		return recordsIn(told) ?? told;
	})
	.pipe(records);

/**
 * MySafe has no ID beside the identifier, which is a number (docs/api/senhasegura.md, "MySafe
 * passwords").
 */
export function idOf(entry: IDataObject): string | null {
	return asId(entry.identifier) ?? asId(entry.id);
}

/**
 * `can_edit` is what samples have, `can_write` what field tables name (docs/api/senhasegura.md, "MySafe
 * passwords").
 */
function canEdit(who: IDataObject | null): unknown {
	return who?.can_edit ?? who?.can_write;
}

/**
 * Those whom an entry is shared with; whoever is not said to edit it may view it only
 * (docs/api/senhasegura.md, "MySafe passwords").
 */
function allowed(list: unknown, name: 'username' | 'name', edits: boolean) {
	const mayEdit = (entry: unknown) => asBoolean(canEdit(asObject(entry)));
	const ofRight = asList(list).filter((entry) => (mayEdit(entry) === true) === edits);
	return readList((entry) => {
		const who = asObject(entry);
		const isClear = mayEdit(entry) !== null || canEdit(who) === undefined;
		return isClear ? (asText(who?.[name]) ?? asText(who?.name)) : null;
	}, ofRight);
}

function namedFields(entry: IDataObject): Record<string, unknown> {
	return {
		vendor: 'senhasegura',
		type: 'safePassword',
		id: readId(entry.identifier ?? entry.id),
		identifier: readText(entry.identifier),
		name: readText(entry.name),
		username: readText(entry.username),
		url: readText(entry.url),
		tags: readTexts(entry.tags),
	};
}

/** What is told of an entry without its secrets. */
export function safePasswordFields(entry: IDataObject): IDataObject {
	return itemOf({
		...namedFields(entry),
		usersWhoCanEdit: allowed(entry.users_allowed, 'username', true),
		usersWhoCanView: allowed(entry.users_allowed, 'username', false),
		groupsWhoCanEdit: allowed(entry.groups_allowed, 'name', true),
		groupsWhoCanView: allowed(entry.groups_allowed, 'name', false),
	});
}

/** An entry of the list, which tells what the caller may do, and not whom it is shared with. */
export function listedPassword(entry: IDataObject): IDataObject {
	return itemOf({
		...namedFields(entry),
		needsJustification: readBoolean(entry.need_justify),
		needsApproval: readBoolean(entry.need_approval),
		canView: readBoolean(entry.can_view),
		canEdit: readBoolean(canEdit(entry)),
	});
}

/** An entry that was stored, with whom it could not be shared with: in which form is not documented. */
export function storedFields(entry: IDataObject): IDataObject {
	const failed = asList(entry.shared_error).map((told) => asText(told) ?? JSON.stringify(told));
	return { ...safePasswordFields(entry), notSharedWith: failed, secret: null };
}

/** What the user should know of an entry that was stored. */
export function sharingHints({ notSharedWith }: IDataObject): string[] {
	const failed = asList(notSharedWith).length;
	if (failed === 0) return [];
	return [
		"The entry was stored, but MySafe did not share it with all who were named: see 'notSharedWith'. Compare the names with those of the vault's users and groups.",
	];
}

/** The vendor's record, of its secrets only the one that was asked for. */
export function withOnly(entry: IDataObject, secret: Partial<Record<string, string>>): IDataObject {
	const own = SECRET_NAMES.map((name): [string, string | null] => [name, secret[name] ?? null]);
	const held = own.filter(([name]) => entry[name] !== undefined);
	return { ...entry, ...Object.fromEntries(held) } as IDataObject;
}
