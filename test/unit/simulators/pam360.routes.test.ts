import {
	pam360CallOf,
	pam360Demo,
	type Pam360Route,
	pam360Routes,
	type Pam360Simulator,
	startPam360Simulator,
} from '../../simulators';
import { type Answer, call } from './call';
import { inputData } from './pam360Call';

/** Every call that the vendor's documentation or clients confirm, in the order of docs/api/pam360.md. */
const confirmed = `
	POST   /restapi/json/v1/agents/agentkey
	PUT    /restapi/json/v1/user/regenerateAuthtoken
	GET    /restapi/json/v1/resources
	POST   /restapi/json/v1/resources
	PUT    /restapi/json/v1/resources/{RESOURCEID}
	DELETE /restapi/json/v1/resources/{RESOURCEID}
	GET    /restapi/json/v1/resources/resourcetypes
	GET    /restapi/json/v1/resources/resourcename/{name}
	GET    /restapi/json/v1/resources/getResourceIdAccountId
	GET    /restapi/json/v1/resources/resourcename/{name}/accounts/accountname/{account}
	PUT    /restapi/json/v1/trash/restore
	POST   /restapi/json/v1/resources/configureremotepasswordreset
	PUT    /restapi/json/v1/resources/{RESOURCEID}/share
	GET    /restapi/json/v1/resources/{RESOURCEID}/accounts
	GET    /restapi/json/v1/resources/{RESOURCEID}/accounts/{ACCOUNTID}
	POST   /restapi/json/v1/resources/{RESOURCEID}/accounts
	PUT    /restapi/json/v1/resources/{RESOURCEID}/accounts/{ACCOUNTID}
	DELETE /restapi/json/v1/resources/{RESOURCEID}/accounts/{ACCOUNTID}
	GET    /restapi/json/v1/resources/{RESOURCEID}/accounts/{ACCOUNTID}/downloadfile
	PUT    /restapi/json/v1/resources/{RESOURCEID}/accounts/{ACCOUNTID}/share
	GET    /restapi/json/v1/resources/getResourceAccountDetails
	GET    /restapi/json/v1/resources/{RESOURCEID}/accounts/{ACCOUNTID}/password
	PUT    /restapi/json/v1/resources/{RESOURCEID}/accounts/{ACCOUNTID}/password
	GET    /restapi/json/v1/passwords/generate
	GET    /restapi/json/v1/accounts/{ACCOUNTID}/totp
	POST   /restapi/json/v1/accounts/{ACCOUNTID}/requestpassword
	GET    /restapi/json/v1/accounts/passwordaccessrequests
	GET    /restapi/json/v1/resourcegroup
	POST   /restapi/json/v1/user
	GET    /restapi/json/v1/user/getUserId
	PUT    /restapi/json/v1/user/lock
	PUT    /restapi/json/v1/user/unlock
	DELETE /restapi/json/v1/user/{USERID}
	GET    /scim/v2/Users
	POST   /scim/v2/Users
	GET    /scim/v2/Users/{userId}
	PUT    /scim/v2/Users/{userId}
	PATCH  /scim/v2/Users/{userId}
	GET    /scim/v2/Groups
	GET    /scim/v2/Groups/{groupId}
	GET    /scim/v2/ServiceProviderConfig
	GET    /scim/v2/ResourceTypes
	GET    /scim/v2/Schemas
	POST   /restapi/json/v1/organizations/manage
	GET    /restapi/json/v1/audit
	POST   /restapi/json/v1/tunnel/createTunnelServer
	POST   /restapi/json/v1/tunnel/createTunnel
	DELETE /restapi/json/v1/tunnel/destroyTunnel/{portNo}
	GET    /restapi/json/v1/resources/{RESOURCEID}/associatedGroups
	POST   /restapi/json/v1/resourcegroup/{groupId}/associateResources
	PUT    /restapi/json/v1/resourcegroup/share
	GET    /restapi/json/v1/user/getUserGroupId
	GET    /api/pki/restapi/getSSHkeysforuser
	POST   /api/pki/restapi/createCertificate
	POST   /api/pki/restapi/createCSR
	POST   /api/pki/restapi/signCSR
	POST   /api/pki/restapi/addCertificate
	GET    /api/pki/restapi/getAllSSHKeys
	GET    /api/pki/restapi/getAllSSLCertificates
	GET    /api/pki/restapi/getCertificate
	GET    /api/pki/restapi/getCertificateKeyStore
	GET    /api/pki/restapi/getCertificatePassphrase
	GET    /api/pki/restapi/getCertificateDetails
	GET    /api/pki/restapi/getAllAssociatedUsers
	POST   /api/pki/restapi/getSSHKey
	POST   /api/pki/restapi/exportSSHKey
`;

const shown = ({ method, path }: Pam360Route) => `${method} ${path}`;
const filled = ({ path }: Pam360Route) => path.replaceAll(/\{\w+\}/gu, '301');
const unknownToken = 'API key received is not associated to any user. Authentication failed.';

/** The message of a failure in the words of a family of calls. */
function refused(route: Pam360Route, answer: Answer): unknown {
	switch (route.family) {
		case 'rest':
			expect(answer.at('operation.result.status')).toBe('Failed');
			expect(answer.status).toBe(200);
			return answer.at('operation.result.message');
		case 'pki':
			expect(answer.json).not.toHaveProperty('operation');
			expect(answer.at('result.status')).toBe('Failed');
			expect(answer.status).toBe(200);
			return answer.at('result.message');
		case 'scim':
			expect(answer.headers['content-type']).toMatch('application/scim+json');
			expect(answer.at('status')).toBe(String(answer.status));
			return answer.at('detail');
	}
}

describe('the routes of the PAM360 simulator', () => {
	let sim: Pam360Simulator;

	beforeAll(async () => {
		sim = await startPam360Simulator();
	});

	afterEach(() => sim.reset());

	afterAll(async () => await sim.close());

	const headers = { AUTHTOKEN: pam360Demo.authToken };

	it('are what is confirmed, under names of their own', () => {
		const wanted = confirmed
			.trim()
			.split('\n')
			.map((line) => line.trim().replace(/\s+/u, ' '));
		expect(pam360Routes.map(shown).sort()).toEqual(wanted.sort());
		expect(new Set(pam360Routes.map(({ operation }) => operation)).size).toBe(wanted.length);
	});

	it.each(pam360Routes.map((route) => [shown(route), route] as const))(
		'%s is refused to a stranger, and named by the log',
		async (_shown, route) => {
			const answer = await call(sim.url + filled(route), { method: route.method });
			expect(refused(route, answer)).toBe(unknownToken);
			expect(pam360CallOf(sim.log[0]!)).toBe(route);
		},
	);

	it.each(
		pam360Routes
			.filter(({ input }) => input?.mandatory)
			.map((route) => [shown(route), route] as const),
	)('%s needs INPUT_DATA', async (_shown, route) => {
		const { method } = route;
		const answer = await call(sim.url + filled(route), { method, headers });
		expect(refused(route, answer)).toBe('INPUT_DATA is missing.');
	});

	it.each(
		pam360Routes.flatMap((route) => (route.input ? [[shown(route), route, route.input.key]] : [])),
	)('%s refuses the other case of %3$s', async (_shown, route, key) => {
		const { method } = route;
		const other = key === 'Details' ? 'details' : 'Details';
		const url = sim.url + filled(route);
		const input = inputData({ RESOURCENAME: 'x' }, other);
		const answer = await (method === 'GET'
			? call(`${url}?${input}`, { method, headers })
			: call(url, { method, headers, body: input }));
		expect(refused(route, answer)).toMatch('Invalid INPUT_DATA');
	});

	it('has nothing else, and says so in HTML', async () => {
		for (const path of ['/restapi/json/v1/agents', '/restapi/json/v1/user/approve', '/']) {
			expect(pam360CallOf({ method: 'GET', path })).toBeUndefined();
			const answer = await call(sim.url + path, { headers });
			expect(answer).toMatchObject({ status: 404, json: undefined });
		}
	});

	it('reads no INPUT_DATA from the body of a GET', async () => {
		const url = `${sim.url}/restapi/json/v1/resources`;
		const body = inputData({ SEARCHVALUE: 'nowhere' });
		expect((await call(url, { headers, body })).at('operation.totalRows')).toBe(3);
		expect((await call(`${url}?${body}`, { headers })).at('operation.totalRows')).toBe(0);
	});

	it('takes a token in the query unless it is told not to', async () => {
		const url = `${sim.url}/restapi/json/v1/resources?AUTHTOKEN=${pam360Demo.authToken}`;
		expect((await call(url)).at('operation.result.status')).toBe('Success');
		sim.settings.headerTokenOnly = true;
		expect((await call(url)).at('operation.result.message')).toBe(unknownToken);
	});

	it('locks a user to a host, which may be one that cannot be resolved', async () => {
		const user = sim.state.users.find(({ userName }) => userName === 'api-user')!;
		const list = async () => await call(`${sim.url}/restapi/json/v1/resources`, { headers });
		user.hostName = 'LOCALHOST';
		expect((await list()).at('operation.result.status')).toBe('Success');
		user.hostName = 'build.example.com';
		expect((await list()).at('operation.result.message')).toBe(
			'User is not allowed to access from this host',
		);
		user.hostName = 'nowhere.invalid';
		expect(await list()).toMatchObject({ status: 200, text: '' });
	});

	it('lets a user in to the last day, by its own zone', async () => {
		const user = sim.state.users.find(({ userName }) => userName === 'api-user')!;
		user.expiryDate = '2031-01-09';
		const status = async (time: number) => {
			sim.settings.clockOffsetMs = time - Date.now();
			const answer = await call(`${sim.url}/restapi/json/v1/resources`, { headers });
			return answer.at('operation.result.status');
		};
		// The day ends in Kolkata 5:30 hours before it ends in Greenwich.
		expect(await status(Date.UTC(2031, 0, 9, 18, 29))).toBe('Success');
		expect(await status(Date.UTC(2031, 0, 9, 18, 31))).toBe('Failed');
	});
});
