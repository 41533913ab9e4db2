import { OUTCOMES } from '../../../nodes/Senhasegura/api/outcomes';
import type { Told } from '../../../nodes/Senhasegura/api/outcomes';
import { outcomeOf } from '../../../nodes/shared/outcome';
import type { Outcome } from '../../../nodes/shared/outcome';

interface Sample {
	/** docs/api/senhasegura.md, "Errors by number" and "Other errors". */
	outcome: Outcome;
	/** Each with every text. */
	statuses: number[];
	texts: string[];
	/** Each with every text; none where they are left out. */
	numbers?: number[];
	modules?: string[];
	isRead?: boolean;
	/** In no form of the vault's. */
	isForeign?: boolean[];
}

/** With each status that does not refuse by itself. */
const said = (...texts: string[]): Sample => ({
	outcome: 'refused',
	statuses: [200, 400, 500],
	texts: texts.flatMap((text) => [text, `${text}.`]),
});

const numbers = (modules: string[], ...known: number[]): Sample => ({
	outcome: 'refused',
	statuses: [200, 400, 500],
	texts: ['Something', ''],
	numbers: known,
	modules,
});

/** By the row of the table that tells them. */
const SAMPLES: Record<string, Sample> = {
	'a proxy that wants a login first: 407, 511': {
		outcome: 'refused',
		statuses: [407, 511],
		texts: ['', 'Unexpected error'],
	},
	'a gateway that got no answer, or gave up: 408, 499, 502 to 504, 520 to 530': {
		outcome: 'unknown',
		statuses: [408, 499, 502, 503, 504, 522],
		texts: ['', 'The upstream server is timing out', 'Invalid signature'],
		numbers: [1011],
	},
	'the texts of such a gateway, whatever its status': {
		outcome: 'unknown',
		statuses: [200, 400, 401, 403, 404, 409, 429, 500],
		texts: [
			'An invalid response was received from the upstream server',
			'The upstream server is timing out',
			'The upstream server is timing out.',
			'The upstream server is currently unavailable',
		],
		numbers: [0, 1011],
		isForeign: [true, false],
	},
	'HTTP 401, 429, and the vault’s own 403, whatever is said': {
		outcome: 'refused',
		statuses: [401, 403, 429],
		texts: ['', 'Unauthorized', 'Unexpected error'],
	},
	'You are not authorized to access this resource': said(
		'You are not authorized to access this resource',
	),
	'The http referer is not allowed': said('The http referer is not allowed'),
	'Resource sub not found, no Route matched with those values': said(
		'Resource sub not found',
		'Resource/sub-resource not found',
		'no Route matched with those values',
	),
	'Client authentication failed, Invalid signature': said(
		'Client authentication failed',
		'Invalid signature',
	),
	'An error occurred while droping session': said('An error occurred while droping session'),
	'User, Credential or Credential device not specified, Invalid protocol': said(
		'User not specified',
		'Username not specified',
		'Credential not specified',
		'Credential device not specified',
		'Invalid protocol',
	),
	'a certificate that is there already, and one or a key that cannot be read': said(
		'Certificate already exists',
		'Invalid certificate',
		'Invalid private key',
		'Empty certificate',
	),
	'exception.code 500, or a status of HTTP before the text': {
		outcome: 'unknown',
		statuses: [200, 400, 500],
		texts: ['Something', ''],
		numbers: [500, 502, 503, 504],
	},
	'the words of a fault, whatever its number and status': {
		outcome: 'unknown',
		statuses: [200, 400, 404, 500],
		texts: [
			'Unexpected error.',
			'Internal error',
			'Timeout while saving',
			'PDOException: server has gone away',
		],
		numbers: [1011, 2001],
	},
	'a number of PAM, from 1004 to 1047': numbers(
		['pam'],
		...[1004, 1005, 1007, 1008, 1009, 1010, 1011, 1013, 1014, 1015, 1016, 1017, 1018, 1019, 1020],
		...[1021, 1022, 1023, 1024, 1026, 1029, 1039, 1042, 1043, 1044, 1045, 1046, 1047],
	),
	'a number of MySafe: 1001, 1005, 1006, 1009, 1010': numbers(
		['mysafe'],
		...[1001, 1005, 1006, 1009, 1010],
	),
	'a number of sessions: 1002, 1003': numbers(['session', 'remote'], 1002, 1003),
	'a number of related users: 1001, 1005': numbers(['user'], 1001, 1005),
	'a number of certificates: 1001, 1049': numbers(['certificate', 'cert'], 1001, 1049),
	'a status of a request that was not taken, whoever answers: 404, 413, 415': {
		outcome: 'refused',
		statuses: [404, 411, 413, 414, 415, 421, 425, 426, 428, 431],
		texts: ['', 'Something', 'not authorized by it'],
		numbers: [0, 1099],
		isForeign: [true, false],
	},
	'a status by which HTTP, or the envelope, refuses, in a form of the vault’s: 400, 409, 422': {
		outcome: 'refused',
		statuses: [400, 402, 405, 409, 418, 422],
		texts: ['', 'Something', 'not authorized by it'],
		numbers: [0, 1099],
	},
	'an error within a success, of a call that changes nothing': {
		outcome: 'refused',
		statuses: [200, 201],
		texts: ['', 'Something'],
		numbers: [0, 1, 1030],
		isRead: true,
	},
	'anything else: 500, an error within a success, with a text or number not known, a page with 403':
		{
			outcome: 'unknown',
			statuses: [200, 201, 500],
			texts: [
				'',
				'Something',
				'Error: not authorized by the vault after the write',
				'Error 42: invalid private key cache; record was written',
			],
			numbers: [0, 1, 400, 1012, 1030, 1099, 2001],
		},
};

describe('the table of outcomes', () => {
	it('has a sample for each of its rows, in order', () => {
		expect(OUTCOMES.map(({ answer }) => answer)).toEqual(Object.keys(SAMPLES));
	});

	it('names where each row is known from', () => {
		for (const { source } of OUTCOMES) expect(source).toMatch(/"\w[^"]+"|RFC \d+/);
	});

	it.each(Object.entries(SAMPLES))('%s', (row, sample) => {
		const all: Told[] = sample.statuses.flatMap((status) =>
			sample.texts.flatMap((text) =>
				(sample.numbers ?? [undefined]).flatMap((number) =>
					(sample.modules ?? [undefined]).flatMap((module) =>
						(sample.isForeign ?? [false]).map((isForeign) => ({
							status,
							text,
							number,
							module,
							isRead: sample.isRead,
							isForeign,
						})),
					),
				),
			),
		);
		for (const told of all) {
			const { answer, outcome } = outcomeOf(OUTCOMES, told);
			expect([told, answer, outcome]).toEqual([told, row, sample.outcome]);
		}
	});

	it.each([301, 302, 303, 307, 308, 400, 402, 403, 405, 406, 409, 418, 422, 451])(
		'takes the status of an answer that need not be the vault’s for no refusal: %i',
		(status) => {
			for (const text of ['', 'Forbidden', 'Not authorized by policy 7']) {
				expect(outcomeOf(OUTCOMES, { status, text, isForeign: true }).outcome).toBe('unknown');
			}
			const known = { status, text: 'Invalid signature', isForeign: true };
			expect(outcomeOf(OUTCOMES, known).outcome).toBe('refused');
		},
	);

	it.each([
		['mysafe', 1011],
		['user', 1009],
		['dapp', 1009],
		['pam', 1001],
		['session', 1005],
	])('takes no number for that of another family: %s %d', (module, number) => {
		const told = { status: 500, text: 'Something', number, module };
		expect(outcomeOf(OUTCOMES, told).outcome).toBe('unknown');
	});
});
