import { pam360Demo } from '../../simulators';
import { type Answer, call } from './call';
import { usePam360 } from './pam360Call';

const domain = 'urn:ietf:params:scim:schemas:extension:pam360_domain:2.0:User';

const mary = {
	schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', domain],
	userName: 'mroe',
	name: { givenName: 'Mary', familyName: 'Roe' },
	emails: [{ value: 'mroe@example.com', primary: true }],
	password: 'canary-of-a-password',
	roles: [{ value: 'Password User' }],
	active: true,
	[domain]: { userType: 0, domain: 'LOCAL' },
};

describe('SCIM of the PAM360 simulator', () => {
	const server = usePam360();

	const scim = async (method: string, path: string, body?: unknown): Promise<Answer> =>
		await call(`${server.sim.url}/scim/v2${path}`, {
			method,
			headers: {
				authorization: `Bearer ${pam360Demo.authToken}`,
				'content-type': 'application/scim+json',
			},
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
	const refusal = (answer: Answer, status: number, scimType?: string) => {
		expect(answer.status).toBe(status);
		expect(answer.json).toEqual({
			schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
			status: String(status),
			detail: expect.any(String) as string,
			...(scimType && { scimType }),
		});
	};
	const found = async (filter: string) => {
		const answer = await scim('GET', `/Users?filter=${encodeURIComponent(filter)}`);
		return (answer.at('Resources') as Array<{ userName: string }>).map(({ userName }) => userName);
	};

	it('takes the token as a bearer and as AUTHTOKEN, and no other', async () => {
		const url = `${server.sim.url}/scim/v2/Users/21`;
		const headers = { AUTHTOKEN: pam360Demo.authToken };
		expect((await call(url, { headers })).status).toBe(200);
		expect((await scim('GET', '/Users/21')).status).toBe(200);
		refusal(await call(url, { headers: { authorization: 'Bearer X' } }), 401);
		refusal(await call(`${url}?AUTHTOKEN=${pam360Demo.authToken}`), 401);
		refusal(await call(url, { headers: { AUTHTOKEN: pam360Demo.passwordUserToken } }), 403);
		server.sim.settings.scimEnabled = false;
		refusal(await call(url, { headers }), 403);
	});

	it('shows a user', async () => {
		const answer = await scim('GET', '/Users/21');
		expect(answer.headers['content-type']).toMatch('application/scim+json');
		expect(answer.json).toEqual({
			schemas: mary.schemas,
			id: '21',
			userName: 'jdoe',
			name: { givenName: 'Jane', familyName: 'Doe', formatted: 'Jane Doe' },
			displayName: 'Jane Doe',
			emails: [{ value: 'jdoe@example.com', primary: true }],
			roles: [{ value: 'Password User', primary: true }],
			active: true,
			[domain]: { userType: 0, domain: 'LOCAL' },
			meta: { resourceType: 'User', location: '/scim/v2/Users/21' },
		});
		server.sim.settings.scimFlatNames = true;
		const flat = (await scim('GET', '/Users/21')).json;
		expect(flat).toMatchObject({ givenName: 'Jane', familyName: 'Doe' });
		expect(flat).not.toHaveProperty('name');
		refusal(await scim('GET', '/Users/9'), 404);
	});

	it('lists, pages from one and filters', async () => {
		expect((await scim('GET', '/Users?startIndex=2&count=2')).json).toMatchObject({
			schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
			totalResults: 4,
			itemsPerPage: 2,
			startIndex: 2,
			Resources: [{ id: '2' }, { id: '3' }],
		});
		expect((await scim('GET', '/Users?startIndex=-3&count=-1')).json).toMatchObject({
			startIndex: 1,
			Resources: [],
		});
		refusal(await scim('GET', '/Users?count=all'), 400, 'invalidValue');

		expect(await found('userName eq "JDOE"')).toEqual(['jdoe']);
		expect(await found('name.familyName sw "D"')).toEqual(['jdoe']);
		expect(await found('emails co "user@"')).toEqual(['api-user']);
		expect(await found('givenName ew "ne"')).toEqual(['jdoe']);
		expect(await found('userName ne "jdoe"')).toHaveLength(3);
		expect(await found('active eq false')).toEqual([]);
		expect(await found('id eq "21"')).toEqual(['jdoe']);
		expect(await found('familyName eq "doe"')).toEqual(['jdoe']);
		expect(await found('name.givenName eq "jane"')).toEqual(['jdoe']);
		expect(await found('emails.value eq "jdoe@example.com"')).toEqual(['jdoe']);
		for (const filter of ['userName', 'userName is "x"', 'password eq "x"', 'userName eq x']) {
			const path = `/Users?filter=${encodeURIComponent(filter)}`;
			refusal(await scim('GET', path), 400, 'invalidFilter');
		}
	});

	it('creates a user of the same server, and forgets the password', async () => {
		const answer = await scim('POST', '/Users', mary);
		expect(answer.status).toBe(201);
		expect(answer.text + JSON.stringify(server.sim.state.users)).not.toContain('canary');
		const id = answer.at('id') as string;
		expect(answer.headers.location).toBe(`/scim/v2/Users/${id}`);
		const { data } = await byName('mroe');
		expect(data).toBe(id);
		refusal(await scim('POST', '/Users', mary), 409, 'uniqueness');
	});

	async function byName(name: string) {
		const url = `${server.sim.url}/restapi/json/v1/user/getUserId?USERNAME=${name}`;
		const answer = await call(url, { headers: { AUTHTOKEN: pam360Demo.authToken } });
		return { data: answer.at('operation.Details.USERID') };
	}

	it.each([
		['userName', { ...mary, userName: undefined }],
		['names', { ...mary, name: { givenName: 'Mary' } }],
		['emails', { ...mary, emails: [] }],
		['a known role', { ...mary, roles: ['Wizard'] }],
		['roles', { ...mary, roles: undefined }],
		['active', { ...mary, active: undefined }],
		['a plain active', { ...mary, active: 'maybe' }],
	])('needs %s to create', async (_what, body) => {
		refusal(await scim('POST', '/Users', body), 400, 'invalidValue');
		expect(server.sim.state.users).toHaveLength(4);
	});

	it('needs JSON', async () => {
		refusal(await scim('POST', '/Users', []), 400, 'invalidSyntax');
		refusal(await scim('POST', '/Users'), 400, 'invalidSyntax');
	});

	it('replaces, with names and emails at least', async () => {
		const body = { givenName: 'Janet', familyName: 'Doe-Roe', emails: ['jd@example.com'] };
		const answer = await scim('PUT', '/Users/21', body);
		expect(answer).toMatchObject({
			status: 200,
			json: {
				userName: 'jdoe',
				name: { givenName: 'Janet' },
				emails: [{ value: 'jd@example.com' }],
			},
		});
		refusal(await scim('PUT', '/Users/21', { ...body, emails: undefined }), 400, 'invalidValue');
		refusal(await scim('PUT', '/Users/21', { ...body, userName: 'admin' }), 409, 'uniqueness');
		refusal(await scim('PUT', '/Users/9', body), 404);
	});

	it('renames without losing tokens and belongings', async () => {
		server.sim.state.resources[0]!.owner = 'jdoe';
		await scim('PATCH', '/Users/21', {
			Operations: [{ op: 'Replace', path: 'userName', value: 'jane' }],
		});
		const headers = { AUTHTOKEN: pam360Demo.passwordUserToken };
		const list = await call(`${server.sim.url}/restapi/json/v1/resources`, { headers });
		expect(list.at('operation.totalRows')).toBe(1);
	});

	it('patches as identity providers do, and locks who is not active', async () => {
		const patch = async (...Operations: unknown[]) =>
			await scim('PATCH', '/Users/21', { Operations });
		await patch({ op: 'replace', path: 'active', value: 'False' });
		const headers = { AUTHTOKEN: pam360Demo.passwordUserToken };
		const list = await call(`${server.sim.url}/restapi/json/v1/resources`, { headers });
		expect(list.at('operation.result.status')).toBe('Failed');

		const changed = await patch(
			{ op: 'Replace', value: { active: true, name: { familyName: 'Roe' } } },
			{ op: 'add', path: 'emails[type eq "work"].value', value: 'jr@example.com' },
			{ op: 'replace', path: 'roles', value: [{ value: 'Administrator' }] },
			{ op: 'replace', path: 'name.givenName', value: 'J.' },
		);
		expect(changed.json).toMatchObject({
			active: true,
			displayName: 'J. Roe',
			emails: [{ value: 'jr@example.com' }],
			roles: [{ value: 'Administrator' }],
		});
		refusal(await patch(), 400, 'invalidValue');
		refusal(await patch({ op: 'remove', path: 'emails' }), 400, 'invalidValue');
		refusal(await patch({ op: 'replace', path: 'id', value: '1' }), 400, 'invalidPath');
		refusal(await patch({ op: 'replace', path: 7, value: '1' }), 400, 'invalidValue');
	});

	it('shows groups and its own configuration', async () => {
		expect((await scim('GET', '/Groups')).json).toMatchObject({
			totalResults: 1,
			Resources: [{ displayName: 'Web team', members: [{ value: '21', display: 'jdoe' }] }],
		});
		const filtered = await scim('GET', '/Groups?filter=displayName%20eq%20%22none%22');
		expect(filtered.at('totalResults')).toBe(0);
		expect((await scim('GET', '/Groups/1')).at('displayName')).toBe('Web team');
		refusal(await scim('GET', '/Groups/9'), 404);
		expect((await scim('GET', '/ServiceProviderConfig')).json).toMatchObject({
			patch: { supported: true },
			bulk: { supported: false },
		});
		expect((await scim('GET', '/ResourceTypes')).json).toMatchObject({
			Resources: [{ endpoint: '/Users', schemaExtensions: [{ schema: domain }] }, {}],
		});
		expect((await scim('GET', '/Schemas')).json).toMatchObject({
			Resources: [{ name: 'User' }, { id: domain }, { name: 'Group' }],
		});
	});
});
