import type { Fields } from './input';

interface ItemFields {
	/**
	 * One counter serves devices, credentials and keys (docs/api/senhasegura.md, "What a simulator
	 * assumes").
	 */
	id: string;
	/** Blank: none, and the item cannot be addressed by it. */
	identifier: string;
	active: boolean;
	/** The authorization has not been granted this item (1009). */
	accessDenied: boolean;
	username: string;
	hostname: string;
	ip: string;
	/** `yyyy-MM-dd HH:mm:ss` of the last change of the secret, in the appliance's time. */
	change: string;
	/** The same of the last read; `null`: never. */
	view: string | null;
	/** When the secret expires, milliseconds since the epoch; `null`: never. */
	expiresAt: number | null;
}

interface Custody {
	/** Client id or consumer key → when its custody ends, milliseconds since the epoch. */
	readonly custody: Map<string, number>;
	/** Who had custody when the item was last read or released. */
	readonly custodyBy: Set<string>;
}

type Item = ItemFields & Custody;

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
	/**
	 * The vault rotates it itself; no call sets it (docs/api/senhasegura.md, "Keys that the vault changes
	 * by itself").
	 */
	automaticChange: boolean;
}

export interface SenhaseguraCredential extends Item {
	kind: 'credential';
	content: string;
	type: string;
	additional: string;
	/** As sent: separated by commas. */
	tags: string;
	domain: string;
	/** Id of the parent credential. */
	parentId: string | null;
	executionSettings: Fields;
	sessionSettings: Fields;
	additionalSettings: Fields;
	jitSettings: Fields;
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
	active: boolean;
	domain: string;
	/** `SSH:22, HTTPS:443`. */
	connectivities: string;
	remoteConfig: string;
}

export interface SenhaseguraToken {
	clientId: string;
	/** Milliseconds since the epoch. */
	expiresAt: number;
}

export interface SenhaseguraInformation {
	id: string;
	identifier: string;
	name: string;
	type: string;
	content: string;
	service: string;
	url: string;
	usersAllowed: string;
	active: boolean;
}

export interface SenhaseguraSession {
	id: string;
	user: string;
	originIp: string;
	credential: string;
	/** `host:port`. */
	device: string;
	protocol: string;
	proxy: string;
	sessionId: string;
	/** `yyyy-MM-dd HH:mm:ss`. */
	start: string;
	/** The same; `null`: still running. */
	end: string | null;
	governanceCode: string | null;
}

/** What a session URL is good for, once, until it expires. */
export interface SenhaseguraSessionUrl {
	user: string;
	credential: string;
	device: string;
	protocol: string;
	originIp: string;
	/** Milliseconds since the epoch. */
	expiresAt: number;
}

export interface SenhaseguraRelatedUser {
	id: string;
	name: string;
	username: string;
	active: boolean;
}

export interface SenhaseguraSecret {
	id: string;
	name: string;
	identity: string;
	expirationDate: string;
	engine: string;
	description: string;
	/** Minutes, by the field of the request; switched off where it is not there. */
	renewals: Record<string, string>;
	data: Fields[];
}

export interface SenhaseguraApplication {
	id: string;
	name: string;
	system: string;
	environment: string;
	description: string | null;
	tags: string[];
	/** Client ids and consumer keys of its authorizations. */
	authorizations: Set<string>;
	secrets: SenhaseguraSecret[];
}

export interface SenhaseguraSafeItem {
	/** A number, given by the vault. */
	identifier: string;
	active: boolean;
	/** It belongs to somebody else, who has not shared it (1006). */
	accessDenied: boolean;
	/** Everything that was sent, under the vendor's names. */
	fields: Fields;
}

export interface SenhaseguraCertificate {
	id: string;
	active: boolean;
	commonName: string;
	serialNumber: string;
	/** `yyyy-MM-dd HH:mm:ss`. */
	startValidity: string;
	endValidity: string;
	/** How it came: `IMPO` by upload, `REQU` by a request. */
	origin: 'IMPO' | 'REQU';
	extension: string;
	hasPrivateKey: boolean;
	/** The files as they were imported, in base64; blank where there are none. */
	content: string;
	privateKey: string;
}

export interface SenhaseguraCertificateRequest {
	id: string;
	signed: boolean;
	/** Everything that was sent but for passwords, under the vendor's names. */
	fields: Fields;
	/** Under the names that a listing has for them. */
	passwords: { password_key: string; password_revocation: string };
}

/** What every new item starts with, and its custody. */
export function newItem(item: Partial<ItemFields> & { id: string }): Item {
	return {
		identifier: '',
		active: true,
		accessDenied: false,
		username: 'usr',
		hostname: '',
		ip: '',
		change: '',
		view: null,
		expiresAt: null,
		...item,
		custody: new Map(),
		get custodyBy() {
			return new Set(this.custody.keys());
		},
	};
}

/** A credential without settings. */
export function newCredential(
	item: Item,
	{ content, type }: Pick<SenhaseguraCredential, 'content' | 'type'>,
): SenhaseguraCredential {
	// Not a spread: that would freeze the custody's getter.
	return Object.assign(item, {
		kind: 'credential' as const,
		content,
		type,
		additional: '',
		tags: '',
		domain: '',
		parentId: null,
		executionSettings: {},
		sessionSettings: {},
		additionalSettings: {},
		jitSettings: {},
	});
}
