import { types } from 'node:util';

const ERROR_FIELDS = [
	'name',
	'message',
	'stack',
	'cause',
	'context',
	'description',
	'messages',
	'errorResponse',
];
const MIN_BASE64_CORE = 6;

/** Base64 of the secret wherever it may start within a longer text, without the unstable edges. */
function base64Forms(secret: string): string[] {
	const bytes = Buffer.from(secret);
	const whole = bytes.toString('base64');
	const cores = [0, 1, 2].map((offset) => {
		const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
		const firstStable = Math.ceil((offset * 8) / 6);
		const lastStable = Math.floor(((offset + bytes.length) * 8) / 6);
		return encoded.slice(firstStable, lastStable);
	});
	const standard = [whole, ...cores.filter((core) => core.length >= MIN_BASE64_CORE)];
	return standard.flatMap((form) => [
		form,
		form.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
	]);
}

function percentForms(secret: string): string[] {
	const plain = encodeURIComponent(secret);
	const strict = plain.replace(
		/[!'()*~]/g,
		(char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
	);
	const form = new URLSearchParams({ s: secret }).toString().slice(2);
	return [plain, strict, form, encodeURI(secret)].flatMap((text) => [
		text,
		text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
	]);
}

function jsonForms(secret: string): string[] {
	const once = JSON.stringify(secret).slice(1, -1);
	return [once, JSON.stringify(once).slice(1, -1), once.replaceAll('/', '\\/')];
}

function formsOf(secret: string): string[] {
	if (secret === '') throw new Error('An empty secret would be found everywhere');
	const forms = [secret, ...base64Forms(secret), ...percentForms(secret), ...jsonForms(secret)];
	return [...new Set(forms)];
}

function textOf(value: object): string | undefined {
	if (types.isDate(value)) return undefined;
	if (ArrayBuffer.isView(value)) {
		return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8');
	}
	if (types.isAnyArrayBuffer(value)) return Buffer.from(value).toString('utf8');
	const { type, data } = value as { type?: unknown; data?: unknown };
	if (type === 'Buffer' && Array.isArray(data))
		return Buffer.from(data as number[]).toString('utf8');
	if (value instanceof URL || value instanceof URLSearchParams) return value.toString();
	return undefined;
}

function isError(value: object): boolean {
	return types.isNativeError(value) || value instanceof Error;
}

function read(value: object, key: PropertyKey): unknown {
	try {
		return Reflect.get(value, key);
	} catch {
		return undefined;
	}
}

function childPath(path: string, key: PropertyKey): string {
	if (typeof key === 'symbol') return `${path}[${String(key)}]`;
	const name = String(key);
	if (/^\d+$/.test(name)) return `${path}[${name}]`;
	return /^[\w$]+$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
}

/**
 * Looks for secrets, also in base64, percent-encoded and JSON-escaped form, in everything reachable
 * from a value, properties that are not enumerable (of errors above all) included. Returns the paths
 * at which one was found; `(key)` at the end of a path marks a property name or Map key.
 */
export function findSecrets(value: unknown, secrets: string[]): string[] {
	const needles = secrets.flatMap(formsOf);
	const found = new Set<string>();
	const seen = new Set<object>();
	const queue: Array<{ value: unknown; path: string }> = [{ value, path: '$' }];
	const check = (text: string, path: string) => {
		if (needles.some((needle) => text.includes(needle))) found.add(path);
	};

	// The array grows while it is walked.
	for (const { value: current, path } of queue) {
		if (typeof current === 'string') check(current, path);
		if (typeof current === 'symbol') check(String(current), path);
		if (typeof current !== 'object' && typeof current !== 'function') continue;
		if (current === null || seen.has(current)) continue;
		seen.add(current);

		const text = textOf(current);
		if (text !== undefined) {
			check(text, path);
			continue;
		}
		if (types.isMap(current)) {
			let index = 0;
			for (const [key, item] of current) {
				const keyPath = typeof key === 'string' ? childPath(path, key) : `${path}<${index}>`;
				queue.push({ value: key, path: `${keyPath}(key)` }, { value: item, path: keyPath });
				index++;
			}
		}
		if (types.isSet(current)) {
			[...current].forEach((item, index) => queue.push({ value: item, path: `${path}<${index}>` }));
		}
		const keys = new Set<PropertyKey>(Reflect.ownKeys(current));
		if (isError(current)) ERROR_FIELDS.forEach((field) => keys.add(field));
		for (const key of keys) {
			const keyPath = childPath(path, key);
			if (typeof key === 'string') check(key, `${keyPath}(key)`);
			queue.push({ value: read(current, key), path: keyPath });
		}
	}
	return [...found];
}
