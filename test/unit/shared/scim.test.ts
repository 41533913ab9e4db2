import {
	primaryScimValue,
	scimPage,
	scimPatch,
	scimUsers,
	scimValue,
} from '../../../nodes/shared/scim';

it('replaces attributes by their paths (RFC 7644, 3.5.2)', () => {
	expect(scimPatch({ 'name.givenName': 'Ana', active: false })).toEqual({
		schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
		Operations: [
			{ op: 'replace', path: 'name.givenName', value: 'Ana' },
			{ op: 'replace', path: 'active', value: false },
		],
	});
});

describe('a list of users', () => {
	it('is asked for by pages that begin with 1 (RFC 7644, 3.4.2.4)', async () => {
		const all = Array.from({ length: 5 }, (_, index) => ({ id: String(index + 1) }));
		const asked: string[] = [];
		const said: string[] = [];
		const users = scimUsers({
			pageSize: 3,
			limit: Infinity,
			onShort: (what) => said.push(what),
			read: async ({ startIndex, count }) => {
				asked.push(`${startIndex}+${count}`);
				const from = Number(startIndex) - 1;
				return { rows: all.slice(from, from + Number(count)), total: all.length };
			},
		});
		const found: unknown[] = [];
		for await (const user of users) found.push(user);
		expect(found).toEqual(all);
		expect(asked[0]).toBe('1+3');
		expect(said).toEqual([]);
	});

	it.each([
		[{ totalResults: 2, Resources: [{ id: '1' }, { id: '2' }] }, 2, 2],
		[{ totalResults: 0 }, 0, 0],
		[{ totalResults: '0', Resources: null }, 0, 0],
		[{ Resources: [] }, 0, undefined],
		// PHP writes a list with gaps as a map.
		[{ totalResults: 1, Resources: { 3: { id: '1' } } }, 1, 1],
	])('is read from %j', (body, rows, total) => {
		const page = scimPage(body);
		expect(page?.rows).toHaveLength(rows);
		expect(page?.total).toBe(total);
	});

	it.each([{}, { totalResults: 3 }, { totalResults: 0, Resources: 'none' }, null, 'x', []])(
		'is none in %j',
		(body) => {
			expect(scimPage(body)).toBeUndefined();
		},
	);
});

describe('a multi-valued attribute', () => {
	it.each([
		[{ value: 'a@example.com', display: 'A' }, 'a@example.com'],
		[{ display: 'Auditor' }, 'Auditor'],
		['Auditor', 'Auditor'],
		[{ type: 'work' }, null],
	])('has of %j the text %j', (entry, text) => {
		expect(scimValue(entry)).toBe(text);
	});

	it.each([
		[[{ value: 'a@x.org' }, { value: 'b@x.org', primary: true }], 'b@x.org'],
		[[{ value: 'a@x.org' }, { value: 'b@x.org', primary: false }], 'a@x.org'],
		['a@x.org', 'a@x.org'],
		[[], null],
		[undefined, null],
	])('gives of %j the primary one, else the first', (attribute, text) => {
		expect(primaryScimValue(attribute)).toBe(text);
	});
});
