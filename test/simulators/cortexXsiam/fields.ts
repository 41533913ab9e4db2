import { iamInvalid, inputError } from './errors';

export type Fields = Record<string, unknown>;

/** An object that is no list; `undefined` for everything else. */
export function fields(value: unknown): Fields | undefined {
	const plain = typeof value === 'object' && value !== null && !Array.isArray(value);
	return plain ? (value as Fields) : undefined;
}

export const isText = (value: unknown): value is string => typeof value === 'string';

export const isInteger = (value: unknown): value is number => Number.isInteger(value);

export const strings = (value: unknown): value is string[] =>
	Array.isArray(value) && value.every(isText);

export const integers = (value: unknown): value is number[] =>
	Array.isArray(value) && value.every(isInteger);

/**
 * `"expiration": 1730419200000.0` is an integer to JSON.parse, but not to the vendor
 * (docs/api/cortex-xsiam.md, "Bodies of errors").
 */
export function writtenAsFloat(text: string, name: string): boolean {
	return new RegExp(`"${name}"\\s*:\\s*-?\\d+(\\.\\d+|[eE])`, 'u').test(text);
}

export const millisecondsOnly = 'Value must be integer in epoch milliseconds';

const unknownNames = (data: Fields, known: readonly string[]) =>
	Object.keys(data).filter((name) => !known.includes(name));

export function refuseUnknown(data: Fields, known: readonly string[]): void {
	const unknown = unknownNames(data, known);
	if (unknown.length > 0) throw inputError(`Invalid parameter names: ${unknown.join(', ')}`);
}

/** The same for `/platform`. */
export function refuseUnknownProperties(data: Fields, known: readonly string[]): void {
	const unknown = unknownNames(data, known);
	if (unknown.length > 0) throw iamInvalid(`Unknown properties: ${unknown.join(', ')}`);
}

/** One of a fixed set of words. */
export function oneOf<Word extends string>(words: readonly Word[], value: unknown): value is Word {
	return words.some((word) => word === value);
}
