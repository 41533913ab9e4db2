import { z } from 'zod';
import { asText, asObject } from '../../../shared/fields';
import { textList } from '../../../shared/input';
import { parseJson } from '../../../shared/answer';
import type { LinkedDevice } from './sshKeyItem';

/**
 * Hosts by name or address: a list of texts, or of objects with `hostname`, as items have them, one text
 * with commas, or either as JSON text.
 */
export const hostList = z.preprocess((given) => {
	const read = typeof given === 'string' && given.trim().startsWith('[') ? parseJson(given) : given;
	if (!Array.isArray(read)) return given;
	return read.map((entry: unknown) => {
		const host = asObject(entry);
		return host ? (asText(host.hostname) ?? asText(host.host) ?? asText(host.ip)) : entry;
	});
}, textList);

/** The devices that are in no list of names and addresses. */
export function hostsWithout(devices: LinkedDevice[], named: string[]): LinkedDevice[] {
	const known = new Set(named.map(folded));
	return devices.filter(
		({ hostname, ip }) => !known.has(folded(hostname)) && (ip === null || !known.has(folded(ip))),
	);
}

const folded = (name: string) => name.trim().toLowerCase();
