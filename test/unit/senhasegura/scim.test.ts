import type { IDataObject } from 'n8n-workflow';
import type { SenhaseguraApi } from '../../../nodes/Senhasegura/api/client';
import {
	deleteScimUser,
	getScimUser,
	patchScimUser,
	vaultUsers,
} from '../../../nodes/Senhasegura/api/scim';
import type { Request } from '../../../nodes/shared/transport';
import type { Failure } from '../../../nodes/shared/failure';
import { answeredApi, listOf } from './families';

const BASE = 'https://vault.example.com/iso/scim/v2/Users';
const users = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, index) => ({ id: String(index + 1) }));

function page({ url }: Request, all: IDataObject[], most = 25) {
	const query = new URL(url).searchParams;
	const start = Number(query.get('startIndex'));
	const count = Math.min(most, Number(query.get('count')));
	return {
		json: {
			totalResults: all.length,
			itemsPerPage: most,
			startIndex: start,
			Resources: all.slice(start - 1, start - 1 + count),
		},
	};
}

describe('the list of users', () => {
	it('is read to its end, from index 1 on', async () => {
		const { api, sent } = answeredApi((request) => page(request, users(51)));
		expect(await listOf(vaultUsers(api, Infinity))).toEqual(users(51));
		const asked = sent.map(({ url }) => url);
		expect(asked[0]).toBe(`${BASE}?startIndex=1&count=25`);
		expect(sent.every(({ method, body }) => method === 'GET' && body === undefined)).toBe(true);
	});

	it('is not empty where users are counted', async () => {
		const { api } = answeredApi(() => ({ json: { totalResults: 3, Resources: [] } }));
		await expect(listOf(vaultUsers(api, Infinity))).rejects.toThrow(
			'The list of users could not be read: 3 are counted, and none came',
		);
	});

	it('ends where it ends, however many the total promises, and says so', async () => {
		const { api, told } = answeredApi((request) => {
			const { json } = page(request, users(30));
			return { json: { ...json, totalResults: 1000 } };
		});
		expect(await listOf(vaultUsers(api, Infinity))).toEqual(users(30));
		expect(told).toEqual([expect.stringMatching(/\b1000\b.*\b30\b/)]);
	});

	it('is whole where the vault knows no pages and gives all', async () => {
		const { api, sent } = answeredApi(() => ({
			json: { totalResults: 60, Resources: users(60) },
		}));
		expect(await listOf(vaultUsers(api, Infinity))).toEqual(users(60));
		expect(sent).toHaveLength(1);
	});

	it('is whole where the vault’s pages are smaller', async () => {
		const { api } = answeredApi((request) => page(request, users(33), 10));
		expect(await listOf(vaultUsers(api, Infinity))).toEqual(users(33));
	});

	it('is a failure where the vault gives the first page for every index', async () => {
		const { api } = answeredApi(() => ({
			json: { totalResults: 60, Resources: users(25) },
		}));
		await expect(listOf(vaultUsers(api, Infinity))).rejects.toThrow(
			'The list of users cannot be read page by page',
		);
	});

	it('stops at the limit, and asks for no more', async () => {
		const { api, sent } = answeredApi((request) => page(request, users(60)));
		expect(await listOf(vaultUsers(api, 3))).toEqual(users(3));
		expect(sent.map(({ url }) => url)).toEqual([`${BASE}?startIndex=1&count=3`]);
	});
});

it.each([
	['/api', 'https://vault.example.com'],
	['/iso', 'https://vault.example.com/iso/'],
	['/iso', 'https://vault.example.com/sub'],
])('is below /iso, also with the prefix %s and the URL %s', async (apiPrefix, url) => {
	const { api, sent } = answeredApi(() => ({ json: { id: 1 } }), { apiPrefix, url });
	await getScimUser(api, '1');
	const base = url.replace('/iso/', '');
	expect(sent[0]?.url).toBe(`${base}/iso/scim/v2/Users/1`);
});

it('keeps an ID in its place in the path, and out of others', async () => {
	const { api, sent } = answeredApi(() => ({ json: { id: 1 } }));
	await getScimUser(api, 'a/../b?c#d');
	expect(sent[0]?.url).toBe(`${BASE}/a%2F..%2Fb%3Fc%23d`);
	await expect(getScimUser(api, '..')).rejects.toThrow("'..' cannot be part of a URL");
	expect(sent).toHaveLength(1);
});

it('sends a change that may be sent again, as RFC 7644 has it', async () => {
	const { api, sent } = answeredApi(() => ({ json: { id: 1 } }));
	await patchScimUser(api, '1', { active: false });
	expect(sent).toEqual([
		expect.objectContaining({
			method: 'PATCH',
			repeatable: true,
			headers: { 'Content-Type': 'application/scim+json' },
			body: '{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"active","value":false}]}',
		}),
	]);
});

const failureOfPatch = async (api: SenhaseguraApi) =>
	(await patchScimUser(api, '1', { active: false }).catch(
		(failure: Failure) => failure,
	)) as Failure;

it('counts a change as lost where the answer is about another user', async () => {
	const { api } = answeredApi(() => ({ json: { id: 2 } }));
	const { kind, message, description } = await failureOfPatch(api);
	expect(kind).toBe('lost');
	expect(message).toContain('another user than the one asked for (2 instead of 1)');
	expect(description).toContain(
		'The user may have been changed anyway. Running the node again does no harm.',
	);
});

it.each([500, 404])(
	'says that a user was changed where only reading it afterwards is answered with %i',
	async (status) => {
		const { api } = answeredApi(({ method }) =>
			method === 'PATCH' ? { status: 204, text: '' } : { status, text: '' },
		);
		const { description } = await failureOfPatch(api);
		expect(description).toContain('The user was changed; only reading it afterwards went wrong.');
		expect(description).not.toContain('may have been');
	},
);

/** RFC 7644, 3.12. */
const NOT_FOUND = {
	schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
	status: '404',
	detail: 'Resource 1 not found',
};

describe('a deletion', () => {
	it.each([
		['no content', { status: 204 }],
		['an empty 200', { status: 200 }],
		['the user', { status: 200, json: { id: 1 } }],
		['a 404 to a repeated call', { status: 404, json: NOT_FOUND, repeated: true }],
	])('is done after %s', async (_name, answer) => {
		const { api } = answeredApi(() => answer);
		await expect(deleteScimUser(api, '1')).resolves.toBeUndefined();
	});

	it.each([
		['a 404 to the only call', { status: 404, json: NOT_FOUND }],
		['a refusal to a repeated call', { status: 403, repeated: true }],
		['a web page', { status: 200, text: '<html></html>' }],
	])('is none after %s', async (_name, answer) => {
		const { api } = answeredApi(() => answer);
		await expect(deleteScimUser(api, '1')).rejects.toThrow('senhasegura');
	});

	it.each([
		['a page with 404', { status: 404, text: '<html>no such route</html>' }],
		['nothing with 404', { status: 404 }],
		['a refusal', { status: 403, json: { ...NOT_FOUND, status: '403' } }],
	])('may be done where a repeated call gets %s', async (_name, answer) => {
		const { api } = answeredApi(() => ({ ...answer, repeated: true }));
		await expect(deleteScimUser(api, '1')).rejects.toMatchObject({ kind: 'lost' });
	});
});
