import { addPam360Account, addPam360Resource } from '../../simulators';
import { pam360Demo, type Pam360Simulator, startPam360Simulator } from '../../simulators';
import { call, type CallOptions } from './call';

const base = '/restapi/json/v1';

/** What Python's `requests` and `curl --data-urlencode` make of a form: spaces as `+`. */
const form = (INPUT_DATA: string) => new URLSearchParams({ INPUT_DATA }).toString();

/** Requests as other clients of this vendor send them, byte for byte where they are odd. */
describe('clients that others wrote, at the PAM360 simulator', () => {
	let sim: Pam360Simulator;

	beforeAll(async () => {
		sim = await startPam360Simulator();
	});

	afterEach(() => sim.reset());

	afterAll(async () => await sim.close());

	const send = async (path: string, options: CallOptions = {}) => {
		const answer = await call(sim.url + path, options);
		expect(answer.status).toBe(200);
		return answer;
	};
	const lastAccount = () => [...sim.state.resources.at(-1)!.accounts.values()].at(-1);

	describe('XSOAR: an application token, and a Python dict as text', () => {
		const headers = {
			APP_AUTHTOKEN: pam360Demo.applicationToken,
			APP_TYPE: '17',
			'user-agent': 'python-requests/2.32.3',
			accept: '*/*',
		};
		const posted = (method: string, input: string): CallOptions => ({
			method,
			headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
			body: form(input),
		});

		it('tests its connection by types without input', async () => {
			const answer = await send(`${base}/resources/resourcetypes`, { headers });
			expect(answer.at('operation.Details')).toContainEqual({
				'RESOURCE TYPE ID': expect.any(String) as string,
				'RESOURCE TYPE': 'Linux',
			});
			sim.settings.resourceTypesNeedInput = 'always';
			const strict = await send(`${base}/resources/resourcetypes`, { headers });
			expect(strict.at('operation.result.status')).toBe('Failed');
		});

		it('creates a resource with every field, the empty ones too', async () => {
			const input =
				"{'operation': {'Details': {'RESOURCENAME': 'SOUTH-FIN-WINSERQA-09', " +
				"'ACCOUNTNAME': 'admin', 'RESOURCETYPE': '', 'PASSWORD': 'A1@8ZnQx)mh&= +%41', " +
				`'NOTES': "it's new", 'LOCATION': '', 'DNSNAME': '', 'DEPARTMENT': '', ` +
				"'RESOURCEDESCRIPTION': '\\\\ \\x7f \"both\\' \\n', 'DOMAINNAME': '', " +
				"'RESOURCEGROUPNAME': '', 'OWNERNAME': '', 'RESOURCEURL': '', " +
				"'RESOURCEPASSWORDPOLICY': '', 'ACCOUNTPASSWORDPOLICY': ''}}}";
			const answer = await send(`${base}/resources`, posted('POST', input));
			expect(answer.json).toEqual({
				operation: {
					result: {
						message: 'Resource SOUTH-FIN-WINSERQA-09 has been added successfully',
						status: 'Success',
					},
					name: 'CREATE RESOURCE',
				},
			});
			expect(lastAccount()).toMatchObject({
				password: 'A1@8ZnQx)mh&= +%41',
				description: "it's new",
			});
			expect(sim.state.resources.at(-1)?.description).toBe('\\ \u007f "both\' \n');
		});

		it('fetches a password with empty reason and ticket in the query', async () => {
			const input = "{'operation': {'Details': {'REASON': '', 'TICKETID': ''}}}";
			const path = `${base}/resources/301/accounts/301/password?${form(input)}`;
			const answer = await send(path, { headers });
			expect(answer.at('operation.Details.PASSWORD')).toBe('Demo 301: A1@8ZnQx)mh&=');
		});

		it('changes a password with a type in small letters', async () => {
			const input =
				"{'operation': {'Details': {'NEWPASSWORD': 'Test@123$', 'RESETTYPE': 'local', " +
				"'REASON': 'Expired', 'TICKETID': ''}}}";
			const path = `${base}/resources/301/accounts/301/password`;
			const answer = await send(path, posted('PUT', input));
			expect(answer.at('operation.result.message')).toBe('Password changed successfully');
			expect(sim.state.resources[1]?.accounts.get('301')?.password).toBe('Test@123$');
		});

		it('lists, adds and edits', async () => {
			const resources = await send(`${base}/resources`, { headers });
			expect(resources.at('operation.totalRows')).toBe(3);
			const path = `${base}/resources/301`;
			const accounts = await send(`${path}/accounts`, { headers });
			expect(accounts.at('operation.Details.ACCOUNT LIST.0.ACCOUNT ID')).toBe('301');
			const details = await send(`${path}/accounts/301`, { headers });
			expect(details.at('operation.Details.PASSWORD STATUS')).toBe('****');
			const added = await send(
				`${path}/accounts`,
				posted(
					'POST',
					"{'operation': {'Details': {'ACCOUNTLIST': [{'ACCOUNTNAME': 'second', 'PASSWORD': 'p', " +
						"'NOTES': '', 'ACCOUNTPASSWORDPOLICY': ''}]}}}",
				),
			);
			expect(added.at('operation.Details')).toEqual([
				{ second: { STATUS: 'Account added successfully' } },
			]);
			const account = await send(
				`${path}/accounts/301`,
				posted(
					'PUT',
					"{'operation': {'Details': {'ACCOUNTNAME': 'toor', 'NOTES': '', " +
						"'ACCOUNTPASSWORDPOLICY': 'Strong'}}}",
				),
			);
			expect(account.at('operation.result.message')).toBe('Account toor modified successfully');
			const resource = await send(
				path,
				posted(
					'PUT',
					"{'operation': {'Details': {'RESOURCENAME': 'renamed', 'RESOURCETYPE': 'Linux', " +
						"'RESOURCEDESCRIPTION': '', 'RESOURCEURL': '', 'RESOURCEPASSWORDPOLICY': 'Strong', " +
						"'LOCATION': 'Chennai', 'DEPARTMENT': '', 'DNSNAME': ''}}}",
				),
			);
			expect(resource.at('operation.result.message')).toBe('Resource  modified successfully.');
			expect(sim.state.resources[1]).toMatchObject({ name: 'renamed', location: 'Chennai' });
		});

		it('looks up ids without encoding the names itself', async () => {
			const named = addPam360Resource(sim.state, { name: 'Windows Server' });
			addPam360Account(sim.state, named, { name: 'local admin' });
			const path = `${base}/resources/getResourceIdAccountId?RESOURCENAME=Windows%20Server&ACCOUNTNAME=local%20admin`;
			const answer = await send(path, { headers });
			expect(answer.at('operation.Details.RESOURCEID')).toBe(named.id);
		});
	});

	describe('pypmp: text/json around a form, and the token in the query for keys', () => {
		const headers = { AUTHTOKEN: pam360Demo.authToken, 'content-type': 'text/json' };

		it('creates a resource and asks for its id by path', async () => {
			const input = JSON.stringify({
				operation: {
					Details: {
						RESOURCENAME: 'pyp res',
						ACCOUNTNAME: 'adm',
						RESOURCETYPE: '',
						PASSWORD: 'x y',
					},
				},
			});
			await send(`${base}/resources`, { method: 'POST', headers, body: form(input) });
			const answer = await send(`${base}/resources/resourcename/pyp%20res`, { headers });
			expect(answer.at('operation.Details.RESOURCEID')).toBe(sim.state.resources.at(-1)?.id);
			expect(lastAccount()?.password).toBe('x y');
		});

		it('locks a user without a body, and deletes a resource', async () => {
			const empty = { ...headers, 'content-length': '0' };
			const locked = await send(`${base}/user/lock?USERNAME=jdoe`, {
				method: 'PUT',
				headers: empty,
			});
			expect(locked.at('operation.result.status')).toBe('Success');
			const path = `${base}/resources/302`;
			const deleted = await send(path, { method: 'DELETE', headers: empty });
			expect(deleted.at('operation.result.status')).toBe('Success');
			expect(sim.state.resources).toHaveLength(2);
		});

		it('reads keys and certificates', async () => {
			// As until 2021, when this client was written.
			sim.settings.pkiPayload = 'own';
			const input = '{"operation": {"Details": {"common_name": "localhost"}}}';
			const query = `AUTHTOKEN=${pam360Demo.authToken}&${form(input)}`;
			const keys = await send(`/api/pki/restapi/getAllSSHKeys?${query}`);
			expect(keys.at('SSHKeys.0.KeyName')).toBe('key1');
			const file = await send(`/api/pki/restapi/getCertificate?${query}`);
			expect(file.text).toMatch(/^-----BEGIN CERTIFICATE-----/u);
			const broken = await send(`/api/pki/restapi/getSSHKey?AUTHTOKEN=${pam360Demo.authToken}`, {
				method: 'POST',
			});
			expect(broken.at('result.status')).toBe('Failed');
		});
	});

	describe('the Ansible look-ups: an application token in the query', () => {
		it.each(['ANSIBLE', 'Ansible'])('finds ids and then JSON in a string, as %s', async (name) => {
			const who = `APP_AUTHTOKEN=${pam360Demo.applicationToken}&APP_NAME=${name}`;
			const headers = { 'content-type': 'application/json' };
			const names = 'RESOURCENAME=WEB-LINUX-01&ACCOUNTNAME=root';
			const ids = await send(`${base}/resources/getResourceIdAccountId?${who}&${names}`, {
				headers,
			});
			expect(ids.at('operation.Details')).toEqual({ RESOURCEID: '301', ACCOUNTID: '301' });
			const details = await send(
				`${base}/resources/getResourceAccountDetails?${who}&RESOURCEID=301&ACCOUNTID=301`,
				{ headers },
			);
			expect(details.at('operation.Details.ACCOUNTDETAILS')).toBe(
				'{"PASSWORD":"Demo 301: A1@8ZnQx)mh&="}',
			);
		});

		it('reads the audit with an empty form', async () => {
			const path = `${base}/audit?AUDITTYPE=Resource&STARTINDEX=1&LIMIT=2&DURATION=TODAY`;
			const headers = { AUTHTOKEN: pam360Demo.authToken, 'content-type': 'application/json' };
			const answer = await send(path, { headers, body: '' });
			expect(answer.at('operation.totalRows')).toBe(0);
		});
	});

	describe("the vendor's browser extension", () => {
		it('has the token in the query at older servers, and reads only code 20000 of a TOTP', async () => {
			const account = sim.state.resources[1]!.accounts.get('301')!;
			account.totp = { secret: 'GEZDGNBVGY3TQOJQ', algorithm: 'SHA1', digits: 6, validity: 30 };
			const answer = await send(`${base}/accounts/301/totp?AUTHTOKEN=${pam360Demo.authToken}`);
			expect(answer.at('operation.result.statusCode')).toBe(20_000);
			expect(answer.at('operation.Details.TOTP')).toMatch(/^\d{6}$/u);
		});

		it('gets 599 and nothing else where its input looks harmful', async () => {
			const input = '{"operation":{"Details":{"NEWPASSWORD":"<script>"}}}';
			const answer = await call(`${sim.url}${base}/resources/301/accounts/301/password`, {
				method: 'PUT',
				headers: { AUTHTOKEN: pam360Demo.authToken },
				body: form(input),
			});
			expect(answer).toMatchObject({ status: 599, statusText: 'OK', text: '' });
		});
	});

	it("takes the vendor's Python sample: a PUT with its input in the query", async () => {
		const headers = { AUTHTOKEN: pam360Demo.authToken };
		await send(`${base}/resources/301`, { method: 'DELETE', headers });
		const input = '{"operation":{"Details":{"type":"resource","trashIds":[301]}}}';
		const answer = await send(`${base}/trash/restore?${form(input)}`, { method: 'PUT', headers });
		expect(answer.at('operation.result.status')).toBe('Success');
		expect(sim.state.resources).toHaveLength(3);
	});

	it("takes curl's samples: -G --data-urlencode, and -d of a literal", async () => {
		const headers = { AUTHTOKEN: pam360Demo.authToken, orgName: 'Example MSP' };
		const encoded = encodeURIComponent('{"operation":{"Details":{"STARTINDEX":"1","LIMIT":"1"}}}');
		const list = await send(`${base}/resources?INPUT_DATA=${encoded}`, { headers });
		expect(list.at('operation.Details.0.RESOURCE ID')).toBe('301');
		const body = 'INPUT_DATA={"operation":{"Details":{"LOCATION":"Chennai"}}}';
		const content = { 'content-type': 'application/x-www-form-urlencoded' };
		const options = { method: 'PUT', headers: { ...headers, ...content }, body };
		await send(`${base}/resources/301`, options);
		expect(sim.state.resources[1]?.location).toBe('Chennai');
	});

	it("exports as Keeper's importer does: each account, its file or its password", async () => {
		const headers = { AUTHTOKEN: pam360Demo.authToken };
		const content = Buffer.from('licence');
		const store = addPam360Resource(sim.state, { name: 'Files', type: 'File Store' });
		addPam360Account(sim.state, store, { name: 'f', file: { name: 'a.txt', content } });
		const resources = (await send(`${base}/resources`, { headers })).at('operation.Details');
		const seen: string[] = [];
		for (const row of resources as Array<Record<string, string>>) {
			const path = `${base}/resources/${row['RESOURCE ID']}/accounts`;
			const details = (await send(path, { headers })).at('operation.Details');
			const accounts = (details as Record<string, Array<Record<string, string>>>)['ACCOUNT LIST'];
			for (const account of accounts ?? []) {
				const one = `${path}/${account['ACCOUNT ID']}`;
				if (row['RESOURCE TYPE'] === 'File Store') {
					seen.push((await send(`${one}/downloadfile`, { headers })).text);
				} else {
					const answer = await send(`${one}/password`, { headers });
					seen.push(answer.at('operation.Details.PASSWORD') as string);
				}
			}
		}
		expect(seen).toEqual([
			...['1', '301', '302'].map((id) => `Demo ${id}: A1@8ZnQx)mh&=`),
			'licence',
		]);
	});
});
