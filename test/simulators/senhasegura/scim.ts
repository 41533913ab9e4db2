import { randomUUID } from 'node:crypto';
import type { Call, PlainAnswer, Route } from './call';
import { PlainRefusal } from './envelope';
import { type Fields, fields, text } from './input';
import { resourceTypes, schemas, serviceProviderConfig, userSchema } from './scimDiscovery';

const headers = { 'content-type': 'application/scim+json' };
const pageSize = 25;

/** RFC 7644 section 3.12; the vendor's pages show no refusal. */
function refuse(status: number, detail: string): PlainRefusal {
	const names = ['urn:ietf:params:scim:api:messages:2.0:Error'];
	return new PlainRefusal(status, { schemas: names, status: String(status), detail }, headers);
}

const listResponse = (all: object[], page: object[], startIndex: number) => ({
	schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
	totalResults: all.length,
	itemsPerPage: pageSize,
	startIndex,
	Resources: page,
});

const whole = (resources: object[]): PlainAnswer => ({
	status: 200,
	headers,
	plain: listResponse(resources, resources, 1),
});

function namedUser({ context, id }: Call): Fields {
	const user = context.state.scimUsers.get(id);
	if (!user) throw refuse(404, `Resource ${id} not found`);
	return user;
}

/** GET Users: pages of 25, docs/api/senhasegura.md, "SCIM". */
function listUsers({ context, sent }: Call): PlainAnswer {
	const users = [...context.state.scimUsers.values()];
	const startIndex = Math.max(1, Number(text(sent.startIndex)) || 1);
	const count = Math.min(pageSize, Number(text(sent.count)) || pageSize);
	const page = users.slice(startIndex - 1, startIndex - 1 + count);
	return { status: 200, headers, plain: listResponse(users, page, startIndex) };
}

const firstEmail = (sent: Fields) => {
	const emails: unknown[] = Array.isArray(sent.emails) ? sent.emails : [];
	return text(fields(emails[0])?.value);
};

/** POST Users; what is required is in docs/api/senhasegura.md, "SCIM". */
function createUser({ context, sent }: Call): PlainAnswer {
	const { now, state } = context;
	const required: Array<[string, string]> = [
		['userName', text(sent.userName)],
		['externalId', text(sent.externalId)],
		['name.formatted', text(fields(sent.name)?.formatted)],
		['emails.value', firstEmail(sent)],
	];
	const missing = required.filter(([, value]) => value === '').map(([name]) => name);
	if (missing.length > 0) throw refuse(400, `Required: ${missing.join(', ')}`);
	const taken = [...state.scimUsers.values()].some((one) => one.userName === sent.userName);
	if (taken) throw refuse(409, 'userName is taken');
	const id = randomUUID();
	const at = new Date(now()).toISOString();
	const meta = { resourceType: 'User', created: at, lastModified: at };
	const user = { active: true, ...sent, schemas: [userSchema], id, meta };
	state.scimUsers.set(id, user);
	return { status: 201, headers, plain: user };
}

function patch(user: Fields, path: string, value: unknown): void {
	const [name = '', inner] = path.split('.');
	if (inner === undefined) {
		if (value === undefined) delete user[name];
		else user[name] = value;
		return;
	}
	user[name] = { ...fields(user[name]), [inner]: value };
}

/** PATCH Users/{id}: RFC 7644 section 3.5.2 without filters in paths. */
function updateUser(call: Call): PlainAnswer {
	const { context, sent } = call;
	const user = namedUser(call);
	const operations: unknown[] = Array.isArray(sent.Operations) ? sent.Operations : [];
	if (operations.length === 0) throw refuse(400, 'Operations is required');
	for (const operation of operations) {
		const { op, path, value } = fields(operation) ?? {};
		const kind = text(op).toLowerCase();
		if (!['add', 'remove', 'replace'].includes(kind)) throw refuse(400, 'Unknown op');
		const changes: Fields = path === undefined ? (fields(value) ?? {}) : { [text(path)]: value };
		for (const [name, one] of Object.entries(changes)) {
			patch(user, name, kind === 'remove' ? undefined : one);
		}
	}
	user.meta = { ...fields(user.meta), lastModified: new Date(context.now()).toISOString() };
	return { status: 200, headers, plain: user };
}

/** DELETE Users/{id}, docs/api/senhasegura.md, "SCIM"; RFC 7644 section 3.6. */
function deleteUser(call: Call): PlainAnswer {
	namedUser(call);
	call.context.state.scimUsers.delete(call.id);
	return { status: 204, plain: null };
}

/** GET Schemas/{urn}, docs/api/senhasegura.md, "Other errors"; RFC 7644 section 4. */
function getSchema({ id }: Call): PlainAnswer {
	const schema = schemas.find((one) => one.id === id);
	if (!schema) throw refuse(404, `Resource ${id} not found`);
	return { status: 200, headers, plain: schema };
}

const resource = 'Users';
const base = '/scim/v2';
const users = `${base}/Users`;

export const scimRoutes: Route[] = [
	{
		method: 'GET',
		path: `${base}/ServiceProviderConfig`,
		resource,
		answer: () => ({ status: 200, headers, plain: serviceProviderConfig }),
	},
	{ method: 'GET', path: `${base}/ResourceTypes`, resource, answer: () => whole(resourceTypes) },
	{
		method: 'GET',
		path: `${base}/ResourceTypes/User`,
		resource,
		answer: () => ({ status: 200, headers, plain: resourceTypes[0] ?? null }),
	},
	{ method: 'GET', path: `${base}/Schemas`, resource, answer: () => whole(schemas) },
	{ method: 'GET', path: `${base}/Schemas/:id`, resource, answer: getSchema },
	{ method: 'GET', path: users, resource, answer: listUsers },
	{ method: 'POST', path: users, resource, answer: createUser },
	{
		method: 'GET',
		path: `${users}/:id`,
		resource,
		answer: (call) => ({ status: 200, headers, plain: namedUser(call) }),
	},
	{ method: 'PATCH', path: `${users}/:id`, resource, answer: updateUser },
	{ method: 'DELETE', path: `${users}/:id`, resource, answer: deleteUser },
];
