import type { IDataObject } from 'n8n-workflow';
import { param } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import { asText } from '../../../shared/read';
import { ifGiven, optionalText, refuse, wholeNumber } from '../../../shared/input';
import { FILTERED_HERE } from '../../../shared/textFilter';
import { identifierOf } from './credentialList';
import { Wildcard } from './wildcard';

const LONGEST_PATTERN = 255;

/** A text to compare with, whatever the case; `*` stands for any characters. */
const pattern = optionalText.transform((wanted, context) => {
	if (wanted === undefined) return undefined;
	if (wanted.length > LONGEST_PATTERN) {
		return refuse(context, `must be at most ${LONGEST_PATTERN} characters long`);
	}
	return new Wildcard(wanted);
});

/**
 * The vault's lists take no filters, so these work on what it returns (docs/api/senhasegura.md, "Paging
 * and filters").
 */
export function patternFilter<const Name extends string>(
	displayName: string,
	name: Name,
	placeholder: string,
	noun = displayName.toLowerCase(),
) {
	return param(
		{
			displayName,
			name,
			type: 'string',
			default: '',
			placeholder,
			description: `This ${noun}, in upper or lower case; * stands for any characters. ${FILTERED_HERE}.`,
		},
		pattern,
	);
}

/** Whether a record has each text that is wanted of it. */
export function fits(wanted: Array<[Wildcard | undefined, unknown]>): boolean {
	return wanted.every(([text, value]) => text?.matches(asText(value)?.trim() ?? '') ?? true);
}

/** Filters of the list that credentials and SSH keys share. */
export const listedFilters = [
	patternFilter('Hostname', 'hostname', 'e.g. web-*'),
	patternFilter('Identifier', 'identifier', 'e.g. web-01-deploy'),
	patternFilter('Username', 'username', 'e.g. root'),
] as const;

/** @param noun In the plural. */
export function olderThan(noun: string) {
	return param(
		{
			displayName: 'Older Than (Days)',
			name: 'olderThanDays',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 90,
			description: `Only ${noun} whose last change is at least this many days ago. Those whose age is not known are included, with 'ageUnknown'.`,
		},
		ifGiven(wholeNumber({ unit: 'days' })),
	);
}

type ListedFilters = Partial<ValuesOf<[...typeof listedFilters, ReturnType<typeof olderThan>]>>;

/** @param age In days; null where the vault does not tell, which may be the oldest of all. */
export function fitsListed(
	record: IDataObject,
	{ hostname, identifier, username, olderThanDays = 0 }: ListedFilters,
	age: number | null,
): boolean {
	const isOld = age === null || age >= olderThanDays;
	const texts = fits([
		[hostname, record.hostname],
		[identifier, identifierOf(record)],
		[username, record.username],
	]);
	return isOld && texts;
}
