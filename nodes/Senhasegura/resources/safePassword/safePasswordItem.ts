import { z } from 'zod';
import type { IDataObject } from 'n8n-workflow';
import { confirmed } from '../../api/envelope';
import {
	asBoolean,
	asId,
	asList,
	asObject,
	asObjects,
	asText,
	asTexts,
} from '../../../shared/fields';
import { record } from '../shared/answers';

/** Where an answer holds secrets: the password, and the seed of its one-time passwords. */
export const SECRETS = ['password_entity.password', 'password_entity.secret_key'];

export const onePassword = z
	.object({ password_entity: z.union([record, z.tuple([record]).transform(([one]) => one)]) })
	.transform(({ password_entity: entry }) => entry);

/** What is said of an entry that was stored, which may be less. */
export const storedPassword = confirmed.pipe(onePassword);

/** The list; how it looks is not documented, so a list, a map and a single entry are taken. */
export const allPasswords = z
	.object({ password_entity: z.unknown() })
	.refine(({ password_entity: entries }) => typeof entries === 'object')
	.transform(({ password_entity: entries }): IDataObject[] => {
		const single = asObject(entries);
		const isEntry = single?.identifier !== undefined || single?.name !== undefined;
		return asObjects(isEntry ? [single] : entries);
	});

/** `can_edit` is what goes in, `can_write` what comes out (fact sheet 12). */
function allowed(list: unknown, name: 'username' | 'name', canEdit: boolean): string[] {
	return asList(list).flatMap((entry) => {
		const { can_write: canWrite, can_edit: edits, [name]: who } = asObject(entry) ?? {};
		const isEditor = asBoolean(canWrite ?? edits) === true;
		return isEditor === canEdit ? (asText(who) ?? []) : [];
	});
}

/** What is told of an entry without its secrets. */
export function safePasswordFields(entry: IDataObject): IDataObject {
	return {
		vendor: 'senhasegura',
		type: 'safePassword',
		id: asId(entry.id),
		identifier: asText(entry.identifier),
		name: asText(entry.name),
		username: asText(entry.username),
		url: asText(entry.url),
		tags: asTexts(entry.tags),
		usersWhoCanEdit: allowed(entry.users_allowed, 'username', true),
		usersWhoCanView: allowed(entry.users_allowed, 'username', false),
		groupsWhoCanEdit: allowed(entry.groups_allowed, 'name', true),
		groupsWhoCanView: allowed(entry.groups_allowed, 'name', false),
	};
}

/** The vendor's record, of its secrets only the one that was asked for. */
export function withOnly(entry: IDataObject, secret: Partial<Record<string, string>>): IDataObject {
	const own = { password: null, secret_key: null, ...secret };
	const held = Object.entries(own).filter(([name]) => entry[name] !== undefined);
	return { ...entry, ...Object.fromEntries(held) } as IDataObject;
}
