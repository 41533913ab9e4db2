import { findError, otherWords } from '../../../nodes/CortexXsiam/api/errors';
import { OUTCOMES, failureKind } from '../../../nodes/CortexXsiam/api/outcomes';
import { outcomeOf } from '../../../nodes/shared/outcome';
import type { Outcome } from '../../../nodes/shared/outcome';

interface Sample {
	/** docs/api/cortex-xsiam.md, "Status codes" and "Bodies of errors". */
	outcome: Outcome;
	/** The statuses of HTTP, each with every body. */
	statuses: number[];
	bodies: object[];
}

/** What a 500 says of whatever went wrong (docs/api/cortex-xsiam.md, "Bodies of errors"). */
const UNIFIED = 'An unexpected error occurred by XDR public API';

const error = (err_extra: unknown, err_code: unknown = 500, err_msg = UNIFIED) => ({
	reply: { err_code, err_msg, err_extra },
});

/** A text, by itself and as the reason; in a 500 and within a success. */
const said = (...texts: string[]): Sample => ({
	outcome: 'refused',
	statuses: [500, 599, 200],
	bodies: texts.flatMap((text) => [error(text), error(null, 500, text), error(`${text}.`)]),
});

/** By the row of the table that tells them. */
const SAMPLES: Record<string, Sample> = {
	'a proxy that wants a login first: 407, 511': {
		outcome: 'refused',
		statuses: [407, 511],
		bodies: [{}, error('wrong')],
	},
	'a gateway that got no answer, or gave up: 408, 499, 502 to 504, 520 to 530': {
		outcome: 'unknown',
		statuses: [408, 499, 502, 503, 504, 520, 524],
		bodies: [{}, error('Unknown custom roles', 503), error('wrong', 400)],
	},
	'429, of HTTP or of the error within a success': {
		outcome: 'refused',
		statuses: [429],
		bodies: [{}, error(null, 429, 'Too many requests')],
	},
	'a status of a request that was not taken, whoever answers: 401, 404, 413, 415': {
		outcome: 'refused',
		statuses: [401, 404, 411, 413, 414, 415, 421, 425, 426, 428, 431],
		bodies: [{}, error('wrong', 500), { error: 'Invalid request data' }, { message: 'Forbidden' }],
	},
	'anything else that is in no form of the tenant: a page, a text, or other JSON': {
		outcome: 'unknown',
		statuses: [301, 302, 303, 307, 308, 400, 402, 403, 405, 406, 409, 418, 422, 451, 500, 505],
		bodies: [
			{},
			{ message: 'Forbidden' },
			{ message: 'Quota exceeded' },
			{ status: 403, error: 'Forbidden', path: '/x' },
			{ reply: {} },
		],
	},
	'400, 402, 403, 409, 422, of HTTP or of the error within a success': {
		outcome: 'refused',
		statuses: [400, 402, 403, 405, 409, 422],
		bodies: [error('wrong', 500), { error: 'Invalid request data' }],
	},
	'Unknown custom roles': said(
		'Unknown custom roles',
		'Unknown custom roles: x',
		'request_data.roles: Unknown custom roles',
		'request_data: wrong; request_data.roles: Unknown custom roles',
	),
	'Value must be integer in epoch milliseconds': said(
		'Value must be integer in epoch milliseconds',
	),
	'a text on an expiration or a role that cannot be, in the words of a rule': said(
		'Expiration must be in the future',
		'Expiration can not be more than six months from now',
		'Role does not exist',
	),
	'role_names param is missing': said('role_names param is missing', 'roles param is missing'),
	'Invalid parameter names, Unsupported operator, invalid field or operator': said(
		'Invalid parameter names: creation_time',
		"Unsupported operator 'contains' for field platform",
		'invalid field or operator',
	),
	'Search size must fulfill the requirement': said(
		'Search size must fulfill the requirement: 0 < search_size <= 100',
	),
	'Got an invalid input, The request contains invalid or missing parameters': said(
		'Got an invalid input while processing XDR public API',
		'The request contains invalid or missing parameters',
	),
	'Can not update users to Account Admin role': said('Can not update users to Account Admin role'),
	'No identity threat': said('No identity threat'),
	'No endpoint was found for creating the requested action': said(
		'No endpoint was found for creating the requested action',
		'An error occurred while processing XDR public API - No endpoint was found for creating the requested action',
	),
	'reached max allowed amount of parallel running queries': {
		outcome: 'refused',
		statuses: [500],
		bodies: [
			error(
				{
					err_msg:
						'reached max allowed amount of parallel running queries. please wait for some queries to finish and submit your query again',
					query_cost: 0,
					remaining_quota: 5,
				},
				500,
				'An error occurred while processing XDR - XQL query',
			),
		],
	},
	'a text on the quota of queries that is used up': said(
		'the daily query quota has been reached',
		'Quota exceeded',
	),
	'anything else: 500, 599 and a code of its own without a text that is known': {
		outcome: 'unknown',
		statuses: [500, 501, 505, 599, 200],
		bodies: [
			error(null),
			error('wrong'),
			error('key was generated, but the role binding service gave an unknown error'),
			error('Failed to write expiration: invalid response of the database'),
			error('Expiration can not be written'),
			error('the mapping said: Unknown custom roles'),
			error('Unknown custom roles: an internal error occurred after the key was made'),
			error('parameter cache connection invalid'),
			error('timeout', 500, 'invalid parameter cache'),
			error('too many requests in the audit queue'),
			error('rate limit exceeded by the database'),
			...[-1, 0, 1, 17, 'E17', null].map((code) => error(null, code, 'Internal failure')),
			{ errorCode: 17, message: 'No' },
			{ error: 'Something broke' },
		],
	},
};

describe('the table of outcomes', () => {
	it('has a sample for each of its rows, in order', () => {
		expect(OUTCOMES.map(({ answer }) => answer)).toEqual(Object.keys(SAMPLES));
	});

	it('names where each row is known from', () => {
		for (const { source } of OUTCOMES) expect(source).toMatch(/"\w[^"]+"|RFC \d+/);
	});

	it.each(Object.entries(SAMPLES))('%s', (row, { outcome, statuses, bodies }) => {
		for (const status of statuses) {
			for (const body of bodies) {
				const found = findError(body) ?? otherWords(JSON.stringify(body));
				const { answer, outcome: told } = outcomeOf(OUTCOMES, { ...found, status });
				expect([status, body, answer, told]).toEqual([status, body, row, outcome]);
			}
		}
	});

	it.each<[number, 'refused' | 'lost']>([
		[400, 'refused'],
		[401, 'refused'],
		[429, 'refused'],
		[407, 'refused'],
		[408, 'lost'],
		[499, 'lost'],
		[500, 'lost'],
		[502, 'lost'],
		[599, 'lost'],
		[17, 'lost'],
		[-1, 'lost'],
		[1, 'lost'],
		[600, 'lost'],
	])('takes the code %d within a success for what it is as a status', (code, kind) => {
		const error = { code: String(code), message: 'No', extra: '' };
		expect(failureKind({ ...error, status: 200 })).toBe(kind);
	});
});
