import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
	constants,
	generateKeyPairSync,
	publicEncrypt,
	randomBytes,
	randomUUID,
} from 'node:crypto';
import { isIP } from 'node:net';
import { parseAuthorization, signatureMatches } from './shared/oauth1';
import {
	type CommonSettings,
	rawBody,
	type Simulator,
	type StartOptions,
	startSimulator,
	type VendorContext,
} from './shared/simulator';

/** The shapes are the vendor's (41 and 32 hex digits); the values open nothing. */
export const senhaseguraDemo = {
	clientId: 'demo0client0id0demo0client0id0demo0client',
	clientSecret: 'demo0client0secret0demo0client00',
	consumerKey: 'demo0consumer0key0demo0consumer0key0demo0',
	consumerSecret: 'demo0consumer0secret0demo0consum',
	token: 'demo0token0demo0token0demo0token0demo0tok',
	tokenSecret: 'demo0token0secret0demo0token0sec',
	tenant: 'senhasegura',
	/** Devices that are registered from the start. */
	devices: [
		{ hostname: 'w2016', ip: '10.66.33.15' },
		{ hostname: 'API device test', ip: '10.66.33.20' },
		{ hostname: 'linux-01', ip: '10.66.33.31' },
	],
} as const;

/** Switches; numbers in brackets are sections of the senhasegura fact sheet. */
export interface SenhaseguraSettings extends CommonSettings {
	/** What the authorization may use; without `PAM Core` every call is refused (2.4). */
	authorizedResources: string[];
	/** PAM permission Read-only: every write is 1039 (2.4). */
	readOnly: boolean;
	/** Referers that are let in; `null`: any (2.4). */
	allowedReferers: string[] | null;
	/** Caller addresses that are let in; `null`: any (2.4). */
	allowedIps: string[] | null;
	/** The appliance's tenant (1). */
	tenant: string;
	/** A token call by IP address must name the tenant (1). */
	multiTenant: boolean;
	/** `expires_in` and life of a token, seconds (2.1). */
	tokenTtl: number;
	/** `token_type`, whose case varies (2.1). */
	tokenType: string;
	/** How far oauth_timestamp may be off, milliseconds. */
	timestampWindowMs: number;
	/** Origin that the appliance believes to be called by; behind a proxy not the client's (2.2). */
	originSeen: string | null;
	/** `tag` instead of `identifier`, as before 3.33 (4.2). */
	legacyTagField: boolean;
	/** No top-level `code`, as before 3.31 (3). */
	omitCode: boolean;
	/** No top-level `tenant` (3). */
	omitTenant: boolean;
	/** `Message` instead of `message` (3). */
	capitalMessage: boolean;
	/** Only `mensagem`, `erro`, `cod_erro` (3). */
	portugueseOnly: boolean;
	/** `1017:Key inactive` (3). */
	codeWithoutSpace: boolean;
	/** HTTP 200 where the body says 201 (4.2). */
	http200On201: boolean;
	/** Ids as numbers (16.6). */
	numericIds: boolean;
	/** Booleans of an entity as `"0"` and `"1"` (16.7). */
	stringBooleans: boolean;
	/** A blank identifier stays blank, as before 3.33; such a key cannot be updated (4.1). */
	noAutoIdentifier: boolean;
	/** An update need not resend ip, hostname and keys, as in 3.32 (4.2). */
	partialUpdate: boolean;
	/** `tags` of a single key: a list in 3.32, a string by the 4.x table, absent in its sample. */
	tagsAs: 'array' | 'string' | 'absent';
	/** How an entry of `devices_error` looks; not documented (4.2). */
	devicesErrorAs: 'object' | 'string';
	/** Secrets as base64 of an RSA-OAEP (SHA-1) ciphertext (2.5). */
	encryptSecrets: boolean;
	/** PEM of the public key for that; `null`: the pair whose private half `decryptionKey()` gives. */
	encryptionPublicKey: string | null;
}

interface Item {
	id: string;
	/** Blank: none, and the item cannot be addressed by it. */
	identifier: string;
	active: boolean;
	/** The authorization has not been granted this item (1009). */
	accessDenied: boolean;
	username: string;
	hostname: string;
	ip: string;
	/** `yyyy-MM-dd HH:mm:ss` of the last change. */
	change: string;
	/** Client ids or consumer keys that have read it. */
	custodyBy: Set<string>;
}

export interface SenhaseguraKey extends Item {
	kind: 'key';
	publicKey: string;
	privateKey: string;
	password: string | null;
	keyName: string | null;
	/** As sent: separated by commas. */
	tags: string;
	/** Hostnames of additional devices. */
	devices: string[];
}

export interface SenhaseguraCredential extends Item {
	kind: 'credential';
	content: string;
	type: string;
}

export interface SenhaseguraDevice {
	id: string;
	hostname: string;
	ip: string;
	model: string;
	type: string;
	vendor: string;
	site: string;
	tags: string;
}

export interface SenhaseguraToken {
	clientId: string;
	/** Milliseconds since the epoch. */
	expiresAt: number;
}

export interface SenhaseguraState {
	/** OAuth 2.0: client id → client secret. */
	clients: Map<string, string>;
	/** OAuth 1.0: `<consumer key>:<token>` → its secrets. */
	consumers: Map<string, { consumerSecret: string; tokenSecret: string }>;
	/** Bearer tokens handed out; clear it, and all are refused. */
	tokens: Map<string, SenhaseguraToken>;
	/** Calls of the token endpoint, refused ones too. */
	tokenCalls: number;
	/** `<timestamp>:<nonce>:<consumer key>:<token>` of all OAuth 1.0 calls. */
	nonces: Set<string>;
	/** Keys and credentials by id: one counter serves both, and devices too. */
	items: Map<string, SenhaseguraKey | SenhaseguraCredential>;
	devices: SenhaseguraDevice[];
	nextId: number;
}

export interface SenhaseguraSimulator extends Simulator<SenhaseguraSettings, SenhaseguraState> {
	/** PEM (PKCS#8) of the private key that opens encrypted secrets. */
	decryptionKey(): string;
}

export type SenhaseguraOptions = StartOptions<SenhaseguraSettings>;

type Context = VendorContext<SenhaseguraSettings, SenhaseguraState>;

const defaults = (): SenhaseguraSettings => ({
	clockOffsetMs: 0,
	authorizedResources: ['PAM Core'],
	readOnly: false,
	allowedReferers: null,
	allowedIps: null,
	tenant: senhaseguraDemo.tenant,
	multiTenant: false,
	tokenTtl: 3_600,
	tokenType: 'Bearer',
	timestampWindowMs: 300_000,
	originSeen: null,
	legacyTagField: false,
	omitCode: false,
	omitTenant: false,
	capitalMessage: false,
	portugueseOnly: false,
	codeWithoutSpace: false,
	http200On201: false,
	numericIds: false,
	stringBooleans: false,
	noAutoIdentifier: false,
	partialUpdate: false,
	tagsAs: 'string',
	devicesErrorAs: 'object',
	encryptSecrets: false,
	encryptionPublicKey: null,
});

function initialState(now: number): SenhaseguraState {
	const demo = senhaseguraDemo;
	const devices = demo.devices.map((device, index) => ({
		...device,
		id: String(14 + index),
		model: index === 0 ? 'Windows Server 2016' : 'Ubuntu',
		type: 'Server',
		vendor: index === 0 ? 'Microsoft' : 'Linux',
		site: 'LAX',
		tags: '',
	}));
	const credential: SenhaseguraCredential = {
		kind: 'credential',
		id: '39',
		identifier: 'demo-credential',
		active: true,
		accessDenied: false,
		username: 'dleite',
		hostname: demo.devices[0].hostname,
		ip: demo.devices[0].ip,
		change: databaseTime(now),
		custodyBy: new Set(),
		content: 'demo-password',
		type: 'Local User',
	};
	return {
		clients: new Map([[demo.clientId, demo.clientSecret]]),
		consumers: new Map([
			[
				`${demo.consumerKey}:${demo.token}`,
				{ consumerSecret: demo.consumerSecret, tokenSecret: demo.tokenSecret },
			],
		]),
		tokens: new Map(),
		tokenCalls: 0,
		nonces: new Set(),
		items: new Map([[credential.id, credential]]),
		devices,
		nextId: 92,
	};
}

/** `yyyy-MM-dd HH:mm:ss`, one of the three formats of the credential list (fact sheet 5.1). */
const databaseTime = (at: number) => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

let encryptionPair: { publicKey: string; privateKey: string } | undefined;

function pair() {
	return (encryptionPair ??= generateKeyPairSync('rsa', {
		modulusLength: 2048,
		publicKeyEncoding: { type: 'spki', format: 'pem' },
		privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
	}));
}

/** A refusal in the vendor's envelope (fact sheet 3). */
class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
		/** The business code; `null`: a failure without one. */
		readonly code: number | null = null,
	) {
		super(message);
	}
}

/** A refusal outside the envelope: gateway and OAuth answers (fact sheet 2.1, 3.2). */
class PlainRefusal extends Error {
	constructor(
		readonly status: number,
		readonly body: object,
	) {
		super();
	}
}

/** Business errors, fact sheet 3.1. */
const refusals = {
	1004: "The device's hostname was not informed",
	1005: "The device's IP was not informed",
	1009: 'No access to credential',
	1011: 'Device not found',
	1013: 'The public key was not informed',
	1014: 'The private key was not informed',
	1015: 'SSH key not found',
	1016: 'The item is not a ssh key',
	1017: 'Key inactive',
	1039: 'Without PAM Configuration Access permission',
	1045: 'Ssh key is already activated',
} as const;

const refuse = (code: keyof typeof refusals) => new Refusal(400, refusals[code], code);

function envelope(
	{ settings }: Context,
	answer: { status: number; message: string; failed?: boolean },
	rest: object,
): object {
	const { status, message, failed = false } = answer;
	const { capitalMessage, omitCode, portugueseOnly } = settings;
	const flag = failed ? 1 : 0;
	return {
		...(!omitCode && { code: status }),
		response: {
			status,
			...(!portugueseOnly && {
				[capitalMessage ? 'Message' : 'message']: message,
				error: failed,
				error_code: flag,
			}),
			detail: '',
			// Where the pages print `Message`, they print it in place of its Portuguese twin.
			...(!capitalMessage && { mensagem: message }),
			erro: failed,
			cod_erro: flag,
		},
		...rest,
	};
}

function header(request: FastifyRequest, name: string): string | undefined {
	const value = request.headers[name];
	return Array.isArray(value) ? value[0] : value;
}

type Fields = Record<string, unknown>;

function fields(value: unknown): Fields | undefined {
	const plain = typeof value === 'object' && value !== null && !Array.isArray(value);
	return plain ? (value as Fields) : undefined;
}

/** A body as JSON or form, whatever its content type says (fact sheet 18). */
function bodyFields(request: FastifyRequest): Fields {
	const text = rawBody(request.body).toString('utf8');
	try {
		const parsed = fields(JSON.parse(text));
		if (parsed) return parsed;
	} catch {
		// Not JSON: a form, then.
	}
	const form = !/json/iu.test(header(request, 'content-type') ?? '') || /^[\w.%-]+=/u.test(text);
	return form ? Object.fromEntries(new URLSearchParams(text)) : {};
}

/** The server merges query, form and JSON (fact sheet 1). */
function parameters(request: FastifyRequest): Fields {
	const query = new URLSearchParams((request.raw.url ?? '').split('?').slice(1).join('?'));
	return { ...Object.fromEntries(query), ...bodyFields(request) };
}

/** `''` for anything that is not text or a number. */
function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function oauthError(status: number, error: string, message: string): PlainRefusal {
	return new PlainRefusal(status, { error, error_description: message, message });
}

const clientAuthenticationFailed = () =>
	oauthError(401, 'invalid_client', 'Client authentication failed');

/** Client id and secret of an HTTP Basic header, as the 3.25 pages want them (fact sheet 2.1). */
function basicClient(request: FastifyRequest): [id: string, secret: string] | undefined {
	const encoded = /^Basic\s+(\S+)$/iu.exec(header(request, 'authorization') ?? '')?.[1];
	if (!encoded) return undefined;
	const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
	try {
		return [decodeURIComponent(id), decodeURIComponent(secret.join(':'))];
	} catch {
		return [id, secret.join(':')];
	}
}

/** Looks like the vendor's RS256 token; nobody has signed it. */
function newToken(clientId: string, expiresAt: number): string {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const claims = { aud: clientId, jti: randomUUID(), exp: Math.floor(expiresAt / 1_000) };
	const head = part({ typ: 'JWT', alg: 'RS256' });
	return `${head}.${part(claims)}.${randomBytes(64).toString('base64url')}`;
}

/** POST oauth2/token, fact sheet 2.1. */
function issueToken(request: FastifyRequest, { settings, state, now }: Context): object {
	state.tokenCalls += 1;
	const body = bodyFields(request);
	if (body.grant_type !== 'client_credentials') {
		throw oauthError(
			400,
			'unsupported_grant_type',
			'The authorization grant type is not supported by the authorization server.',
		);
	}
	const [clientId, clientSecret] = basicClient(request) ?? [
		text(body.client_id),
		text(body.client_secret),
	];
	const secret = state.clients.get(clientId);
	if (secret === undefined || secret !== clientSecret) throw clientAuthenticationFailed();

	const tenant = text(body.tenant);
	const byAddress = isIP((header(request, 'host') ?? '').replace(/:\d+$/u, '')) !== 0;
	const tenantMissing = settings.multiTenant && byAddress && tenant === '';
	if (tenantMissing || (tenant !== '' && tenant !== settings.tenant)) {
		throw clientAuthenticationFailed();
	}

	const expiresAt = now() + settings.tokenTtl * 1_000;
	const token = newToken(clientId, expiresAt);
	state.tokens.set(token, { clientId, expiresAt });
	return { token_type: settings.tokenType, expires_in: settings.tokenTtl, access_token: token };
}

/** Fact sheet 2.2 and RFC 5849 section 3.2; gives the consumer key. */
function verifyOAuth1(
	request: FastifyRequest,
	authorization: string,
	{ settings, state, now }: Context,
): string {
	const invalid = () => new Refusal(401, 'Invalid signature');
	const protocol = parseAuthorization(authorization);
	if (!protocol) throw invalid();
	const consumerKey = protocol.get('oauth_consumer_key') ?? '';
	const token = protocol.get('oauth_token') ?? '';
	const secrets = state.consumers.get(`${consumerKey}:${token}`);
	if (!secrets) throw invalid();
	if (protocol.get('oauth_signature_method') !== 'HMAC-SHA1') throw invalid();
	if ((protocol.get('oauth_version') ?? '1.0') !== '1.0') throw invalid();

	const seen = new URL(
		settings.originSeen ?? `${request.protocol}://${header(request, 'host') ?? ''}`,
	);
	const matches = signatureMatches(
		{
			method: request.method,
			scheme: seen.protocol.replace(':', ''),
			host: seen.host,
			target: request.raw.url ?? '',
			authorization,
			contentType: header(request, 'content-type') ?? '',
			body: rawBody(request.body).toString('utf8'),
		},
		protocol,
		secrets,
	);
	if (!matches) throw invalid();

	const timestamp = protocol.get('oauth_timestamp') ?? '';
	const nonce = protocol.get('oauth_nonce') ?? '';
	if (!/^[1-9]\d{0,11}$/u.test(timestamp) || nonce === '') throw invalid();
	if (Math.abs(now() - Number(timestamp) * 1_000) > settings.timestampWindowMs) throw invalid();
	const used = [timestamp, nonce, consumerKey, token].join(':');
	if (state.nonces.has(used)) throw invalid();
	state.nonces.add(used);
	return consumerKey;
}

const noRoute = () => new PlainRefusal(404, { message: 'no Route matched with those values' });

/** Checks (1) and (2) of fact sheet 18; gives who calls. */
function authenticate(request: FastifyRequest, context: Context): string {
	const authorization = header(request, 'authorization');
	if (!authorization) throw noRoute();
	if (/^OAuth\s/iu.test(authorization)) return verifyOAuth1(request, authorization, context);
	const bearer = /^Bearer\s+(\S+)$/iu.exec(authorization)?.[1] ?? '';
	const token = context.state.tokens.get(bearer);
	if (!token || token.expiresAt <= context.now()) {
		throw new PlainRefusal(401, { message: 'Unauthorized' });
	}
	return token.clientId;
}

/** What an authorization restricts, fact sheet 2.4; the answer to a wrong host is inferred. */
function authorize(request: FastifyRequest, { settings }: Context): void {
	const { allowedIps, allowedReferers, authorizedResources } = settings;
	const referer = header(request, 'referer') ?? '';
	const refererOk = allowedReferers === null || allowedReferers.includes(referer);
	const ipOk = allowedIps === null || allowedIps.includes('*') || allowedIps.includes(request.ip);
	if (!refererOk || !ipOk || !authorizedResources.includes('PAM Core')) {
		throw new Refusal(500, 'You are not authorized to access this resource.');
	}
}

/** One call being answered. */
interface Call {
	request: FastifyRequest;
	context: Context;
	caller: string;
}

interface Answer {
	status: number;
	message: string;
	/** What stands next to `response`. */
	entity?: object;
}

const shownId = ({ settings }: Context, id: string) => (settings.numericIds ? Number(id) : id);

const shownBoolean = ({ settings }: Context, value: boolean) => {
	if (!settings.stringBooleans) return value;
	return value ? '1' : '0';
};

const shownIdentifier = ({ settings }: Context, identifier: string) =>
	settings.legacyTagField ? { tag: identifier || null } : { identifier };

/** A secret as answered; RSA cannot hold a long one (fact sheet 2.5). */
function shownSecret({ settings }: Context, secret: string | null): string | null {
	if (secret === null || !settings.encryptSecrets) return secret;
	const key = settings.encryptionPublicKey ?? pair().publicKey;
	const padding = constants.RSA_PKCS1_OAEP_PADDING;
	try {
		return publicEncrypt({ key, padding, oaepHash: 'sha1' }, Buffer.from(secret)).toString(
			'base64',
		);
	} catch {
		return 'An error occurred while encrypting the text';
	}
}

function linkedDevices({ state }: Context, hostnames: string[]) {
	return hostnames.flatMap((hostname) => {
		const device = state.devices.find((one) => one.hostname === hostname);
		return device ? [{ hostname: device.hostname, ip: device.ip }] : [];
	});
}

/** `devices` is a list of `{hostname}`; a form can only carry it as JSON text. */
function hostnamesOf(value: unknown): string[] {
	let list: unknown = value;
	if (typeof value === 'string' && value !== '') {
		try {
			list = JSON.parse(value);
		} catch {
			return [value];
		}
	}
	if (!Array.isArray(list)) return [];
	return list.map((entry: unknown) => text(fields(entry)?.hostname ?? entry));
}

function byIdentifier(state: SenhaseguraState, identifier: string) {
	return [...state.items.values()].find((one) => one.identifier === identifier);
}

const isFalse = (value: unknown) => ['false', '0'].includes(String(value));

function writable({ settings }: Context): void {
	if (settings.readOnly) throw refuse(1039);
}

/** POST pam/key: upsert by identifier, fact sheet 4.1 and 4.2. */
function postKey({ request, context }: Call): Answer {
	const { settings, state, now } = context;
	writable(context);
	const sent = parameters(request);
	const identifier = text(sent.identifier ?? (settings.legacyTagField ? sent.tag : undefined));
	const known = identifier === '' ? undefined : byIdentifier(state, identifier);
	const partial = settings.partialUpdate && known?.kind === 'key';

	const hostname = text(sent.hostname) || (partial ? known.hostname : '');
	const ip = text(sent.ip) || (partial ? known.ip : '');
	const publicKey = text(sent.public_key) || (partial ? known.publicKey : '');
	const privateKey = text(sent.private_key) || (partial ? known.privateKey : '');
	if (!hostname) throw refuse(1004);
	if (!ip) throw refuse(1005);
	if (!publicKey) throw refuse(1013);
	if (!privateKey) throw refuse(1014);
	if (!state.devices.some((one) => one.hostname === hostname && one.ip === ip)) throw refuse(1011);
	// The pattern is documented for credentials (5.3), its number nowhere.
	if (!/^[a-zA-Z0-9\-_.]*$/u.test(identifier)) throw new Refusal(400, 'Invalid identifier');
	if (known && known.kind !== 'key') throw refuse(1016);
	if (known?.accessDenied) throw refuse(1009);

	const wanted = hostnamesOf(sent.devices);
	const linked = linkedDevices(context, wanted).map((device) => device.hostname);
	const failed = wanted.filter((one) => !linked.includes(one));
	const optional = (name: string) => (sent[name] === undefined ? undefined : text(sent[name]));

	const key: SenhaseguraKey = known ?? {
		kind: 'key',
		id: String(state.nextId),
		identifier: identifier || (settings.noAutoIdentifier ? '' : randomUUID()),
		active: true,
		accessDenied: false,
		username: 'usr',
		custodyBy: new Set(),
		password: null,
		keyName: null,
		tags: '',
		devices: [],
		hostname,
		ip,
		publicKey,
		privateKey,
		change: '',
	};
	Object.assign(key, { hostname, ip, publicKey, privateKey, change: databaseTime(now()) });
	key.username = optional('username') || key.username;
	key.password = optional('password') ?? key.password;
	key.keyName = optional('key_name') ?? key.keyName;
	key.tags = optional('tags') ?? key.tags;
	if (sent.enabled !== undefined) key.active = !isFalse(sent.enabled);
	if (sent.devices !== undefined) key.devices = linked;
	if (!known) {
		state.nextId += 1;
		state.items.set(key.id, key);
	}

	return {
		status: 201,
		message: known ? 'Key updated successfully!' : 'Key successfully registered!',
		entity: {
			key: {
				id: shownId(context, key.id),
				...shownIdentifier(context, key.identifier),
				devices: linkedDevices(context, key.devices),
				devices_error: failed.map((one) =>
					settings.devicesErrorAs === 'object' ? { hostname: one } : one,
				),
			},
		},
	};
}

/** The key that the path names, whatever its state. */
function namedKey({ request, context }: Call): SenhaseguraKey {
	const item = context.state.items.get((request.params as { id: string }).id);
	if (!item) throw refuse(1015);
	if (item.kind !== 'key') throw refuse(1016);
	if (item.accessDenied) throw refuse(1009);
	return item;
}

const hourMs = 3_600_000;

function tagFields(tagsAs: SenhaseguraSettings['tagsAs'], tags: string): object {
	if (tagsAs === 'absent') return {};
	return { tags: tagsAs === 'string' ? tags : tags.split(',').filter((tag) => tag !== '') };
}

/** GET pam/key/{id}, fact sheet 4.3. */
function getKey(call: Call): Answer {
	const { context, caller } = call;
	const key = namedKey(call);
	if (!key.active) throw refuse(1017);
	key.custodyBy.add(caller);
	return {
		status: 200,
		message: `Key ${key.id}`,
		entity: {
			key: {
				id: shownId(context, key.id),
				username: key.username,
				key_name: key.keyName,
				hostname: key.hostname,
				ip: key.ip,
				private_key: shownSecret(context, key.privateKey),
				public_key: key.publicKey,
				password: shownSecret(context, key.password),
				devices: linkedDevices(context, key.devices),
				expiration_time: new Date(context.now() + hourMs).toISOString().slice(0, 19),
				...tagFields(context.settings.tagsAs, key.tags),
			},
		},
	};
}

/** DELETE pam/key/{id} disables, fact sheet 4.4. */
function disableKey(call: Call): Answer {
	writable(call.context);
	const key = namedKey(call);
	if (!key.active) throw refuse(1017);
	key.active = false;
	return { status: 200, message: 'Key successfully deactivated' };
}

/** PUT pam/key/{id} enables, fact sheet 4.4. */
function enableKey(call: Call): Answer {
	writable(call.context);
	const key = namedKey(call);
	if (key.active) throw refuse(1045);
	key.active = true;
	return { status: 200, message: 'Key successfully activated' };
}

/** GET pam/credential: credentials and keys, without secrets, fact sheet 5.1. */
function listCredentials({ context }: Call): Answer {
	const { state } = context;
	const devices = new Map(state.devices.map((device) => [device.hostname, device]));
	const visible = [...state.items.values()].filter((item) => !item.accessDenied);
	const credentials = visible.map((item) => {
		const device = devices.get(item.hostname);
		const windows = device?.vendor === 'Microsoft';
		return {
			id: shownId(context, item.id),
			...shownIdentifier(context, item.identifier),
			username: item.username,
			expiration: null,
			change: item.change,
			view: null,
			hostname: item.hostname,
			management_ip: item.ip,
			type: item.kind === 'key' ? 'SSH Key' : item.type,
			type_code: '1',
			device_model: device?.model ?? '',
			device_type: device?.type ?? '',
			device_vendor: device?.vendor ?? '',
			automatic_change: shownBoolean(context, false),
			connectivity: windows ? 'RDP' : 'SSH',
			connectivity_code: windows ? '13' : '1',
		};
	});
	return {
		status: 200,
		message: `${credentials.length} credentials found`,
		entity: { credentials },
	};
}

/** GET pam/device, fact sheet 6. */
function listDevices({ context }: Call): Answer {
	const { devices } = context.state;
	return {
		status: 200,
		message: `${devices.length} devices found`,
		entity: { devices: devices.map((one) => ({ ...one, id: shownId(context, one.id) })) },
	};
}

/** GET pam/key without an id, fact sheet 3.2. */
function keyWithoutId(): never {
	throw new Refusal(500, 'Unexpected error');
}

const calls: Array<['GET' | 'POST' | 'PUT' | 'DELETE', string, (call: Call) => Answer]> = [
	['POST', '/pam/key', postKey],
	['GET', '/pam/key', keyWithoutId],
	['GET', '/pam/key/:id', getKey],
	['DELETE', '/pam/key/:id', disableKey],
	['PUT', '/pam/key/:id', enableKey],
	['GET', '/pam/credential', listCredentials],
	['GET', '/pam/device', listDevices],
];

/** Under 3.33 and later `/api`, before that `/iso`; both are served (fact sheet 1). */
const prefixes = ['/api', '/iso'];

async function sendJson(reply: FastifyReply, status: number, body: object): Promise<FastifyReply> {
	return await reply.code(status).type('application/json').send(JSON.stringify(body));
}

function exceptionOf({ code, message, status }: Refusal, shown: string): object {
	if (code !== null) return { exception: { code, message: shown, detail: null } };
	if (status !== 500 || message !== 'Unexpected error') return {};
	const hint = 'Check the index log system error for more details';
	return { exception: { code: 500, message: hint, detail: null } };
}

function routes(app: FastifyInstance, context: Context): void {
	const { settings } = context;

	for (const prefix of prefixes) {
		app.post(
			`${prefix}/oauth2/token`,
			async (request, reply) => await sendJson(reply, 200, issueToken(request, context)),
		);
		app.get(`${prefix}/oauth2/token`, async () => {
			throw oauthError(405, 'invalid_request', 'Method not allowed');
		});
		for (const [method, path, answer] of calls) {
			app.route({
				method,
				url: prefix + path,
				handler: async (request, reply) => {
					const caller = authenticate(request, context);
					authorize(request, context);
					const { entity = {}, ...told } = answer({ request, context, caller });
					const tenant = settings.omitTenant ? {} : { tenant: settings.tenant };
					const status = told.status === 201 && settings.http200On201 ? 200 : told.status;
					return await sendJson(reply, status, envelope(context, told, { ...tenant, ...entity }));
				},
			});
		}
	}

	app.setNotFoundHandler(async (request) => {
		const path = request.raw.url ?? '';
		if (!prefixes.some((prefix) => path.startsWith(`${prefix}/`))) throw noRoute();
		authenticate(request, context);
		throw new Refusal(404, 'Resource sub not found');
	});

	app.setErrorHandler(async (error, _request, reply) => {
		if (error instanceof PlainRefusal) return await sendJson(reply, error.status, error.body);
		if (!(error instanceof Refusal)) throw error;
		const space = settings.codeWithoutSpace ? '' : ' ';
		const shown = error.code === null ? error.message : `${error.code}:${space}${error.message}`;
		const told = { status: error.status, message: shown, failed: true };
		return await sendJson(reply, error.status, envelope(context, told, exceptionOf(error, shown)));
	});
}

/** Starts a senhasegura appliance; resolves when it accepts connections. */
export async function startSenhaseguraSimulator(
	options: SenhaseguraOptions = {},
): Promise<SenhaseguraSimulator> {
	const simulator = await startSimulator<SenhaseguraSettings, SenhaseguraState>(
		{ settings: defaults, state: initialState, routes },
		options,
	);
	return Object.assign(simulator, { decryptionKey: () => pair().privateKey });
}
