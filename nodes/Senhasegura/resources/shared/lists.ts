import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import type { SenhaseguraApi } from '../../api/client';
import { searchList, searched } from '../../../shared/editor';
import { asId, asText } from '../../../shared/read';
import { sshKeysOf } from './helperRecords';
import { isSshKey, listCredentials, listedName } from './credentialList';

/** A list of the vault, which comes in one piece: searched, sorted and cut into pages here. */
export function vaultList<const Name extends string>(
	name: Name,
	load: (api: SenhaseguraApi) => Promise<IDataObject[]>,
	nameOf: (record: IDataObject) => string,
	wayOut = "Choose 'By ID' in place of 'From List'",
) {
	return searchList({
		name,
		wayOut,
		async load(api: SenhaseguraApi, { filter, from }) {
			const entries = (await load(api)).flatMap((record): INodePropertyOptions[] => {
				const value = asId(record.id);
				return value === null ? [] : [{ name: nameOf(record), value }];
			});
			entries.sort((a, b) => a.name.localeCompare(b.name));
			return searched(entries, filter, from);
		},
	});
}

export const BY_NAME = "Choose 'By Name' or 'By ID' in place of 'From List'";

/** `ana.lima (Ana Lima)`. */
export function labelOf(name: unknown, more: unknown): string {
	const addition = asText(more);
	return `${asText(name) ?? ''}${addition === null ? '' : ` (${addition})`}`;
}

/** The list takes no custody. */
export const credentialList = vaultList(
	'searchCredentials',
	async (api) => (await listCredentials(api)).filter((record) => !isSshKey(record)),
	listedName,
);

/** Without the helper records of rotations. */
export const sshKeyList = vaultList(
	'searchSshKeys',
	async (api) => sshKeysOf(await listCredentials(api)),
	listedName,
	BY_NAME,
);
