import type { IssuedKey } from './workflows';

const columns = ['vendor', 'type', 'id', 'expires', 'secret'] as const;
type Row = Record<(typeof columns)[number], string>;

export function printIssuedKeys(keys: IssuedKey[]) {
	const rows: Row[] = [
		{ vendor: 'VENDOR', type: 'TYPE', id: 'ID', expires: 'EXPIRES', secret: 'SECRET' },
		...keys.map((key) => ({
			vendor: key.vendor,
			type: key.type,
			id: key.id ?? '-',
			expires: key.expiresAt ?? '-',
			secret: placeOfSecret(key),
		})),
	];
	const widths = columns.map((column) => Math.max(...rows.map((row) => row[column].length)));
	console.log('');
	for (const row of rows) {
		const cells = columns.map((column, index) => row[column].padEnd(widths[index] ?? 0));
		console.log(`  ${cells.join('  ').trimEnd()}`);
	}
	console.log('');
}

/** Only the first characters: what is on a screen is read by others too. */
function placeOfSecret({ secret }: IssuedKey): string {
	return typeof secret === 'string' ? `in the item: ${secret.slice(0, 4)}…` : 'not in the item';
}
