import type { IDataObject } from 'n8n-workflow';

/** Upper and lower case, spaces and underscores make no difference to a name. */
function plain(name: string): string {
	return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/**
 * A field of a record that no source shows in full, so that its spelling is not known: PAM360 writes
 * `RESOURCE ID`, `RESOURCEID`, `resourceId` and `Resource ID`, depending on the call
 * (docs/api/pam360.md, "The envelope").
 *
 * @param names What the field may be called, the likeliest first.
 */
export function fieldNamed(record: IDataObject, ...names: string[]): unknown {
	const entries = Object.entries(record).map(([key, value]) => [plain(key), value] as const);
	return names
		.map((name) => entries.find(([key]) => key === plain(name))?.[1])
		.find((value) => value !== undefined && value !== null && value !== '');
}
