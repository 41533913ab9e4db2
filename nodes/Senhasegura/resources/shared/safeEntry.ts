import { z } from 'zod';
import type { IDataObject } from 'n8n-workflow';
import { asId, asList, asObject, asText, recordsIn } from '../../../shared/read';
import { readId, readList, readText, readTexts } from '../../../shared/item';
import { readYesNo, yesNo } from './coded';
import { item } from './operation';
import { record, records } from './answers';

/** An entry under one of these names. */
export function oneEntry(...names: string[]) {
	return z
		.record(z.unknown())
		.transform((body) => names.map((name) => body[name]).find((value) => value !== undefined))
		.pipe(z.union([record, z.tuple([record]).transform(([one]) => one)]));
}

/** A list under one of these names. */
export function entryList(...names: string[]) {
	return z
		.record(z.unknown())
		.transform((body) => {
			const told = names.map((name) => body[name]).find((value) => value !== undefined);
			return recordsIn(told) ?? told;
		})
		.pipe(records);
}

/**
 * MySafe has no ID beside the identifier, which is a number (docs/api/senhasegura.md, "MySafe
 * passwords").
 */
export function idOf(entry: IDataObject): string | null {
	return asId(entry.identifier) ?? asId(entry.id);
}

/** What every kind of entry has. */
export function namedFields(entry: IDataObject, type: string): Record<string, unknown> {
	return item(type, {
		id: readId(entry.identifier ?? entry.id),
		identifier: readText(entry.identifier),
		name: readText(entry.name),
	});
}

/** Those of all kinds that tell their tags. */
export const tagFields = (entry: IDataObject) => ({ tags: readTexts(entry.tags) });

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
	const mayEdit = (entry: unknown) => yesNo(canEdit(asObject(entry)));
	const ofRight = asList(list).filter((entry) => (mayEdit(entry) === true) === edits);
	return readList((entry) => {
		const who = asObject(entry);
		const isClear = mayEdit(entry) !== null || canEdit(who) === undefined;
		return isClear ? (asText(who?.[name]) ?? asText(who?.name)) : null;
	}, ofRight);
}

/** Whom an entry is shared with. */
export function sharedFields(entry: IDataObject): Record<string, unknown> {
	return {
		usersWhoCanEdit: allowed(entry.users_allowed, 'username', true),
		usersWhoCanView: allowed(entry.users_allowed, 'username', false),
		groupsWhoCanEdit: allowed(entry.groups_allowed, 'name', true),
		groupsWhoCanView: allowed(entry.groups_allowed, 'name', false),
	};
}

/** What an entry of a list tells of the caller's rights; it does not tell whom it is shared with. */
export function rightFields(entry: IDataObject): Record<string, unknown> {
	return {
		needsJustification: readYesNo(entry.need_justify),
		needsApproval: readYesNo(entry.need_approval),
		canView: readYesNo(entry.can_view),
		canEdit: readYesNo(canEdit(entry)),
	};
}

/** Of an entry that was stored: whom it could not be shared with, in which form is not documented. */
export function storedFields(entry: IDataObject): IDataObject {
	const failed = asList(entry.shared_error).map((told) => asText(told) ?? JSON.stringify(told));
	return { notSharedWith: failed, secret: null };
}

/** What the user should know of an entry that was stored. */
export function sharingHints({ notSharedWith }: IDataObject): string[] {
	const failed = asList(notSharedWith).length;
	if (failed === 0) return [];
	return [
		"The entry was stored, but MySafe did not share it with everyone you named: see 'notSharedWith'. Compare the names with those of the vault's users and groups.",
	];
}

/** The vendor's record, of these secrets only the one that was asked for. */
export function withOnly(
	entry: IDataObject,
	names: readonly string[],
	secret: Partial<Record<string, string>>,
): IDataObject {
	const own = names.map((name): [string, string | null] => [name, secret[name] ?? null]);
	const held = own.filter(([name]) => entry[name] !== undefined);
	return { ...entry, ...Object.fromEntries(held) } as IDataObject;
}
