import { constants, generateKeyPairSync, publicEncrypt, randomBytes } from 'node:crypto';
import type { Call } from './call';
import { databaseTime } from './dates';
import { Refusal } from './envelope';
import { type Fields, text } from './input';
import type { Context, SenhaseguraState } from './state';

let encryptionPair: { publicKey: string; privateKey: string } | undefined;

/** The pair that secrets are encrypted with unless the settings name a key. */
export function pair() {
	return (encryptionPair ??= generateKeyPairSync('rsa', {
		modulusLength: 2048,
		publicKeyEncoding: { type: 'spki', format: 'pem' },
		privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
	}));
}

export const shownId = ({ settings }: Context, id: string) =>
	settings.numericIds ? Number(id) : id;

export function shownBoolean({ settings }: Context, value: boolean): boolean | string {
	if (settings.stringBooleans === 'words') return String(value);
	if (settings.stringBooleans) return value ? '1' : '0';
	return value;
}

export const shownIdentifier = ({ settings }: Context, identifier: string) =>
	settings.legacyTagField ? { tag: identifier || null } : { identifier };

/** A secret as answered; RSA cannot hold a long one (docs/api/senhasegura.md, "Encrypted secrets"). */
export function shownSecret({ settings }: Context, secret: string | null): string | null {
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

/** Now as most of the appliance's lists write it. */
export const timestamp = ({ now, settings }: Context) =>
	databaseTime(now(), settings.utcOffsetMinutes);

/**
 * An identifier as the vendor makes them since 3.33: a UUID of version 7 (docs/api/senhasegura.md,
 * "Storing an SSH key").
 */
export function newIdentifier({ now, settings }: Context): string {
	if (settings.noAutoIdentifier) return '';
	const time = now().toString(16).padStart(12, '0');
	const hex = randomBytes(10).toString('hex');
	const parts = [time.slice(0, 8), time.slice(8), `7${hex.slice(0, 3)}`];
	return [...parts, `8${hex.slice(3, 6)}`, hex.slice(6, 18)].join('-');
}

/** The identifier that was sent, under its name of the version. */
export function sentIdentifier({ context, sent }: Call): string {
	return text(sent.identifier ?? (context.settings.legacyTagField ? sent.tag : undefined));
}

/**
 * The pattern is documented for credentials (docs/api/senhasegura.md, "Storing a credential"), the
 * refusal's number nowhere.
 */
export function checkIdentifier(identifier: string): void {
	if (!/^[a-zA-Z0-9\-_.]*$/u.test(identifier)) throw new Refusal(400, 'Invalid identifier');
}

export const byIdentifier = (state: SenhaseguraState, identifier: string) =>
	identifier === ''
		? undefined
		: [...state.items.values()].find((one) => one.identifier === identifier);

export const deviceAt = (state: SenhaseguraState, hostname: string, ip: string) =>
	state.devices.find((one) => one.hostname === hostname && one.ip === ip);

/**
 * `response.changed` of an upsert, where the appliance tells it (docs/api/senhasegura.md, "The
 * envelope").
 */
export function changedField({ settings }: Context, before: Fields | undefined, after: Fields) {
	if (!settings.reportChanged) return {};
	const changed = JSON.stringify(before) !== JSON.stringify(after);
	return { also: { changed: String(changed) } };
}
