import { Refusal } from './envelope';
import { type Fields, fields } from './input';

function listOf(value: unknown): Fields[] {
	const list: unknown[] = Array.isArray(value) ? value : [];
	return list.map(fields).filter((entry) => entry !== undefined);
}

/** `{access_key: {fields}}` and `{credential: {fields}}` without their labels. */
function innerFields(entries: Fields[], name: string): Fields[] {
	return entries.flatMap((entry) => {
		const inner = fields(fields(entry[name])?.fields);
		if (!inner) return [];
		const named = Object.entries(inner).filter(([key]) => !key.endsWith('_label'));
		return [Object.fromEntries(named)];
	});
}

/**
 * The `data` of a DSM secret, which is base64 of a JSON document, or on the v4 page an object: access
 * keys, credentials and key-value pairs, as the flat maps that a read gives (docs/api/senhasegura.md,
 * "DevOps Secret Manager"). `undefined` where none was sent.
 *
 * @throws {Refusal} where it is neither.
 */
export function parseSecretData(value: unknown): Fields[] | undefined {
	if (value === undefined) return undefined;
	let document: unknown = value;
	if (typeof value === 'string') {
		try {
			document = JSON.parse(Buffer.from(value, 'base64').toString('utf8'));
		} catch {
			throw new Refusal(400, 'Invalid secret data');
		}
	}
	const data = fields(document);
	if (!data) throw new Refusal(400, 'Invalid secret data');
	const pairs = fields(data.key_value);
	return [
		...innerFields(listOf(data.access_keys), 'access_key'),
		...innerFields(listOf(data.credentials), 'credential'),
		...(pairs ? [pairs] : listOf(data.key_value)),
	];
}
