import { readReply } from '../../../nodes/Pam360/api/envelope';
import { OUTCOMES, failureKind } from '../../../nodes/Pam360/api/outcomes';
import type { Told } from '../../../nodes/Pam360/api/outcomes';
import { readPkiReply } from '../../../nodes/Pam360/api/pki';
import type { Failure } from '../../../nodes/shared/failure';
import { outcomeOf } from '../../../nodes/shared/outcome';
import type { Outcome } from '../../../nodes/shared/outcome';
import { thrownBy } from '../shared/support';
import { OTHER_HOST, UNKNOWN_TOKEN, reply } from './support';

interface Sample {
	/** docs/api/pam360.md, "What a failure says of the work". */
	outcome: Outcome;
	/** Bodies, each with every status. */
	bodies: Array<object | string>;
	statuses: number[];
	asked?: Pick<Told, 'repeated' | 'isRead' | 'failsWhole' | 'reachesTarget'>;
}

const failed = (message: string, statusCode?: number | string, name = 'EDIT PASSWORD') => ({
	operation: {
		name,
		result: { status: 'Failed', message, ...(statusCode !== undefined && { statusCode }) },
	},
});
const success = { operation: { name: 'X', result: { status: 'Success', message: 'Done' } } };
const EXCEPTION = 'Exception occurred';

/** By the row of the table that tells them. */
const SAMPLES: Record<string, Sample> = {
	'Success, with a status of HTTP that agrees': {
		outcome: 'done',
		bodies: [
			success,
			{ operation: { result: { status: 'true', message: '', statusCode: 20000 } } },
			{ operation: { result: { status: ' SUCCESS ' } } },
			{ operation: { result: { status: 'OK', statusCode: 20000 } } },
		],
		statuses: [200, 201],
	},
	'Success, with the HTTP status of an error': {
		outcome: 'unknown',
		bodies: [success],
		statuses: [400, 404, 500, 502],
	},
	'anything else after an attempt whose answer was lost': {
		outcome: 'unknown',
		bodies: [failed('No such account found'), failed(UNKNOWN_TOKEN), '', '<html>'],
		statuses: [200, 400, 404, 429, 500, 599],
		asked: { repeated: true },
	},
	'HTTP 599, of the security filter before the operation': {
		outcome: 'refused',
		bodies: ['', '<html>', failed(EXCEPTION, 50001)],
		statuses: [599],
	},
	'Failed, with the words of the security filter': {
		outcome: 'refused',
		bodies: [
			failed(
				'PAM360 has detected harmful content in the data entered by the user and aborted the operation',
			),
			failed('Detected  harmful content', 50001),
		],
		statuses: [200, 400, 500],
		asked: { reachesTarget: true },
	},
	'HTTP 429': { outcome: 'refused', bodies: ['', 'slow down', '{}'], statuses: [429] },
	'Failed, of the operation Authentication': {
		outcome: 'refused',
		bodies: [
			failed('Whatever it says', undefined, 'Authentication'),
			failed(EXCEPTION, 50001, 'AUTHENTICATION'),
			failed('The license has expired', 40000, 'Authentication'),
		],
		statuses: [200, 401, 500],
		asked: { reachesTarget: true },
	},
	'Failed, with a code of the server such as 50001 or 503': {
		outcome: 'unknown',
		bodies: [
			failed(EXCEPTION, 50001),
			failed('', '50001'),
			failed('No', 50003),
			...[500, 502, '503', 504, 599].map((code) => failed('No', code)),
			failed('Unable to process', '503'),
			failed('No such account found', 50001),
		],
		statuses: [200, 400, 500, 502, 503, 504],
		asked: { failsWhole: true },
	},
	'Failed, with HTTP 500 or above, or a status by which a gateway gives up': {
		outcome: 'unknown',
		bodies: [failed('No'), failed('No', 40000), failed('No such account found')],
		statuses: [408, 499, 500, 501, 502, 503, 504, 520],
		asked: { failsWhole: true },
	},
	'Failed, with the words of a fault, whatever its code': {
		outcome: 'unknown',
		bodies: [undefined, 40000].flatMap((code) =>
			[
				EXCEPTION,
				'Exceptions  occurred',
				'java.lang.NullPointerException',
				'SQLException: connection closed after commit',
				'NullPointerException at Foo.java:1: No such account found',
				'Internal  server error',
				'Internal error',
				'Unexpected error.',
				'database error',
				'system error',
				'fatal error',
				'An error occurred while processing the request',
				'Error in processing',
				'Request timed out',
				'Time-out while waiting',
				'Connection to database lost',
				'Something went wrong. Please try again',
				'The password was changed on the target, but could not be stored',
				'Operation failed: key generated but could not be saved',
				'Unable to update. Partially completed',
				'Server busy',
				'HTTP 500',
				'Unable to process',
			].map((text) => failed(text, code)),
		),
		statuses: [200],
		asked: { failsWhole: true },
	},
	'Failed, with a text on the token or the host': {
		outcome: 'refused',
		bodies: [failed(UNKNOWN_TOKEN), failed(OTHER_HOST), failed(`${OTHER_HOST}.`, 40000)],
		statuses: [200, 403],
		asked: { reachesTarget: true },
	},
	'Failed, No such account found': {
		outcome: 'refused',
		bodies: [failed('No such account found'), failed('No  such account found.', 40000)],
		statuses: [200],
		asked: { reachesTarget: true },
	},
	'Failed, where PAM360 works on another system: RESETTYPE REMOTE': {
		outcome: 'unknown',
		bodies: [
			failed('Password could not be reset in the remote resource.', 40000),
			failed('Changed on the target; the store has another one.'),
			failed('No such account found on the remote host while verifying the change'),
			failed(`Verification failed: ${OTHER_HOST}`),
			failed(`The target said: ${UNKNOWN_TOKEN}`),
			failed('Account is not added as it already exists'),
			failed(''),
		],
		statuses: [200, 400],
		asked: { reachesTarget: true },
	},
	'Failed, Account is not added as it already exists': {
		outcome: 'refused',
		bodies: [failed('Account is not added  as it already exists')],
		statuses: [200],
	},
	'Failed, of a call that changes nothing': {
		outcome: 'refused',
		bodies: [failed('No', 40000), failed('No', 47), failed('No'), failed('')],
		statuses: [200, 404],
		asked: { isRead: true },
	},
	'Failed, with 40000 or another code of that kind': {
		outcome: 'refused',
		bodies: [failed('No', 40000), failed('', '40000'), failed('No', 40001)],
		statuses: [200, 400],
	},
	'Failed, with a status by which HTTP refuses': {
		outcome: 'refused',
		bodies: [
			failed('No'),
			failed('No', 47),
			{ operation: { result: { status: false, message: 'No' } } },
		],
		statuses: [400, 403, 404, 405, 409, 422],
	},
	'Failed, without a code, of sharing and of a reset of the kind LOCAL': {
		outcome: 'refused',
		bodies: [
			failed('No'),
			failed('Reason is required'),
			failed(''),
			{ operation: { result: { status: false, message: 'No' } } },
		],
		statuses: [200],
		asked: { failsWhole: true },
	},
	'Failed, without a code or with one that is not known, of any other change': {
		outcome: 'unknown',
		bodies: [failed('No'), failed(''), failed('No', 47), failed('No', 4000), failed('No', 400001)],
		statuses: [200],
	},
	'no result, or a word that is not known, with a status of a request that was not taken: 401, 404, 413':
		{
			outcome: 'refused',
			bodies: ['', '<html>', '{}', 'No', { operation: { result: { status: 'Denied' } } }],
			statuses: [401, 404, 407, 411, 413, 414, 415, 421, 425, 426, 428, 431, 511],
			asked: { reachesTarget: true },
		},
	'anything else: no result, a word that is not known, a redirect, a page with 403, HTTP 500': {
		outcome: 'unknown',
		bodies: [
			'',
			'<html>',
			'{}',
			'null',
			'Forbidden',
			'{"operation":{',
			{ operation: { result: { status: 'Queued' } } },
			failed('No', 20000),
		],
		statuses: [
			...[200, 204, 301, 302, 303, 307, 308, 400, 403, 405, 406, 409, 418, 422, 451],
			...[408, 460, 499, 500, 502, 503, 504, 522, 598],
		],
	},
};

/** Of no body alone: see the workflow tests. */
const BY_A_READ = 'nothing at all, and to a read with the same token as well';

/** What was read of an answer, and by which row. */
function outcome(body: object | string, status: number, { asked = {} }: Sample): Outcome {
	try {
		readReply(reply(body, status), asked);
		return 'done';
	} catch (failure) {
		return (failure as Failure).kind === 'refused' ? 'refused' : 'unknown';
	}
}

describe('the table of outcomes', () => {
	it('has a sample for each of its rows, in order', () => {
		const rows = OUTCOMES.map(({ answer }) => answer);
		expect(rows.filter((row) => row !== BY_A_READ)).toEqual(Object.keys(SAMPLES));
		expect(rows).toContain(BY_A_READ);
	});

	it('names where each row is known from', () => {
		for (const { source } of OUTCOMES) expect(source).toMatch(/\w/);
	});

	it.each(Object.entries(SAMPLES))('%s', (row, sample) => {
		for (const body of sample.bodies) {
			for (const status of sample.statuses) {
				expect([body, status, outcome(body, status, sample)]).toEqual([
					body,
					status,
					sample.outcome,
				]);
			}
		}
		expect(OUTCOMES.find(({ answer }) => answer === row)?.outcome).toBe(sample.outcome);
	});

	it('tells what it takes a silence to all calls for', () => {
		expect(failureKind({ status: 200, isDropped: true })).toBe('refused');
		expect(failureKind({ status: 200 })).toBe('lost');
		expect(outcomeOf(OUTCOMES, { status: 200, isDropped: true }).answer).toBe(BY_A_READ);
	});

	it.each([47, 500, '503', 60000])(
		'does not know what the code %j says of a local reset',
		(code) => {
			const asked = { failsWhole: true };
			const told = thrownBy<Failure>(() => readReply(reply(failed('No', code)), asked));
			expect(told.kind).toBe('lost');
		},
	);

	it('tells a fault of the server apart where something is read, too', () => {
		const kind = (message: string) =>
			thrownBy<Failure>(() => readReply(reply(failed(message)), { isRead: true })).kind;
		expect(kind('java.lang.NullPointerException')).toBe('lost');
		expect(kind('No such resource found')).toBe('refused');
	});

	it('holds for keys and certificates', () => {
		const kind = (result: object, status = 200, asked = {}) =>
			thrownBy<Failure>(() =>
				readPkiReply(reply({ name: 'createCertificate', ...result }, status), asked),
			).kind;
		const no = { status: 'Failed', message: 'No' };
		expect(kind({ result: no })).toBe('lost');
		expect(kind({ result: no }, 200, { isRead: true })).toBe('refused');
		expect(kind({ result: { ...no, statusCode: 40000 } })).toBe('refused');
		expect(kind({ error: { message: 'No' } }, 400)).toBe('refused');
		expect(kind({ name: 'Authentication', result: { ...no, statusCode: 50001 } })).toBe('refused');
		expect(kind({ result: { ...no, statusCode: 50001 } })).toBe('lost');
		expect(kind({ result: { ...no, message: EXCEPTION } })).toBe('lost');
		expect(kind({ error: { message: 'No' } }, 500)).toBe('lost');
		// As gateways have it, too (docs/api/pam360.md, "The envelope of the key and certificate calls").
		expect(kind({ error: 'Forbidden' }, 403)).toBe('lost');
		expect(kind({ status: 403, error: 'Forbidden', path: '/x' }, 403)).toBe('lost');
		expect(kind({ status: 403, message: 'Forbidden' }, 403)).toBe('lost');
		expect(kind({ error: 'No' }, 404)).toBe('refused');
		expect(kind({ result: { status: 'Success' } }, 502)).toBe('lost');
		expect(kind({})).toBe('lost');
	});
});

describe('a refusal of the credential', () => {
	it.each(['API license has expired', 'x', '', 'The organization name specified does not exist.'])(
		'is told by the name of the operation, whatever its text: %j',
		(message) => {
			const failure = thrownBy<Failure>(() =>
				readReply(reply(failed(message, undefined, 'Authentication'))),
			);
			expect(failure).toMatchObject({
				kind: 'refused',
				declared: { cause: 'credential-invalid' },
			});
			expect(failure.message).toMatch(/^PAM360 does not accept the credential: ./);
			expect(failure.description).toMatch(/'Auth Token', .* and 'Organization Name'/);
			expect(failure.description).not.toMatch(/Check the parameters/);
		},
	);

	it('is none where only the target refused somebody', () => {
		const failure = thrownBy<Failure>(() =>
			readReply(reply(failed('Authentication failed on target host'))),
		);
		expect(failure.declared).toBeUndefined();
	});
});

it('a text about a target is not taken for one about the credential', () => {
	const failure = thrownBy<Failure>(() =>
		readReply(reply(failed(`Verification failed: ${OTHER_HOST}`)), { reachesTarget: true }),
	);
	expect(failure.declared).toBeUndefined();
	expect(failure.message).toBe(
		`PAM360 reported a failure, and part of the work may be done: Verification failed: ${OTHER_HOST}`,
	);
});

it('a failure that does not say why may be a refusal, and says where to look', () => {
	const failure = thrownBy<Failure>(() => readReply(reply(failed('No permission'))));
	expect(failure.message).toBe(
		'PAM360 reported a failure, and part of the work may be done: No permission',
	);
	expect(failure.description).toMatch(/does not say whether anything was changed/);
	expect(failure.description).toMatch(
		/If nothing was, check the parameters, and the role and shares of the API user/,
	);
	expect(failure.description).not.toMatch(/how far it got/);
});

it('what fails and changes nothing is not said to have done a part', () => {
	const failure = thrownBy<Failure>(() =>
		readReply(reply(failed(EXCEPTION, 50001)), { isRead: true }),
	);
	expect(failure.message).toBe('PAM360 reported a failure: Exception occurred [50001]');
});

it('an unknown outcome is not called a refusal', () => {
	for (const asked of [{}, { reachesTarget: true }]) {
		const failure = thrownBy<Failure>(() => readReply(reply(failed(EXCEPTION, 50001)), asked));
		expect(failure.message).toBe(
			'PAM360 reported a failure, and part of the work may be done: Exception occurred [50001]',
		);
		expect(failure.description).not.toMatch(/parameters/);
	}
});
