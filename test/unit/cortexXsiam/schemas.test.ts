import {
	apiKeyRecord,
	generated,
	updated,
	userRoles,
} from '../../../nodes/CortexXsiam/api/schemas';

/** The sample of the vendor's page (docs/api/cortex-xsiam.md, "Listing API keys"). */
const listed = {
	id: 25,
	creation_time: 1709544947832,
	created_by: 'N/A',
	user_name: 'Public API - 21',
	roles: ['default'],
	security_level: 'standard',
	comment: null,
	expiration: 1710149747184,
};

describe('one key of a list', () => {
	it('is read as it stands in the vendor’s sample', () => {
		expect(apiKeyRecord.parse(listed)).toEqual({ ...listed, id: '25' });
	});

	it('takes numbers as texts', () => {
		expect(
			apiKeyRecord.parse({
				...listed,
				id: '25',
				creation_time: '1709544947832',
				expiration: '1710149747184',
			}),
		).toEqual({ ...listed, id: '25' });
	});

	it('may never expire and have no comment', () => {
		const never = { ...listed, expiration: null, comment: null };
		expect(apiKeyRecord.parse(never)).toMatchObject({ expiration: null, comment: null });
		expect(apiKeyRecord.parse({ id: 7 })).toEqual({ id: '7' });
	});

	it('is not broken by oddly typed fields', () => {
		expect(
			apiKeyRecord.parse({
				id: 7,
				creation_time: 'yesterday',
				created_by: 5,
				user_name: {},
				roles: 'Investigator',
				security_level: 1,
				comment: ['a'],
				expiration: {},
			}),
		).toEqual({ id: '7' });
	});

	it.each([
		['', 'expiration'],
		[true, 'creation_time'],
		[[], 'creation_time'],
	])('does not take %j as a time', (odd, field) => {
		expect(apiKeyRecord.parse({ ...listed, [field]: odd })).toHaveProperty(field, undefined);
	});

	it('keeps fields that are not known', () => {
		expect(apiKeyRecord.parse({ id: 7, scope: 'all' })).toHaveProperty('scope', 'all');
	});

	it.each([{}, { id: null }, { id: '' }, { id: {} }, null, 'key', []])(
		'cannot be without an id: %j',
		(record) => {
			expect(apiKeyRecord.safeParse(record).success).toBe(false);
		},
	);
});

describe('a new key', () => {
	it.each([4267, '4267'])('has an id and a key: %j', (id) => {
		expect(generated.parse({ reply: { id, key: 'oZFa' } })).toEqual({
			reply: { id: '4267', key: 'oZFa' },
		});
	});

	it.each([
		{ reply: { id: 1 } },
		{ reply: { id: 1, key: '' } },
		{ reply: { id: 1, key: null } },
		{ reply: { key: 'oZFa' } },
		{ reply: true },
		{ id: 1, key: 'oZFa' },
		null,
	])('is not in %j', (body) => {
		expect(generated.safeParse(body).success).toBe(false);
	});
});

describe('a deletion', () => {
	it.each([2, '2'])('counts what was deleted: %j', (count) => {
		expect(updated.parse({ reply: { update_count: count } }).reply.update_count).toBe(2);
	});

	// Each of these would be a number if it were made one.
	it.each([undefined, null, true, '', 'all', [], [1], -1, 0.5])('is not counted by %j', (count) => {
		expect(updated.safeParse({ reply: { update_count: count } }).success).toBe(false);
	});

	it.each([{ reply: true }, { update_count: 1 }])('is not in %j', (body) => {
		expect(updated.safeParse(body).success).toBe(false);
	});
});

describe('names of roles', () => {
	it('are taken from users, of whom some have none', () => {
		expect(
			userRoles.parse({
				reply: [
					{ user_email: 'a@b.c', role_name: 'Investigator' },
					{ user_email: 'b@b.c', role_name: null },
					{ user_email: 'c@b.c', role_name: '' },
					{ user_email: 'd@b.c' },
					{ user_email: 'e@b.c', role_name: 5 },
				],
			}),
		).toEqual(['Investigator']);
		expect(userRoles.safeParse({ data: [] }).success).toBe(false);
	});
});
