import {
	certificateApiOf,
	certificateList,
	changedRecord,
} from '../../../nodes/Senhasegura/api/certificates';
import type { CertificateListing } from '../../../nodes/Senhasegura/api/certificates';
import { isInUse } from '../../../nodes/Senhasegura/resources/certificate/certificateItem';
import { coded, codedFields, readYesNo } from '../../../nodes/Senhasegura/resources/shared/coded';
import { answeredApi, listOf } from './families';

it.each<[unknown, string | null, string | null]>([
	['7 - Signed', '7', 'Signed'],
	['DV SSL - Domain SSL', null, 'DV SSL - Domain SSL'],
	['4', '4', null],
	[4, '4', null],
	['Valid', null, 'Valid'],
	['', null, null],
	[null, null, null],
])('reads %j as the code %j and the name %j', (value, code, name) => {
	expect(coded(value)).toEqual({ code, name });
});

it('keeps a code that came in another form', () => {
	const { ca, caId } = codedFields('ca', { code: 5 });
	expect(ca).toMatchObject({ text: '{"code":5}' });
	expect(caId).toBeNull();
});

it.each<[unknown, boolean | null]>([
	['1 - Yes', true],
	['0 - No', false],
	['1', true],
	[false, false],
	['', null],
])('reads %j as %j', (value, expected) => {
	expect(readYesNo(value)).toBe(expected);
});

it.each<[object, boolean]>([
	[{ status_certificate: '1 - Valid', active: '1' }, true],
	[{ status_certified: '2 - Revoked' }, false],
	[{ status_certificate: 2 }, false],
	[{ status_certificate: 'Revoked' }, false],
	[{ active: '0' }, false],
	[{ active: '0 - Inactive' }, false],
	[{ active: 'Inativo' }, false],
	[{ active: '1 - Active' }, true],
	[{}, true],
])('takes %j for in use: %j', (record, expected) => {
	expect(isInUse(record as never)).toBe(expected);
});

const BASE = 'https://vault.example.com';

it.each<
	[string | undefined, string, Array<'certificates' | 'requests' | 'publications'>, string[]]
>([
	[
		undefined,
		'/iso',
		['certificates', 'requests', 'publications'],
		['/api/certificate/list', '/api/certificate/request/list', '/api/certificate/publish/list'],
	],
	[
		'upTo40',
		'/api',
		['certificates', 'requests', 'publications'],
		['/iso/certificate/list', '/iso/certificate/request/list', '/iso/cert/publish'],
	],
])('has the paths of %j, whatever the prefix', async (certificateApi, apiPrefix, lists, paths) => {
	const { api, sent } = answeredApi(() => ({ json: { status: 200, data: [] } }), {
		apiPrefix,
		...(certificateApi !== undefined && { certificateApi }),
	});
	for (const list of lists)
		expect(await listOf(certificateList(api, list, { id: '9' }))).toEqual([]);
	expect(sent.map(({ url }) => url)).toEqual(paths.map((path) => `${BASE}${path}/9`));
});

it('does not guess another generation', () => {
	const { api } = answeredApi(() => ({ json: {} }), { certificateApi: 'v1' });
	expect(() => certificateApiOf(api)).toThrow("'Certificate API' in the credential is neither");
});

it.each<[string, object]>([
	['certificates', { status: 200, total: 1, certificates: [{ code_certificate: 1 }] }],
	['data, one', { response: { status: 200, error: false }, data: { code_certificate: 1 } }],
	['data, several', { response: { status: 200 }, data: [{ code_certificate: 1 }] }],
	['certified, a map', { response: { status: 200 }, certified: { 3: { code_certificate: 1 } } }],
])('finds a list under %s', async (_name, json) => {
	const { api } = answeredApi(() => ({ json }));
	expect(await listOf(certificateList(api, 'certificates', { id: '1' }))).toEqual([
		{ code_certificate: 1 },
	]);
});

it.each<[number, string, boolean]>([
	[400, 'There are no certificates with the entered status', true],
	[404, 'There are no certificates with the entered status', true],
	[400, 'There is no certificate with the entered state.', true],
	[400, '1049: There is no certificate with the given code', true],
	[400, 'Could not find requests with the information provided', true],
	[400, 'No requests with external IP entered.', true],
	[400, 'There are no publications', true],
	[400, 'Não há certificados com o status informado', true],
	[400, 'The status code you entered is invalid.', false],
	[400, 'You are not authorized to access this resource.', false],
	[403, 'User has no certificate access', false],
	[403, 'There are no certificates with the entered status', false],
	[500, 'There are no certificates with the entered status', false],
	[500, 'There is no certificate manager license', false],
	[400, 'There is no certificate manager license', false],
	[400, 'No requests allowed from this IP address', false],
	[400, 'No certificate authority answers', false],
])('takes the refusal %d %j for an empty list: %j', async (status, message, isEmpty) => {
	const { api } = answeredApi(() => ({
		status,
		json: { code: status, response: { status, message, error: true } },
	}));
	const list = listOf(certificateList(api, 'requests'));
	await (isEmpty ? expect(list).resolves.toEqual([]) : expect(list).rejects.toThrow());
});

const COUNTED = { status: 200, message: 'OK', error: false, total: 3 };

it.each([
	['certificates', 'certificates', 'certificates'],
	['requests', 'data', 'certificate requests'],
	['publications', 'publications', 'certificate publications'],
] as const)('takes no list for empty that counts its records: %s', async (list, key, noun) => {
	const { api } = answeredApi(() => ({ json: { ...COUNTED, [key]: [] } }));
	await expect(listOf(certificateList(api, list))).rejects.toThrow(
		`The list of ${noun} could not be read: 3 are counted, and none came`,
	);
});

// Whether the count is of those that match is not documented.
it.each<[string, CertificateListing]>([
	['filters', { query: { common_name: 'a' } }],
	['a number', { id: '7' }],
])('tells of a count with %s', async (_, listing) => {
	const { api, told } = answeredApi(() => ({ json: { ...COUNTED, certificates: [] } }));
	expect(await listOf(certificateList(api, 'certificates', listing))).toEqual([]);
	expect(told).toEqual([expect.stringMatching(/^No certificates came, but 3 are counted\./)]);
});

it('tells of what was changed without its passwords', () => {
	expect(changedRecord({ code_request: 1, password_key: 'p' })).toEqual({
		code_request: 1,
		password_key: null,
	});
});
