import type { IDataObject } from 'n8n-workflow';
import { LONGEST_DAYS } from '../../../nodes/CortexXsiam/api/rotation';
import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import type { VendorKit } from '../kit/operation';
import { kit } from './kit';
import { published } from './published';

jest.mock('n8n-workflow', (): unknown => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 15, 12);

beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(NOW));
afterEach(() => jest.restoreAllMocks());

const IAM = '/platform/iam/v1/api-key';
const LIST = '/public_api/v1/api_keys/get_api_keys';
const SECRET = 'oZFaXmXCLCdoWIXTb9ITSqUvl4OBLsUQgCeuZc5FdwMpmpY5QBn8OUePZiLMb';

const byId = (value: string): IDataObject => ({ apiKey: { mode: 'id', value } });

/** The sample of the vendor's page on single keys (fact sheet 4.4). */
const single = {
	id: 123,
	creation_time: 1640024700241,
	created_by: 'test user',
	user_name: 'user_name',
	roles: ['role 01'],
	security_level: 'standard',
	comment: 'useful comment',
	expiration: 1640024700241,
};
const singleItem = {
	vendor: 'cortexXsiam',
	type: 'apiKey',
	id: '123',
	comment: 'useful comment',
	roles: ['role 01'],
	securityLevel: 'standard',
	createdAt: '2021-12-20T18:25:00.241Z',
	createdBy: 'test user',
	createdByName: 'user_name',
	expiresAt: '2021-12-20T18:25:00.241Z',
	daysLeft: -1487,
	expired: true,
};

/** The sample of the vendor's page on the list, and one that never expires (fact sheet 4.1). */
const listed = [
	{
		id: 25,
		creation_time: 1709544947832,
		created_by: 'N/A',
		user_name: 'Public API - 21',
		roles: ['default'],
		security_level: 'standard',
		comment: null,
		expiration: NOW + 7 * DAY + 1,
	},
	{
		id: 7,
		creation_time: 1700000000000,
		created_by: 'user1@acme.com',
		user_name: 'User One',
		roles: ['Instance Administrator', 'Investigator'],
		security_level: 'Advanced',
		comment: 'SIEM collector',
		expiration: null,
	},
];
const listedItems = [
	{
		vendor: 'cortexXsiam',
		type: 'apiKey',
		id: '25',
		comment: null,
		roles: ['default'],
		securityLevel: 'standard',
		createdAt: '2024-03-04T09:35:47.832Z',
		createdBy: null,
		createdByName: 'Public API - 21',
		expiresAt: '2026-01-22T12:00:00.001Z',
		daysLeft: 7,
		expired: false,
	},
	{
		vendor: 'cortexXsiam',
		type: 'apiKey',
		id: '7',
		comment: 'SIEM collector',
		roles: ['Instance Administrator', 'Investigator'],
		securityLevel: 'advanced',
		createdAt: '2023-11-14T22:13:20.000Z',
		createdBy: 'user1@acme.com',
		createdByName: 'User One',
		expiresAt: null,
		daysLeft: null,
		expired: false,
	},
];
const page = (DATA: object[]) => ({ reply: { DATA, FILTER_COUNT: DATA.length, TOTAL_COUNT: 70 } });

const getOne = (reply: object = { data: single }, status = 200): Exchange => ({
	method: 'GET',
	path: `${IAM}/123`,
	headers: { 'content-type': undefined },
	reply,
	status,
});
const list = (request_data: object, reply: object = page(listed)): Exchange => ({
	method: 'POST',
	path: LIST,
	body: JSON.stringify({ request_data }),
	headers: { 'content-type': 'application/json' },
	reply,
});
const byIds = (value: number[]) => [{ field: 'id', operator: 'in', value }];
const iamError = (err_extra: string) => ({
	data: {
		err_msg: 'The request contains invalid or missing parameters.',
		metadata: { err_extra, err_code: 400 },
	},
});
const iamForbidden = {
	data: {
		reply: {
			err_code: 403,
			err_msg: 'Forbidden. Access was denied to this resource.',
			err_extra: 'Insufficient permissions for api key',
		},
	},
};
/** Where a 403 is not the end, since the list tells what a single key would. */
const single400: VendorKit = {
	...kit,
	refusal: { status: 400, reply: iamError('Not today'), says: /Not today/ },
};
const noIds = [
	{ name: 'no ID', parameters: byId('={{ "" }}'), says: "'API Key' is required" },
	{ name: 'a name', parameters: byId('={{ "SIEM" }}'), says: /'API Key' must (be|hold)/ },
	{ name: 'a path', parameters: byId('={{ "1/../2" }}'), says: /'API Key' must (be|hold)/ },
];

describeOperation(
	single400,
	'apiKey',
	'get',
	published({
		cases: [
			{
				name: 'reads the one key',
				parameters: byId(' 123 '),
				exchanges: [getOne()],
				items: singleItem,
				raw: single,
			},
			{
				name: 'reads it from the list where the key may not read single ones',
				parameters: byId('123'),
				exchanges: [
					getOne(iamForbidden, 403),
					list({ filters: byIds([123]), search_from: 0, search_to: 100 }, page([single])),
				],
				items: singleItem,
			},
			{
				name: 'reads it from a list in lower case where the tenant has no such call',
				parameters: byId('123'),
				exchanges: [
					getOne({}, 404),
					list(
						{ filters: byIds([123]), search_from: 0, search_to: 100 },
						{ reply: { data: [...listed, single], filter_count: 1, total_count: 70 } },
					),
				],
				items: singleItem,
			},
			...[undefined, null, {}, ''].map((id) => ({
				name: `takes a key with the ID ${JSON.stringify(id)} for the one that was asked for`,
				parameters: byId('123'),
				exchanges: [getOne({ data: { ...single, id } })],
				items: singleItem,
			})),
			{
				name: 'takes odd fields for fields that are not there',
				parameters: byId('123'),
				exchanges: [
					getOne({ data: { id: '123', roles: 'all', comment: ' ', expiration: 'never', x: 1 } }),
				],
				items: {
					...singleItem,
					comment: null,
					roles: [],
					securityLevel: null,
					createdAt: null,
					createdBy: null,
					createdByName: null,
					expiresAt: null,
					daysLeft: null,
					expired: null,
				},
			},
		],
		refused: noIds,
		failures: [
			{
				name: 'no such key',
				exchanges: [
					getOne(iamError('Api Key fetch failed: api_key_id does not exist, id=123.'), 400),
				],
				says: ['The tenant has no API key with this ID', /does not exist, id=123\./],
			},
			{
				name: 'no such key in the list',
				exchanges: [
					getOne({}, 404),
					list({ filters: byIds([123]), search_from: 0, search_to: 100 }, page([])),
				],
				says: ['The tenant has no API key 123'],
			},
			{
				name: 'another key',
				exchanges: [getOne({ data: { ...single, id: 124 } })],
				says: ['Cortex XSIAM was asked for the API key 123 and gave 124', 'nothing was changed'],
			},
			{
				name: 'an answer without a key',
				exchanges: [getOne({ data: {} })],
				says: ['Cortex XSIAM answered without the API key'],
			},
		],
	}),
);

const sorted = { field: 'expiration', keyword: 'asc' };

describeOperation(
	kit,
	'apiKey',
	'getAll',
	published({
		cases: [
			{
				name: 'lists as many as are wanted',
				parameters: { limit: 2 },
				exchanges: [list({ filters: [], search_from: 0, search_to: 2 })],
				items: listedItems,
				raw: listed,
			},
			{
				name: 'lets the tenant filter by IDs and one role, and sort',
				parameters: {
					limit: 1,
					filters: { ids: '={{ [25, "7"] }}', roles: ['default'] },
					additionalFields: { sort: 'expirationAscending' },
				},
				exchanges: [
					list(
						{
							filters: [
								...byIds([25, 7]),
								{ field: 'roles', operator: 'contains', value: ['default'] },
							],
							search_from: 0,
							search_to: 100,
							sort: sorted,
						},
						page([listed[0] as object]),
					),
				],
				items: listedItems.slice(0, 1),
			},
			{
				name: 'lets the tenant filter those that expire soon, and leaves out what never does',
				parameters: { returnAll: true, filters: { expiringWithinDays: 14 } },
				exchanges: [
					list({
						filters: [
							{ field: 'expiration', operator: 'gte', value: NOW },
							{ field: 'expiration', operator: 'lte', value: NOW + 14 * DAY },
						],
						search_from: 0,
						search_to: 100,
					}),
				],
				items: listedItems.slice(0, 1),
			},
			{
				name: 'lets the tenant filter those that have expired',
				parameters: { filters: { expiry: 'expired' } },
				exchanges: [
					list(
						{
							filters: [{ field: 'expiration', operator: 'lte', value: NOW }],
							search_from: 0,
							search_to: 100,
						},
						page([single, ...listed]),
					),
				],
				items: [singleItem],
			},
			...[
				{ name: 'that never expire', filters: { expiry: 'never' }, items: [listedItems[1]] },
				{ name: 'that work', filters: { expiry: 'live' }, items: listedItems },
				{ name: 'by comment', filters: { commentContains: 'siem' }, items: [listedItems[1]] },
				{ name: 'by address', filters: { createdBy: 'ACME' }, items: [listedItems[1]] },
				{ name: 'by name', filters: { createdBy: 'public api' }, items: [listedItems[0]] },
				{ name: 'by level', filters: { securityLevel: 'advanced' }, items: [listedItems[1]] },
				{ name: 'by roles', filters: { roles: ['Investigator', 'x'] }, items: [listedItems[1]] },
			].map(({ name, filters, items }) => ({
				name: `chooses here ${name}`,
				parameters: { filters, limit: 5 },
				exchanges: [
					list({ filters: [], search_from: 0, search_to: 100 }, page([...listed, single])),
				],
				items: items as IDataObject[],
			})),
			{
				name: 'reads no page more than is needed',
				parameters: { filters: { commentContains: 'siem' }, limit: 1 },
				exchanges: [
					list(
						{ filters: [], search_from: 0, search_to: 100 },
						page(Array.from({ length: 100 }, (_, id) => ({ ...listed[1], id: id + 1_000 }))),
					),
				],
				items: { ...listedItems[1], id: '1000' },
			},
			{
				name: 'may find none',
				parameters: { filters: { ids: '7' } },
				exchanges: [list({ filters: byIds([7]), search_from: 0, search_to: 100 }, page([]))],
				items: [],
			},
			{
				name: 'leaves out what was not asked for, where the tenant heeds no filter',
				parameters: { limit: 2, filters: { ids: '7, 123', roles: 'INSTANCE administrator' } },
				exchanges: [
					list({
						filters: [
							...byIds([7, 123]),
							{ field: 'roles', operator: 'contains', value: ['INSTANCE administrator'] },
						],
						search_from: 0,
						search_to: 100,
					}),
				],
				items: listedItems.slice(1),
			},
		],
		refused: [
			{
				name: 'an ID that is none',
				parameters: { filters: { ids: '7, x' } },
				says: "'API Key IDs' must hold IDs of API keys, which are numbers",
			},
			{
				name: 'half a day',
				parameters: { filters: { expiringWithinDays: 0.5 } },
				says: "'Expires Within (Days)' must be a whole number of days",
			},
			{
				name: 'another expiry',
				parameters: { filters: { expiry: '={{ "soon" }}' } },
				says: "'Expiry' must be one of expired, live, never",
			},
		],
		failures: [
			{
				name: 'an answer without a list',
				exchanges: [list({ filters: [], search_from: 0, search_to: 2 }, { reply: { DATA: 1 } })],
				says: ['Cortex XSIAM answered without a list of API keys'],
			},
		],
	}),
);

const roleList: Exchange = {
	method: 'GET',
	path: '/platform/iam/v1/role',
	reply: {
		data: [
			{ role_id: 'test_role_01', pretty_name: 'role 01', is_custom: true },
			{ role_id: 'investigator', pretty_name: 'Investigator', is_custom: false },
		],
		metadata: { total_count: 2 },
	},
};
const put = (request_data: object, reply?: object, status = 200): Exchange => ({
	method: 'PUT',
	path: `${IAM}/123`,
	body: JSON.stringify({ request_data }),
	headers: { 'content-type': 'application/json' },
	reply: reply ?? { data: { message: 'API key updated successfully' } },
	status,
});
const unchanged = {
	roles: ['test_role_01'],
	security_level: 'standard',
	comment: 'useful comment',
};

describeOperation(
	single400,
	'apiKey',
	'update',
	published({
		cases: [
			{
				name: 'changes the comment and writes the rest back, roles by their IDs',
				parameters: { ...byId('123'), updateFields: { comment: ' For Joe ' } },
				exchanges: [getOne(), roleList, put({ ...unchanged, comment: 'For Joe' })],
				items: { ...singleItem, comment: 'For Joe' },
			},
			{
				name: 'removes the comment',
				parameters: { ...byId('123'), updateFields: { comment: '' } },
				exchanges: [getOne(), roleList, put({ ...unchanged, comment: null })],
				items: { ...singleItem, comment: null },
			},
			{
				name: 'changes roles, given by name or ID, and the level',
				parameters: {
					...byId('123'),
					updateFields: { roles: ['Investigator', 'test_role_01'], securityLevel: 'advanced' },
				},
				exchanges: [
					getOne(),
					roleList,
					put({
						...unchanged,
						roles: ['investigator', 'test_role_01'],
						security_level: 'advanced',
					}),
				],
				items: {
					...singleItem,
					roles: ['Investigator', 'role 01'],
					securityLevel: 'advanced',
				},
			},
			{
				name: 'changes the comment of the key in use',
				parameters: { ...byId('21'), updateFields: { comment: 'Mine' } },
				exchanges: [
					{ ...getOne({ data: { ...single, id: 21 } }), path: `${IAM}/21` },
					roleList,
					{ ...put({ ...unchanged, comment: 'Mine' }), path: `${IAM}/21` },
				],
				items: { ...singleItem, id: '21', comment: 'Mine' },
			},
			{
				name: 'changes the roles of the key in use when told',
				parameters: {
					...byId('21'),
					updateFields: { roles: ['Investigator'], allowOwnKey: true },
				},
				exchanges: [
					{ ...getOne({ data: { ...single, id: 21 } }), path: `${IAM}/21` },
					roleList,
					{ ...put({ ...unchanged, roles: ['investigator'] }), path: `${IAM}/21` },
				],
				items: { ...singleItem, id: '21', roles: ['Investigator'] },
			},
		],
		refused: [
			...noIds,
			{
				name: 'no change',
				parameters: { updateFields: {} },
				says: "'Update Fields' must name at least one thing to change",
			},
			{
				name: 'no roles',
				parameters: { updateFields: { roles: '={{ [] }}' } },
				says: "'Role Names or IDs' must name at least one role",
			},
			{
				name: 'an odd comment',
				parameters: { updateFields: { comment: '={{ [] }}' } },
				says: "'Comment' must be a text",
			},
			{
				name: 'an odd level',
				parameters: { updateFields: { securityLevel: '={{ "high" }}' } },
				says: "'Security Level' must be 'standard' or 'advanced'",
			},
			{
				name: 'another level of the key in use',
				parameters: { ...byId('021'), updateFields: { securityLevel: 'advanced' } },
				says: 'The API key 21 is the one that the credential uses',
			},
		],
		failures: [
			{
				name: 'a role that the tenant does not know',
				parameters: { updateFields: { roles: ['Nobody'] } },
				exchanges: [getOne(), roleList],
				says: ["'Role Names or IDs' is not known: the tenant has no role with the name 'Nobody'"],
			},
			{
				name: 'a key without roles, which must be given then',
				exchanges: [getOne({ data: { ...single, roles: [] } })],
				says: ['The API key 123 has no roles', "Set 'Role Names or IDs'"],
			},
			{
				name: 'a key with a role that writing back would take away',
				exchanges: [getOne({ data: { ...single, roles: ['role 01', { name: 'role 02' }] } })],
				says: ['The API key 123 has no roles that could be kept', "Set 'Role Names or IDs'"],
			},
			{
				name: 'a key without a level, which must be given then',
				exchanges: [getOne({ data: { ...single, security_level: null } })],
				says: ['The API key 123 has no security level', "Set 'Security Level'"],
			},
			{
				name: 'another key, whose roles this one must not get',
				exchanges: [getOne({ data: { ...single, id: '7', roles: ['Instance Administrator'] } })],
				says: ['Cortex XSIAM was asked for the API key 123 and gave 7'],
			},
			{
				name: 'a key that is deleted meanwhile',
				exchanges: [
					getOne(),
					roleList,
					put({ ...unchanged, comment: 'For Joe' }, iamError('Invalid api_key_id'), 400),
				],
				says: ['The tenant has no API key with this ID'],
			},
			{
				name: 'a key that may be read, and not changed',
				exchanges: [
					getOne(),
					roleList,
					put({ ...unchanged, comment: 'For Joe' }, iamForbidden, 403),
				],
				says: ['does not permit this call', /Access Management/],
			},
		],
	}),
);

const remove = (value: number[], update_count: unknown): Exchange => ({
	method: 'POST',
	path: '/public_api/v1/api_keys/delete',
	body: JSON.stringify({ request_data: { filters: byIds(value) } }),
	headers: { 'content-type': 'application/json' },
	reply: { reply: { update_count } },
});
const deleted = (id: string) => ({ vendor: 'cortexXsiam', type: 'apiKey', id, deleted: true });
const left = (value: number[], rows: object[]) =>
	list({ filters: byIds(value), search_from: 0, search_to: 100 }, page(rows));

describeOperation(
	kit,
	'apiKey',
	'delete',
	published({
		cases: [
			{
				name: 'deletes one',
				parameters: byId('121'),
				exchanges: [remove([121], 1)],
				items: deleted('121'),
			},
			{
				name: 'deletes several, each named once, counted by a text',
				parameters: byId('121, 134,121'),
				exchanges: [remove([121, 134], '2')],
				items: [deleted('121'), deleted('134')],
				raw: [{ reply: { update_count: 2 } }, { reply: { update_count: 2 } }],
			},
			{
				name: 'deletes those of a list from an expression',
				parameters: byId('={{ $json.ids }}'),
				input: { ids: [121, '134'] },
				exchanges: [remove([121, 134], 2)],
				items: [deleted('121'), deleted('134')],
			},
			{
				name: 'deletes the key in use when told',
				parameters: { ...byId('21'), additionalFields: { allowOwnKey: true } },
				exchanges: [remove([21], 1)],
				items: deleted('21'),
			},
			{
				name: 'looks whether they are gone where the answer is lost',
				parameters: byId('121'),
				exchanges: [{ ...remove([121], 1), reply: '{"reply":' }, left([121], [])],
				items: deleted('121'),
			},
		],
		refused: [
			...noIds,
			{
				name: 'an empty list',
				parameters: byId('={{ [] }}'),
				says: "'API Key' is required",
			},
			{
				name: 'commas alone',
				parameters: byId('={{ ", ," }}'),
				says: "'API Key' is required",
			},
			{
				name: 'the key in use among others',
				parameters: byId('121, 021'),
				says: 'The API key 21 is the one that the credential uses, and is not deleted',
			},
		],
		failures: [
			{
				name: 'none deleted',
				exchanges: [remove([121], 0), left([121], [])],
				says: [
					'Cortex XSIAM deleted 0 of 1 API keys',
					/None of the IDs 121 is there any more: it had been gone before, or never existed/,
				],
			},
			{
				name: 'one of two deleted',
				parameters: byId('121, 134'),
				exchanges: [remove([121, 134], 1), left([121, 134], [{ ...single, id: 134 }])],
				says: ['Cortex XSIAM deleted 1 of 2 API keys', /Still there: 134\. The others are gone\./],
			},
			{
				name: 'none deleted, and no list to look at',
				exchanges: [
					remove([121], 0),
					{ ...left([121], []), status: 403, reply: iamForbidden.data },
				],
				says: [/Which ones are left could not be found out/],
			},
			{
				name: 'the answer lost, and no list to look at',
				exchanges: [
					{ ...remove([121], 1), reply: '{"reply":' },
					{ ...left([121], []), status: 403, reply: iamForbidden.data },
				],
				says: [/answered with something that is not JSON/],
			},
			{
				name: 'the answer lost, and the key still there',
				exchanges: [{ ...remove([121], 1), reply: '{"reply":' }, left([121], [{ id: 121 }])],
				says: [/answered with something that is not JSON/],
			},
		],
	}),
);

const issue = (request_data: object): Exchange => ({
	method: 'POST',
	path: '/public_api/v1/api_keys/generate',
	body: JSON.stringify({ request_data }),
	headers: { 'content-type': 'application/json' },
	reply: { reply: { id: 4267, key: SECRET } },
});
const issued = {
	vendor: 'cortexXsiam',
	type: 'apiKey',
	id: '4267',
	secret: SECRET,
	expiresAt: '2026-01-22T12:00:00.000Z',
	expiresAtEstimated: true,
	roles: ['Public API Action'],
	securityLevel: 'standard',
	comment: null,
	created: true,
};
/** SHA-256 of "order 66", its first twelve digits: `printf 'order 66' | sha256sum`. */
const MARK = '[n8n:7860496e8189]';
const once = (more: IDataObject = {}): IDataObject => ({
	roles: ['Public API Action'],
	securityLevel: 'standard',
	additionalFields: { idempotencyKey: ' order 66 ', ...more },
});
const all = (rows: object[]) => list({ filters: [], search_from: 0, search_to: 100 }, page(rows));
const marked = { ...listed[0], comment: `For Joe ${MARK}` };

describeOperation(
	kit,
	'apiKey',
	'generate',
	published({
		secrets: [SECRET],
		cases: [
			{
				name: 'issues a key',
				parameters: {
					roles: ['Public API Action'],
					securityLevel: 'standard',
					additionalFields: {},
				},
				exchanges: [issue({ roles: ['Public API Action'], security_level: 'standard' })],
				items: issued,
			},
			{
				name: 'adds its mark to the comment where an idempotency key is given',
				parameters: once({ comment: 'For Joe' }),
				exchanges: [
					all(listed),
					issue({
						roles: ['Public API Action'],
						security_level: 'standard',
						comment: `For Joe ${MARK}`,
					}),
				],
				items: { ...issued, comment: `For Joe ${MARK}` },
			},
			{
				name: 'replaces the live key that has the mark, and only that one',
				parameters: once(),
				exchanges: [
					all([
						marked,
						{ ...marked, id: 26, expiration: NOW - 1 },
						{ ...marked, id: 27, comment: `${MARK} of Joe` },
					]),
					issue({ roles: ['Public API Action'], security_level: 'standard', comment: MARK }),
					remove([25], 1),
				],
				items: { ...issued, comment: MARK },
				raw: { reply: { id: 4267, key: SECRET } },
				hints: ['API key 25, issued earlier with this idempotency key, was revoked.'],
			},
			{
				name: 'returns the newest live key that has the mark without a secret',
				parameters: once({ ifKeyExists: 'return' }),
				exchanges: [all([{ ...marked, id: 24, creation_time: 1 }, marked])],
				items: {
					...issued,
					id: '25',
					secret: null,
					expiresAt: '2026-01-22T12:00:00.001Z',
					expiresAtEstimated: false,
					roles: ['default'],
					comment: `For Joe ${MARK}`,
					created: false,
				},
				hints: ['API key 25 was there already, and Cortex XSIAM does not show its secret'],
			},
			{
				name: 'issues a key where none has the mark to return',
				parameters: once({ ifKeyExists: 'return' }),
				exchanges: [
					all([{ ...marked, expiration: NOW - 1 }]),
					issue({ roles: ['Public API Action'], security_level: 'standard', comment: MARK }),
				],
				items: { ...issued, comment: MARK },
			},
		],
		refused: [
			{
				name: 'what becomes of a key that nothing is known by',
				parameters: { additionalFields: { ifKeyExists: 'return' } },
				says: "'If Key Exists' needs an 'Idempotency Key', by which a key is known",
			},
			{
				name: 'another choice',
				parameters: once({ ifKeyExists: '={{ "keep" }}' }),
				says: "'If Key Exists' must be one of replace, return",
			},
		],
		failures: [
			{
				name: 'the key in use has the mark',
				parameters: once(),
				exchanges: [all([{ ...marked, id: 21 }])],
				says: ["The key with this 'Idempotency Key', 21, is the one that the credential uses"],
			},
			{
				name: 'the keys cannot be listed',
				parameters: once(),
				exchanges: [{ ...all([]), status: 403, reply: iamForbidden.data }],
				says: ['does not permit this call'],
			},
		],
	}),
);

const scope = (id: number): Exchange => ({
	method: 'GET',
	path: `/platform/iam/v1/scope/api-key/${id}`,
	reply: { data: { cases_issues: { mode: 'no_scope', tags: [] } } },
});
const old = { ...listed[1], creation_time: NOW - 20 * DAY, expiration: NOW + 10 * DAY };
const rotated = {
	vendor: 'cortexXsiam',
	type: 'apiKey',
	id: '4267',
	secret: SECRET,
	status: 'rotated',
	details: null,
	oldId: '7',
	oldExpiresAt: '2026-01-25T12:00:00.000Z',
	oldKeyRevoked: false,
	expiresAt: '2026-02-14T12:00:00.000Z',
	roles: ['Instance Administrator', 'Investigator'],
	securityLevel: 'advanced',
	comment: 'SIEM collector',
	scopeCopied: false,
};
const rotation = (expiration = NOW + 30 * DAY): Exchange[] => [
	all([old]),
	scope(7),
	issue({
		roles: ['Instance Administrator', 'Investigator'],
		security_level: 'advanced',
		expiration,
		comment: 'SIEM collector',
	}),
	scope(4267),
	{
		method: 'GET',
		path: '/public_api/v1/healthcheck',
		headers: { 'x-xdr-auth-id': '4267', 'x-xdr-timestamp': String(NOW) },
		reply: { status: 'available' },
	},
];
const issueReply = { reply: { id: 4267, key: SECRET } };

describeOperation(
	kit,
	'apiKey',
	'rotate',
	published({
		secrets: [SECRET],
		cases: [
			{
				name: 'issues a key like the old one and tries it',
				parameters: { rotate: 'apiKey', ...byId('7') },
				exchanges: rotation(),
				items: rotated,
				raw: {
					...issueReply,
					oldKey: { ...old, id: '7' },
					oldKeyRevoked: false,
					status: 'rotated',
					details: null,
				},
			},
			{
				name: 'revokes the old one',
				parameters: {
					rotate: 'comment',
					comment: 'SIEM collector',
					revokeOldKey: 'atOnce',
					additionalFields: { validDays: LONGEST_DAYS },
				},
				exchanges: [...rotation(NOW + LONGEST_DAYS * DAY), remove([7], 1)],
				items: { ...rotated, oldKeyRevoked: true, expiresAt: '2026-07-14T12:00:00.000Z' },
			},
		],
		refused: noIds,
		failures: [
			{
				name: 'no such key',
				exchanges: [all([{ ...old, id: 70 }])],
				says: ['The tenant has no API key 7'],
			},
			{
				name: 'a list without even the key in use',
				exchanges: [all([])],
				says: ['a list of API keys without the one that it was asked with'],
			},
			{
				name: 'a new key that is not accepted',
				exchanges: [
					...rotation().slice(0, 4),
					...Array.from({ length: 4 }, () => ({
						...(rotation()[4] as Exchange),
						status: 401,
						reply: { reply: { err_code: 401, err_msg: 'Public API request unauthorized' } },
					})),
					remove([4267], 1),
				],
				says: [
					'The new API key 4267 does not work: Cortex XSIAM does not accept the API key',
					'The new API key 4267 was deleted again; the old one, 7, is as it was.',
				],
			},
		],
	}),
);
