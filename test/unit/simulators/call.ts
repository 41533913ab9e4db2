import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { Agent, request as httpsRequest, type RequestOptions } from 'node:https';

export interface Answer {
	status: number;
	statusText: string;
	headers: IncomingHttpHeaders;
	text: string;
	/** The body as JSON; `undefined` where it is none. */
	json: unknown;
	/** One value in that JSON, by names and indexes with dots between: `reply.DATA.0.id`. */
	at(path: string): unknown;
}

export interface CallOptions extends RequestOptions {
	body?: string | Buffer;
}

const trusting = new Agent({ rejectUnauthorized: false });

function valueAt(value: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce((part, name) => (part as Record<string, unknown> | undefined)?.[name], value);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** One request over Node's own client, on a connection of its own; rejects where it is cut. */
export async function call(url: string, options: CallOptions = {}): Promise<Answer> {
	const { body, ...rest } = options;
	const send = url.startsWith('https:') ? httpsRequest : httpRequest;
	const agent = url.startsWith('https:') ? trusting : undefined;
	return await new Promise((resolve, reject) => {
		// Node announces the body of a GET or DELETE only where it is told its length.
		const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
		const headers = { ...length, ...rest.headers };
		const request = send(url, { agent, ...rest, headers }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('error', reject);
			response.on('end', () => {
				const text = Buffer.concat(chunks).toString('utf8');
				resolve({
					status: response.statusCode ?? 0,
					statusText: response.statusMessage ?? '',
					headers: response.headers,
					text,
					json: parsed(text),
					at: (path) => valueAt(parsed(text), path),
				});
			});
		});
		request.on('error', reject);
		request.end(body);
	});
}

/** A POST of JSON. */
export function json(value: unknown, headers: Record<string, string> = {}): CallOptions {
	return {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(value),
	};
}

/** A POST of a form. */
export function form(
	fields: Record<string, string>,
	headers: Record<string, string> = {},
): CallOptions {
	return {
		method: 'POST',
		headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
		body: new URLSearchParams(fields).toString(),
	};
}
