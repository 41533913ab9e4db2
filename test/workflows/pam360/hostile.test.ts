import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';
import { findSecrets } from '../../harness';
import { answerInTurn, answeredByNock } from '../kit/exchanges';
import type { Exchange } from '../kit/exchanges';
import { said } from '../kit/result';
import { runVendor } from '../vendors';
import { HOST, kit, success } from './kit';

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const ids = { resourceId: byId('1'), accountId: byId('12') };

answeredByNock();

/** Runs one operation against answers in turn. */
async function run(
	resource: string,
	operation: string,
	parameters: IDataObject,
	exchanges: Array<Partial<Exchange>>,
	items: IDataObject[] = [{}],
) {
	nock.cleanAll();
	const sent = answerInTurn(HOST, exchanges);
	const result = await runVendor({
		vendor: 'pam360',
		onlyTheseParameters: true,
		parameters: { resource, operation, options: { concurrency: 1 }, ...parameters },
		credentials: kit.credentials,
		items,
	});
	return { ...result, sent, outputs: result.items.map(({ json }) => json) };
}

const refusal = (message: string, name = 'ANY') => ({
	reply: { operation: { name, result: { status: 'Failed', message } } },
});

describe('custom fields that hold passwords', () => {
	const secretField = {
		CUSTOMFIELDVALUE: 'CANARY-custom-password',
		CUSTOMFIELDTYPE: 'Password',
		CUSTOMFIELDLABEL: 'Boot Password',
		CUSTOMFIELDCOLUMNNAME: 'COLUMN_SCHAR1',
	};

	it.each([
		[
			'account',
			'get',
			ids,
			success('GET RESOURCE ACCOUNT DETAILS', { PASSWDID: '1', 'CUSTOM FIELD': [secretField] }),
		],
		[
			'resource',
			'get',
			{ resourceId: byId('1') },
			success('GET RESOURCE ACCOUNTLIST', {
				'RESOURCE ID': '1',
				'CUSTOM FIELD': secretField,
				'ACCOUNT LIST': [{ 'ACCOUNT ID': '12', 'CUSTOM FIELD': [secretField] }],
			}),
		],
	])('stay out of %s: %s with Simplify off', async (resource, operation, parameters, reply) => {
		const { items, outputs } = await run(resource, operation, { ...parameters, simplify: false }, [
			{ reply },
		]);
		expect(JSON.stringify(outputs)).toContain('Boot Password');
		expect(findSecrets(items, ['CANARY-custom-password'])).toEqual([]);
	});
});

describe('an answer about another thing than the one that was asked for', () => {
	const account = (id: unknown) => success('X', { 'ACCOUNT ID': id, PASSWORD: 'CANARY-of-12' });
	const resource = (id: unknown) =>
		success('X', { 'RESOURCE ID': id, 'ACCOUNT LIST': [{ 'ACCOUNT ID': '12' }] });
	const user = (id: unknown) => ({ id, userName: 'jdoe' });
	const userId = byId('12');
	const updateFields = { description: 'new' };

	const reads: Array<[string, string, IDataObject, (id: unknown) => object]> = [
		['resource', 'get', { resourceId: byId('12') }, resource],
		['account', 'getAll', { resourceId: byId('12'), returnAll: true }, resource],
		['account', 'get', ids, account],
		['account', 'get', ids, (id) => success('X', [{ ACCOUNTID: id }])],
		['password', 'get', ids, account],
		['user', 'get', { userId }, user],
	];
	const changes: Array<[string, string, IDataObject, (id: unknown) => object]> = [
		['resource', 'update', { resourceId: byId('12'), updateFields }, resource],
		['resource', 'delete', { resourceId: byId('12') }, resource],
		['account', 'update', { ...ids, updateFields }, account],
		['account', 'delete', ids, account],
		['user', 'update', { userId, updateFields: { lastName: 'Doe' } }, user],
	];

	it.each([...reads, ...changes])('is not taken for it: %s: %s', async (...call) => {
		const [name, operation, parameters, reply] = call;
		const what = parameters.accountId ? 'account' : parameters.userId ? 'user' : 'resource';
		for (const other of ['7', 7, ' 7 ', '012345678901234567890']) {
			const result = await run(name, operation, parameters, [{ reply: reply(other) }]);
			expect(said(result)).toContain(
				`PAM360 answered with another ${what} than the one asked for (${String(other).trim()} instead of 12)`,
			);
			expect(result.items).toEqual([]);
			expect(findSecrets([result.nodeError, result.logs], ['CANARY-of-12'])).toEqual([]);
		}
	});

	it.each(changes)('leaves open what a change did: %s: %s', async (name, operation, ...call) => {
		const [parameters, reply] = call;
		const result = await run(name, operation, parameters, [{ reply: reply('7') }]);
		expect(result.nodeError?.description).toMatch(
			new RegExp(`The ${name} may have been (changed|deleted) anyway`),
		);
	});

	it.each([...reads, ...changes])('is told by a plain ID only: %s: %s', async (...call) => {
		const [name, operation, parameters, reply] = call;
		const odd = name === 'user' ? ['12', '0012', 12, 'a1'] : ['12', 12, '012', '', null, {}, 'N/A'];
		for (const id of odd) {
			const result = await run(name, operation, parameters, [{ reply: reply(id) }]);
			expect(said(result)).toBe('');
			expect(result.items).toHaveLength(1);
		}
	});

	it('does not hide what a reset did: PAM360 is asked for the password', async () => {
		const parameters = {
			...ids,
			resetType: 'remote',
			passwordSource: 'own',
			newPassword: 'CANARY-new',
		};
		const { outputs, sent } = await run('password', 'reset', parameters, [
			{ reply: success('CHANGE PASSWORD', { 'ACCOUNT ID': '7' }) },
			{ reply: success('GET PASSWORD', { 'ACCOUNT ID': '12', PASSWORD: 'CANARY-new' }) },
		]);
		expect(outputs).toEqual([
			expect.objectContaining({ id: '12', outcome: 'unknown', vaultHolds: 'new' }),
		]);
		expect(sent).toHaveLength(2);
	});
});

describe('a refusal that is not about the credential', () => {
	it('is told as it is, and the other items go on', async () => {
		const text = 'Remote password reset failed: Authentication failed on target host';
		const { nodeError, outputs, sent } = await run(
			'password',
			'reset',
			{ ...ids, resetType: 'remote', passwordSource: 'own', newPassword: 'CANARY-new-password' },
			[
				refusal(text, 'CHANGE PASSWORD'),
				{ reply: success('GET PASSWORD', { PASSWORD: 'old' }) },
				{ reply: success('CHANGE PASSWORD') },
			],
			[{}, {}],
		);
		expect(nodeError).toBeUndefined();
		expect(outputs).toEqual([
			expect.objectContaining({
				outcome: 'unknown',
				message: `PAM360 reported a failure, and part of the work may be done: ${text}`,
			}),
			expect.objectContaining({ outcome: 'done' }),
		]);
		expect(sent).toHaveLength(3);
	});
});

describe('records that are counted and not there', () => {
	const nothing = { reply: success('GET', undefined, { totalRows: 7 }) };
	const all = { returnAll: true };

	it.each([
		['resource', 'getAll', all],
		['account', 'getAll', { ...all, resourceId: byId('1') }],
		['audit', 'getAll', { ...all, auditType: 'User', duration: 'TODAY' }],
		['password', 'getAccessRequests', all],
		['resourceGroup', 'getAll', all],
	])('are not taken for none: %s: %s', async (resource, operation, parameters) => {
		const result = await run(resource, operation, parameters, [nothing]);
		expect(said(result)).toMatch(/PAM360 answered without .+, although it counted 7/);
	});
});

describe('what is no record', () => {
	const pki = (rows: unknown) => ({ name: 'x', result: { status: 'Success' }, SSHKeys: rows });
	const lists: Array<[string, string, IDataObject, (rows: unknown) => object]> = [
		['resource', 'getAll', {}, (rows) => success('X', rows)],
		[
			'account',
			'getAll',
			{ resourceId: byId('1') },
			(rows) => success('X', { 'ACCOUNT LIST': rows }),
		],
		['audit', 'getAll', { auditType: 'User', duration: 'TODAY' }, (rows) => success('X', rows)],
		['resourceGroup', 'getAll', {}, (rows) => success('X', { groups: rows })],
		['password', 'getAccessRequests', {}, (rows) => success('X', rows)],
		['sshKey', 'getAll', {}, pki],
	];

	it.each(lists)('is no list: %s: %s', async (resource, operation, parameters, reply) => {
		for (const rows of [['No rights'], [null], [7, [{}]]]) {
			const result = await run(resource, operation, parameters, [{ reply: reply(rows) }]);
			expect(said(result)).toMatch(/^PAM360 answered with something other than the /);
		}
	});

	it.each([
		['resource', 'getAll', {}],
		['audit', 'getAll', { auditType: 'User', duration: 'TODAY' }],
		['password', 'getAccessRequests', {}],
	])('is not taken for none: %s: %s', async (resource, operation, parameters) => {
		const reply = success('X', 'You have no rights to do this');
		const result = await run(resource, operation, parameters, [{ reply }]);
		expect(said(result)).toMatch(/^PAM360 answered with something other than the /);
	});

	it.each(lists.filter(([name]) => name !== 'password'))(
		'is kept beside records where it says something: %s: %s',
		async (resource, operation, parameters, reply) => {
			const id = {
				'RESOURCE ID': '1',
				'ACCOUNT ID': '1',
				'Audit ID': '1',
				KeyId: '1',
				groupId: '1',
			};
			const { outputs, nodeError } = await run(resource, operation, parameters, [
				{ reply: reply([null, {}, id, 'x']) },
			]);
			expect(nodeError).toBeUndefined();
			expect(outputs).toEqual([
				expect.objectContaining({ id: '1' }),
				expect.objectContaining({ id: null, record: null, recordText: 'x' }),
			]);
		},
	);

	it.each([
		['resource', { resourceId: byId('1') }],
		['account', ids],
	])('is no %s', async (resource, parameters) => {
		const result = await run(resource, 'get', parameters, [{ reply: success('X', {}) }]);
		expect(said(result)).toContain(`returned no details of the ${resource}`);
	});

	it('of a resource without its ID has the one that was asked for', async () => {
		const reply = success('X', { 'RESOURCE NAME': 'res1' });
		const { outputs } = await run('resource', 'get', { resourceId: byId('1') }, [{ reply }]);
		expect(outputs).toEqual([expect.objectContaining({ id: '1', name: 'res1' })]);
	});

	it.each(['export', 'exportKeyStore'])('is no file of a certificate: %s', async (operation) => {
		const parameters = { commonName: 'c', serialNumber: '1' };
		for (const reply of ['null', '[]', '{"operation":null}', '{"Message":"no rights"}']) {
			const result = await run('certificate', operation, parameters, [{ reply }]);
			expect(said(result)).toContain('PAM360 answered without the result of the operation');
			expect(result.items).toEqual([]);
		}
	});
});

it('says of a record that nests 20,000 levels deep that it cannot be read', async () => {
	const details = `{"ACCOUNT ID":"12","x":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
	const reply = `{"operation":{"result":{"status":"Success","message":""},"Details":${details}}}`;
	const result = await run('account', 'get', ids, [{ reply }]);
	expect(said(result)).toContain("The server's answer is nested too deeply to be read | ");
});

describe('a status of an account that says no', () => {
	it.each(['Account was not added successfully', 'Account could not be added successfully'])(
		'is no success: %s',
		async (status) => {
			const result = await run(
				'account',
				'create',
				{
					resourceId: byId('1'),
					accounts: { account: [{ accountName: 'admin', password: 'CANARY-password' }] },
				},
				[{ reply: success('ADD ACCOUNTS', [{ admin: { STATUS: status } }]) }],
			);
			expect(said(result)).toContain(`PAM360 did not add the account admin: ${status}`);
			expect(result.items).toEqual([]);
		},
	);
});

describe('a status of an account that has a "not" in a name', () => {
	const create = async (accountName: string, status: string) =>
		await run(
			'account',
			'create',
			{
				resourceId: byId('1'),
				accounts: { account: [{ accountName, password: 'CANARY-password' }] },
			},
			[{ reply: success('ADD ACCOUNTS', [{ [accountName]: { STATUS: status } }]) }],
		);

	it.each([
		['do not touch', "Account 'do not touch' added successfully"],
		['do-not-touch', 'Account do-not-touch added successfully'],
		['admin', 'Account admin added successfully to "Not in use"'],
		['svc', 'Account added successfully (of ‘do not rotate’)'],
	])('is a success: %s', async (name, status) => {
		const result = await create(name, status);
		expect(said(result)).toBe('');
		expect(result.items).toHaveLength(1);
	});

	it.each([
		['do-not-touch', 'Account do-not-touch was not added'],
		['admin', "Account 'admin' is not added successfully"],
		['added successfully', "Account 'added successfully' is not added as it already exists"],
		['not', 'Account not added successfully'],
		['admin', "It wasn't added successfully, the owner's account is not changed"],
	])('is none where it says no beside: %s', async (name, status) => {
		const result = await create(name, status);
		expect(said(result)).toContain(status);
		expect(result.items).toEqual([]);
	});
});

describe('a value that an expression gives', () => {
	const own = { resetType: 'remote', passwordSource: 'own' };

	it.each(['={{ {a: 1} }}', '={{ [1, 2] }}', '={{ [] }}'])(
		'is not stored as text that nobody meant: %s as custom field',
		async (value) => {
			const result = await run(
				'account',
				'update',
				{ ...ids, updateFields: { customFields: { field: [{ label: 'Owner', value }] } } },
				[],
			);
			expect(said(result)).toContain("'Value' must be a text");
			expect(result.sent).toEqual([]);
		},
	);

	it.each(['={{ [] }}', '={{ [7] }}', '={{ " " }}', '={{ new Date() }}', '={{ {} }}'])(
		'is no number: %s',
		async (commandSet) => {
			const result = await run('account', 'update', { ...ids, updateFields: { commandSet } }, []);
			expect(said(result)).toContain("'Command Set' must be a whole number");
			expect(result.sent).toEqual([]);
		},
	);

	it.each(['={{ 1 / 0 }}', '={{ 0 / 0 }}'])('is no password: %s', async (newPassword) => {
		const result = await run(
			'password',
			'reset',
			{ ...ids, resetType: 'local', passwordSource: 'own', newPassword },
			[],
		);
		expect(said(result)).toContain("'New Password' must be a text");
		expect(result.sent).toEqual([]);
	});

	it.each(['field', 'passwordField'])(
		'of a custom field, %s, is not lost for nothing',
		async (group) => {
			const entry = { label: 'Owner', value: '={{ $json.none }}', password: '={{ $json.none }}' };
			const result = await run(
				'account',
				'update',
				{ ...ids, updateFields: { customFields: { [group]: [entry] } } },
				[],
			);
			expect(said(result)).toMatch(/'Value' is required|'Password' is empty/);
			expect(result.sent).toEqual([]);
		},
	);

	it.each<[string, string, (password: string) => IDataObject]>([
		[
			'account',
			'create',
			(password) => ({
				resourceId: byId('1'),
				accounts: { account: [{ accountName: 'a', password }] },
			}),
		],
		[
			'resource',
			'create',
			(password) => ({ resourceName: 'r', additionalFields: { password, location: 'x' } }),
		],
		['account', 'update', (totpSecret) => ({ ...ids, updateFields: { totpSecret, notes: 'x' } })],
		[
			'user',
			'create',
			(password) => ({
				userName: 'u',
				firstName: 'f',
				lastName: 'l',
				email: 'e@example.com',
				roles: 'r',
				active: true,
				additionalFields: { password },
			}),
		],
		['password', 'reset', (newPassword) => ({ ...ids, ...own, newPassword })],
	])('of a secret is not taken for none: %s: %s', async (resource, operation, parameters) => {
		for (const nothing of ['={{ $json.typo }}', '={{ null }}']) {
			const result = await run(resource, operation, parameters(nothing), []);
			expect(said(result)).toMatch(/'(New Password|Password|TOTP Secret)' (is empty|is required)/);
			expect(result.sent).toEqual([]);
		}
	});

	it('stays secret as a custom field of the type Password', async () => {
		const password = 'CANARY boot "1"';
		const customFields = { passwordField: [{ label: 'Boot', password }] };
		const { nodeError, logs } = await run(
			'account',
			'update',
			{
				...ids,
				updateFields: { customFields },
			},
			[refusal(`${password} is too weak`)],
		);
		expect(nodeError?.message).toContain('is too weak');
		expect(findSecrets([nodeError, logs], [password])).toEqual([]);
	});

	it('stays secret where it is a number', async () => {
		const account = { accountName: 'admin', password: '={{ 10000000 + 8765432 }}' };
		const result = await run(
			'account',
			'create',
			{ resourceId: byId('1'), accounts: { account: [account] } },
			[refusal('18765432 is too weak')],
		);
		expect(said(result)).toContain('is too weak');
		expect(findSecrets([result.nodeError, result.logs, result.run], ['18765432'])).toEqual([]);
	});
});

describe('a password that comes back in another form', () => {
	const password = 'CANARY "x" <y> \\ & z/é\u0001';
	const json = JSON.stringify(password).slice(1, -1);
	const forms: Array<[string, string]> = [
		['INPUT_DATA as it was sent', encodeURIComponent(json)],
		['a form', new URLSearchParams({ p: json }).toString()],
		['HTML', password.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')],
		[
			'HTML with quotes',
			password
				.replace(/&/g, '&amp;')
				.replace(/</g, '&lt;')
				.replace(/>/g, '&gt;')
				.replace(/"/g, '&quot;'),
		],
		['JSON with escaped slashes', json.replace(/\//g, '\\/')],
		['JSON in ASCII', json.replace(/é/g, '\\u00e9')],
	];

	it.each(forms)('does not come out: %s', async (_, form) => {
		const result = await run(
			'password',
			'reset',
			{ ...ids, resetType: 'local', passwordSource: 'own', newPassword: password },
			[refusal(`Bad input (${form})`)],
		);
		expect(said(result)).toContain('Bad input');
		expect(
			findSecrets([result.nodeError, result.logs], ['CANARY', 'CANARY%20', 'CANARY+']),
		).toEqual([]);
	});
});

describe('an answer that is no file', () => {
	it.each([
		['breaks off', '{"operation":{"name":"GET_FILE","result":{"status":"Fai', 'is not JSON'],
		['is blank', ' \n', 'empty body'],
		[
			'has a status of another type',
			'{"operation":{"result":{"status":0,"message":"No such file"}}}',
			'without the result of the operation',
		],
	])('does not come out as one: it %s', async (_, reply, says) => {
		const result = await run('account', 'downloadFile', ids, [{ reply }]);
		expect(said(result)).toContain(says);
		expect(result.items).toEqual([]);
	});
});

describe('a password that PAM360 repeats in its answer', () => {
	it.each(['none', 'file'])('stays out of the raw answer: %s', async (secretOutput) => {
		const newPassword = 'CANARY-typed-password';
		const { items, nodeError } = await run(
			'password',
			'reset',
			{
				...ids,
				resetType: 'local',
				passwordSource: 'own',
				newPassword,
				simplify: false,
				options: { secretOutput },
			},
			[{ reply: success('CHANGE PASSWORD', { NEWPASSWORD: newPassword }) }],
		);
		expect(nodeError).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(findSecrets(items, [newPassword])).toEqual([]);
	});
});
