import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';
import { pam360 } from '../../../nodes/Pam360/resources';
import { findSecrets } from '../../harness';
import { said } from '../kit/result';
import { runVendor } from '../vendors';
import { HOST, kit, success } from './kit';
import { ADDED_PEM } from './pki';

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const ids = { resourceId: byId('1'), accountId: byId('12') };
const secret = 'CANARY-of-the-walk';
const updateFields = { description: 'new' };

interface Write {
	parameters: IDataObject;
	/** What an error says where nobody knows what became of it; none where there is no error then. */
	mayHave?: RegExp;
	/** Of a family that answers in another form. */
	family?: 'pki' | 'scim';
	/** What reads get meanwhile; a success without content where it is left out. */
	reads?: object;
}

/** Every operation that changes something. */
const WRITES: Record<string, Write> = {
	'account create': {
		parameters: {
			resourceId: byId('1'),
			accounts: { account: [{ accountName: 'a', password: secret }] },
		},
		mayHave: /Accounts may have been created/,
	},
	'account delete': { parameters: ids, mayHave: /account may have been deleted/ },
	'account share': {
		parameters: { ...ids, userId: byId('21'), accessType: 'view' },
		mayHave: /access to the account may have changed/,
	},
	'account update': {
		parameters: { ...ids, updateFields },
		mayHave: /account may have been changed/,
	},
	'account upsert': {
		parameters: {
			resourceId: byId('1'),
			accountName: 'a',
			password: secret,
			additionalFields: { notes: 'x' },
		},
		mayHave: /account may have been created/,
		reads: success('READ', { 'ACCOUNT LIST': [] }),
	},
	'agentKey generate': {
		parameters: { generateAgentKey: true },
		mayHave: /agent key may have been issued/,
	},
	'authToken regenerate': { parameters: {}, mayHave: /auth token may have been regenerated/ },
	'certificate create': {
		parameters: { commonName: 'c', password: secret, validity: 1 },
		mayHave: /certificate may have been created/,
		family: 'pki',
	},
	'certificate add': {
		parameters: { certificate: ADDED_PEM },
		mayHave: /certificate may have been added/,
		family: 'pki',
	},
	'certificate createCsr': {
		parameters: { commonName: 'c', additionalFields: { password: secret } },
		mayHave: /certificate request may have been created/,
		family: 'pki',
	},
	'certificate signCsr': {
		parameters: {
			csrId: '303',
			rootCommonName: 'r',
			rootSerialNumber: '1',
			validity: 1,
			isIntermediate: false,
		},
		mayHave: /request may have been signed/,
		family: 'pki',
	},
	'organization manage': {
		parameters: { managePermission: 'grant', orgIds: '2', userIds: '21' },
		mayHave: /permission may have been changed/,
	},
	'password requestAccess': {
		parameters: { ...ids, access: 'now' },
		mayHave: /request may have been submitted/,
	},
	'password reset': {
		parameters: { ...ids, resetType: 'local', passwordSource: 'own', newPassword: secret },
	},
	'resource configurePasswordReset': {
		parameters: {
			resourceIds: ['4'],
			resetAccount: 'local',
			connectionMode: 'SSL',
			accountName: 'administrator',
		},
		mayHave: /may have been configured/,
	},
	'resource create': {
		parameters: { resourceName: 'r' },
		mayHave: /resource may have been created/,
	},
	'resource delete': {
		parameters: { resourceId: byId('1') },
		mayHave: /resource may have been deleted/,
	},
	'resource restoreFromTrash': {
		parameters: { trashType: 'resource', trashIds: '7' },
		mayHave: /may have been restored/,
	},
	'resource share': {
		parameters: { resourceId: byId('1'), userId: byId('21'), accessType: 'view' },
		mayHave: /access to the resource may have changed/,
	},
	'resource update': {
		parameters: { resourceId: byId('1'), updateFields },
		mayHave: /resource may have been changed/,
	},
	'resource upsert': {
		parameters: { resourceName: 'r', additionalFields: { location: 'x' } },
		mayHave: /resource may have been created/,
		reads: success('READ', undefined, { totalRows: 0 }),
	},
	'resourceGroup associateResources': {
		parameters: { resourceGroupId: byId('1'), resourceIds: ['4'] },
		mayHave: /resources may have joined the group/,
	},
	'resourceGroup share': {
		parameters: {
			resourceGroupId: byId('1'),
			shareWith: 'userGroup',
			userGroupId: byId('21'),
			accessType: 'view',
		},
		mayHave: /access to the resource group may have changed/,
	},
	'tunnel create': {
		parameters: { sshId: '4302', resourceId: byId('1'), protocol: 'SSH' },
		mayHave: /tunnel may have been opened/,
	},
	'tunnel createServer': { parameters: ids, mayHave: /connection may have been opened/ },
	'tunnel delete': { parameters: { port: 11501 }, mayHave: /tunnel may have been closed/ },
	'user create': {
		parameters: {
			userName: 'u',
			firstName: 'f',
			lastName: 'l',
			email: 'e@example.com',
			roles: 'r',
			active: true,
			additionalFields: { password: secret },
		},
		mayHave: /user may have been created/,
		family: 'scim',
	},
	'user createApiUser': {
		parameters: { userName: 'u', firstName: 'f', lastName: 'l', email: 'e@example.com' },
		mayHave: /API user may have been created/,
	},
	'user createLocalUser': {
		parameters: {
			userName: 'u',
			firstName: 'f',
			lastName: 'l',
			email: 'e@example.com',
			password: secret,
		},
		mayHave: /user may have been created/,
	},
	'user delete': { parameters: { userId: byId('21') }, mayHave: /user may have been deleted/ },
	'user lock': { parameters: { userName: 'u' }, mayHave: /user may have been locked/ },
	'user unlock': { parameters: { userName: 'u' }, mayHave: /user may have been unlocked/ },
	'user update': {
		parameters: { userId: byId('21'), updateFields: { lastName: 'Roe' } },
		mayHave: /user may have been changed/,
		family: 'scim',
	},
};

/** Every other one. */
const READS = `
	account downloadFile, account get, account getAll, audit getAll, certificate export,
	certificate exportKeyStore, certificate exportPrivateKey, certificate get, certificate getAll, certificate getPassphrase,
	password generate, password get, password getAccessRequests, resource get, resource getAll,
	resource getTypes, resourceGroup getAll, sshKey getAll, sshKey getAssociatedUsers,
	sshKey getForUser, user get, user getAll, user getId
`;

it('the operations of PAM360 are these', () => {
	const known = pam360.resources.flatMap(({ value, operations }) =>
		operations.map((operation) => `${value} ${operation.value}`),
	);
	const named = [...Object.keys(WRITES), ...READS.split(',').map((name) => name.trim())];
	expect(named.sort()).toEqual(known.sort());
});

interface Answer {
	status?: number;
	body: object | string;
	/** What reads get meanwhile; a success without content where it is left out. */
	reads?: string;
}

const failed = (message: string, statusCode?: number, name = 'ANY'): object => ({
	operation: {
		name,
		result: { status: 'Failed', message, ...(statusCode !== undefined && { statusCode }) },
	},
});
/**
 * The same as each family tells it (docs/api/pam360.md, "The envelope of the key and certificate calls"
 * and "SCIM").
 */
function inFamily(body: Answer['body'], family: Write['family']): string {
	if (typeof body === 'string') return body;
	if (family !== 'pki' || !('operation' in body)) return JSON.stringify(body);
	return JSON.stringify(body.operation);
}

const UNKNOWN: Array<[string, Answer]> = [
	...[200, 500, 502].map((status): [string, Answer] => [
		`50001 with HTTP ${status}`,
		{ status, body: failed('Exception occurred', 50001) },
	]),
	['an exception of an older build', { body: failed('Exception occurred') }],
	['an exception by its name alone', { body: failed('java.lang.NullPointerException', 40000) }],
	['a status of HTTP for a code', { body: failed('Unable to do it', 503) }],
	['a code that is not known', { body: failed('No', 47) }],
	['success with HTTP 500', { status: 500, body: success('ANY', {}) }],
	['nothing, while reads are answered', { body: '' }],
	['a page of a proxy', { body: '<html>' }],
	['a page of a gateway', { status: 502, body: '<html>' }],
	['a gateway that did not wait', { status: 504, body: 'Gateway timeout' }],
	['a cut answer', { body: '{"operation":{"result":{"sta' }],
	...[301, 302, 307, 308].map((status): [string, Answer] => [
		`a balancer that sends elsewhere once the server has failed, with ${status}`,
		{ status, body: '' },
	]),
	...[400, 403, 405, 409, 422].map((status): [string, Answer] => [
		`a firewall that keeps the answer back with ${status}`,
		{ status, body: '<html>Request rejected</html>' },
	]),
	['a gateway in JSON of its own', { status: 403, body: { message: 'Forbidden' } }],
	['a gateway without a text', { status: 403, body: '' }],
];

const REFUSED: Array<[string, Answer]> = [
	['40000', { body: failed('No', 40000) }],
	['the security filter', { status: 599, body: '' }],
	[
		'the operation Authentication',
		{ body: failed('Some other text', undefined, 'Authentication') },
	],
	[
		'the operation Authentication, with HTTP 500',
		{ status: 500, body: failed('x', 50001, 'Authentication') },
	],
	['no such account', { body: failed('No such account found') }],
	['nothing, as to reads', { body: '', reads: '' }],
	...[401, 404, 407, 413, 421, 511].map((status): [string, Answer] => [
		`a page with HTTP ${status}`,
		{ status, body: '<html>' },
	]),
];

jest.mock('n8n-workflow', (): unknown => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

beforeAll(() => {
	if (!nock.isActive()) nock.activate();
});
beforeEach(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

async function run(
	name: string,
	{ status = 200, body, reads }: Answer,
	items: IDataObject[] = [{}],
) {
	const { parameters, family, reads: found = success('READ', {}) } = WRITES[name]!;
	const [resource, operation] = name.split(' ');
	const sent: string[] = [];
	const scope = nock(HOST).persist();
	for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
		scope.intercept(/.*/, method).reply(() => {
			sent.push(method);
			return method === 'GET'
				? [200, reads ?? JSON.stringify(found)]
				: [status, inFamily(body, family)];
		});
	}
	const result = await runVendor({
		vendor: 'pam360',
		onlyTheseParameters: true,
		parameters: { resource, operation, ...parameters, options: { concurrency: 1 } },
		credentials: kit.credentials,
		items,
		node: { onError: items.length > 1 ? 'continueRegularOutput' : 'stopWorkflow' },
	});
	expect(findSecrets([result.nodeError, result.logs], [secret, ...kit.secrets])).toEqual([]);
	return { ...result, sent };
}

describe.each(Object.keys(WRITES))('%s', (name) => {
	const { mayHave } = WRITES[name]!;

	it.each(UNKNOWN)('does not know what became of it after %s', async (_, answer) => {
		const result = await run(name, answer);
		if (mayHave) {
			expect(said(result)).toMatch(mayHave);
			expect(result.items).toEqual([]);
		} else {
			expect(result.items[0]?.json).toMatchObject({ outcome: 'unknown', secret });
		}
		expect(said(result)).not.toMatch(/refused the request|Check the parameters/);
	});

	it.each(REFUSED)('knows that nothing was done after %s', async (_, answer) => {
		const result = await run(name, answer);
		expect(result.nodeError).toBeDefined();
		expect(said(result)).not.toMatch(/may have/);
		expect(result.items).toEqual([]);
	});

	it('takes a failure without a code for a refusal only where PAM360 says that of it', async () => {
		const result = await run(name, { body: failed('No permission') });
		const isWhole = name.endsWith('share') || name === 'password reset';
		expect(result.nodeError?.message).toBe(
			isWhole
				? 'PAM360 refused the request: No permission'
				: 'PAM360 reported a failure, and part of the work may be done: No permission',
		);
		expect(said(result)).toMatch(/the role and shares of the API user/);
		if (!isWhole) expect(said(result)).toMatch(mayHave!);
		else expect(said(result)).not.toMatch(/may have/);
	});

	it('asks no more where the credential is refused', async () => {
		const items = Array.from({ length: 20 }, () => ({}));
		if (name === 'authToken regenerate') return;
		const answer = { body: failed('Some other text', undefined, 'Authentication') };
		const { items: out, sent } = await run(name, answer, items);
		expect(out).toHaveLength(20);
		for (const { json } of out) {
			expect(json.error).toBe('PAM360 does not accept the credential: Some other text');
		}
		expect(sent.filter((method) => method !== 'GET')).toHaveLength(1);
	});
});
