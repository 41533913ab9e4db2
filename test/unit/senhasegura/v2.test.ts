import {
	firstCredentialsV2,
	getCredentialV2,
	idOfCredentialV2,
} from '../../../nodes/Senhasegura/api/v2';
import { answeredApi } from './families';

const BASE = 'https://vault.example.com/api/v2/pam/credentials';
const root = { id: 101, credential: { username: 'root' }, device: { id: 14 } };

it.each(['/api', '/iso'])('is below /api, also with the prefix %s', async (apiPrefix) => {
	const { api, sent } = answeredApi(() => ({ json: root }), { apiPrefix });
	expect(await getCredentialV2(api, '101', [])).toEqual(root);
	await getCredentialV2(api, '101', ['credential.username', 'device.name']);
	expect(sent.map(({ method, url }) => [method, url])).toEqual([
		['GET', `${BASE}/101`],
		['GET', `${BASE}/101?fields=credential.username%2Cdevice.name`],
	]);
});

it.each([
	['data', { data: [root] }],
	['credentials, beside what is no list', { total: 1, credentials: [root], links: { next: '' } }],
])('takes the one list of an answer: %s', async (_name, json) => {
	const { api } = answeredApi(() => ({ json }));
	expect(await firstCredentialsV2(api, {})).toEqual([root]);
});

it.each([
	['none', { data: { list: [root] } }],
	['two', { data: [root], errors: [] }],
])('does not guess where an answer has lists: %s', async (_name, json) => {
	const { api } = answeredApi(() => ({ json }));
	await expect(firstCredentialsV2(api, {})).rejects.toThrow('without one list of credentials');
});

it('tells a refusal, of which the form is not documented', async () => {
	const { api } = answeredApi(() => ({
		status: 422,
		json: { error: { status: 422, message: 'Unknown field: device.owner' } },
	}));
	await expect(getCredentialV2(api, '101', [])).rejects.toThrow('Unknown field: device.owner');
});

it.each<[object, string | null]>([
	[{ id: 101 }, '101'],
	[{ credential: { id: '7' } }, '7'],
	[{ credential: {} }, null],
])('finds the ID of %j: %j', (record, expected) => {
	expect(idOfCredentialV2(record as never)).toBe(expected);
});
