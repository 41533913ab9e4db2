import type { Call } from './call';
import { Failure } from './failures';
import type { Input } from './input';
import type { Pam360CustomColumn, Pam360CustomField } from './state';

/** Of a resource (docs/api/pam360.md, "Creating a resource" and "Changing a resource"): Booleans. */
export const resourceFlags = [
	'ENABLEPRIVATEKEY',
	'DISABLE_TAB_DUPLICATION',
	'WEBSITE_SESSION_RECORDING',
	'GATEWAY_SESSION_RECORDING',
];

/** Of an account (docs/api/pam360.md, "Adding accounts"): Booleans. */
export const accountFlags = [
	'RECORD_RDP_SESSIONS',
	'RECORD_CLI_SESSIONS',
	'DISABLE_PASSWORD_RESETS',
	'CONFIGURE_PASSWORD_RESET',
	'IIS_WEB_CONFIG_RESET',
	'IIS_APP_POOL_RESTART',
	'IIS_APP_POOL_RESET',
	'SERVICES_RESTART',
	'SERVICES_RESET',
	'SCHEDULED_TASK_RESET',
	'WEBSITE_SESSION_RECORDING',
	'GATEWAY_SESSION_RECORDING',
];

/** The flags and words that were sent, by their names. */
export function sentOptions(
	input: Input,
	flags: string[],
	words: string[] = [],
): Record<string, unknown> {
	const options: Record<string, unknown> = {};
	for (const name of flags) {
		const value = input.boolean(name);
		if (value !== undefined) options[name] = value;
	}
	for (const name of words) if (input.has(name)) options[name] = input.text(name);
	return options;
}

/** Custom fields that were sent; a label that is new becomes the next column. */
export function sentCustomFields(
	input: Input,
	name: string,
	columns: Pam360CustomColumn[],
): Pam360CustomField[] {
	const fields = input
		.records(name)
		.map((one) => ({ label: one.required('CUSTOMLABEL'), value: one.text('CUSTOMVALUE') }));
	for (const { label } of fields) {
		if (!columns.some((column) => column.label === label)) {
			columns.push({ label, type: 'Character' });
		}
	}
	return fields;
}

/** `before` with the values of `sent`. */
export function mergedCustomFields(
	before: Pam360CustomField[],
	sent: Pam360CustomField[],
): Pam360CustomField[] {
	const values = new Map([...before, ...sent].map(({ label, value }) => [label, value]));
	return [...values].map(([label, value]) => ({ label, value }));
}

/** As in `"CUSTOM FIELD"` of an answer (docs/api/pam360.md, "Listing accounts"). */
export function customFieldRows(
	fields: Pam360CustomField[],
	columns: Pam360CustomColumn[],
): Array<Record<string, string>> {
	return columns.flatMap(({ label, type }, index) => {
		const field = fields.find((one) => one.label === label);
		if (!field) return [];
		const column = type === 'Password' ? 'COLUMN_SCHAR' : 'COLUMN_CHAR';
		return [
			{
				CUSTOMFIELDVALUE: field.value,
				CUSTOMFIELDTYPE: type,
				CUSTOMFIELDLABEL: label,
				CUSTOMFIELDCOLUMNNAME: `${column}${index + 1}`,
			},
		];
	});
}

/** Password policies by id; `Strong` alone is the vendor's (docs/api/pam360.md, "Creating a resource"). */
const policies: Record<string, string> = { 1: 'Low', 2: 'Medium', 101: 'Strong' };

/** A policy that exists, by name or by id; `fallback` where neither was sent. */
export function sentPolicy(input: Input, name: string, fallback: string): string {
	const id = input.text(`${name}ID`);
	const policy = id === '' ? input.text(name) || fallback : policies[id];
	if (!policy || !Object.values(policies).includes(policy)) {
		throw new Failure('No such password policy found');
	}
	return policy;
}

/** OWNERNAME; `fallback` where it was not sent. */
export function sentOwner({ state }: Call, input: Input, fallback: string): string {
	const owner = input.text('OWNERNAME') || fallback;
	if (owner !== fallback && !state.users.some(({ userName }) => userName === owner)) {
		throw new Failure(`No such user found: ${owner}`);
	}
	return owner;
}
