import type { Answer, Call } from './call';
import { adjustDevice, checkDomains } from './devices';
import {
	newCredential,
	newItem,
	type SenhaseguraCredential,
	type SenhaseguraDevice,
} from './entities';
import { refuse } from './envelope';
import { type Fields, fields, isOn, optionalText, text } from './input';
import {
	byIdentifier,
	changedField,
	checkIdentifier,
	deviceAt,
	newIdentifier,
	sentIdentifier,
	shownId,
	shownIdentifier,
	timestamp,
} from './present';
import type { SenhaseguraState } from './state';

/**
 * A group of settings; the pages show one of them as a list of objects, too (docs/api/senhasegura.md,
 * "Storing a credential").
 */
function settingsGroup(value: unknown): Fields {
	if (!Array.isArray(value)) return fields(value) ?? {};
	return value.reduce<Fields>((group, entry: unknown) => ({ ...group, ...fields(entry) }), {});
}

/** A plugin and its template must both be named and be known (1046, 1047). */
function checkPlugin({ plugins }: SenhaseguraState, group: Fields, name: string): void {
	const templates = plugins.get(text(group[`${name}_plugin`]));
	if (!templates) throw refuse(1046);
	if (!templates.includes(text(group[`${name}_template`]))) throw refuse(1047);
}

/** Which plugins the settings of password change, reconciliation and JIT need. */
function checkPlugins(state: SenhaseguraState, execution: Fields, jit: Fields): void {
	const byPlugin = !isOn(execution.agent_based_password_change);
	if (isOn(execution.automatic_change) && byPlugin) checkPlugin(state, execution, 'change');
	if (isOn(execution.status)) checkPlugin(state, execution, 'reconciliation');
	if (!isOn(jit.jit)) return;
	const creates = isOn(jit.credential_creation_and_deletion);
	const pair = creates ? ['creation', 'deletion'] : ['enable', 'disable'];
	if (!creates && !isOn(jit.enable_disable_credential)) return;
	for (const name of pair) checkPlugin(state, jit, `credential_${name}`);
}

interface Target {
	hostname: string;
	ip: string;
	username: string;
	device: SenhaseguraDevice;
}

/** Where the credential belongs, checked in the documented order; `kept` fills in. */
function requiredTarget({ context, sent }: Call, kept: SenhaseguraCredential | undefined): Target {
	const hostname = text(sent.hostname) || (kept?.hostname ?? '');
	const ip = text(sent.ip) || (kept?.ip ?? '');
	if (!hostname) throw refuse(1004);
	if (!ip) throw refuse(1005);
	// A blank username is fine, a missing one is not.
	const username = optionalText(sent, 'username') ?? kept?.username;
	if (username === undefined) throw refuse(1042);
	const device = deviceAt(context.state, hostname, ip);
	if (!device) throw refuse(1011);
	return { hostname, ip, username: username || 'usr', device };
}

function atTarget(state: SenhaseguraState, target: Target): SenhaseguraCredential | undefined {
	return [...state.items.values()].find(
		(one): one is SenhaseguraCredential =>
			one.kind === 'credential' &&
			one.hostname === target.hostname &&
			one.ip === target.ip &&
			one.username === target.username,
	);
}

/**
 * The fields of the device that a credential may adjust on the way (docs/api/senhasegura.md, "Storing a
 * credential").
 */
function adjustDeviceOf(call: Call, device: SenhaseguraDevice): void {
	const { context, sent } = call;
	const type = context.settings.legacyTypeField ? undefined : optionalText(sent, 'type');
	device.type = type || device.type;
	device.vendor = optionalText(sent, 'vendor') || device.vendor;
	device.model = optionalText(sent, 'model') || device.model;
	device.site = optionalText(sent, 'site') || device.site;
	adjustDevice(call, device);
}

/** Everything but identity and place; only what was sent changes. */
function apply({ context, sent }: Call, item: SenhaseguraCredential): void {
	const { legacyTypeField } = context.settings;
	const type = optionalText(sent, 'credential_type') ?? (legacyTypeField ? text(sent.type) : '');
	item.type = type || item.type;
	item.additional = optionalText(sent, 'additional') ?? item.additional;
	item.tags = optionalText(sent, 'tags') ?? item.tags;
	item.domain = optionalText(sent, 'domain') ?? item.domain;
	item.parentId = optionalText(sent, 'parent_password') || item.parentId;
	Object.assign(item.executionSettings, settingsGroup(sent.execution_settings));
	Object.assign(item.sessionSettings, settingsGroup(sent.session_settings));
	Object.assign(item.additionalSettings, settingsGroup(sent.additional_settings));
	Object.assign(item.jitSettings, settingsGroup(sent.jit_settings));
	const content = optionalText(sent, 'content');
	if (content === undefined || content === item.content) return;
	item.content = content;
	item.change = timestamp(context);
}

/** What `response.changed` compares: all but dates and custody. */
function snapshot(item: SenhaseguraCredential, device: SenhaseguraDevice): Fields {
	const alike = { change: '', view: null, custody: null, custodyBy: null };
	return structuredClone({ ...item, ...alike, device });
}

/** POST pam/credential: upsert by identifier, else by hostname, ip and username (docs/api/senhasegura.md, "Storing a credential"). */
export function postCredential(call: Call): Answer {
	const { context, sent } = call;
	const { settings, state } = context;
	const identifier = sentIdentifier(call);
	const named = byIdentifier(state, identifier);
	const kept = settings.partialUpdate && named?.kind === 'credential' ? named : undefined;
	const { device, ...target } = requiredTarget(call, kept);
	checkIdentifier(identifier);
	if (named && named.kind !== 'credential') throw refuse(1010);
	const known = named ?? atTarget(state, { device, ...target });
	if (known?.accessDenied) throw refuse(1009);
	checkDomains(state, text(sent.device_domain));
	checkPlugins(
		state,
		{ ...known?.executionSettings, ...settingsGroup(sent.execution_settings) },
		{ ...known?.jitSettings, ...settingsGroup(sent.jit_settings) },
	);

	const before = known && snapshot(known, device);
	const item =
		known ??
		newCredential(newItem({ id: String(state.nextId), change: timestamp(context) }), {
			content: '',
			type: 'Local User',
		});
	if (!known) {
		state.nextId += 1;
		state.items.set(item.id, item);
	}
	Object.assign(item, target);
	item.identifier = identifier || item.identifier || newIdentifier(context);
	apply(call, item);
	adjustDeviceOf(call, device);

	return {
		status: 201,
		message: known ? 'Credential updated successfully!' : 'Credential successfully registered!',
		...changedField(context, before, snapshot(item, device)),
		entity: {
			credential: {
				id: shownId(context, item.id),
				...shownIdentifier(context, item.identifier),
			},
		},
	};
}
