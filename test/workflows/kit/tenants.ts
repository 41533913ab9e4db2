import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { itemsOf, leavesOf, valueAt, withValue } from '../../unit/answers/recorded';
import type { Recorded, VendorName } from '../../unit/answers/recorded';
import { parseAuthorization, signatureMatches } from '../../simulators/shared/oauth1';

/** A call as the server saw it. */
export interface Seen {
	method: string;
	target: string;
	headers: Record<string, string>;
	body: string;
}

export const digits = (text: string | undefined) => {
	const found = /\d+$/.exec(text ?? '')?.[0];
	return found === undefined ? undefined : Number(found);
};

/** Whose credential a call was made with: every field of it must be the same tenant's. */
export const tenantOf: Record<VendorName, (call: Seen) => number | undefined> = {
	pam360: ({ headers }) => {
		const tenant = digits(headers.authtoken);
		const isOwn = headers.authtoken === `token-${tenant}` && headers.orgname === `org-${tenant}`;
		return isOwn ? tenant : undefined;
	},
	cortexXsiam: ({ headers }) => {
		const tenant = digits(headers['x-child-tenant-id']?.slice(2));
		const nonce = `${headers['x-xdr-nonce']}${headers['x-xdr-timestamp']}`;
		const signature = createHash('sha256').update(`key-${tenant}${nonce}`).digest('hex');
		const isOwn = headers['x-xdr-auth-id'] === `5${tenant}` && headers.authorization === signature;
		return isOwn ? tenant : undefined;
	},
	senhasegura: ({ method, target, headers, body }) => {
		const { authorization = '', host = '', 'content-type': contentType = '' } = headers;
		const header = parseAuthorization(authorization);
		const tenant = digits(header?.get('oauth_consumer_key'));
		if (!header || header.get('oauth_token') !== `token-${tenant}`) return undefined;
		const signed = { scheme: 'http', method, host, target, authorization, contentType, body };
		const secrets = { consumerSecret: `shh-${tenant}`, tokenSecret: `psst-${tenant}` };
		return signatureMatches(signed, header, secrets) ? tenant : undefined;
	},
};

/** A credential whose every field is the item's own, by its `n` and `url`. */
export const credentialsOfItem: Record<
	VendorName,
	Record<string, ICredentialDataDecryptedObject>
> = {
	pam360: {
		pam360Api: {
			url: '={{ $json.url }}',
			authToken: '=token-{{ $json.n }}',
			orgName: '=org-{{ $json.n }}',
			serverTimeZone: 'Asia/Kolkata',
		},
	},
	cortexXsiam: {
		cortexXsiamApi: {
			url: '={{ $json.url }}',
			apiKeyId: '=5{{ $json.n }}',
			apiKey: '=key-{{ $json.n }}',
			securityLevel: 'advanced',
			childTenantId: '=91{{ $json.n }}',
		},
	},
	senhasegura: {
		senhaseguraOAuth1Api: {
			url: '={{ $json.url }}',
			consumerKey: '=consumer-{{ $json.n }}',
			consumerSecret: '=shh-{{ $json.n }}',
			token: '=token-{{ $json.n }}',
			tokenSecret: '=psst-{{ $json.n }}',
			serverTimeZone: 'America/Sao_Paulo',
		},
	},
};

const tagOf = (tenant: number) => `<tenant ${tenant}>`;

/** The tenants that a text tells of. */
export const tenantsIn = (text: string) => [
	...new Set([...text.matchAll(/<tenant (\d+)>/g)].map(([, n]) => Number(n))),
];

/** Where in the answers a text stands that comes out in an item; undefined where none does. */
async function tellingPlace(vendor: VendorName, recorded: Recorded) {
	for (const [index, { reply }] of recorded.answers.entries()) {
		if (typeof reply !== 'object') continue;
		for (const path of leavesOf(reply)) {
			const value = valueAt(reply, path);
			if (typeof value !== 'string') continue;
			const answers = recorded.answers.with(index, {
				...recorded.answers[index]!,
				reply: withValue(reply, path, `${value}${tagOf(1)}`),
			});
			const items = await itemsOf(vendor, { ...recorded, answers }).catch(() => []);
			if (JSON.stringify(items).includes(tagOf(1))) return { index, path };
		}
	}
	return undefined;
}

export interface Tenants {
	/** The address of each tenant, from the first on. */
	urls: string[];
	/** Whether items tell whose answer they were made of. */
	isTelling: boolean;
	/** What each tenant was asked, in order. */
	callsOf(tenant: number): string[];
	/** Calls whose credential was not that of the tenant at whose address they came. */
	mixedUp: string[];
	/** How many calls were under way at the same time. */
	peak(): number;
	close(): Promise<void>;
}

export async function readCall(request: IncomingMessage): Promise<Seen> {
	let body = '';
	for await (const chunk of request) body += String(chunk);
	const headers = Object.fromEntries(
		Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
	);
	return { method: request.method ?? '', target: request.url ?? '', headers, body };
}

/**
 * Servers of as many tenants, each of which gives the recorded answers once, in turn, with its own name in
 * them.
 */
export async function startTenants(
	vendor: VendorName,
	recorded: Recorded,
	count: number,
): Promise<Tenants> {
	const place = await tellingPlace(vendor, recorded);
	const calls = new Map<number, string[]>();
	const mixedUp: string[] = [];
	let now = 0;
	let peak = 0;
	const answerOf = (tenant: number, number: number) => {
		const { reply, status = 200 } = recorded.answers[number] ?? { status: 418, reply: {} };
		if (typeof reply === 'string') return { status, text: reply };
		const own =
			place?.index === number
				? withValue(reply, place.path, `${String(valueAt(reply, place.path))}${tagOf(tenant)}`)
				: reply;
		return { status, text: JSON.stringify(own) };
	};
	const answer = async (tenant: number, request: IncomingMessage, response: ServerResponse) => {
		peak = Math.max(peak, ++now);
		const call = await readCall(request);
		if (tenantOf[vendor](call) !== tenant) mixedUp.push(`${tenant}: ${JSON.stringify(call)}`);
		const known = calls.get(tenant) ?? [];
		calls.set(tenant, known);
		known.push(`${call.method} ${call.target.split('?')[0]}`);
		const { status, text } = answerOf(tenant, known.length - 1);
		// Answers come in another order than calls.
		await sleep(Math.random() * 20);
		now -= 1;
		response.writeHead(status, { 'content-type': 'application/json' });
		response.end(text);
	};
	const servers = await Promise.all(
		Array.from({ length: count }, async (_, index) => {
			const server = createServer((request, response) => {
				void answer(index + 1, request, response);
			});
			await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
			return server;
		}),
	);
	return {
		urls: servers.map((server) => `http://localhost:${(server.address() as AddressInfo).port}`),
		isTelling: place !== undefined,
		// What was looked up goes into the next call: of another tenant's it would stay visible.
		callsOf: (tenant) =>
			(calls.get(tenant) ?? []).map((call) =>
				decodeURIComponent(call).replaceAll(tagOf(tenant), '<own>'),
			),
		mixedUp,
		peak: () => peak,
		close: async () => {
			for (const server of servers) server.closeAllConnections();
			await Promise.all(
				servers.map(async (server) => await new Promise((resolve) => server.close(resolve))),
			);
		},
	};
}

/** Recorded values as a workflow holds them: n8n marks what a locator is. */
export function asParameters(values: IDataObject): IDataObject {
	const marked = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(marked);
		if (typeof value !== 'object' || value === null) return value;
		const keys = Object.keys(value);
		const isLocator =
			keys.includes('mode') &&
			keys.includes('value') &&
			keys.every((key) => ['mode', 'value', '__rl'].includes(key));
		if (isLocator) return { __rl: true, ...value };
		return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, marked(entry)]));
	};
	return marked(values) as IDataObject;
}
