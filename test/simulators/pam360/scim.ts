import type { Call } from './call';
import { fullName } from './audit';
import { ScimFailure } from './failures';
import { plainRecord } from './input';
import type { Pam360User } from './state';

export const scimSchemas = {
	user: 'urn:ietf:params:scim:schemas:core:2.0:User',
	group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
	domain: 'urn:ietf:params:scim:schemas:extension:pam360_domain:2.0:User',
	list: 'urn:ietf:params:scim:api:messages:2.0:ListResponse',
	patch: 'urn:ietf:params:scim:api:messages:2.0:PatchOp',
	error: 'urn:ietf:params:scim:api:messages:2.0:Error',
} as const;

/** A user as SCIM shows it (docs/api/pam360.md, "SCIM"); never with a password. */
export function scimUser({ settings }: Call, user: Pam360User): Record<string, unknown> {
	const { firstName: givenName, lastName: familyName } = user;
	const names = { givenName, familyName };
	return {
		schemas: [scimSchemas.user, scimSchemas.domain],
		id: user.id,
		userName: user.userName,
		...(settings.scimFlatNames ? names : { name: { ...names, formatted: fullName(user) } }),
		displayName: fullName(user),
		emails: [{ value: user.email, primary: true }],
		roles: [{ value: user.role, primary: true }],
		active: !user.locked,
		[scimSchemas.domain]: { userType: 0, domain: 'LOCAL' },
		meta: { resourceType: 'User', location: `/scim/v2/Users/${user.id}` },
	};
}

/** The JSON of a request; content types do not matter. */
export function scimBody({ request }: Call): Record<string, unknown> {
	const text = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
	try {
		const body = plainRecord(JSON.parse(text));
		if (body) return body;
	} catch {
		// Told below, as for JSON that is no object.
	}
	throw new ScimFailure(400, 'The request body is not a JSON object.', 'invalidSyntax');
}

/** A list, paged by RFC 7644 section 3.4.2.4: startIndex counts from 1. */
export function scimList<Row>({ query }: Call, rows: Row[], show: (row: Row) => object): object {
	const number = (name: string, fallback: number) => {
		const text = query.get(name) ?? String(fallback);
		if (!/^-?\d{1,9}$/u.test(text)) {
			throw new ScimFailure(400, `Invalid value for ${name}.`, 'invalidValue');
		}
		return Number(text);
	};
	const startIndex = Math.max(1, number('startIndex', 1));
	const count = Math.max(0, number('count', rows.length));
	const page = rows.slice(startIndex - 1, startIndex - 1 + count);
	return {
		schemas: [scimSchemas.list],
		totalResults: rows.length,
		itemsPerPage: page.length,
		startIndex,
		Resources: page.map(show),
	};
}

type Operator = (value: string, wanted: string) => boolean;

const operators: Record<string, Operator> = {
	eq: (value, wanted) => value === wanted,
	ne: (value, wanted) => value !== wanted,
	co: (value, wanted) => value.includes(wanted),
	sw: (value, wanted) => value.startsWith(wanted),
	ew: (value, wanted) => value.endsWith(wanted),
};

/**
 * `<attribute> <operator> "<value>"`, any case (RFC 7644 section 3.4.2.2). Only this single form
 * is documented.
 */
export function scimFilter<Row>(
	{ query }: Call,
	attributes: Record<string, (row: Row) => string>,
): (row: Row) => boolean {
	const filter = query.get('filter');
	if (filter === null) return () => true;
	const parts = /^\s*(\S+)\s+(\w+)\s+("(?:[^"\\]|\\.)*"|true|false)\s*$/u.exec(filter);
	const read = attributes[(parts?.[1] ?? '').toLowerCase()];
	const matches = operators[(parts?.[2] ?? '').toLowerCase()];
	if (!read || !matches) throw new ScimFailure(400, 'The filter is not valid.', 'invalidFilter');
	const wanted = String(JSON.parse(parts?.[3] ?? '""')).toLowerCase();
	return (row) => matches(read(row).toLowerCase(), wanted);
}
