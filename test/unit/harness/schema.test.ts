import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schemaOf, writeSchema } from '../../workflows/kit/schema';

describe('the output schema of a new operation', () => {
	it('has every field of any item, and the types that it has in them', () => {
		const items = [
			{ id: '7', count: null, none: null, tags: [], at: expect.any(String) as unknown },
			{ id: '8', count: 2, none: null, tags: ['a'], at: '2026', more: { deep: true } },
		];
		expect(schemaOf(items)).toEqual({
			type: 'object',
			properties: {
				id: { type: 'string' },
				count: { type: ['number', 'null'] },
				none: { type: ['string', 'null'] },
				tags: { type: 'array', items: { type: 'string' } },
				at: { type: 'string' },
				more: { type: 'object', properties: { deep: { type: 'boolean' } } },
			},
		});
	});

	it('has what is within lists of records', () => {
		expect(schemaOf([{ devices: [{ name: 'a', ip: null }, { name: null }] }])).toEqual({
			type: 'object',
			properties: {
				devices: {
					type: 'array',
					items: {
						type: 'object',
						properties: { name: { type: ['string', 'null'] }, ip: { type: ['string', 'null'] } },
					},
				},
			},
		});
	});

	it('leaves out what was not understood and stands beside its field', () => {
		expect(schemaOf([{ at: null, atText: 'soon', freeText: 'x' }]).properties).toEqual({
			at: { type: ['string', 'null'] },
			freeText: { type: 'string' },
		});
	});

	it('is written where it is missing, and the test that wrote it fails', () => {
		const folder = mkdtempSync(join(tmpdir(), 'schema-'));
		const file = join(folder, 'thing', 'get.json');
		try {
			expect(() => writeSchema(file, [{ id: '7' }])).toThrow('Read it, and run the test again.');
			expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
				type: 'object',
				properties: { id: { type: 'string' } },
				version: 1,
			});
		} finally {
			rmSync(folder, { recursive: true });
		}
		expect(existsSync(folder)).toBe(false);
	});
});
