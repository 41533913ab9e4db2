import { isRefusal, outcomeOf, tellsOfFault } from '../../../nodes/shared/outcome';
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

describe('a status by which HTTP refuses', () => {
	// RFC 9110, 15.5.2, 15.5.5, 15.5.8, 15.5.12, 15.5.14 to 15.5.16, 15.5.20 and 15.5.22; RFC 8470, 5.2;
	// RFC 6585, 3 to 6: each is defined as that of a request that was not taken.
	it.each([401, 404, 407, 411, 413, 414, 415, 421, 425, 426, 428, 429, 431, 511])(
		'does so whoever answers: %i',
		(status) => {
			expect([isRefusal(status, false), isRefusal(status, true)]).toEqual([true, true]);
		},
	);

	it.each([400, 402, 403, 405, 406, 409, 410, 412, 418, 422, 423, 451])(
		'does so in the vendor’s own answer only: %i',
		(status) => {
			expect([isRefusal(status, false), isRefusal(status, true)]).toEqual([false, true]);
		},
	);

	it.each([0, 200, 204, 300, 301, 302, 303, 304, 307, 308, 408, 460, 499, 500, 502, 504, 520, 599])(
		'is another one: %i',
		(status) => {
			expect([isRefusal(status, false), isRefusal(status, true)]).toEqual([false, false]);
		},
	);
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
