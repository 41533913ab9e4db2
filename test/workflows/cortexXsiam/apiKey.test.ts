import type { IDataObject } from 'n8n-workflow';
import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import type { VendorKit } from '../kit/operation';
import { kit } from './kit';
import { published } from './published';

jest.mock('n8n-workflow', (): unknown => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

/** The end of a nonce, which is random: the digits 1 to 6. */
jest.mock('node:crypto', (): unknown => {
	const { randomBytes, ...others } =
		jest.requireActual<typeof import('node:crypto')>('node:crypto');
	return {
		...others,
		randomBytes: (size: number) =>
			size === 6 ? Buffer.from([1, 2, 3, 4, 5, 6]) : randomBytes(size),
	};
});

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 0, 15, 12);

/** The seconds of NOW in Crockford's base 32, and the end. */
const NONCE = '1MPHNP0123456';

beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(NOW));
afterEach(() => jest.restoreAllMocks());

const IAM = '/platform/iam/v1/api-key';
const LIST = '/public_api/v1/api_keys/get_api_keys';
const SECRET = 'oZFaXmXCLCdoWIXTb9ITSqUvl4OBLsUQgCeuZc5FdwMpmpY5QBn8OUePZiLMb';

const byId = (value: string): IDataObject => ({ apiKey: { mode: 'id', value } });

/**
 * The sample of the vendor's page on single keys (docs/api/cortex-xsiam.md, "Reading and changing one
 * API key").
 */
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
	lineage: '123',
	roles: ['role 01'],
	securityLevel: 'standard',
	createdAt: '2021-12-20T18:25:00.241Z',
	createdBy: 'test user',
	createdByName: 'user_name',
	expiresAt: '2021-12-20T18:25:00.241Z',
	daysLeft: -1487,
	expired: true,
};

/**
 * The sample of the vendor's page on the list, and one that never expires (docs/api/cortex-xsiam.md,
 * "Listing API keys").
 */
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
		lineage: '25',
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
		lineage: '7',
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
					roles: ['all'],
					securityLevel: null,
					createdAt: null,
					createdBy: null,
					createdByName: null,
					expiresAt: null,
					expiresAtText: 'never',
					daysLeft: null,
					expired: null,
				},
				hints: ["what came is in 'expiresAtText'"],
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
				says: [
					'Cortex XSIAM answered with another API key than the one asked for (124 instead of 123)',
					'The answer was not used.',
				],
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
				items: { ...listedItems[1], id: '1000', lineage: '1000' },
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
				name: 'changes what a person wrote in the comment, and keeps the mark',
				parameters: { ...byId('123'), updateFields: { comment: 'For Joe' } },
				exchanges: [
					getOne({ data: { ...single, comment: 'For Ann [n8n 7 1MPHNP0123456]' } }),
					roleList,
					put({ ...unchanged, comment: 'For Joe [n8n 7 1MPHNP0123456]' }),
				],
				// It was made at another time than the mark: this is a copy, and a lineage of its own.
				items: { ...singleItem, comment: 'For Joe' },
			},
			{
				name: 'keeps the mark where the comment is to be none',
				parameters: { ...byId('123'), updateFields: { comment: '' } },
				exchanges: [
					getOne({
						data: { ...single, comment: 'x [n8n 7 1MPHNP0123456]', creation_time: NOW + 1_500 },
					}),
					roleList,
					put({ ...unchanged, comment: '[n8n 7 1MPHNP0123456]' }),
				],
				items: {
					...singleItem,
					comment: null,
					lineage: '7',
					createdAt: '2026-01-15T12:00:01.500Z',
				},
			},
			{
				name: 'keeps the mark where other things change',
				parameters: { ...byId('123'), updateFields: { securityLevel: 'advanced' } },
				exchanges: [
					getOne({ data: { ...single, comment: 'x [n8n call 0123456789AB 1MPHNP0123456]' } }),
					roleList,
					put({
						...unchanged,
						security_level: 'advanced',
						comment: 'x [n8n call 0123456789AB 1MPHNP0123456]',
					}),
				],
				items: { ...singleItem, comment: 'x', securityLevel: 'advanced' },
			},
			{
				name: 'gives a key no mark of another one',
				parameters: {
					...byId('123'),
					updateFields: { comment: 'For Joe [n8n 7 1MPHNP0123456]' },
				},
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
				items: { ...singleItem, id: '21', lineage: '21', comment: 'Mine' },
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
				items: { ...singleItem, id: '21', lineage: '21', roles: ['Investigator'] },
			},
		],
		refused: [
			...noIds,
			{
				name: 'no change',
				parameters: { updateFields: {} },
				says: "'Update Fields' has nothing to change",
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
				says: ['another API key than the one asked for (7 instead of 123)', 'Nothing was changed.'],
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
					/None of the IDs 121 exists any more: it had been deleted before, or never existed/,
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
				says: [/Which ones are left is not known/],
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
	lineage: '4267',
	created: true,
};
/** The first 60 bits of the SHA-256 of `["idempotency key","order 66"]`, in Crockford's base 32. */
const IDEMPOTENT = `[n8n call XSBX2MV6Q7Z7 ${NONCE}]`;

const wish = (more: IDataObject = {}): IDataObject => ({
	roles: ['Public API Action'],
	securityLevel: 'standard',
	additionalFields: more,
});
const once = (more: IDataObject = {}) => wish({ idempotencyKey: ' order 66 ', ...more });
const all = (rows: object[]): Exchange => ({
	...list({ filters: [], search_from: 0, search_to: 100 }, page(rows)),
	replyHeaders: { Date: new Date(NOW).toUTCString() },
});
const one = (id: number, row: object): Exchange => ({
	...list({ filters: byIds([id]), search_from: 0, search_to: 100 }, page([row])),
	replyHeaders: { Date: new Date(NOW).toUTCString() },
});
const marked = {
	...listed[0],
	roles: ['Public API Action'],
	creation_time: NOW,
	comment: `For Joe ${IDEMPOTENT}`,
};
const scope = (id: number, assets: object = { mode: 'no_scope', asset_groups: [] }): Exchange => ({
	method: 'GET',
	path: `/platform/iam/v1/scope/api-key/${id}`,
	reply: { data: { cases_issues: { mode: 'no_scope', tags: [] }, assets } },
});

describeOperation(
	kit,
	'apiKey',
	'generate',
	published({
		secrets: [SECRET],
		cases: [
			{
				name: 'issues a key without a mark, if that is wanted',
				parameters: wish({ addMark: false }),
				exchanges: [issue({ roles: ['Public API Action'], security_level: 'standard' })],
				items: issued,
			},
			{
				name: 'gives the key with its ID, if that is wanted',
				parameters: wish({ addMark: false, secretAs: 'idAndKey' }),
				exchanges: [issue({ roles: ['Public API Action'], security_level: 'standard' })],
				items: { ...issued, secret: `4267:${SECRET}` },
			},
			{
				name: 'marks the key with the idempotency key, and looks again who has it',
				parameters: once({ comment: 'For Joe' }),
				exchanges: [
					all([
						...listed,
						// Expired; of another one; a copy, since it is older than the mark.
						{ ...marked, id: 26, expiration: NOW - 1 },
						{ ...marked, id: 27, comment: `${IDEMPOTENT} of Joe` },
						{ ...marked, id: 28, creation_time: NOW - 300_001 },
					]),
					issue({
						roles: ['Public API Action'],
						security_level: 'standard',
						comment: `For Joe ${IDEMPOTENT}`,
					}),
					all([...listed, { ...marked, id: 4267 }]),
				],
				items: { ...issued, comment: 'For Joe' },
			},
			{
				name: 'returns the live key that has it, without a secret',
				parameters: once({ comment: 'For Joe', ifKeyExists: 'return' }),
				exchanges: [all([...listed, { ...marked, id: 24 }]), scope(24)],
				items: {
					...issued,
					id: '24',
					lineage: '24',
					secret: null,
					expiresAt: '2026-01-22T12:00:00.001Z',
					expiresAtEstimated: false,
					comment: 'For Joe',
					created: false,
				},
				raw: { ...marked, id: 24 },
				hints: ['API key 24 already existed, and Cortex XSIAM shows its secret only once'],
			},
			{
				name: 'returns it where its scope cannot be read, and says so',
				parameters: once({ comment: 'For Joe', ifKeyExists: 'return' }),
				exchanges: [
					all([{ ...marked, id: 24 }]),
					{ ...scope(24), status: 403, reply: iamForbidden },
				],
				items: {
					...issued,
					id: '24',
					lineage: '24',
					secret: null,
					expiresAt: '2026-01-22T12:00:00.001Z',
					expiresAtEstimated: false,
					comment: 'For Joe',
					created: false,
				},
				hints: ['API key 24 already existed', 'Whether API key 24 has a scope is not known'],
			},
		],
		refused: [
			{
				name: 'what becomes of a key that nothing is known by',
				parameters: wish({ ifKeyExists: 'return' }),
				says: "'If Key Exists' needs an 'Idempotency Key', by which a key is known",
			},
			{
				name: 'another choice',
				parameters: once({ ifKeyExists: '={{ "replace" }}' }),
				says: "'If Key Exists' must be one of error, return",
			},
			{
				name: 'an idempotency key without a mark to keep it in',
				parameters: once({ addMark: false }),
				says: "'Add Mark' must be on with an 'Idempotency Key'",
			},
			{
				name: 'a comment that would make the key one of another lineage',
				parameters: wish({ addMark: false, comment: 'SIEM [n8n 7 1MPHNP0123456]' }),
				says: "'Comment' must not end with a mark of this node",
			},
			{
				name: 'another form of the secret',
				parameters: wish({ secretAs: '={{ "json" }}' }),
				says: "'Secret As' must be one of idAndKey, key",
			},
		],
		failures: [
			{
				name: 'a live key has the idempotency key',
				parameters: once({ comment: 'For Joe' }),
				exchanges: [all([{ ...marked, id: 24 }]), scope(24)],
				says: [
					"The API key 24 was issued with this 'Idempotency Key' already",
					/Nothing was issued\. .* delete the key and run again/,
				],
			},
			...[
				{ what: 'roles', has: { roles: ['Investigator'] } },
				{ what: 'roles', has: { roles: ['Public API Action', 'Investigator'] } },
				{ what: 'security level', has: { security_level: 'advanced' } },
				{ what: 'comment', has: { comment: `For Jo ${IDEMPOTENT}` } },
				{
					what: 'scope',
					has: {},
					assets: { mode: 'scope', asset_groups: [{ asset_group_id: 1 }] },
				},
				{
					what: 'roles, security level, comment',
					has: { roles: ['x'], security_level: 'advanced', comment: IDEMPOTENT },
				},
			].map(({ what, has, assets }) => ({
				name: `a live key has the idempotency key and differs in ${what}`,
				parameters: once({ comment: 'For Joe', ifKeyExists: 'return' }),
				exchanges: [all([{ ...marked, id: 24, ...has }]), scope(24, assets)],
				says: [
					`The API key 24 was issued with this 'Idempotency Key', but differs in ${what}`,
					/This call issued and changed nothing\./,
				],
			})),
			{
				name: 'two live keys have the idempotency key',
				parameters: once({ comment: 'For Joe', ifKeyExists: 'return' }),
				exchanges: [
					all([
						{ ...marked, id: 25 },
						{ ...marked, id: 24 },
					]),
				],
				says: [
					"The API keys 24, 25 were all issued with this 'Idempotency Key'",
					/Nothing was issued\. Find out which one is used, and delete the others\./,
				],
			},
			{
				name: 'the keys cannot be listed',
				parameters: once(),
				exchanges: [{ ...all([]), status: 403, reply: iamForbidden.data }],
				says: ['does not permit this call'],
			},
			{
				name: 'the tenant cuts the mark off the comment',
				parameters: once({ comment: 'For Joe' }),
				exchanges: [
					all(listed),
					issue({
						roles: ['Public API Action'],
						security_level: 'standard',
						comment: `For Joe ${IDEMPOTENT}`,
					}),
					all([...listed, { ...marked, id: 4267, comment: 'For Joe [n8n call XSBX' }]),
					remove([4267], 1),
				],
				says: [
					'The comment of the new API key 4267 is not what was sent',
					/Shorten 'Comment', so that the mark is not cut off\. The new API key 4267 was deleted again\./,
				],
			},
		],
	}),
);

const STORED = 's'.repeat(61);

/** The key that is to be replaced. */
const old = { ...listed[1], creation_time: NOW - 20 * DAY, expiration: NOW + 10 * DAY };
const NEXT = `SIEM collector [n8n 7 ${NONCE}]`;
const next = { ...old, id: 4267, creation_time: NOW, expiration: NOW + 30 * DAY, comment: NEXT };
const stored = { storedSecret: `7:${STORED}`, readAt: '2026-01-15T11:00:01Z' };
const target = { rotate: 'lineage', lineage: '={{ $json.lineage }}', dueWithinDays: 14 };

const health = (id: string, isAccepted = true): Exchange => ({
	method: 'GET',
	path: '/public_api/v1/healthcheck',
	headers: { 'x-xdr-auth-id': id, 'x-xdr-timestamp': String(NOW), 'content-type': undefined },
	...(isAccepted
		? { reply: { status: 'available' } }
		: {
				status: 401,
				reply: { reply: { err_code: 401, err_msg: 'Public API request unauthorized' } },
			}),
});
/** The stored value is accepted, and a wrong one is not. */
const proved = (id: string) => [health(id), health(id, false)];
const successor = (expiration = NOW + 30 * DAY) =>
	issue({
		roles: ['Instance Administrator', 'Investigator'],
		security_level: 'advanced',
		expiration,
		comment: NEXT,
	});
const rotation = [
	all([old]),
	...proved('7'),
	scope(7),
	successor(),
	one(4267, next),
	scope(4267),
	health('4267'),
];
const rotated = {
	vendor: 'cortexXsiam',
	type: 'apiKey',
	id: '4267',
	secret: `4267:${SECRET}`,
	status: 'rotated',
	needsAttention: false,
	lineage: '7',
	comment: 'SIEM collector',
	roles: ['Instance Administrator', 'Investigator'],
	securityLevel: 'advanced',
	expiresAt: '2026-02-14T12:00:00.000Z',
	oldId: '7',
	oldExpiresAt: '2026-01-25T12:00:00.000Z',
	storeOpens: '7',
	liveKeys: ['7', '4267'],
	deletedKeys: [],
	keptKeys: [],
	scopeCopied: false,
	details:
		'The store opens the key 7, which is to be replaced. The key 4267 was issued, and works until 2026-02-14T12:00:00.000Z. Beside it these keys of the lineage are live: 7 (expires 2026-01-25T12:00:00.000Z).',
	nextStep:
		'Store the new secret now, in one write, in place of the stored one. The key 7 stays until a later run sees that the store opens 4267.',
};
/** The key that is stored by now, made 21 hours ago. */
const later = {
	...next,
	creation_time: NOW - 21 * HOUR,
	comment: 'SIEM collector [n8n 7 1MPFBVG123456]',
};
const done = {
	...rotated,
	id: '4267',
	secret: null,
	status: 'finished',
	oldId: null,
	oldExpiresAt: null,
	storeOpens: '4267',
	liveKeys: ['4267'],
	deletedKeys: ['7'],
	details:
		'The store opens the key 4267, which is not to be replaced. Live keys of the lineage: 4267 (expires 2026-02-14T12:00:00.000Z). Revoked by this run: 7.',
	nextStep: 'Nothing: one key is left, and the store opens it.',
};
const revocation = [
	all([later, old]),
	...proved('4267'),
	remove([7], 1),
	all([later]),
	...proved('4267'),
];
const rawOf = (item: IDataObject, keys: object[]) => ({
	status: item.status,
	lineage: '7',
	details: item.details,
	nextStep: item.nextStep,
	keys: keys.map((key) => ({ ...key, id: String((key as { id: number }).id) })),
	deletedKeys: item.deletedKeys,
});
/** The call with the credential's own key. */
const own: Exchange = {
	method: 'GET',
	path: '/public_api/v1/healthcheck',
	headers: { 'x-xdr-auth-id': kit.credentials.cortexXsiamApi?.apiKeyId as string },
	reply: { status: 'available' },
};
/** Where nothing could be done, and somebody has to look. */
const unfinished = {
	...done,
	id: null,
	needsAttention: true,
	expiresAt: null,
	storeOpens: null,
	liveKeys: ['7', '4267'],
	deletedKeys: [],
	details:
		'The store opens no key of the lineage. Live keys of the lineage: 7 (expires 2026-01-25T12:00:00.000Z), 4267 (expires 2026-02-14T12:00:00.000Z).',
	nextStep:
		'Nothing was revoked. Run Rotate: where the store opens no key, it issues one to be stored.',
};
const ofOld = {
	id: '7',
	expiresAt: '2026-01-25T12:00:00.000Z',
	oldId: '7',
	oldExpiresAt: '2026-01-25T12:00:00.000Z',
	storeOpens: '7',
};
const noTarget = [
	{
		name: 'no lineage',
		parameters: { lineage: '={{ $json.none }}' },
		says: "'Lineage' is required",
	},
	{
		name: 'a lineage that is none',
		parameters: { lineage: 'SIEM' },
		says: "'Lineage' must be the field 'lineage' of an item of Get Many",
	},
	{
		name: 'no days',
		parameters: { dueWithinDays: '={{ "" }}' },
		says: "'Due Within (Days)' must be a whole number of days",
	},
	{
		name: 'no time at which the store was read',
		parameters: { readAt: '={{ $json.none }}' },
		says: "'Read At' is required",
	},
	{
		name: 'a time in seconds',
		parameters: { readAt: '={{ 1768478400 }}' },
		says: "'Read At' must be in milliseconds, not in seconds",
	},
	{
		name: 'another way',
		parameters: { rotate: '={{ "all" }}', ...byId('7'), comment: 'x' },
		says: "'Which Key' must be one of apiKey, comment, lineage, ownKey",
	},
	{
		name: 'no comment',
		parameters: { rotate: 'comment', comment: '={{ " " }}' },
		says: "'Comment' is required",
	},
	{
		name: 'a key that is none',
		parameters: { rotate: 'apiKey', ...byId('={{ "SIEM" }}') },
		says: "'API Key' must be the ID of an API key",
	},
	{
		name: 'hours that are none',
		parameters: { additionalFields: { revokeOldAfterHours: -1 } },
		says: "'Revoke Old After (Hours)' must be at least 0",
	},
];
describeOperation(
	kit,
	'apiKey',
	'rotate',
	published({
		secrets: [SECRET, STORED],
		cases: [
			{
				name: 'proves what is stored, issues a key like it, reads it back and tries it',
				parameters: { ...target, ...stored },
				input: { lineage: '7' },
				exchanges: rotation,
				items: rotated,
				raw: { reply: { id: 4267, key: SECRET }, ...rawOf(rotated, [old]) },
			},
			{
				name: 'takes a stored key alone, and a life of its own',
				parameters: {
					...target,
					lineage: 7,
					storedSecret: STORED,
					readAt: NOW,
					additionalFields: { validDays: 180, secretAs: 'key' },
				},
				exchanges: [
					...rotation.slice(0, 4),
					successor(NOW + 180 * DAY),
					one(4267, { ...next, expiration: NOW + 180 * DAY }),
					...rotation.slice(6),
				],
				items: {
					...rotated,
					secret: SECRET,
					expiresAt: '2026-07-14T12:00:00.000Z',
					details: rotated.details.replace('2026-02-14', '2026-07-14'),
				},
			},
			{
				name: 'changes nothing in a dry run',
				parameters: { ...target, lineage: '7', ...stored, additionalFields: { dryRun: true } },
				exchanges: rotation.slice(0, 4),
				items: {
					...rotated,
					id: null,
					secret: null,
					status: 'planned',
					liveKeys: ['7'],
					details:
						'The store opens the key 7, which is to be replaced. Live keys of the lineage: 7 (expires 2026-01-25T12:00:00.000Z).',
					nextStep: 'Turn off Dry Run: the run then issues the key.',
				},
			},
			{
				name: 'revokes what the stored key took the place of, on a later day',
				parameters: {
					...target,
					lineage: '7',
					...stored,
					storedSecret: `4267:${SECRET}`,
				},
				exchanges: revocation,
				items: { ...done, status: 'resumed' },
			},
		],
		refused: [
			...noTarget,
			{
				name: 'an empty store that nobody has said to be empty',
				parameters: { storedSecret: '={{ $json.none }}' },
				says: /'Stored Secret' is empty.*turn on 'Nothing Stored Yet'/,
			},
			{
				name: 'a life that is none',
				parameters: { additionalFields: { validDays: 181 } },
				says: "'New Key Valid For (Days)' must be at most 180",
			},
			{
				name: 'no time until somebody takes over',
				parameters: { additionalFields: { takenOverAfterMinutes: 'soon' } },
				says: "'Taken Over After (Minutes)' must be a whole number of minutes",
			},
		],
		failures: [
			{
				name: 'no such lineage',
				exchanges: [all([{ ...old, id: 70 }])],
				says: ['The tenant has no API key of the lineage 7'],
			},
			{
				name: 'a list without even the key in use',
				exchanges: [all([])],
				says: ['The list of API keys lacks the key that the request was made with'],
			},
			{
				name: 'a new key that is not accepted',
				exchanges: [
					...rotation.slice(0, 7),
					...Array.from({ length: 4 }, () => health('4267', false)),
					remove([4267], 1),
				],
				says: [
					'The new API key 4267 does not work',
					'Cortex XSIAM refuses it.',
					'The new API key 4267 was deleted again; the old one, 7, is as it was.',
				],
			},
		],
	}),
);

describeOperation(
	kit,
	'apiKey',
	'finishRotation',
	published({
		secrets: [SECRET],
		cases: [
			{
				name: 'proves what is stored, revokes the old key, and proves again',
				parameters: { ...target, ...stored, storedSecret: `4267:${SECRET}` },
				input: { lineage: '7' },
				exchanges: revocation,
				items: done,
				raw: rawOf(done, [later]),
			},
			{
				name: 'says that nothing is left to do',
				parameters: { ...target, lineage: '7', ...stored, storedSecret: `4267:${SECRET}` },
				exchanges: [all([later]), ...proved('4267')],
				items: {
					...done,
					deletedKeys: [],
					details: done.details.replace(' Revoked by this run: 7.', ''),
				},
			},
			{
				name: 'waits for the new key to be as old as is wanted',
				parameters: {
					...target,
					lineage: '7',
					...stored,
					storedSecret: `4267:${SECRET}`,
					additionalFields: { revokeOldAfterHours: 48 },
				},
				exchanges: [all([later, old]), ...proved('4267')],
				items: {
					...done,
					status: 'waiting',
					liveKeys: ['7', '4267'],
					deletedKeys: [],
					keptKeys: [
						{
							id: '7',
							why: '4267, which replaced it, must be 48 hours old first',
							until: '2026-01-16T15:00:00.000Z',
						},
					],
					details:
						'The store opens the key 4267, which is not to be replaced. Live keys of the lineage: 7 (expires 2026-01-25T12:00:00.000Z), 4267 (expires 2026-02-14T12:00:00.000Z). The key 7 stays until 2026-01-16T15:00:00.000Z: 4267, which replaced it, must be 48 hours old first.',
					nextStep:
						'Nothing now: a run of Rotate or Finish Rotation after 2026-01-16T15:00:00.000Z revokes 7, if the store still opens 4267 then.',
				},
			},
			{
				name: 'revokes nothing where the store holds nothing',
				parameters: { ...target, lineage: '7', readAt: NOW },
				exchanges: [all([later, old])],
				items: {
					...done,
					id: null,
					status: 'notProved',
					needsAttention: true,
					expiresAt: null,
					storeOpens: null,
					liveKeys: ['7', '4267'],
					deletedKeys: [],
					details:
						'The store opens no key of the lineage. Live keys of the lineage: 7 (expires 2026-01-25T12:00:00.000Z), 4267 (expires 2026-02-14T12:00:00.000Z).',
					nextStep:
						'Nothing was revoked. Run Rotate: where the store opens no key, it issues one to be stored.',
				},
				hints: ['Lineage 7: The store opens no key of the lineage.'],
			},
			{
				name: 'revokes nothing where what the store holds opens nothing',
				parameters: { ...target, lineage: '7', ...stored, storedSecret: `4267:${STORED}` },
				exchanges: [all([later, old]), health('4267', false), own],
				items: { ...unfinished, status: 'notProved' },
				hints: ['Lineage 7: The store opens no key of the lineage.'],
			},
			{
				name: 'revokes nothing where the store still opens the key that is to be replaced',
				parameters: { ...target, lineage: '7', ...stored },
				exchanges: [all([later, old]), ...proved('7')],
				items: {
					...unfinished,
					...ofOld,
					status: 'dueKeyStored',
					details: unfinished.details.replace(
						'The store opens no key of the lineage.',
						'The store opens the key 7, which is to be replaced.',
					),
					nextStep:
						'Nothing was revoked: the new key has not reached the store, unless 7 is the new one: then name the old one, or the lineage. Else run Rotate again, and store its secret.',
				},
				hints: ['Lineage 7: The store opens the key 7, which is to be replaced.'],
			},
			{
				name: 'says what to do where there is no new key yet',
				parameters: { ...target, rotate: 'apiKey', ...byId('7'), ...stored },
				exchanges: [all([old]), ...proved('7')],
				items: {
					...unfinished,
					...ofOld,
					status: 'dueKeyStored',
					liveKeys: ['7'],
					details:
						'The store opens the key 7, which is to be replaced. Live keys of the lineage: 7 (expires 2026-01-25T12:00:00.000Z).',
					nextStep:
						'Nothing was revoked, since there is no newer key. Run Rotate, store its secret, and read the store again before Finish Rotation.',
				},
				hints: ['Lineage 7: The store opens the key 7, which is to be replaced.'],
			},
			{
				name: 'waits until the old key is 12 hours old, too',
				parameters: {
					...target,
					rotate: 'apiKey',
					...byId('7'),
					...stored,
					storedSecret: `4267:${SECRET}`,
					additionalFields: { revokeOldAfterHours: 0 },
				},
				exchanges: [
					all([
						{
							...later,
							creation_time: NOW - HOUR,
							comment: 'SIEM collector [n8n 7 1MPHJ5G123456]',
						},
						{ ...old, creation_time: NOW - 2 * HOUR },
					]),
					...proved('4267'),
				],
				items: {
					...unfinished,
					id: '4267',
					status: 'waiting',
					needsAttention: false,
					expiresAt: done.expiresAt,
					storeOpens: '4267',
					keptKeys: [
						{
							id: '7',
							why: 'no key is revoked before it is 12 hours old',
							until: '2026-01-15T22:00:00.000Z',
						},
					],
					details:
						'The store opens the key 4267, which is not to be replaced. Live keys of the lineage: 7 (expires 2026-01-25T12:00:00.000Z), 4267 (expires 2026-02-14T12:00:00.000Z). The key 7 stays until 2026-01-15T22:00:00.000Z: no key is revoked before it is 12 hours old.',
					nextStep:
						'Nothing now: a run of Rotate or Finish Rotation after 2026-01-15T22:00:00.000Z revokes 7, if the store still opens 4267 then.',
				},
			},
			{
				name: 'revokes nothing where nobody can say what the store opens',
				parameters: { ...target, lineage: '7', ...stored, storedSecret: `4267:${SECRET}` },
				exchanges: [
					all([later, old]),
					{ ...health('4267'), status: 403, reply: { message: 'Blocked' } },
				],
				items: {
					...unfinished,
					status: 'unclear',
					details: `${unfinished.details.replace('The store opens no key of the lineage.', 'It is not known which key the store opens.')} The call with key 4267 got an answer that is not Cortex XSIAM's own.`,
					nextStep:
						'Nothing was issued or revoked. Check the connection between n8n and the tenant, and run again.',
				},
				hints: ['Lineage 7: It is not known which key the store opens.'],
			},
			{
				name: 'revokes nothing by what the store answered an hour ago',
				parameters: {
					...target,
					lineage: '7',
					storedSecret: `4267:${SECRET}`,
					readAt: NOW - HOUR,
				},
				exchanges: [all([later, old])],
				items: {
					...unfinished,
					status: 'staleRead',
					details:
						"The store was not tried. Live keys of the lineage: 7 (expires 2026-01-25T12:00:00.000Z), 4267 (expires 2026-02-14T12:00:00.000Z). 'Read At' is 2026-01-15T11:00:00.000Z, and now it is 2026-01-15T12:00:00.000Z: what a store answered is used for less than 60 minutes only.",
					nextStep:
						'Nothing was issued or revoked. Start a new execution, which reads the store again.',
				},
				hints: ['Lineage 7: The store was not tried.'],
			},
			{
				name: 'stops where the stored key opens nothing any more in the middle of it',
				parameters: { ...target, lineage: '7', ...stored, storedSecret: `4267:${SECRET}` },
				exchanges: [
					all([later, old, { ...old, id: 9, comment: 'SIEM collector [n8n 7 1MMWY60123456]' }]),
					...proved('4267'),
					remove([7], 1),
					all([later, { ...old, id: 9, comment: 'SIEM collector [n8n 7 1MMWY60123456]' }]),
					health('4267', false),
					own,
				],
				items: {
					...unfinished,
					id: '4267',
					status: 'inProgress',
					needsAttention: false,
					expiresAt: done.expiresAt,
					liveKeys: ['9', '4267'],
					deletedKeys: ['7'],
					details:
						'The store opens no key of the lineage. Live keys of the lineage: 9 (expires 2026-01-25T12:00:00.000Z), 4267 (expires 2026-02-14T12:00:00.000Z). Revoked by this run: 7. The store has changed while this run was at work: it revoked nothing more.',
					nextStep: 'Nothing now: the next run decides by what the store holds then.',
				},
			},
		],
		refused: noTarget,
		failures: [
			{
				name: 'a key outside the lineage',
				parameters: { storedSecret: `25:${STORED}` },
				exchanges: [all([later, old, { ...old, id: 25, comment: 'Another' }]), ...proved('25')],
				says: [
					"'Stored Secret' opens the API key 25, which is not one of the lineage 7",
					/Its live keys are 7, 4267\. Nothing was issued and nothing revoked\./,
				],
			},
			{
				name: 'no such lineage',
				exchanges: [all([{ ...old, id: 70 }])],
				says: ['The tenant has no API key of the lineage 7'],
			},
		],
	}),
);
