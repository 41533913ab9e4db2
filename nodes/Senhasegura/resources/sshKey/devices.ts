import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../shared/failure';
import { asId, asObject } from '../../../shared/read';
import { Unread, readList } from '../../../shared/item';

/** A device that has a key: the key's own, or a further one. */
export interface LinkedDevice extends IDataObject {
	hostname: string;
	/** Null where the vault does not tell it. */
	ip: string | null;
}

/**
 * What `devices` of a key holds (docs/api/senhasegura.md, "Reading an SSH key"): a list of objects. A list
 * with gaps, which PHP writes as a map, a single entry in place of a list, and names alone are taken, too.
 */
function entriesIn(devices: unknown): unknown[] {
	if (Array.isArray(devices)) return devices;
	if (devices === undefined || devices === null) return [];
	if (typeof devices === 'string') return devices.split(',').filter((name) => name.trim() !== '');
	const map = asObject(devices);
	if (!map) return [devices];
	const values = Object.values(map);
	const isList =
		Object.keys(map).every((key) => /^\d+$/.test(key)) ||
		values.every((value) => asObject(value) !== null);
	return isList ? values : [map];
}

/** @returns null for an entry that is not understood */
function linkedDevice(entry: unknown): LinkedDevice | null {
	if (typeof entry === 'string') return entry.trim() === '' ? null : named(entry.trim(), null);
	const { hostname, ip } = asObject(entry) ?? {};
	const name = asId(hostname);
	const address = asId(ip);
	const isTold = ip !== undefined && ip !== null && ip !== '';
	return name === null || (isTold && address === null) ? null : named(name, address);
}

const named = (hostname: string, ip: string | null): LinkedDevice => ({ hostname, ip });

/** The further devices of a key for `itemOf`. */
export function readDevices(devices: unknown): LinkedDevice[] | Unread {
	const read = readList(linkedDevice, entriesIn(devices));
	return read instanceof Unread ? new Unread(JSON.stringify(devices), read.value) : read;
}

/** How much of an answer an error repeats. */
const MOST_CHARACTERS = 200;

/**
 * The further devices of a key that is rotated, all of them: of one that is missed nobody would know
 * whether it accepts the next key.
 *
 * @throws Failure where an entry is not understood
 */
export function devicesOf({ devices }: IDataObject): LinkedDevice[] {
	const read = entriesIn(devices).map(linkedDevice);
	const known = read.filter((device) => device !== null);
	if (known.length === read.length) return known;
	const text = JSON.stringify(devices);
	throw new Failure('The vault tells the devices of the SSH key in a form that is not understood', {
		kind: 'unusable',
		description: `A host that has the key could be missed, so the key is not rotated. 'devices' is ${text.slice(0, MOST_CHARACTERS)}, where each device needs its host name as 'hostname'. Look at the key's devices in the vault.`,
	});
}

export const isSameName = (one: string, other: string) => folded(one) === folded(other);

const folded = (name: string) => name.trim().toLowerCase();

/**
 * Each device once. Two of one name with two addresses are two devices; one without an address is that of
 * its name.
 */
export function distinct(devices: LinkedDevice[]): LinkedDevice[] {
	const found: LinkedDevice[] = [];
	for (const { hostname, ip } of devices) {
		const same = found.find(
			(device) =>
				isSameName(device.hostname, hostname) &&
				(device.ip === null || ip === null || isSameName(device.ip, ip)),
		);
		if (same) same.ip ??= ip;
		else found.push(named(hostname, ip));
	}
	return found;
}
