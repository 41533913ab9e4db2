import type { FastifyRequest } from 'fastify';
import { rawBody } from '../shared/simulator';

export type Fields = Record<string, unknown>;

/** A header's first value. */
export function header(request: FastifyRequest, name: string): string | undefined {
	const value = request.headers[name];
	return Array.isArray(value) ? value[0] : value;
}

/** The value as an object; `undefined` for anything else. */
export function fields(value: unknown): Fields | undefined {
	const plain = typeof value === 'object' && value !== null && !Array.isArray(value);
	return plain ? (value as Fields) : undefined;
}

/** `''` for anything that is not text or a number. */
export function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Text that was sent; `undefined` where the field was not. */
export function optionalText(sent: Fields, name: string): string | undefined {
	return sent[name] === undefined ? undefined : text(sent[name]);
}

/** Whether a switch that was sent is on: `true`, `1`, and both as text. */
export const isOn = (value: unknown) => ['true', '1'].includes(String(value));

/** Whether a switch that was sent is off. */
export const isOff = (value: unknown) => ['false', '0'].includes(String(value));

/** The entries of a list separated by commas, without surrounding spaces and empty ones. */
export function commaList(value: string): string[] {
	return value
		.split(',')
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
}

/** Query parameters as sent. */
export function queryOf(request: FastifyRequest): URLSearchParams {
	return new URLSearchParams((request.raw.url ?? '').split('?').slice(1).join('?'));
}

async function multipartFields(body: Buffer, contentType: string): Promise<Fields> {
	try {
		const answer = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
		return Object.fromEntries(await answer.formData());
	} catch {
		return {};
	}
}

/**
 * A body as JSON or form, whatever its content type says (docs/api/senhasegura.md, "What a simulator
 * assumes"), or as multipart form data, which the vendor's Postman collection sends.
 */
export async function bodyFields(request: FastifyRequest): Promise<Fields> {
	const contentType = header(request, 'content-type') ?? '';
	const body = rawBody(request.body);
	if (/^multipart\/form-data/iu.test(contentType)) return await multipartFields(body, contentType);
	const sent = body.toString('utf8');
	try {
		const parsed = fields(JSON.parse(sent));
		if (parsed) return parsed;
	} catch {
		// Not JSON: a form, then.
	}
	const form = !/json/iu.test(contentType) || /^[\w.%-]+=/u.test(sent);
	return form ? Object.fromEntries(new URLSearchParams(sent)) : {};
}

/** The server merges query, form and JSON; the body wins (docs/api/senhasegura.md, "Addresses"). */
export async function parameters(request: FastifyRequest): Promise<Fields> {
	return { ...Object.fromEntries(queryOf(request)), ...(await bodyFields(request)) };
}
