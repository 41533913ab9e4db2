import type { Spelling, Words } from './words';
import { param } from '../../../shared/param';
import { vendorValues } from '../../../shared/input';
import { anyOf } from './search';

/** What narrows cases or issues down to some severities; gives a filter in a spelling. */
export function severitiesParam(words: Words, description: string) {
	return param(
		{
			displayName: 'Severities',
			name: 'severities',
			type: 'multiOptions',
			options: words.options,
			default: [],
			description,
		},
		inSpelling('severity', words),
	);
}

/** The same for statuses. */
export function statusesParam(field: string, words: Words) {
	return param(
		{
			displayName: 'Statuses',
			name: 'statuses',
			type: 'multiOptions',
			options: words.options,
			default: [],
			description: 'One of these statuses. An expression can give others that the tenant has.',
		},
		inSpelling(field, words),
	);
}

/** For a parameter that filters by words of the vendor. */
export function inSpelling(field: string, words: Words) {
	return vendorValues.transform(
		(values) => (spelling: Spelling) => anyOf(field, words.all(spelling, values)),
	);
}
