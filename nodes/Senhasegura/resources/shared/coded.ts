import { asText } from '../../../shared/fields';
import { readText } from '../../../shared/item';

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
