import type { CortexXsiamKey, CortexXsiamSimulator } from '../../simulators';
import { foreignKey } from '../../unit/cortexXsiam/support';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The first key of the lineage that the tests are about. */
export const FIRST = 100;

export const COMMENT = 'SIEM collector';

/** The seconds of a time in Crockford's base 32, the alphabet of the marks. */
export function base32(time: number): string {
	const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
	let rest = Math.floor(time / 1000);
	let text = '';
	while (text.length < 7) {
		text = digits.charAt(rest % 32) + text;
		rest = Math.floor(rest / 32);
	}
	return text;
}

/** A mark as the contract has it. */
export function markAt(time: number, of: number | string = FIRST, end = 'ABCDEF'): string {
	return `[n8n ${of} ${base32(time)}${end}]`;
}

/** The first key: 76 days old, it expires in 12. */
export function addFirst(
	{ state }: CortexXsiamSimulator,
	changes: Partial<CortexXsiamKey> = {},
): CortexXsiamKey {
	const now = Date.now();
	const key = foreignKey({
		id: FIRST,
		securityLevel: 'advanced',
		roles: ['Investigator', 'Public API Viewer'],
		comment: COMMENT,
		creationTime: now - 76 * DAY,
		expiration: now + 12 * DAY,
		createdBy: 'ada@example.com',
		userName: 'Ada Admin',
		...changes,
	});
	state.keys.set(key.id, key);
	return key;
}

/** A successor that an earlier run made so long ago, valid for 90 days from then on. */
export function addSuccessor(
	sim: CortexXsiamSimulator,
	id: number,
	age: number,
	changes: Partial<CortexXsiamKey> = {},
): CortexXsiamKey {
	const made = Date.now() - age;
	return addFirst(sim, {
		id,
		comment: `${COMMENT} ${markAt(made, FIRST, `KEY${id}`.padEnd(6, 'X').slice(0, 6))}`,
		creationTime: made,
		expiration: made + 90 * DAY,
		createdBy: 'N/A',
		userName: 'Public API - 22',
		...changes,
	});
}

export function restrict({ state }: CortexXsiamSimulator, id = FIRST): void {
	state.scopes.set(`api-key/${id}`, {
		endpointGroups: { mode: 'scope', names: ['test-eg-1'] },
		endpointTags: { mode: 'any', names: [] },
		casesIssues: { mode: 'scope', names: ['Health', 'IT'] },
		assets: { mode: 'scope', ids: [1, 3] },
		datasetsRows: { mode: 'no_scope', filters: [{ dataset: 'a', filter: 'b = c' }] },
	});
}

/** As Rotate gives it out to be stored. */
export function storedFormOf({ id, secret }: CortexXsiamKey): string {
	return `${id}:${secret}`;
}
