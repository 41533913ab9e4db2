import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import type { SenhaseguraApi } from '../api/client';
import { dsmSecrets } from '../api/dsm';
import { scimUsers } from '../api/scim';
import { searchList, searched } from '../../shared/editor';
import { asId, asObject, asText } from '../../shared/fields';
import { senhasegura } from '../resources';
import { deviceName, listDevices } from '../resources/device/deviceItem';
import { wholeList } from '../resources/shared/answers';
import { sshKeysOf } from '../resources/shared/helperRecords';
import { isSshKey, listCredentials, listedName } from '../resources/shared/listed';

/** A list of the vault, which comes in one piece: searched, sorted and cut into pages here. */
function search(
	load: (api: SenhaseguraApi) => Promise<IDataObject[]>,
	nameOf: (record: IDataObject) => string,
) {
	return async function (
		this: ILoadOptionsFunctions,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		return await searchList(this, senhasegura, paginationToken, async (api, from) => {
			const records = await load(api);
			const entries = records.flatMap((record): INodePropertyOptions[] => {
				const value = asId(record.id);
				return value === null ? [] : [{ name: nameOf(record), value }];
			});
			entries.sort((a, b) => a.name.localeCompare(b.name));
			return searched(entries, filter, from);
		});
	};
}

/** The list takes no custody. */
export const searchCredentials = search(async (api) => {
	const listed = await listCredentials(api);
	return listed.filter((record) => !isSshKey(record));
}, listedName);

export const searchDevices = search(listDevices, deviceName);

/** Without the helper records of rotations. */
export const searchSshKeys = search(async (api) => {
	return sshKeysOf(await listCredentials(api));
}, listedName);

/** People that are related to users of the vault. */
export const searchRelatedUsers = search(
	async (api) => await wholeList(api, 'user/related', 'relatedUsers', 'the related users'),
	({ name, username }) => labelOf(name, username),
);

/** Without the values of the secrets. */
export const searchSecrets = search(
	async (api) =>
		(await dsmSecrets(api)).map(({ id, identity, record }) => ({
			id,
			identity,
			name: record.secret_name,
		})),
	({ identity, name }) => labelOf(identity, name === identity ? null : name),
);

/** Remote sessions; the vault gives all there ever were. */
export const searchSessions = search(
	async (api) => await wholeList(api, 'session/remotesessions', 'remote_sessions', 'the sessions'),
	({ id, user, dispositivo, start }) =>
		[id, user, dispositivo, start].flatMap((part) => asText(part) ?? []).join(' – '),
);

/** Users of the vault, through SCIM. */
export const searchUsers = search(
	async (api) => {
		const users: IDataObject[] = [];
		for await (const user of scimUsers(api, Infinity)) users.push(user);
		return users;
	},
	({ userName, name }) => labelOf(userName, asObject(name)?.formatted),
);

/** `ana.lima (Ana Lima)`. */
function labelOf(name: unknown, more: unknown): string {
	const addition = asText(more);
	return `${asText(name) ?? ''}${addition === null ? '' : ` (${addition})`}`;
}
