const shifted = (at: number, offsetMinutes: number) =>
	new Date(at + offsetMinutes * 60_000).toISOString().slice(0, 19);

/** `yyyy-MM-ddTHH:mm:ss` without an offset (docs/api/senhasegura.md, "Reading an SSH key"). */
export const localTime = shifted;

/** `yyyy-MM-dd HH:mm:ss`, as most lists have it (docs/api/senhasegura.md, "Listing credentials"). */
export const databaseTime = (at: number, offsetMinutes: number) =>
	shifted(at, offsetMinutes).replace('T', ' ');

/**
 * `yyyy-MM-ddTHH:mm:ss-03:00`, as `expiration` of the credential list has it (docs/api/senhasegura.md,
 * "Listing credentials").
 */
export function offsetTime(at: number, offsetMinutes: number): string {
	const two = (value: number) => String(value).padStart(2, '0');
	const size = Math.abs(offsetMinutes);
	const sign = offsetMinutes < 0 ? '-' : '+';
	return `${shifted(at, offsetMinutes)}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** `HH:mm:ss` between two dates of the form `yyyy-MM-dd HH:mm:ss`. */
export function duration(start: string, end: string): string {
	const ms = (value: string) => Date.parse(`${value.replace(' ', 'T')}Z`);
	const seconds = Math.floor((ms(end) - ms(start)) / 1_000);
	const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
	return `${two(seconds / 3_600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}
