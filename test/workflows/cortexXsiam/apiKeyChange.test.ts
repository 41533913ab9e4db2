import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import {
	NOW,
	IAM,
	byId,
	single,
	singleItem,
	page,
	getOne,
	list,
	byIds,
	iamForbidden,
	single400,
	noIds,
	remove,
	atNow,
} from './apiKeySamples';
import { iamRefusal, kit } from './kit';
import { published } from './published';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

atNow();

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
			['no change', { updateFields: {} }, "'Update Fields' has nothing to change"],
			[
				'no roles',
				{ updateFields: { roles: '={{ [] }}' } },
				"'Role Names or IDs' must name at least one role",
			],
			['an odd comment', { updateFields: { comment: '={{ [] }}' } }, "'Comment' must be a text"],
			[
				'an odd level',
				{ updateFields: { securityLevel: '={{ "high" }}' } },
				"'Security Level' must be 'standard' or 'advanced'",
			],
			[
				'another level of the key in use',
				{ ...byId('021'), updateFields: { securityLevel: 'advanced' } },
				'The API key 21 is the one that the credential uses',
			],
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
					put({ ...unchanged, comment: 'For Joe' }, iamRefusal('Invalid api_key_id').reply, 400),
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
			['an empty list', byId('={{ [] }}'), "'API Key' is required"],
			['commas alone', byId('={{ ", ," }}'), "'API Key' is required"],
			[
				'the key in use among others',
				byId('121, 021'),
				'The API key 21 is the one that the credential uses, and is not deleted',
			],
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
