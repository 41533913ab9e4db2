import { outcomeOf, tellsOfFault } from '../../../nodes/shared/outcome';
import type { OutcomeRow } from '../../../nodes/shared/outcome';

const table: Array<OutcomeRow<number>> = [
	{ answer: 'small', when: (value) => value < 10, outcome: 'done', source: 'a' },
	{ answer: 'even', when: (value) => value % 2 === 0, outcome: 'refused', source: 'b' },
	{ answer: 'anything', when: () => true, outcome: 'unknown', source: 'c' },
];

it.each([
	[4, 'done'],
	[12, 'refused'],
	[13, 'unknown'],
])('the first row that fits tells: %d', (answer, outcome) => {
	expect(outcomeOf(table, answer).outcome).toBe(outcome);
});

describe('the words of a fault', () => {
	it.each([
		'Exception occurred',
		'java.lang.NullPointerException',
		'An internal error occurred',
		'Internal failure',
		'Unexpected error.',
		'Request timed out',
		'The connection to the database was closed',
		'Service unavailable',
		'Server is too busy',
		'HTTP status 503',
		'The key was made, but could not be stored',
		'The key cannot be saved',
		'Partially completed',
		'The change was rolled back',
	])('are told: %s', (text) => {
		expect(tellsOfFault(text)).toBe(true);
	});

	// docs/api: "Failures" of PAM360, "Bodies of errors" of Cortex XSIAM, "Errors by number" of senhasegura.
	it.each([
		'API key received is not associated to any user. Authentication failed.',
		'User is not allowed to access from this host',
		'No such account found',
		'Account is not added  as it already exists',
		'Unknown custom roles',
		'Value must be integer in epoch milliseconds',
		'role_names param is missing',
		"Unsupported operator 'contains' for field platform",
		'Search size must fulfill the requirement: 0 < search_size <= 100',
		'Insufficient permissions for api key',
		'Credential not found',
		"The device's hostname was not informed",
		'Unexpected identifier type',
		'Template plugin not informed',
		'It is not possible to enter a domain that has not been previously registered',
		'oauth_timestamp is out of range',
	])('are not found in a refusal: %s', (text) => {
		expect(tellsOfFault(text)).toBe(false);
	});

	it('are looked for in time that grows with the text only', () => {
		const text = 'connection server unknown system '.repeat(20_000);
		expect(tellsOfFault(text)).toBe(false);
	});
});
