import type { Answer, Call, PlainAnswer, Route } from './call';
import { postCredential } from './credentialUpsert';
import { releaseCustody, takeCustody } from './custody';
import { offsetTime } from './dates';
import type { SenhaseguraCredential, SenhaseguraDevice, SenhaseguraKey } from './entities';
import { refuse } from './envelope';
import { commaList, isOn } from './input';
import { namedCredential } from './lookup';
import { deviceAt, shownBoolean, shownId, shownIdentifier, shownSecret } from './present';
import type { Context } from './state';

/**
 * Numbers of the list's sample (docs/api/senhasegura.md, "Listing credentials"); others are made up.
 */
const connectivityCodes: Record<string, string> = { SSH: '1', HTTPS: '10', RDP: '13' };

/** Name and port of a device's first connectivity. */
function connectivity(device: SenhaseguraDevice | undefined): [name: string, port: string] {
	const [name = '', port = ''] = (commaList(device?.connectivities ?? '')[0] ?? '').split(':');
	return [name, port];
}

function listed(context: Context, item: SenhaseguraKey | SenhaseguraCredential): object {
	const { settings, state } = context;
	const device = deviceAt(state, item.hostname, item.ip);
	const [protocol] = connectivity(device);
	const changes =
		item.kind === 'key' ? item.automaticChange : isOn(item.executionSettings.automatic_change);
	const { expiresAt } = item;
	return {
		id: shownId(context, item.id),
		...shownIdentifier(context, item.identifier),
		username: item.username,
		expiration: expiresAt === null ? null : offsetTime(expiresAt, settings.utcOffsetMinutes),
		change: item.change,
		view: item.view,
		hostname: item.hostname,
		management_ip: item.ip,
		type: item.kind === 'key' ? 'SSH Key' : item.type,
		type_code: '1',
		device_model: device?.model ?? '',
		device_type: device?.type ?? '',
		device_vendor: device?.vendor ?? '',
		automatic_change: shownBoolean(context, changes),
		connectivity: protocol,
		connectivity_code: connectivityCodes[protocol] ?? '',
	};
}

/**
 * GET pam/credential: credentials and keys, without secrets and without pages, docs/api/senhasegura.md,
 * "Listing credentials".
 */
function listCredentials({ context }: Call): Answer {
	const visible = [...context.state.items.values()].filter(
		(item) => !item.accessDenied && (item.active || context.settings.listsDisabled),
	);
	return {
		status: 200,
		message: `${visible.length} credentials found`,
		entity: { credentials: visible.map((item) => listed(context, item)) },
	};
}

/** The credential that the path names, if it may be read. */
function readable(call: Call): SenhaseguraCredential {
	const item = namedCredential(call);
	if (!item.active) throw refuse(1008);
	return item;
}

/** GET pam/credential/{id}: takes custody, docs/api/senhasegura.md, "Reading a credential". */
function getCredential(call: Call): Answer {
	const { context } = call;
	const item = readable(call);
	const expirationTime = takeCustody(call, item);
	const device = deviceAt(context.state, item.hostname, item.ip);
	const parent = item.parentId === null ? undefined : context.state.items.get(item.parentId);
	const password = shownSecret(context, item.content);
	return {
		status: 200,
		message: `Credential ${item.id}`,
		entity: {
			credential: {
				id: shownId(context, item.id),
				...shownIdentifier(context, item.identifier),
				username: item.username,
				password,
				content: password,
				hostname: item.hostname,
				parent_credential_cod: item.parentId,
				parent_credential: parent?.username ?? null,
				additional: item.additional,
				domain: item.domain,
				ip: item.ip,
				port: connectivity(device)[1],
				model: device?.model ?? '',
				expiration_time: expirationTime,
			},
		},
	};
}

/**
 * GET coe/senha/{id}: the legacy read of the C# clients, docs/api/senhasegura.md, "Dashboards and
 * system".
 */
function getLegacyPassword(call: Call): PlainAnswer {
	const item = readable(call);
	takeCustody(call, item);
	const senha = { username: item.username, senha: shownSecret(call.context, item.content) };
	return { status: 200, plain: { senha } };
}

/** DELETE pam/credential/{id} disables, docs/api/senhasegura.md, "Disabling, enabling, releasing". */
function disableCredential(call: Call): Answer {
	const item = namedCredential(call);
	if (!item.active) throw refuse(1008);
	item.active = false;
	return { status: 200, message: 'Credential successfully deactivated' };
}

/** PUT pam/credential/{id} enables, docs/api/senhasegura.md, "Disabling, enabling, releasing". */
function enableCredential(call: Call): Answer {
	const item = namedCredential(call);
	if (item.active) throw refuse(1043);
	item.active = true;
	return { status: 200, message: 'Credential successfully activated' };
}

const resource = 'PAM Core';
const path = '/pam/credential';

export const credentialRoutes: Route[] = [
	{ method: 'GET', path, resource, answer: listCredentials },
	{ method: 'POST', path, resource, write: true, answer: postCredential },
	{ method: 'GET', path: `${path}/:id`, resource, answer: getCredential },
	{ method: 'DELETE', path: `${path}/:id`, resource, write: true, answer: disableCredential },
	{ method: 'PUT', path: `${path}/:id`, resource, write: true, answer: enableCredential },
	{ method: 'DELETE', path: `${path}/custody/:id`, resource, write: true, answer: releaseCustody },
	{ method: 'GET', path: '/coe/senha/:id', resource, answer: getLegacyPassword },
];
