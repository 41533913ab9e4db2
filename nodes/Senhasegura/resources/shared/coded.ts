import { asBoolean, asText } from '../../../shared/read';
import { readText, readWith } from '../../../shared/item';

/** `7 - Signed`: a code and what it is called (docs/api/senhasegura.md, "Certificates"). */
const CODED = /^\s*(\d+)\s+-\s+(\S.*?)\s*$/s;

const CODE = /^\s*\d+\s*$/;

/** A value that is a code, a name or both. */
export function coded(value: unknown): { code: string | null; name: string | null } {
	const text = asText(value);
	if (text === null) return { code: null, name: null };
	const [, code = null, name = null] = CODED.exec(text) ?? [];
	if (code !== null) return { code, name };
	return CODE.test(text) ? { code: text.trim(), name: null } : { code: null, name: text.trim() };
}

/**
 * The same as two fields for `itemOf`: what it is called, and its code.
 *
 * @param codeName The name of the field for the code.
 */
export function codedFields(
	name: string,
	value: unknown,
	codeName = `${name}Id`,
): Record<string, unknown> {
	const { code, name: called } = coded(value);
	const isRead = code !== null || called !== null;
	return { [name]: isRead ? called : readText(value), [codeName]: code };
}

const PORTUGUESE: Record<string, boolean> = { sim: true, não: false, nao: false };

/**
 * Whether something is so: a Boolean, `1`, `Yes`, `1 - Yes`, or `Sim` and `Não`, which stand on English pages as
 * well (docs/api/senhasegura.md, "Versions").
 *
 * @returns null for anything else, and where code and name say different things
 */
export function yesNo(value: unknown): boolean | null {
	const { code, name } = coded(value);
	const word = name?.normalize('NFC').toLowerCase() ?? '';
	const told = [asBoolean(code), asBoolean(name) ?? PORTUGUESE[word] ?? null];
	const [said, ...others] = told.filter((part) => part !== null);
	return said === undefined || others.some((other) => other !== said) ? null : said;
}

/** The same for `itemOf`. */
export const readYesNo = (value: unknown) => readWith(yesNo, value);
