import {
	addPam360Account,
	addPam360Resource,
	fetchResets,
	type Pam360Account,
} from '../../simulators';
import { refusal, usePam360 } from './pam360Call';

const at = Date.UTC(2021, 11, 1, 15, 30);
const one = '/resources/301/accounts/301';

describe('accounts of the PAM360 simulator', () => {
	const server = usePam360();
	const { api } = server;

	const account = (): Pam360Account => server.sim.state.resources[1]!.accounts.get('301')!;
	const add = async (...ACCOUNTLIST: unknown[]) =>
		await api.post('/resources/301/accounts', { ACCOUNTLIST });
	const listed = async (details?: object) => {
		const { Details } = await api.get('/resources/301/accounts', details);
		const rows = (Details as { 'ACCOUNT LIST': object[] })['ACCOUNT LIST'];
		return rows as Array<Record<string, unknown>>;
	};

	it('has the fields of the documentation, of older builds or of newer ones', async () => {
		const documented = await api.get('/resources/301/accounts');
		expect(documented).toEqual({
			result: {
				message: 'Resource details with account list fetched successfully',
				status: 'Success',
			},
			Details: {
				LOCATION: '',
				'RESOURCE DESCRIPTION': 'Web front end',
				'RESOURCE TYPE': 'Linux',
				'RESOURCE ID': '301',
				'ACCOUNT LIST': [
					{
						ACCOUNT_DESCRIPTION: '',
						ISFAVPASS: 'false',
						'ACCOUNT ID': '301',
						AUTOLOGONLIST: ['SSH', 'Telnet'],
						'ACCOUNT NAME': 'root',
						PASSWORDREQUEST_REASON_MANDATORY: 'true',
						'PASSWORD STATUS': '****',
						ISREMOTEAPPONLY: 'false',
						'ACCOUNT PASSWORD POLICY': 'Strong',
						IS_USER_WITH_COMMAND_CONTROL_ROLE: 'false',
						AUTOLOGONSTATUS: 'ALLOWED',
						IS_TICKETID_REQD_ACW: 'false',
						IS_COMMAND_CONTROL_CONFIGURED: 'false',
						PASSWDID: '301',
						IS_TICKETID_REQD_MANDATORY: 'false',
						IS_TICKETID_REQD: 'false',
						ISREASONREQUIRED: 'false',
					},
				],
				DEPARTMENT: '',
				'RESOURCE OWNER': 'admin',
				'RESOURCE PASSWORD POLICY': 'Strong',
				'RESOURCE URL': '',
				NEWSSHTERMINAL: 'false',
				'DOMAIN NAME': '',
				ALLOWOPENURLINBROWSER: 'true',
				'RESOURCE NAME': 'WEB-LINUX-01',
				'DNS NAME': '',
			},
			name: 'GET RESOURCE ACCOUNTLIST',
		});
		const details = documented.Details as Record<string, unknown>;
		Object.assign(server.sim.settings, {
			answersOf: 'older',
			autologonStatus: 'Check the server.',
		});
		const [older] = await listed();
		expect(Object.keys(older ?? {})).toHaveLength(13);
		expect(older).toMatchObject({ AUTOLOGONSTATUS: 'Check the server.' });
		server.sim.settings.answersOf = 'newer';
		const newer = (await api.get('/resources/301/accounts')).Details as object;
		expect(Object.keys(newer).filter((key) => !(key in details))).toEqual([
			'PASSWORDREQUEST_REASON_MANDATORY',
			'IS_LOCAL_ACCOUNTS_AUTOLOGON_RESTRICTED',
			'IS_SSH_RESTRICTED',
			'ISRDPRESTRICTED',
		]);
	});

	it('lists what is searched for, and pages', async () => {
		await add({ ACCOUNTNAME: 'backup' }, { ACCOUNTNAME: 'deploy' });
		const found = async (details: object) =>
			(await listed(details)).map((row) => row['ACCOUNT NAME']);
		expect(await found({ SEARCHTYPE: 'ACCOUNT', SEARCHVALUE: 'DEP' })).toEqual(['deploy']);
		expect(await found({ SEARCHCOLUMN: 'LOGINNAME', SEARCHVALUE: 'o' })).toEqual([
			'root',
			'deploy',
		]);
		expect(await found({ SEARCHTYPE: 'RESOURCE', SEARCHVALUE: 'web-' })).toHaveLength(3);
		expect(await found({ SEARCHTYPE: 'RESOURCE', SEARCHVALUE: 'deploy' })).toEqual([]);
		expect(await found({ STARTINDEX: 1, LIMIT: 1 })).toEqual(['backup']);
		expect(await found({ GROUPID: 1 })).toHaveLength(3);
		expect(await found({ GROUPID: 9 })).toEqual([]);
		expect(await found({ VIEWTYPE: 'FAVOURITEPASSWORD' })).toEqual([]);
		expect(await found({ VIEWTYPE: 'LINUXSSHPASSWORD', SEARCHVALUE: 'root' })).toEqual(['root']);
	});

	describe('details', () => {
		it('tell times in the zone of the server', async () => {
			Object.assign(account(), { lastAccessed: at, password: 'Demo-301' });
			expect(await api.get(one)).toEqual({
				result: { message: 'Account details fetched successfully', status: 'Success' },
				Details: {
					DESCRIPTION: 'N/A',
					PASSWDID: '301',
					'LAST MODIFIED TIME': 'N/A',
					'EXPIRY STATUS': 'Valid',
					'COMPLIANT REASON': '-',
					PASSWORDREQUEST_REASON_MANDATORY: 'true',
					'PASSWORD STATUS': '****',
					'PASSWORD POLICY': 'Strong',
					'COMPLIANT STATUS': 'Compliant',
					'LAST ACCESSED TIME': 'Dec 1, 2021 09:00 PM',
				},
				name: 'GET RESOURCE ACCOUNT DETAILS',
			});
			server.sim.settings.answersOf = 'older';
			Object.assign(account(), { password: 'short', approvalRequired: true });
			const { Details } = await api.get(one);
			expect(Details).not.toHaveProperty('PASSWORDREQUEST_REASON_MANDATORY');
			expect(Details).toMatchObject({
				'COMPLIANT STATUS': 'Non-Compliant',
				'COMPLIANT REASON': 'Minimum length must be 8',
				'PASSWORD STATUS': '[Request]',
			});
		});

		it.each(['/resources/301/accounts/302', '/resources/9/accounts/301'])(
			'refuse %s',
			async (path) => {
				expect(refusal(await api.get(path))).toBe('No such account found');
				expect(refusal(await api.delete(path))).toBe('No such account found');
			},
		);
	});

	describe('add', () => {
		it('answers under the name of each account', async () => {
			expect(await add({ ACCOUNTNAME: 'admin', PASSWORD: 'Pa$$ Word@124 ', NOTES: 'n' })).toEqual({
				result: { message: 'Account(s) added successfully', status: 'Success' },
				Details: [{ admin: { STATUS: 'Account added successfully' } }],
				name: 'ADD ACCOUNTS',
			});
			const id = [...server.sim.state.resources[1]!.accounts.keys()].at(-1);
			const fetched = await api.get(`/resources/301/accounts/${id}/password`);
			expect(fetched.Details).toEqual({ PASSWORD: 'Pa$$ Word@124 ' });
		});

		it('hides what is there already below a Success, or refuses it all', async () => {
			const exists = 'Account is not added  as it already exists';
			const several = [{ ACCOUNTNAME: 'root' }, { ACCOUNTNAME: 'new' }, { ACCOUNTNAME: 'new' }];
			expect(await add(...several)).toMatchObject({
				result: { status: 'Success' },
				Details: [
					{ root: { STATUS: exists } },
					{ new: { STATUS: 'Account added successfully' } },
					{ new: { STATUS: exists } },
				],
			});
			expect(server.sim.state.resources[1]!.accounts.size).toBe(2);
			server.sim.settings.duplicateAccounts = 'refused';
			expect(refusal(await add({ ACCOUNTNAME: 'newer' }, { ACCOUNTNAME: 'root' }))).toBe(exists);
			expect(server.sim.state.resources[1]!.accounts.size).toBe(2);
		});

		it('keeps everything that is documented', async () => {
			await add({
				ACCOUNTNAME: '__proto__',
				ACCOUNTPASSWORDPOLICYID: 101,
				COMMAN_SET: 1000,
				RECORD_RDP_SESSIONS: true,
				SERVICES_RESET: 'false',
				ACCOUNT_RESOURCE_GROUP_IDS: ['3002', '3003'],
				TOTP_SECRET: '829 198',
				TOTP_ALGORITHM: 'SHA256',
				TOTP_DIGITS: '6',
				TOTP_VALIDITY: '30',
				SAP_USER_TYPE: 'A',
				ACCOUNTCUSTOMFIELD: [{ CUSTOMLABEL: 'Owner team', CUSTOMVALUE: 'Web' }],
			});
			expect([...server.sim.state.resources[1]!.accounts.values()].at(-1)).toMatchObject({
				name: '__proto__',
				owner: 'api-user',
				totp: { secret: '829 198', algorithm: 'SHA256', digits: 6, validity: 30 },
				customFields: [{ label: 'Owner team', value: 'Web' }],
				options: {
					commandSet: 1000,
					RECORD_RDP_SESSIONS: true,
					SERVICES_RESET: false,
					groupIds: ['3002', '3003'],
					SAP_USER_TYPE: 'A',
				},
			});
		});

		it.each([
			['none', [], 'ACCOUNTLIST'],
			['no object', ['admin'], 'ACCOUNTLIST'],
			['no name', [{ ACCOUNTNAME: 'a' }, { PASSWORD: 'x' }], 'ACCOUNTNAME is missing.'],
			['an unknown policy', [{ ACCOUNTNAME: 'a', ACCOUNTPASSWORDPOLICYID: 7 }], 'policy'],
			['an odd flag', [{ ACCOUNTNAME: 'a', SERVICES_RESTART: 1 }], 'SERVICES_RESTART'],
			['an odd algorithm', [{ ACCOUNTNAME: 'a', TOTP_SECRET: 'x', TOTP_ALGORITHM: 'MD5' }], 'TOTP'],
		])('refuses %s, and adds nothing', async (_what, list, message) => {
			expect(refusal(await add(...list))).toContain(message);
			expect(server.sim.state.resources[1]!.accounts.size).toBe(1);
		});
	});

	describe('edit', () => {
		it('leaves the password alone', async () => {
			const before = account().password;
			const edit = { ACCOUNTNAME: 'admin', OWNERNAME: 'admin', NOTES: 'edited', PASSWORD: 'new' };
			expect(await api.put(one, edit)).toEqual({
				result: { message: 'Account admin modified successfully', status: 'Success' },
				name: 'EDIT ACCOUNT',
			});
			expect(account()).toMatchObject({ name: 'admin', description: 'edited', password: before });
			await api.put(one, { DESCRIPTION: 'told', DOMAINNAME: 'corp', COMMAND_SET: '7' });
			expect(account()).toMatchObject({
				name: 'admin',
				description: 'told',
				domainName: 'corp',
				options: { commandSet: 7 },
			});
			const { Details } = await api.get(one);
			expect(Details).toMatchObject({
				'LAST MODIFIED TIME': expect.not.stringMatching('N/A') as string,
			});
		});

		it('refuses names that are taken and owners that are not', async () => {
			await add({ ACCOUNTNAME: 'other' });
			expect(refusal(await api.put(one, { ACCOUNTNAME: 'other' }))).toMatch('already exists');
			expect(refusal(await api.put(one, { OWNERNAME: 'nobody' }))).toMatch('No such user');
		});
	});

	describe('password', () => {
		it('is fetched, and the account has been accessed', async () => {
			expect(await api.get(`${one}/password`, { REASON: '', TICKETID: '' })).toEqual({
				result: { message: 'Password fetched successfully', status: 'Success' },
				Details: { PASSWORD: 'Demo 301: A1@8ZnQx)mh&=' },
				name: 'GET PASSWORD',
			});
			expect(account().lastAccessed).not.toBeNull();
		});

		it('needs a reason and a ticket where the account says so', async () => {
			Object.assign(account(), { reasonRequired: true, ticketRequired: true });
			const path = `${one}/password`;
			expect(refusal(await api.get(path))).toMatch('Reason');
			expect(refusal(await api.get(path, { REASON: ' ', TICKETID: '7' }))).toMatch('Reason');
			expect(refusal(await api.get(path, { REASON: 'job', TICKETID: '' }))).toMatch('Ticket');
			expect(refusal(await api.get(path, { REASON: 'job', TICKETID: 'x' }))).toMatch('TICKETID');
			expect(refusal(await api.put(path, { NEWPASSWORD: 'x' }))).toMatch('Reason');
			expect(account().lastAccessed).toBeNull();
			const asked = await api.get(path, { REASON: 'nightly job', TICKETID: '7' });
			expect(asked.result.status).toBe('Success');
			expect(server.sim.state.audit).toMatchObject([{ reason: 'nightly job', ticketId: '7' }]);
			expect(await listed()).toMatchObject([
				{ ISREASONREQUIRED: 'true', IS_TICKETID_REQD: 'true', IS_TICKETID_REQD_MANDATORY: 'true' },
			]);
		});

		it.each(['A1@8ZnQx)mh&=', 'a+b%20&c=#', ' Pa$$ Word@124 ', 'päß €\u{1f511}', '"\'\\'])(
			'is changed to %s and read back',
			async (NEWPASSWORD) => {
				const changed = await api.put(`${one}/password`, { NEWPASSWORD, RESETTYPE: 'local' });
				expect(changed).toEqual({
					name: 'CHANGE PASSWORD',
					result: { status: 'Success', message: 'Password changed successfully' },
				});
				const fetched = await api.get(`${one}/password`);
				expect(fetched.Details).toEqual({ PASSWORD: NEWPASSWORD });
				expect(account().passwordOnTarget).toBeNull();
			},
		);

		it('is changed on the target only by REMOTE', async () => {
			await api.put(`${one}/password`, { NEWPASSWORD: 'Test@123$', RESETTYPE: 'REMOTE' });
			expect(account()).toMatchObject({ password: 'Test@123$', passwordOnTarget: 'Test@123$' });
			server.sim.settings.remoteReset = { target: 'failed', vault: 'failed' };
			const failed = await api.put(`${one}/password`, { NEWPASSWORD: 'x', RESETTYPE: 'remote' });
			expect(refusal(failed)).toMatch('remote');
			expect(account()).toMatchObject({ password: 'Test@123$', passwordOnTarget: 'Test@123$' });
		});

		it.each([
			['target', { password: 'A1@8ZnQx)mh&=', passwordOnTarget: 'new' }],
			['vault', { password: 'new', passwordOnTarget: null }],
		] as const)('may be changed in one place only: %s', async (place, expected) => {
			server.sim.settings.remoteReset = { target: 'failed', vault: 'failed', [place]: 'ok' };
			account().password = 'A1@8ZnQx)mh&=';
			const failed = await api.put(`${one}/password`, { NEWPASSWORD: 'new', RESETTYPE: 'REMOTE' });
			expect(refusal(failed)).toMatch('remote');
			expect(failed.result).toMatchObject({ status: 'Failed', statusCode: 40_000 });
			expect(account()).toMatchObject(expected);
		});

		it('is changed on a target with an agent when that asks for it', async () => {
			server.sim.settings.remoteResetQueued = true;
			await api.put(`${one}/password`, { NEWPASSWORD: 'new', RESETTYPE: 'REMOTE' });
			expect(account()).toMatchObject({ password: 'new', passwordOnTarget: null });
			fetchResets(server.sim.state);
			expect(account().passwordOnTarget).toBe('new');
		});

		it('is made by policy where none is sent, or refused', async () => {
			const before = account().password;
			await api.put(`${one}/password`, { RESETTYPE: 'LOCAL' });
			expect(account().password).not.toBe(before);
			expect(account().password).toHaveLength(16);
			server.sim.settings.generateMissingPassword = false;
			expect(refusal(await api.put(`${one}/password`, {}))).toBe('NEWPASSWORD is missing.');
		});

		it('is refused for accounts that are not there, and other types', async () => {
			const put = async (path: string, details: object) => refusal(await api.put(path, details));
			const path = '/resources/301/accounts/9/password';
			expect(await put(path, { NEWPASSWORD: 'x' })).toContain('No such account found');
			expect(await put(`${one}/password`, { RESETTYPE: 'BOTH' })).toMatch('RESETTYPE');
		});

		it('is generated, and kept nowhere', async () => {
			const generate = async (POLICY: string) => await api.get('/passwords/generate', { POLICY });
			const { PASSWORD } = (await generate('Strong')).Details as { PASSWORD: string };
			for (const kind of [/[a-z]/u, /[A-Z]/u, /[0-9]/u, /[^a-z0-9]/iu]) {
				expect(PASSWORD).toMatch(kind);
			}
			expect((await generate('Strong')).Details).not.toEqual({ PASSWORD });
			expect(refusal(await generate('Feeble'))).toMatch('policy');
			expect(server.sim.state.audit).toEqual([]);
		});

		it('comes as JSON within JSON, or the reason why not', async () => {
			const path = '/resources/getResourceAccountDetails?RESOURCEID=301&ACCOUNTID=301';
			const inner = async () => {
				const { Details } = await api.get(path);
				return JSON.parse((Details as { ACCOUNTDETAILS: string }).ACCOUNTDETAILS) as object;
			};
			expect(await inner()).toEqual({ PASSWORD: 'Demo 301: A1@8ZnQx)mh&=' });
			account().reasonRequired = true;
			expect(await inner()).toEqual({ PASSWORD_REASON: expect.stringMatching('Reason') as string });
			expect(refusal(await api.get(path.replace('ACCOUNTID=301', 'ACCOUNTID=9')))).toBe(
				'No such account found',
			);
			expect(refusal(await api.get('/resources/getResourceAccountDetails'))).toMatch('RESOURCEID');
		});
	});

	describe('file', () => {
		const content = Buffer.from([0, 255, 254, 10, 123]);
		const file = '/resources/701/accounts/702/downloadfile';

		beforeEach(() => {
			const store = { id: '701', name: 'Licences', type: 'File Store' };
			const kept = { name: 'licence ü.bin', content };
			addPam360Account(server.sim.state, addPam360Resource(server.sim.state, store), {
				id: '702',
				name: 'licence',
				file: kept,
			});
		});

		it('is bytes as they are, and its name the password status', async () => {
			const answer = await api.raw('GET', file, { REASON: 'audit' });
			expect(answer.text).toBe(content.toString('utf8'));
			expect(answer.headers).toMatchObject({
				'content-type': 'application/octet-stream',
				'content-length': '5',
				'content-disposition': "attachment; filename*=UTF-8''licence%20%C3%BC.bin",
			});
			expect((await api.get('/resources/701/accounts/702')).Details).toMatchObject({
				'PASSWORD STATUS': 'licence ü.bin',
			});
			expect(refusal(await api.get('/resources/701/accounts/702/password'))).toMatch('file');
		});

		it('fails as JSON, even under the type of a file', async () => {
			expect(refusal(await api.get(`${one}/downloadfile`))).toMatch('No file');
			server.sim.settings.fileFailuresAsFile = true;
			const answer = await api.raw('GET', `${one}/downloadfile`);
			expect(answer.headers['content-type']).toBe('application/octet-stream');
			expect(answer.at('operation.result.status')).toBe('Failed');
			const other = await api.raw('GET', '/resources/9/accounts');
			expect(other.headers['content-type']).toMatch('application/json');
		});

		it('needs a reason where the account says so', async () => {
			server.sim.state.resources.at(-1)!.accounts.get('702')!.reasonRequired = true;
			expect(refusal(await api.get(file))).toMatch('Reason');
		});
	});

	describe('TOTP', () => {
		// RFC 6238 appendix B, at 1234567890.
		it.each([
			['SHA1', 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', '89005924'],
			['SHA256', 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA====', '91819424'],
			[
				'SHA512',
				'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ GEZDGNA=',
				'93441116',
			],
		])('is that of RFC 6238 with %s', async (algorithm, secret, TOTP) => {
			await api.put(one, {
				TOTP_SECRET: secret,
				TOTP_ALGORITHM: algorithm,
				TOTP_DIGITS: 8,
				TOTP_VALIDITY: '30',
			});
			server.sim.settings.clockOffsetMs = 1_234_567_890_000 - Date.now();
			expect(await api.get('/accounts/301/totp')).toMatchObject({
				result: { status: 'Success', statusCode: 20_000 },
				Details: { TOTP },
			});
		});

		it('is refused where there is none', async () => {
			expect(refusal(await api.get('/accounts/301/totp'))).toMatch('TOTP');
			expect(refusal(await api.get('/accounts/999/totp'))).toBe('No such account found');
		});
	});
});
