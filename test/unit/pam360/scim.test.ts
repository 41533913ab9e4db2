import type { Pam360Api } from '../../../nodes/Pam360/api/client';
import { Pam360Scim } from '../../../nodes/Pam360/api/scim';
import { scimUserOf } from '../../../nodes/Pam360/resources/user/scimUser';
import type { Failure } from '../../../nodes/shared/failure';
import type { SentOnce } from '../../../nodes/shared/sendOnce';
import type { Reply, Request, Transport } from '../../../nodes/shared/transport';
import { reply } from './support';

/** SCIM over a wire that answers in turn. */
function scimWith(...replies: Reply[]) {
	const sent: Request[] = [];
	const transport = {
		async send(request: Request) {
			sent.push(request);
			return replies.shift() ?? reply('', 418);
		},
	};
	const scim = new Pam360Scim(transport as unknown as Transport, 'https://pam.example.com/gate');
	return { scim, sent };
}

async function allOf(users: AsyncIterable<object>): Promise<object[]> {
	const all: object[] = [];
	for await (const user of users) all.push(user);
	return all;
}

const failureOf = async (promise: Promise<unknown>) =>
	await promise.then(
		() => {
			throw new Error('Nothing was thrown');
		},
		(failure: Failure) => failure,
	);

const LOST: SentOnce = { mayHave: 'The user may have been created', repeatable: false };

const numbered = (from: number, count: number) =>
	Array.from({ length: count }, (_, index) => ({ id: String(from + index) }));

describe('a list of users', () => {
	it('is read page by page, and each page repeats the last user of the one before', async () => {
		const { scim, sent } = scimWith(
			reply({ totalResults: 300, Resources: numbered(1, 200) }),
			reply({ totalResults: 300, Resources: numbered(200, 101) }),
		);
		expect(await allOf(scim.users({ most: Infinity }))).toEqual(numbered(1, 300));
		expect(sent.map(({ url }) => url)).toEqual([
			'https://pam.example.com/gate/scim/v2/Users?startIndex=1&count=200',
			'https://pam.example.com/gate/scim/v2/Users?startIndex=200&count=200',
		]);
	});

	it('ends where the server gives all at once, whatever was asked for', async () => {
		const { scim, sent } = scimWith(reply({ totalResults: 250, Resources: numbered(1, 250) }));
		expect(await allOf(scim.users({ most: Infinity }))).toHaveLength(250);
		expect(sent).toHaveLength(1);
	});

	it.each([undefined, 'userName eq "a"'])(
		'cannot be read where users are counted and none comes, with the filter %j',
		async (filter) => {
			const { scim } = scimWith(reply({ totalResults: 3, Resources: [] }));
			await expect(scim.users({ filter, most: 9 }).next()).rejects.toThrow(
				'The list of users could not be read: 3 are counted, and none came',
			);
		},
	);

	it('asks for no more than is wanted', async () => {
		const { scim, sent } = scimWith(reply({ totalResults: 9, Resources: numbered(1, 2) }));
		expect(await allOf(scim.users({ most: 2, filter: 'active eq "true"' }))).toHaveLength(2);
		expect(sent[0]?.url).toContain('filter=active%20eq%20%22true%22&startIndex=1&count=2');
	});

	it('passes over what says nothing, and keeps what is no user', async () => {
		const { scim } = scimWith(reply({ Resources: [null, 'x', { id: 1 }] }));
		expect(await allOf(scim.users({ most: 50 }))).toEqual([{ notARecord: 'x' }, { id: 1 }]);
	});
});

describe('a refusal', () => {
	const error = (status: number, more: object = {}) =>
		reply({ schemas: [], status: String(status), ...more }, status);

	it.each([
		[401, 'credential-invalid'],
		[403, undefined],
		[404, undefined],
		[409, undefined],
	])('with HTTP %d is told with the detail', async (status, cause) => {
		const { scim } = scimWith(error(status, { detail: 'No way.' }));
		const failure = await failureOf(scim.user('1'));
		expect(failure.message).toBe('PAM360 refused the request: No way');
		expect(failure.kind).toBe('refused');
		expect(failure.declared?.cause).toBe(cause);
	});

	it('without detail is told with its type, or as one without a reason', async () => {
		const { scim } = scimWith(error(400, { scimType: 'invalidFilter' }), error(400));
		expect((await failureOf(scim.user('1'))).message).toContain('invalidFilter');
		expect((await failureOf(scim.user('1'))).message).toContain('no reason');
	});

	it.each([400, 403, 409])(
		'that is not in SCIM’s form need not be PAM360’s own: %i',
		async (status) => {
			const { scim } = scimWith(reply({ message: 'Forbidden' }, status));
			const failure = await failureOf(scim.create({}, LOST));
			expect(failure.kind).toBe('lost');
			expect(failure.description).toMatch(/a proxy or firewall in front of it may have sent it/);
			expect(failure.description).toContain('The user may have been created anyway');
			expect(failure.description).not.toMatch(/parameters|SCIM must/);
		},
	);

	it('with HTTP 404 says what to do, whoever answers', async () => {
		const { scim } = scimWith(reply({ message: 'no such route' }, 404));
		const failure = await failureOf(scim.create({}, LOST));
		expect(failure.kind).toBe('refused');
		expect(failure.description).toMatch(/a proxy or firewall .* SCIM must be enabled in PAM360\.$/);
		expect(failure.description).not.toMatch(/parameters/);
	});

	it('with HTTP 500 leaves open whether a user was created, and does not ask to try again', async () => {
		const { scim, sent } = scimWith(error(500, { detail: 'Sorry' }));
		const failure = await failureOf(scim.create({}, LOST));
		expect(failure.kind).toBe('lost');
		expect(failure.declared).toBeUndefined();
		expect(failure.description).toContain('The user may have been created anyway');
		expect(sent.map(({ repeatable }) => repeatable)).toEqual([false]);
	});

	it('of a repeated change leaves nothing open: it sets what it sets', async () => {
		const { scim, sent } = scimWith(error(500, { detail: 'Sorry' }));
		const failure = await failureOf(scim.update('1', { active: true }));
		expect(failure.description).toContain('Running the node again does no harm');
		expect(sent.map(({ repeatable }) => repeatable)).toEqual([true]);
	});
});

describe('a user', () => {
	it('is named by one segment of the path', async () => {
		const { scim, sent } = scimWith(reply({ id: 'a/b?c' }));
		await scim.user('a/b?c');
		expect(sent[0]?.url).toBe('https://pam.example.com/gate/scim/v2/Users/a%2Fb%3Fc');
	});

	it.each(['', '.', '..'])('cannot be named %j', async (id) => {
		const { scim, sent } = scimWith();
		expect((await failureOf(scim.user(id))).kind).toBe('input');
		expect(sent).toEqual([]);
	});

	it('without an ID is none', async () => {
		const { scim } = scimWith(reply({ userName: 'jdoe' }));
		expect((await failureOf(scim.user('1'))).message).toContain('without the user');
	});

	it('that was changed says so where it cannot be read afterwards', async () => {
		const { scim } = scimWith(reply('', 204), reply('<html>', 200));
		const failure = await failureOf(scim.update('1', { active: true }));
		expect(failure.message).toContain('web page');
		expect(failure.description).toContain('The user was changed');
	});

	it('that the answer to a change leaves unclear may have been changed', async () => {
		const { scim } = scimWith(reply({ ok: true }));
		const failure = await failureOf(scim.update('1', { active: true }));
		expect(failure.kind).toBe('lost');
		expect(failure.description).toContain('The user may have been changed');
	});

	it('that the answer to its creation leaves out may exist', async () => {
		const { scim } = scimWith(reply('', 201));
		const failure = await failureOf(scim.create({}, LOST));
		expect(failure.kind).not.toBe('refused');
		expect(failure.description).toContain('may have been created');
	});
});

describe('a user by name', () => {
	const userNamed = async (value: string, userName: string | null) => {
		const { scim } = scimWith(reply({ id: '1', userName }));
		const ids = { user: async () => '1' };
		return await scimUserOf({ ids, scim } as unknown as Pam360Api, { by: 'name', value });
	};

	it.each([
		['jdoe', 'JDOE'],
		['jdoe', 'jdoe@example.com'],
		['EXAMPLE\\jdoe', 'jdoe '],
		['jdoe@example.com', 'jdoe@example.com'],
		['jdoe', null],
	])('%j may be written %j', async (asked, userName) => {
		expect(await userNamed(asked, userName)).toEqual({ id: '1', userName });
	});

	it.each([
		['jdoe@example.com', 'jdoe@example.org'],
		['A\\jdoe', 'B\\jdoe'],
		['jdoe', 'jdoe2'],
	])('%j is not %j', async (asked, userName) => {
		expect((await failureOf(userNamed(asked, userName))).message).toBe(
			`PAM360 was asked for the user '${asked}' and answered with the user '${userName}'`,
		);
	});
});
