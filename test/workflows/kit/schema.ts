import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

interface Schema {
	type: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
}

/**
 * Writes the output schema of a new operation, as its items have it, and fails: whether it holds for
 * other items as well, only a reader can say. What is null in all of them is taken for a text.
 */
export function writeSchema(file: string, items: IDataObject[]): never {
	mkdirSync(dirname(file), { recursive: true });
	const text = JSON.stringify({ ...schemaOf(items), version: 1 }, null, 2);
	const folded = text.replace(/\[\s+("\w+"),\s+("null")\s+\]/g, '[$1, $2]');
	writeFileSync(file, `${folded}\n`);
	throw new Error(
		`${file} was written from the items of this test. Read it, and run the test again.`,
	);
}

/** @param values All that stood in one place; a matcher, such as `expect.any(Number)`, is none. */
export function schemaOf(values: unknown[]): Schema {
	const plain = values.filter((value) => !isMatcher(value));
	const found = new Set(plain.map(typeOf));
	const isNullable = found.delete('null');
	const types = [...(found.size > 0 ? found : ['string']), ...(isNullable ? ['null'] : [])];
	const objects = plain.filter((value) => typeOf(value) === 'object') as IDataObject[];
	const all = new Set(objects.flatMap((value) => Object.keys(value)));
	// What was not understood stands beside its field, in any schema.
	const names = [...all].filter((name) => !(name.endsWith('Text') && all.has(name.slice(0, -4))));
	const entries = plain.filter((value) => Array.isArray(value)).flat() as unknown[];
	const [only] = types;
	return {
		type: types.length === 1 && only ? only : types,
		...(names.length > 0 && {
			properties: Object.fromEntries(
				names.map((name) => {
					const having = objects.filter((one) => name in one);
					return [name, schemaOf(having.map((one) => one[name]))];
				}),
			),
		}),
		...(entries.length > 0 && { items: schemaOf(entries) }),
	};
}

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}

function isMatcher(value: unknown): boolean {
	return typeof value === 'object' && value !== null && 'asymmetricMatch' in value;
}
