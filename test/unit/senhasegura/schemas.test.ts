import { keyReply } from '../../../nodes/Senhasegura/api/schemas';

const read = (key: unknown) => keyReply.parse({ key }).key;

describe('the stored key', () => {
	it('is read as the vendor shows it', () => {
		expect(
			read({
				id: '92',
				identifier: 'sshkey3',
				devices_error: [],
			}),
		).toEqual({
			id: '92',
			identifier: 'sshkey3',
			devicesError: [],
		});
	});

	it.each<[string, object, string | undefined]>([
		['identifier', { identifier: 'a' }, 'a'],
		['tag, as before 3.33', { tag: 'b' }, 'b'],
		['identifier before tag', { identifier: 'a', tag: 'b' }, 'a'],
		['tag beside an empty identifier', { identifier: '', tag: 'b' }, 'b'],
		['tag beside null', { identifier: null, tag: 'b' }, 'b'],
		['a number', { identifier: 5 }, '5'],
		['an object', { identifier: {} }, undefined],
		['nothing', {}, undefined],
	])('has its identifier in %s', (_name, fields, expected) => {
		expect(read({ id: '1', ...fields }).identifier).toBe(expected);
	});

	it.each<[unknown, string]>([
		['92', '92'],
		[92, '92'],
		[' 92 ', '92'],
		[0, '0'],
	])('with id %j has the id %s', (id, expected) => {
		expect(read({ id }).id).toBe(expected);
	});

	it.each([undefined, null, {}, [], 'key', { id: '' }, { id: '  ' }, { id: null }, { id: {} }])(
		'%j is none',
		(key) => {
			expect(keyReply.safeParse({ key }).success).toBe(false);
		},
	);

	it.each<[string, unknown, string[]]>([
		['texts', ['a', 'b'], ['a', 'b']],
		['objects', [{ hostname: 'a' }, { hostname: 'b', error: 'x' }], ['a', 'b']],
		['both', [{ hostname: 'a' }, 'b'], ['a', 'b']],
		['other objects', [{ device: 'a', reason: 1 }], ['{"device":"a","reason":1}']],
		['numbers and null', [5, null, ['x']], ['5', 'null', '["x"]']],
		['a map, as PHP writes a list with gaps', { 1: { hostname: 'a' }, 3: 'b' }, ['a', 'b']],
		['a text', 'API device test', ['API device test']],
		['an empty text', '', []],
		['nothing', undefined, []],
		['null', null, []],
		['false', false, []],
	])('may have %s for devices_error', (_name, value, expected) => {
		expect(read({ id: '1', devices_error: value }).devicesError).toEqual(expected);
	});
});
