import { DateTime } from 'luxon';
import { pam360Demo } from '../../simulators';
import { type Answer, call, form } from './call';
import { usePam360 } from './pam360Call';

const base = '/restapi/json/v1';
const token = { AUTHTOKEN: pam360Demo.authToken };
const details = (fields: object) => JSON.stringify({ operation: { details: fields } });
const wanted = details({ generateAgentKey: 'true', validityPeriod: 3 });

describe('PAM360 simulator', () => {
	const server = usePam360();

	async function issue(input = wanted, headers: Record<string, string> = token): Promise<Answer> {
		return await call(
			`${server.sim.url}${base}/agents/agentkey`,
			form({ INPUT_DATA: input }, headers),
		);
	}

	function failure(answer: Answer): string {
		expect(answer).toMatchObject({
			status: 200,
			json: { operation: { name: expect.any(String) as unknown, result: { status: 'Failed' } } },
		});
		expect(answer.at('operation')).not.toHaveProperty('Details');
		return answer.at('operation.result.message') as string;
	}

	it('issues a key of 16 hex digits that ends at the local time of the server', async () => {
		const before = Date.now();
		const answer = await issue();
		const key = server.sim.state.keys[0];
		expect(answer.json).toEqual({
			operation: {
				result: {
					message: 'Agent key fetched successfully.',
					status: 'Success',
					statusCode: 20_000,
				},
				Details: { agentKey: key?.agentKey, agentKeyEndTime: key?.agentKeyEndTime },
				name: 'Fetch Agent Key',
			},
		});
		expect(key?.agentKey).toMatch(/^[0-9a-f]{16}$/u);
		expect(key?.agentKeyEndTime).toMatch(/^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d$/u);
		const end = DateTime.fromFormat(key?.agentKeyEndTime ?? '', 'dd/MM/yyyy HH:mm:ss', {
			zone: 'Asia/Kolkata',
		}).toMillis();
		expect(end).toBe(key?.endTime);
		expect(end).toBeGreaterThan(before + 3 * 3_600_000 - 1_000);
		expect(end).toBeLessThanOrEqual(Date.now() + 3 * 3_600_000);
	});

	it('answers in any zone and by its own clock', async () => {
		server.sim.settings.serverTimeZone = 'America/New_York';
		server.sim.settings.clockOffsetMs = Date.UTC(2031, 0, 9, 4, 30) - Date.now();
		const answer = await issue();
		expect(answer.at('operation.Details.agentKeyEndTime')).toMatch(/^09\/01\/2031 02:30:0\d$/u);
	});

	it('gives the present key, or none, where none is to be generated', async () => {
		const present = details({ generateAgentKey: false });
		expect(failure(await issue(present))).toMatch('No active agent key');
		const first = (await issue()).at('operation.Details.agentKey') as string;
		expect((await issue(present)).at('operation.Details.agentKey')).toBe(first);
		expect(server.sim.state.keys).toHaveLength(1);
	});

	describe('who calls', () => {
		const unknown = 'API key received is not associated to any user. Authentication failed.';

		it.each([
			['AUTHTOKEN header', '', token],
			['AUTHTOKEN query', `?AUTHTOKEN=${pam360Demo.authToken}`, {}],
			[
				'application token header',
				'',
				{ APP_AUTHTOKEN: pam360Demo.applicationToken, APP_TYPE: '17' },
			],
			[
				'application token query',
				`?APP_AUTHTOKEN=${pam360Demo.applicationToken}&APP_NAME=ANSIBLE`,
				{},
			],
		])('is known by %s', async (_how, query, headers) => {
			const answer = await call(`${server.sim.url}${base}/resources${query}`, { headers });
			expect(answer.at('operation.result.status')).toBe('Success');
		});

		it.each([
			['nothing', {}],
			['an unknown token', { AUTHTOKEN: 'X' }],
			['an application token of no type', { APP_AUTHTOKEN: pam360Demo.applicationToken }],
			['a bearer', { authorization: `Bearer ${pam360Demo.authToken}` }],
		])('is refused with %s', async (_how, headers) => {
			const answer = await issue(wanted, headers);
			expect(failure(answer)).toBe(unknown);
			expect(answer.at('operation.name')).toBe('Authentication');
		});

		it('is refused with an expired token, and from another host', async () => {
			server.sim.settings.hostLocked = true;
			expect(failure(await issue())).toBe('User is not allowed to access from this host');
			server.sim.state.tokens.set(pam360Demo.authToken, { user: 'old', expiresAt: Date.now() - 1 });
			expect(failure(await issue())).toBe(unknown);
		});

		it('gets nothing where the host cannot be resolved', async () => {
			server.sim.settings.hostNotResolvable = true;
			expect(await issue()).toMatchObject({ status: 200, text: '' });
			expect(server.sim.state.keys).toHaveLength(0);
		});

		it('may name an organisation that exists', async () => {
			await issue(wanted, { ...token, orgName: pam360Demo.orgName });
			expect(server.sim.state.keys[0]?.orgName).toBe(pam360Demo.orgName);
			expect(failure(await issue(wanted, { ...token, orgName: 'Nobody' }))).toMatch('organization');
		});
	});

	describe('INPUT_DATA', () => {
		it('is read from any content type, from the query, and with single quotes', async () => {
			const url = `${server.sim.url}${base}/agents/agentkey`;
			const encoded = new URLSearchParams({ INPUT_DATA: wanted }).toString();
			const bodies = [
				{ headers: { ...token, 'content-type': 'text/json' }, body: encoded },
				{ headers: token, body: encoded },
			];
			for (const one of bodies) {
				expect((await call(url, { method: 'POST', ...one })).at('operation.Details')).toBeDefined();
			}
			const inQuery = await call(`${url}?${encoded}`, { method: 'POST', headers: token });
			expect(inQuery.at('operation.Details')).toBeDefined();
			const python =
				"{'operation': {'details': {'generateAgentKey': True, 'x': 'it\\'s', 'y': \"a'b\"}}}";
			expect((await issue(python)).at('operation.Details')).toBeDefined();
			expect(server.sim.state.keys).toHaveLength(4);
		});

		it.each([
			['the wrong case', JSON.stringify({ operation: { Details: { generateAgentKey: true } } })],
			['no JSON', '{oops'],
			['no generateAgentKey', details({})],
			['an odd generateAgentKey', details({ generateAgentKey: ['true'] })],
			...[0, -1, 1.5, '3h', 'NaN', null, 2_147_483_648].map((hours) => [
				`validityPeriod ${hours}`,
				details({ generateAgentKey: true, validityPeriod: hours }),
			]),
		])('is refused with %s', async (_what, input) => {
			failure(await issue(input));
			expect(server.sim.state.keys).toHaveLength(0);
		});

		it('is refused where it is missing', async () => {
			const url = `${server.sim.url}${base}/agents/agentkey`;
			failure(await call(url, { method: 'POST', headers: token }));
			failure(await call(url, { method: 'POST', headers: token, body: wanted }));
		});

		it('meets the security filter: 599 OK without a body', async () => {
			const answer = await issue(details({ generateAgentKey: true, note: '<SCRIPT>' }));
			expect(answer).toMatchObject({ status: 599, statusText: 'OK', text: '' });
			server.sim.settings.securityFilter = true;
			expect((await issue()).status).toBe(599);
		});
	});

	it('varies its answer', async () => {
		Object.assign(server.sim.settings, {
			successStatus: 'true',
			statusCode: 'string',
			omitName: true,
		});
		const varied = (await issue()).at('operation') as { result: object };
		expect(varied.result).toMatchObject({ status: 'true', statusCode: '20000' });
		expect(varied).not.toHaveProperty('name');

		Object.assign(server.sim.settings, { statusCode: 'absent', emptyAgentKey: true });
		const empty = (await issue()).at('operation') as { result: object; Details: object };
		expect(empty.result).not.toHaveProperty('statusCode');
		expect(empty.Details).toMatchObject({ agentKey: '' });

		Object.assign(server.sim.settings, { omitDetails: true, failureStatusCode: 40_001 });
		expect((await issue()).at('operation')).not.toHaveProperty('Details');
		const failed = await issue('{}');
		expect(failure(failed)).toBeTruthy();
		expect(failed.at('operation.result.statusCode')).toBe(40_001);
	});

	it('lists resources, and an empty list without Details', async () => {
		const list = async (fields?: object) => {
			const input = JSON.stringify({ operation: { Details: fields } });
			const query = fields ? `?${new URLSearchParams({ INPUT_DATA: input }).toString()}` : '';
			const url = `${server.sim.url}${base}/resources${query}`;
			return (await call(url, { headers: token })).at('operation');
		};
		expect(await list()).toMatchObject({ totalRows: 3, Details: expect.any(Array) as unknown });
		const search = { SEARCHCOLUMN: 'RESOURCENAME', SEARCHVALUE: 'web', STARTINDEX: '1', LIMIT: 5 };
		expect(await list(search)).toMatchObject({
			totalRows: 2,
			Details: [{ 'RESOURCE ID': '302' }],
		});
		const none = await list({ SEARCHVALUE: 'nowhere' });
		expect(none).toMatchObject({ totalRows: 0, result: { status: 'Success' } });
		expect(none).not.toHaveProperty('Details');
	});

	it('lists resource types', async () => {
		const input = JSON.stringify({
			operation: { Details: { RESOURCETYPE_CONTAINING: ['brocade'] } },
		});
		const query = new URLSearchParams({ INPUT_DATA: input }).toString();
		const url = `${server.sim.url}${base}/resources/resourcetypes`;
		const answer = await call(`${url}?${query}`, { headers: token });
		expect(answer.at('operation.totalRows')).toBe(1);
		failure(await call(url, { headers: token }));
	});

	it('shows a page for a path that it does not have', async () => {
		const answer = await call(`${server.sim.url}/restapi/json/v2/resources`, { headers: token });
		expect(answer.status).toBe(404);
		expect(answer.headers['content-type']).toMatch('text/html');
	});
});
