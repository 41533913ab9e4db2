import { addPam360Account, addPam360Resource } from '../../simulators';
import { pam360Demo } from '../../simulators';
import { call, type CallOptions } from './call';
import { usePam360 } from './pam360Call';

const base = '/restapi/json/v1';

/** What Python's `requests` and `curl --data-urlencode` make of a form: spaces as `+`. */
const form = (INPUT_DATA: string) => new URLSearchParams({ INPUT_DATA }).toString();

/** Requests as other clients of this vendor send them, byte for byte where they are odd. */
describe('clients that others wrote, at the PAM360 simulator', () => {
	const server = usePam360();

	const send = async (path: string, options: CallOptions = {}) => {
		const answer = await call(server.sim.url + path, options);
		expect(answer.status).toBe(200);
		return answer;
	};
	const lastAccount = () => [...server.sim.state.resources.at(-1)!.accounts.values()].at(-1);

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
			server.sim.settings.resourceTypesNeedInput = 'always';
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
			expect(server.sim.state.resources.at(-1)?.description).toBe('\\ \u007f "both\' \n');
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
			expect(server.sim.state.resources[1]?.accounts.get('301')?.password).toBe('Test@123$');
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
			expect(server.sim.state.resources[1]).toMatchObject({ name: 'renamed', location: 'Chennai' });
		});

		it('looks up ids without encoding the names itself', async () => {
			const named = addPam360Resource(server.sim.state, { name: 'Windows Server' });
			addPam360Account(server.sim.state, named, { name: 'local admin' });
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
			expect(answer.at('operation.Details.RESOURCEID')).toBe(server.sim.state.resources.at(-1)?.id);
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
			expect(server.sim.state.resources).toHaveLength(2);
		});

		it('reads keys and certificates', async () => {
			// As until 2021, when this client was written.
			server.sim.settings.pkiPayload = 'own';
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
			const account = server.sim.state.resources[1]!.accounts.get('301')!;
			account.totp = { secret: 'GEZDGNBVGY3TQOJQ', algorithm: 'SHA1', digits: 6, validity: 30 };
			const answer = await send(`${base}/accounts/301/totp?AUTHTOKEN=${pam360Demo.authToken}`);
			expect(answer.at('operation.result.statusCode')).toBe(20_000);
			expect(answer.at('operation.Details.TOTP')).toMatch(/^\d{6}$/u);
		});

		it('gets 599 and nothing else where its input looks harmful', async () => {
			const input = '{"operation":{"Details":{"NEWPASSWORD":"<script>"}}}';
			const answer = await call(`${server.sim.url}${base}/resources/301/accounts/301/password`, {
				method: 'PUT',
				headers: { AUTHTOKEN: pam360Demo.authToken },
				body: form(input),
			});
			expect(answer).toMatchObject({ status: 599, statusText: 'OK', text: '' });
		});
	});

	describe('the Ansible role of pam360-automation: text/json, and bodies that are not encoded', () => {
		const headers = { AUTHTOKEN: pam360Demo.authToken, 'content-type': 'text/json' };
		const get = async (path: string) =>
			await send(`${base}${path}`, { headers: { AUTHTOKEN: pam360Demo.authToken } });
		const sent = async (method: string, path: string, details: string) =>
			await send(`${base}${path}`, {
				method,
				headers,
				body: `INPUT_DATA={"operation":{"Details":${details}}}`,
			});
		const succeeds = async (method: string, path: string, details: string) =>
			expect((await sent(method, path, details)).at('operation.result.status')).toBe('Success');

		it('looks for a resource in the whole list, creates it, and asks for its ID', async () => {
			const all = await get('/resources');
			const names = (all.at('operation.Details') as Array<Record<string, string>>).map(
				(row) => row['RESOURCE NAME'],
			);
			expect(names).not.toContain('lab-host');
			await succeeds(
				'POST',
				'/resources',
				'{"RESOURCENAME":"lab-host","ACCOUNTNAME":"root","RESOURCETYPE":"Linux","PASSWORD":"a1b2c3d4e5!7","DNSNAME":"10.0.0.5","RESOURCEPASSWORDPOLICY":"Strong","ACCOUNTPASSWORDPOLICY":"Strong","RESOURCEGROUPNAME":"Linux Servers"}',
			);
			const id = (await get('/resources/resourcename/lab-host')).at('operation.Details.RESOURCEID');
			await succeeds(
				'POST',
				`/resources/${String(id)}/accounts`,
				'{"ACCOUNTLIST":[{"ACCOUNTNAME":"admin","PASSWORD":"a1b2c3d4e5!7","ACCOUNTPASSWORDPOLICY":"Strong"}]}',
			);
			const accounts = await get(`/resources/${String(id)}/accounts`);
			expect(accounts.at('operation.Details.ACCOUNT LIST.1.ACCOUNT NAME')).toBe('admin');
		});

		it('shares a resource and an account with users and user groups by their names', async () => {
			const user = (await get('/user/getUserId?USERNAME=jdoe')).at('operation.Details.USERID');
			const group = (await get('/user/getUserGroupId?USERGROUPNAME=Web%20team')).at(
				'operation.Details.USERGROUPID',
			);
			const account = '/resources/301/accounts/301';
			const whole = (who: string) => `{"ACCESSTYPE":"fullaccess",${who}}`;
			const part = (who: string) => `{"ACCESSTYPE":"modify",${who}}`;
			await succeeds('PUT', '/resources/301/share', whole(`"USERID":"${String(user)}"`));
			await succeeds('PUT', `${account}/share`, part(`"USERID":"${String(user)}"`));
			await succeeds('PUT', '/resources/301/share', whole(`"USERGROUPID":"${String(group)}"`));
			await succeeds('PUT', `${account}/share`, part(`"USERGROUPID":"${String(group)}"`));
		});

		it('adds a resource to a group by its number, unless it is in it', async () => {
			const found = (await get('/resourcegroup')).at('operation.Details') as Array<
				Record<'resourceGroupId' | 'resourceGroupName', string>
			>;
			const group = server.sim.state.resourceGroups.find(({ type }) => type === 'static')!;
			expect(found).toContainEqual(
				expect.objectContaining({
					resourceGroupId: group.id,
					resourceGroupName: group.name,
				}) as object,
			);
			group.resourceIds.delete('302');
			const isIn = async () =>
				(
					(await get('/resources/302/associatedGroups')).at(
						'operation.Details.ASSOCIATED GROUPS',
					) as Array<Record<'GROUP ID', string>>
				).some((row) => row['GROUP ID'] === group.id);
			expect(await isIn()).toBe(false);
			await succeeds(
				'POST',
				`/resourcegroup/${group.id}/associateResources`,
				'{"RESOURCEIDS":[302]}',
			);
			expect(await isIn()).toBe(true);
			const share = (who: string) =>
				`{"resourceGroupIds":["${group.id}"],${who},"accessType":"fullaccess"}`;
			await succeeds('PUT', '/resourcegroup/share', share('"userGroupIds":["1"]'));
			await succeeds('PUT', '/resourcegroup/share', share('"userIds":["21"]'));
		});

		it.each([
			['GET', '/usergroup'],
			['GET', '/resourcegroups/resourcegroupname/Linux'],
			['POST', '/resourcegroups/1/resources'],
		])('has given up, as nothing was there: %s %s', async (method, path) => {
			const answer = await call(`${server.sim.url}${base}${path}`, { method, headers });
			expect(answer.status).toBe(404);
		});
	});

	describe('clients of Key Manager Plus: the input of a POST in its query', () => {
		const pki = '/api/pki/restapi';
		const headers = { AUTHTOKEN: pam360Demo.authToken };
		const query = (details: object) => form(JSON.stringify({ operation: { Details: details } }));
		const get = async (operation: string, details: object = {}) =>
			await send(`${pki}/${operation}?${query(details)}`, { headers });
		const post = async (operation: string, details: object) =>
			await send(`${pki}/${operation}?${query(details)}`, { method: 'POST', headers });

		interface Row {
			'Common Name': string;
			serialNumber: string;
			ExpiryDate: string;
		}

		it('the monitor in Node.js asks for those that end within some days, as a text', async () => {
			const all = (await get('getAllSSLCertificates')).at('details') as Row[];
			expect(all.length).toBeGreaterThan(0);
			for (const row of all) {
				expect(row).toMatchObject({
					'DNS Name/FQDN': expect.any(String) as string,
					Issuer: expect.any(String) as string,
					Description: expect.any(String) as string,
				});
			}
			const days = (row: Row) => (Date.parse(row.ExpiryDate) - Date.now()) / 86_400_000;
			for (const within of ['45', '9000']) {
				const soon = await get('getAllSSLCertificates', { withExpiryDaysLessThan: within });
				const wanted = all.filter((row) => days(row) < Number(within));
				expect((soon.at('details') ?? []) as Row[]).toEqual(wanted);
			}
			expect(all.some((row) => days(row) < 9_000)).toBe(true);
		});

		it('the client in Go takes the newest of a name, by a date like Jan 2, 2006, and its file', async () => {
			const all = (await get('getAllSSLCertificates')).at('details') as Row[];
			expect(all.map((row) => row.ExpiryDate)).toEqual(
				all.map(() => expect.stringMatching(/^[A-Z][a-z]{2} \d{1,2}, \d{4}$/u) as string),
			);
			const [newest] = all.sort((a, b) => Date.parse(b.ExpiryDate) - Date.parse(a.ExpiryDate));
			const file = await get('getCertificate', {
				common_name: newest?.['Common Name'],
				serial_number: newest?.serialNumber,
				fileType: 'CER',
			});
			expect(file.text).toMatch(/^-----BEGIN CERTIFICATE-----/u);
		});

		it('the PowerShell module makes a certificate and reads its ID and its details', async () => {
			const made = await post('createCertificate', {
				CNAME: 'ps.example.com',
				ALT_NAMES: 'ps.example.com,www.example.com',
				PASSWORD: 'p',
				VALIDITY: '90',
				VALIDITY_TYPE: 'days',
				ALG: 'RSA',
				LEN: '2048',
				SIGALG: 'SHA256',
				StoreType: 'PKCS12',
			});
			expect(made.at('details.SSL_RESOURCEID')).toEqual(expect.any(String));
			const rows = (await get('getAllSSLCertificates')).at('details') as Row[];
			const row = rows.find((one) => one['Common Name'] === 'ps.example.com');
			const details = await get('getCertificateDetails', {
				common_name: 'ps.example.com',
				serial_number: row?.serialNumber,
			});
			expect(details.at('details.0.serialNumber')).toBe(row?.serialNumber);
		});

		it('kmp-issuer makes a request with its name alone, and has it signed with a root', async () => {
			server.sim.settings.createdCsrIdKey = 'CSR_ID';
			const csr = await post('createCSR', { CNAME: 'app.example.com' });
			const [root] = (await get('getAllSSLCertificates')).at('details') as Row[];
			const signed = await post('signCSR', {
				signType: 'signWithRoot',
				rootCertificateCommonName: root?.['Common Name'],
				rootCertificateSerialNumber: root?.serialNumber,
				// Texts, all of them.
				Validity: '100',
				isIntermediate: 'true',
				CSR_ID: csr.at('details.CSR_ID'),
			});
			expect(signed.at('details')).toMatchObject({
				commonName: 'app.example.com',
				serialNumber: expect.any(String) as string,
			});
		});
	});

	it("takes the vendor's Python sample: a PUT with its input in the query", async () => {
		const headers = { AUTHTOKEN: pam360Demo.authToken };
		await send(`${base}/resources/301`, { method: 'DELETE', headers });
		const input = '{"operation":{"Details":{"type":"resource","trashIds":[301]}}}';
		const answer = await send(`${base}/trash/restore?${form(input)}`, { method: 'PUT', headers });
		expect(answer.at('operation.result.status')).toBe('Success');
		expect(server.sim.state.resources).toHaveLength(3);
	});

	it('gives PasswordManPro_CLI a password by names, with the token in the query', async () => {
		const get = async (path: string) =>
			await send(`${base}${path}?AUTHTOKEN=${pam360Demo.authToken}`);
		const list = await get('/resources');
		expect(list.at('operation.totalRows')).toBeGreaterThan(0);
		const rows = list.at('operation.Details') as Array<Record<string, string>>;
		const resource = rows.find((row) => row['RESOURCE ID'] === '301');
		expect(resource?.['RESOURCE NAME']).toEqual(expect.any(String));
		const accounts = await get('/resources/301/accounts');
		const [account] = accounts.at('operation.Details.ACCOUNT LIST') as Array<
			Record<string, string>
		>;
		expect(account?.['ACCOUNT NAME']).toEqual(expect.any(String));
		const password = await get(`/resources/301/accounts/${account?.['ACCOUNT ID']}/password`);
		expect(password.at('operation.Details.PASSWORD')).toBe('Demo 301: A1@8ZnQx)mh&=');
	});

	it('refuses the provider of Nautobot, whose application token comes without its kind', async () => {
		// It was written for Password Manager Pro; the plug-ins for PAM360 send the kind (XSOAR, above).
		const headers = { APP_AUTHTOKEN: pam360Demo.applicationToken };
		const path = `${base}/resources/301/accounts/301/password`;
		const alone = await send(path, { headers });
		expect(alone.at('operation.result.status')).toBe('Failed');
		const whole = await send(path, { headers: { ...headers, APP_TYPE: '17' } });
		expect(whole.at('operation.Details.PASSWORD')).toBe('Demo 301: A1@8ZnQx)mh&=');
	});

	it('gives the connector of FortiSOAR the SSH keys, asked for as a form without a body', async () => {
		const headers = {
			AUTHTOKEN: pam360Demo.authToken,
			'content-type': 'application/x-www-form-urlencoded',
		};
		const answer = await send('/api/pki/restapi/getAllSSHKeys', { headers });
		expect(answer.at('result.status')).toBe('Success');
		expect(answer.at('details.0.KeyName')).toEqual(expect.any(String));
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
		expect(server.sim.state.resources[1]?.location).toBe('Chennai');
	});

	it("exports as Keeper's importer does: each account, its file or its password", async () => {
		const headers = { AUTHTOKEN: pam360Demo.authToken };
		const content = Buffer.from('licence');
		const store = addPam360Resource(server.sim.state, { name: 'Files', type: 'File Store' });
		addPam360Account(server.sim.state, store, { name: 'f', file: { name: 'a.txt', content } });
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
