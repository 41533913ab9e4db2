import type { Answer, Call, Route } from './call';
import type { SenhaseguraDevice } from './entities';
import { refuse } from './envelope';
import { optionalText, text } from './input';
import { changedField, shownId } from './present';
import type { Context, SenhaseguraState } from './state';

/** Domains are separated by commas without spaces, and must be known (1029). */
export function checkDomains({ domains }: SenhaseguraState, deviceDomain: string): void {
	if (deviceDomain === '') return;
	if (!deviceDomain.split(',').every((domain) => domains.has(domain))) throw refuse(1029);
}

/** A device by id or hostname (docs/api/senhasegura.md, "Addresses"). */
function namedDevice({ context, id }: Call): SenhaseguraDevice {
	const { devices } = context.state;
	const device = devices.find((one) => one.id === id) ?? devices.find((one) => one.hostname === id);
	if (!device) throw refuse(1011);
	return device;
}

function shownDevice(context: Context, device: SenhaseguraDevice): object {
	return {
		id: shownId(context, device.id),
		hostname: device.hostname,
		ip: device.ip,
		model: device.model,
		type: device.type,
		vendor: device.vendor,
		site: device.site,
		device_domain: device.domain,
		connectivities: device.connectivities,
		session_remote_config: device.remoteConfig,
		device_tags: device.tags,
	};
}

/** GET pam/device, docs/api/senhasegura.md, "Devices". */
function listDevices({ context }: Call): Answer {
	const { devices } = context.state;
	return {
		status: 200,
		message: `${devices.length} devices found`,
		entity: {
			devices: devices.map(({ id, hostname, ip, model, type, vendor, site, tags }) => ({
				id: shownId(context, id),
				hostname,
				ip,
				model,
				type,
				vendor,
				site,
				tags,
			})),
		},
	};
}

/** GET pam/device/{id}, docs/api/senhasegura.md, "Devices". */
function getDevice(call: Call): Answer {
	const device = namedDevice(call);
	return {
		status: 200,
		message: `Device ${device.id}`,
		entity: { device: shownDevice(call.context, device) },
	};
}

type Required = Pick<SenhaseguraDevice, 'hostname' | 'ip' | 'site' | 'model' | 'vendor' | 'type'>;

const requiredFields: Array<[keyof Required, 1004 | 1005 | 1019 | 1020 | 1021 | 1022]> = [
	['hostname', 1004],
	['ip', 1005],
	['site', 1019],
	['model', 1020],
	['vendor', 1021],
	['type', 1022],
];

function newDevice({ state }: Context, required: Required): SenhaseguraDevice {
	const device = {
		id: String(state.nextId),
		...required,
		tags: '',
		active: true,
		domain: '',
		connectivities: '',
		remoteConfig: '',
	};
	state.nextId += 1;
	state.devices.push(device);
	return device;
}

/** Sets the optional fields of a device that were sent, under their names of the API. */
export function adjustDevice({ sent }: Call, device: SenhaseguraDevice): void {
	device.domain = optionalText(sent, 'device_domain') ?? device.domain;
	device.tags = optionalText(sent, 'device_tags') ?? device.tags;
	device.connectivities = optionalText(sent, 'connectivities') ?? device.connectivities;
	device.remoteConfig = optionalText(sent, 'session_remote_config') ?? device.remoteConfig;
}

/** POST pam/device: upsert by hostname, docs/api/senhasegura.md, "Devices". */
function postDevice(call: Call): Answer {
	const { context, sent } = call;
	const { settings, state } = context;
	for (const [name, code] of requiredFields) if (text(sent[name]) === '') throw refuse(code);
	const required: Required = {
		hostname: text(sent.hostname),
		ip: text(sent.ip),
		site: text(sent.site),
		model: text(sent.model),
		vendor: text(sent.vendor),
		type: text(sent.type),
	};
	checkDomains(state, text(sent.device_domain));

	const known = state.devices.find((one) => one.hostname === required.hostname);
	const before = known && { ...known };
	const device = known ?? newDevice(context, required);
	for (const item of state.items.values()) {
		if (item.hostname === device.hostname && item.ip === device.ip) item.ip = required.ip;
	}
	Object.assign(device, required);
	adjustDevice(call, device);

	const verb = known ? 'updated successfully!' : 'successfully registered!';
	return {
		...(settings.devicePostAs200
			? { status: 200, message: `Device ${device.id}` }
			: { status: 201, message: `Device ${verb}` }),
		...changedField(context, before, { ...device }),
		entity: { device: shownDevice(context, device) },
	};
}

/**
 * DELETE pam/device/{id}: its credentials and keys are deactivated too, docs/api/senhasegura.md,
 * "Devices".
 */
function disableDevice(call: Call): Answer {
	const device = namedDevice(call);
	// 400 by the vendor's Ansible collection; no page gives a number of its own.
	if (!device.active) throw refuse(1011);
	device.active = false;
	for (const item of call.context.state.items.values()) {
		if (item.hostname === device.hostname && item.ip === device.ip) item.active = false;
	}
	return { status: 200, message: 'Device successfully deactivated' };
}

/** PUT pam/device/{id}: its credentials stay inactive, docs/api/senhasegura.md, "Devices". */
function enableDevice(call: Call): Answer {
	const device = namedDevice(call);
	if (device.active) throw refuse(1044);
	device.active = true;
	return { status: 200, message: 'Device successfully activated' };
}

const resource = 'PAM Core';

export const deviceRoutes: Route[] = [
	{ method: 'GET', path: '/pam/device', resource, answer: listDevices },
	{ method: 'POST', path: '/pam/device', resource, write: true, answer: postDevice },
	{ method: 'GET', path: '/pam/device/:id', resource, answer: getDevice },
	{ method: 'DELETE', path: '/pam/device/:id', resource, write: true, answer: disableDevice },
	{ method: 'PUT', path: '/pam/device/:id', resource, write: true, answer: enableDevice },
];
