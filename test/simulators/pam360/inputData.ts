import type { FastifyRequest } from 'fastify';
import { rawBody } from '../shared/simulator';
import { Bare, Failure } from './failures';
import { Input, plainRecord } from './input';
import type { Pam360Settings } from './settings';

const pythonLiteral = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|\bTrue\b|\bFalse\b|\bNone\b/gsu;

/** Escapes that Python's `repr` writes and JSON lacks, and the quote that it need not escape. */
function fromPythonString(inner: string): string {
	const escapes = /\\x([0-9a-f]{2})|\\U([0-9a-f]{8})|\\(.)|"/gsu;
	return inner.replace(escapes, (found, byte?: string, point?: string, escaped?: string) => {
		if (byte !== undefined) return `\\u00${byte}`;
		if (point !== undefined) return String.fromCodePoint(Number.parseInt(point, 16));
		if (escaped === "'") return "'";
		return found === '"' ? '\\"' : found;
	});
}

/**
 * Rewrites what Python's `str(dict)` prints as JSON (docs/api/pam360.md, "INPUT_DATA": clients send
 * it).
 */
function fromPython(text: string): string {
	return text.replace(pythonLiteral, (literal, single?: string, double?: string) => {
		if (literal === 'True') return 'true';
		if (literal === 'False') return 'false';
		if (literal === 'None') return 'null';
		return `"${fromPythonString(single ?? double ?? '')}"`;
	});
}

function parseInput(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		try {
			return JSON.parse(fromPython(text));
		} catch {
			return undefined;
		}
	}
}

export function queryOf(request: FastifyRequest): URLSearchParams {
	return new URLSearchParams((request.raw.url ?? '').split('?').slice(1).join('?'));
}

/** The form field, from a body whatever its content type, else from the query; a GET has no body. */
function inputText(request: FastifyRequest): string | null {
	const inQuery = queryOf(request).get('INPUT_DATA');
	if (request.method === 'GET') return inQuery;
	const form = new URLSearchParams(rawBody(request.body).toString('utf8'));
	return form.get('INPUT_DATA') ?? inQuery;
}

/** How a call takes INPUT_DATA: the key of its fields, and whether it can do without. */
export interface InputRule {
	key: 'details' | 'Details';
	mandatory: boolean;
}

/**
 * The fields of INPUT_DATA (docs/api/pam360.md, "INPUT_DATA"). `rule.key` is `details` in some calls
 * and `Details` in the others: the other case is refused.
 *
 * @throws Bare where the security filter finds harm; Failure where the input is unusable
 */
export function inputOf(
	request: FastifyRequest,
	rule: InputRule | null,
	settings: Pam360Settings,
): Input {
	const text = inputText(request);
	const filter = settings.securityFilter;
	const harmful = typeof filter === 'boolean' ? filter : (text ?? '').search(filter) !== -1;
	if (harmful) throw new Bare(599, 'OK');
	if (!rule) return new Input({});
	if (text === null) {
		if (rule.mandatory) throw new Failure('INPUT_DATA is missing.');
		return new Input({});
	}
	const fields = plainRecord(plainRecord(plainRecord(parseInput(text))?.operation)?.[rule.key]);
	if (!fields) throw new Failure('Invalid INPUT_DATA. Check the input and try again.');
	return new Input(fields);
}
