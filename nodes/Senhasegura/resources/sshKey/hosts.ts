import { z } from 'zod';
import { asText, asObject } from '../../../shared/read';
import { instant, textList } from '../../../shared/input';
import { unread } from '../../../shared/item';
import { parseJson } from '../../../shared/answer';
import { isSameName } from './devices';
import type { LinkedDevice } from './devices';

/** A host as the user names it: by its name or its address, or by both. */
export interface NamedHost {
	/** A name or an address. */
	text: string;
	/** Its address, where it is named by both. */
	ip?: string;
	/** When it was seen there, in epoch milliseconds. */
	seenAt?: number;
}

const NO_LIST = "must be a list of texts, or of hosts with a date and time in 'seenAt'";

/**
 * Hosts by name or address: a list of texts, or of objects with `hostname` and `ip`, as items have them,
 * and with `seenAt`, one text with commas, or either as JSON text.
 */
export const hostList = z.unknown().transform((given, context): NamedHost[] => {
	const read = typeof given === 'string' && given.trim().startsWith('[') ? parseJson(given) : given;
	const hosts = Array.isArray(read) ? read.map(hostIn) : [textsIn(given)];
	if (hosts.some((entry) => entry === undefined)) {
		// An empty list comes out, since the checks of other parameters go on.
		context.addIssue({ code: 'custom', message: NO_LIST });
	}
	return hosts.flatMap((entry) => entry ?? []);
});

function textsIn(given: unknown): NamedHost[] | undefined {
	return textList.safeParse(given).data?.map((text) => ({ text }));
}

/** @returns undefined for an entry that names no host */
function hostIn(entry: unknown): NamedHost[] | undefined {
	const host = asObject(entry);
	if (!host) return textsIn([entry]);
	const name = asText(host.hostname)?.trim();
	const ip = asText(host.ip)?.trim();
	const text = name ?? asText(host.host)?.trim() ?? ip;
	if (text === undefined) return undefined;
	const seenAt = unread(host.seenAt) === null ? undefined : instant.safeParse(host.seenAt);
	if (seenAt?.success === false) return undefined;
	return [
		{
			text,
			...(name !== undefined && ip !== undefined && { ip }),
			...(seenAt && { seenAt: seenAt.data }),
		},
	];
}

/**
 * The devices that are in no list of names and addresses. Each entry stands for one device: where several
 * have the same name, the name alone stands for the first of them, and the others need their addresses.
 */
export function hostsWithout(devices: LinkedDevice[], hosts: NamedHost[]): LinkedDevice[] {
	const seen = new Set(hosts.map((host) => deviceOf(devices, host)));
	return devices.filter((device) => !seen.has(device));
}

function deviceOf(devices: LinkedDevice[], { text, ip }: NamedHost): LinkedDevice | undefined {
	const at = (address: string) => (device: LinkedDevice) =>
		device.ip !== null && isSameName(device.ip, address);
	const called = devices.filter(({ hostname }) => isSameName(hostname, text));
	if (ip !== undefined) return called.find(at(ip)) ?? called.find((device) => device.ip === null);
	return devices.find(at(text)) ?? called[0];
}
