import type { IssuedKey } from '../../api/issuance';

/** What the user should know of a key whose first answer was lost. */
export function reissueHints({ reissued, removed }: IssuedKey): string[] {
	if (!reissued) return [];
	if (removed.length === 0)
		return ['An answer was lost. No key had come of it; a new one was issued.'];
	return removed.map(
		(id) => `An answer was lost. API key ${id}, made without it, was deleted and a new one issued.`,
	);
}
