import type { Answer, Call, Route } from './call';
import { takeCustody } from './custody';
import { localTime } from './dates';
import { newItem, type SenhaseguraKey } from './entities';
import { refuse, Refusal } from './envelope';
import { commaList, fields, isOff, optionalText, text } from './input';
import { namedKey } from './lookup';
import {
	byIdentifier,
	checkIdentifier,
	deviceAt,
	newIdentifier,
	sentIdentifier,
	shownId,
	shownIdentifier,
	shownSecret,
	timestamp,
} from './present';
import type { SenhaseguraSettings } from './settings';
import type { Context } from './state';

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

type Material = Pick<SenhaseguraKey, 'hostname' | 'ip' | 'publicKey' | 'privateKey'>;

/** What a key cannot be without, checked in the documented order; `kept` fills in. */
function requiredMaterial({ context, sent }: Call, kept: SenhaseguraKey | undefined): Material {
	const hostname = text(sent.hostname) || (kept?.hostname ?? '');
	const ip = text(sent.ip) || (kept?.ip ?? '');
	const publicKey = text(sent.public_key) || (kept?.publicKey ?? '');
	const privateKey = text(sent.private_key) || (kept?.privateKey ?? '');
	if (!hostname) throw refuse(1004);
	if (!ip) throw refuse(1005);
	if (!publicKey) throw refuse(1013);
	if (!privateKey) throw refuse(1014);
	if (!deviceAt(context.state, hostname, ip)) throw refuse(1011);
	return { hostname, ip, publicKey, privateKey };
}

function newKey({ context }: Call, identifier: string, material: Material): SenhaseguraKey {
	const { state } = context;
	const item = newItem({
		id: String(state.nextId),
		identifier: identifier || newIdentifier(context),
	});
	const key = Object.assign(item, material, {
		kind: 'key' as const,
		password: null,
		keyName: null,
		tags: '',
		devices: [],
		automaticChange: false,
		change: timestamp(context),
	});
	state.nextId += 1;
	state.items.set(key.id, key);
	return key;
}

/**
 * Fields that keys have since 3.32 (docs/api/senhasegura.md, "Versions"); gives the hostnames that are
 * not known.
 */
function applyExtras({ context, sent }: Call, key: SenhaseguraKey): string[] {
	const { settings } = context;
	if (settings.noKeyExtras) return [];
	const tags = optionalText(sent, 'tags') ?? key.tags;
	key.tags = settings.entitiesInTags ? tags.replaceAll(/&(?!amp;)/gu, '&amp;') : tags;
	key.keyName = optionalText(sent, 'key_name') ?? key.keyName;
	if (sent.enabled !== undefined) key.active = !isOff(sent.enabled);
	if (sent.devices === undefined) return [];
	const wanted = hostnamesOf(sent.devices);
	key.devices = linkedDevices(context, wanted).map((device) => device.hostname);
	return wanted.filter((one) => !key.devices.includes(one));
}

/**
 * As a credential is found (docs/api/senhasegura.md, "Storing a credential"): it keeps its ID, and
 * takes over the new identifier.
 */
function atPlace({ context, sent }: Call, { hostname, ip }: Material): SenhaseguraKey | undefined {
	const username = optionalText(sent, 'username') || 'usr';
	return [...context.state.items.values()].find(
		(one): one is SenhaseguraKey =>
			one.kind === 'key' && one.hostname === hostname && one.ip === ip && one.username === username,
	);
}

/** POST pam/key: upsert by identifier, docs/api/senhasegura.md, "Storing an SSH key". */
function postKey(call: Call): Answer {
	const { context, sent } = call;
	const { settings, state } = context;
	const identifier = sentIdentifier(call);
	const named = byIdentifier(state, identifier);
	const kept = settings.partialUpdate && named?.kind === 'key' ? named : undefined;
	const material = requiredMaterial(call, kept);
	checkIdentifier(identifier);
	if (named && named.kind !== 'key') throw refuse(1016);
	const known = named ?? (settings.keysFoundByPlace ? atPlace(call, material) : undefined);
	if (known?.accessDenied) throw refuse(1009);
	if (known && known !== named) known.identifier = identifier || known.identifier;

	const key = known ?? newKey(call, identifier, material);
	Object.assign(key, material);
	if (settings.storingMovesChange) key.change = timestamp(context);
	key.username = optionalText(sent, 'username') || key.username;
	key.password = optionalText(sent, 'password') ?? key.password;
	const failed = applyExtras(call, key);

	return {
		status: 201,
		message: known ? 'Key updated successfully!' : 'Key successfully registered!',
		entity: {
			key: {
				id: shownId(context, key.id),
				...shownIdentifier(context, key.identifier),
				devices: linkedDevices(context, key.devices),
				devices_error: failed.map((hostname) =>
					settings.devicesErrorAs === 'object' ? { hostname } : hostname,
				),
			},
		},
	};
}

/** GET pam/key without an id, docs/api/senhasegura.md, "Other errors". */
function keyWithoutId(): never {
	throw new Refusal(500, 'Unexpected error');
}

function tagFields({ noKeyExtras, tagsAs }: SenhaseguraSettings, tags: string): object {
	if (noKeyExtras || tagsAs === 'absent') return {};
	return { tags: tagsAs === 'string' ? tags : commaList(tags) };
}

/**
 * GET pam/key/{id}, docs/api/senhasegura.md, "Reading an SSH key". `expiration_time` is the key's own, as
 * in the list; that it is null for a key that does not expire, and that reading takes custody, is inferred.
 */
function getKey(call: Call): Answer {
	const { context } = call;
	const { settings } = context;
	const key = namedKey(call);
	if (!key.active) throw refuse(1017);
	takeCustody(call, key);
	const { expiresAt } = key;
	return {
		status: 200,
		message: `Key ${key.id}`,
		entity: {
			key: {
				id: shownId(context, key.id),
				username: key.username,
				...(!settings.noKeyExtras && { key_name: key.keyName }),
				hostname: key.hostname,
				ip: key.ip,
				private_key: shownSecret(context, key.privateKey),
				public_key: key.publicKey,
				password: shownSecret(context, key.password),
				...(!settings.noKeyExtras && { devices: linkedDevices(context, key.devices) }),
				expiration_time:
					expiresAt === null ? null : localTime(expiresAt, settings.utcOffsetMinutes),
				...tagFields(settings, key.tags),
			},
		},
	};
}

/** DELETE pam/key/{id} disables, docs/api/senhasegura.md, "Disabling and enabling an SSH key". */
function disableKey(call: Call): Answer {
	const key = namedKey(call);
	if (!key.active) throw refuse(1017);
	key.active = false;
	return { status: 200, message: 'Key successfully deactivated' };
}

/** PUT pam/key/{id} enables, docs/api/senhasegura.md, "Disabling and enabling an SSH key". */
function enableKey(call: Call): Answer {
	const key = namedKey(call);
	if (key.active) throw refuse(1045);
	key.active = true;
	return { status: 200, message: 'Key successfully activated' };
}

const resource = 'PAM Core';

export const keyRoutes: Route[] = [
	{ method: 'POST', path: '/pam/key', resource, write: true, answer: postKey },
	{ method: 'GET', path: '/pam/key', resource, answer: keyWithoutId },
	{ method: 'GET', path: '/pam/key/:id', resource, answer: getKey },
	{ method: 'DELETE', path: '/pam/key/:id', resource, write: true, answer: disableKey },
	{ method: 'PUT', path: '/pam/key/:id', resource, write: true, answer: enableKey },
];
