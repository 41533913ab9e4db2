import type { Call } from './call';
import { Failure } from './failures';
import type { Input } from './input';
import type { Pam360Account, Pam360CustomField, Pam360Resource, Pam360State } from './state';

/** The rows that STARTINDEX and LIMIT select (docs/api/pam360.md, "Lists, limits, TLS"). */
export function pageOf<Row>(
	{ settings }: Call,
	rows: Row[],
	input: Input,
	names = { start: 'STARTINDEX', limit: 'LIMIT' },
): Row[] {
	const wanted = input.integer(names.limit, rows.length);
	const limit = Math.min(wanted, settings.longestPage ?? wanted);
	const index = input.integer(names.start, 0);
	const start = settings.startIndexIs === 'page' ? index * limit : index;
	return rows.slice(start, start + limit);
}

export const viewTypes = [
	'ALLMYPASSWORD',
	'FAVOURITEPASSWORD',
	'RECENTLYACCESSEDPASSWORD',
	'LINUXSSHPASSWORD',
	'WINDOWSRDPPASSWORD',
] as const;

/** Whether an account belongs into a view; `undefined`: all do. */
export function viewOf(
	input: Input,
): ((resource: Pam360Resource, account: Pam360Account) => boolean) | undefined {
	switch (input.word('VIEWTYPE', viewTypes, 'ALLMYPASSWORD')) {
		case 'ALLMYPASSWORD':
			return undefined;
		case 'FAVOURITEPASSWORD':
			return (_resource, { favourite }) => favourite;
		case 'RECENTLYACCESSEDPASSWORD':
			return (_resource, { lastAccessed }) => lastAccessed !== null;
		case 'LINUXSSHPASSWORD':
			return ({ type }) => type === 'Linux';
		case 'WINDOWSRDPPASSWORD':
			return ({ type }) => type.startsWith('Windows');
	}
}

type Column = (resource: Pam360Resource) => string;

/** SEARCHCOLUMN of a resource's own columns (docs/api/pam360.md, "Listing resources"). */
const resourceColumns: Record<string, Column> = {
	RESOURCE_TYPE: ({ type }) => type,
	RESOURCENAME: ({ name }) => name,
	RESOURCEDESC: ({ description }) => description,
	IPADDRESS: ({ dnsName }) => dnsName,
	OPERATINGSYSTEM: ({ type }) => type,
	DEPARTMENT: ({ department }) => department,
	LOCATION: ({ location }) => location,
	DOMAINNAME: ({ domainName }) => domainName,
	RESOURCEURL: ({ url }) => url,
};

export interface Search {
	resource(resource: Pam360Resource): boolean;
	account(account: Pam360Account): boolean;
}

function customValue(
	fields: Pam360CustomField[],
	columns: Pam360State['customColumns']['resource'],
	number: number,
): string {
	const label = columns[number - 1]?.label;
	return fields.find((field) => field.label === label)?.value ?? '';
}

/**
 * SEARCHVALUE in SEARCHCOLUMN (docs/api/pam360.md, "Listing resources" and "Listing accounts"), any
 * case; `undefined`: no search.
 */
export function searchOf({ state }: Call, input: Input): Search | undefined {
	const type = input.word('SEARCHTYPE', ['RESOURCE', 'ACCOUNT', ''], '');
	const name = input.text('SEARCHCOLUMN') || 'ALL';
	const custom = /^COLUMN_CHAR(\d)$/u.exec(name);
	const column = Object.hasOwn(resourceColumns, name) ? resourceColumns[name] : undefined;
	if (!column && !custom && name !== 'ALL' && name !== 'LOGINNAME') {
		throw new Failure('Invalid value for SEARCHCOLUMN.');
	}
	const wanted = input.text('SEARCHVALUE').toLowerCase();
	if (wanted === '') return undefined;

	const { resource: resourceCustom, account: accountCustom } = state.customColumns;
	const number = Number(custom?.[1] ?? 0);
	const ofResource: Column[] = column
		? [column]
		: custom
			? [({ customFields }) => customValue(customFields, resourceCustom, number)]
			: name === 'ALL'
				? Object.values(resourceColumns)
				: [];
	const hit = (value: string) => value.toLowerCase().includes(wanted);
	const account = ({ name: login, customFields }: Pam360Account) => {
		if (custom) return hit(customValue(customFields, accountCustom, number));
		return (name === 'ALL' || name === 'LOGINNAME') && hit(login);
	};
	return {
		account: (one) => type !== 'RESOURCE' && account(one),
		resource: (one) => type !== 'ACCOUNT' && ofResource.some((read) => hit(read(one))),
	};
}
