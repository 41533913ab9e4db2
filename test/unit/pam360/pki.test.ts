import { numberedRows, pkiRows, readPkiReply, recordIn } from '../../../nodes/Pam360/api/pki';
import type { Failure } from '../../../nodes/shared/failure';
import { thrownBy } from '../shared/support';
import { UNKNOWN_TOKEN, failedAnswer, reply } from './support';

const refusedBy = (body: unknown, status = 200) =>
	thrownBy<Failure>(() => readPkiReply(reply(body, status), { isRead: true }));

describe('an answer of the PKI family', () => {
	it.each<[string, object]>([
		['nested', { result: { status: 'Success', message: 'Done.' } }],
		['nested, in another spelling', { result: { Status: 'SUCCESS', message: 'Done.' } }],
		['shouted', { result: { STATUS: 'success', MESSAGE: 'Done.' } }],
		['flat', { status: 'Success', message: 'Done.' }],
		['flat, in another spelling', { Status: 'Success', Message: 'Done.' }],
		['true', { result: { status: true, message: 'Done.' } }],
		[
			'in the envelope of the other calls',
			{ operation: { result: { status: 'Success', message: 'Done.' } } },
		],
	])('is a success: %s', (_, body) => {
		expect(readPkiReply(reply(body))).toEqual({ body, message: 'Done.' });
	});

	it.each<[string, object, number]>([
		['nested', { name: 'x', result: { status: 'Failed', message: 'Not there' } }, 200],
		['flat', { STATUS: 'Failed', message: 'Not there' }, 200],
		['an object', { error: { message: 'Not there' } }, 400],
		['a text', { error: 'Not there' }, 200],
		[
			'an object beside a success',
			{ error: { message: 'Not there' }, result: { status: 'Success' } },
			200,
		],
	])('is a refusal: %s', (_, body, status) => {
		const failure = refusedBy(body, status);
		expect(failure.message).toBe('PAM360 refused the request: Not there');
		expect(failure.kind).toBe('refused');
		expect(failure.code).toBe(String(status));
	});

	it('is a refusal of the token in the envelope of the other calls', () => {
		const failure = refusedBy(failedAnswer(UNKNOWN_TOKEN));
		expect(failure.message).toBe('PAM360 does not accept the auth token');
		expect(failure.declared).toEqual({ cause: 'credential-invalid' });
	});

	it('tells the code of a refusal', () => {
		const failure = refusedBy({ result: { status: 'Failed', message: 'No', statusCode: 4711 } });
		expect(failure.message).toBe('PAM360 refused the request: No [4711]');
	});

	it.each([[[]], ['"a text"'], [{}], [{ SSHKeys: [] }], [{ result: 'Success' }], [null]])(
		'is none: %s',
		(body) => {
			expect(refusedBy(body).message).toContain('PAM360 answered without the result');
		},
	);

	it.each([500, 502])('is a contradiction with HTTP %d', (status) => {
		const failure = refusedBy({ result: { status: 'Success' } }, status);
		expect(failure.kind).toBe('lost');
		expect(failure.message).toContain(`HTTP ${status}`);
	});

	it('is bounded in messages', () => {
		const failure = refusedBy({ result: { status: 'Failed', message: 'x'.repeat(5000) } });
		expect(failure.message.length).toBeLessThan(400);
	});
});

const rows = (body: object) =>
	pkiRows(readPkiReply(reply({ result: { status: 'Success' }, ...body })), 'SSHKeys', 'the keys');

describe('the records of a list', () => {
	it.each<[string, object, object[]]>([
		['under its own key', { SSHKeys: [{ a: 1 }], other: [{ b: 2 }] }, [{ a: 1 }]],
		['under details', { details: [{ a: 1 }] }, [{ a: 1 }]],
		['under Details', { other: [], Details: [{ a: 1 }] }, [{ a: 1 }]],
		['under any key', { totalRows: 1, keys: [{ a: 1 }] }, [{ a: 1 }]],
		[
			'without what says nothing, and with what is no record',
			{ SSHKeys: [null, 'x', [], { a: 1 }] },
			[{ notARecord: 'x' }, { a: 1 }],
		],
		['nowhere, and none are counted', { totalRows: 0 }, []],
		['in an empty list', { details: [] }, []],
		[
			'nowhere, and words say that there are none',
			{ result: { status: 'Success', message: 'No keys found' } },
			[],
		],
		['as a single one in place of a list', { details: { a: 1, b: 'x' } }, [{ a: 1, b: 'x' }]],
		['as a map of several', { details: { 7: { a: 1 }, 8: { b: 2 } } }, [{ a: 1 }, { b: 2 }]],
	])('are found %s', (_, body, expected) => {
		expect(rows(body)).toEqual(expected);
	});

	it.each([1, '7'])('are missed where %j are counted', (totalRows) => {
		const failure = thrownBy<Failure>(() => rows({ totalRows }));
		expect(failure.message).toBe(
			`PAM360 answered without the keys, although it counted ${totalRows}`,
		);
		expect(failure.kind).toBe('unusable');
	});

	it.each(["Keys of group 'No Access' fetched", 'Keys of "Zero" fetched'])(
		'are missed where the words that there are none are a name: %s',
		(message) => {
			const read = () => rows({ result: { status: 'Success', message } });
			expect(thrownBy<Failure>(read).kind).toBe('unusable');
		},
	);

	it.each([{}, { details: {} }, { details: null }, { SSHKeys: '' }])(
		'are missed where nothing says that there are none: %j',
		(body) => {
			const failure = thrownBy<Failure>(() => rows(body));
			expect(failure.message).toBe(
				'PAM360 answered without the keys, and did not say that there are none',
			);
			expect(failure.kind).toBe('unusable');
		},
	);

	it('are missed where fewer came than are counted', () => {
		const failure = thrownBy<Failure>(() => rows({ totalRows: 3, details: [{ a: 1 }] }));
		expect(failure.message).toBe('PAM360 counts 3 of the keys and gave 1');
	});

	it.each([{ details: ['x'] }, { details: [1, null] }, { SSHKeys: 'You have no rights' }])(
		'are missed where something else stands in their place: %j',
		(body) => {
			const failure = thrownBy<Failure>(() => rows(body));
			expect(failure.message).toBe('PAM360 answered with something other than the keys');
		},
	);
});

it('finds what stands under numbers beside the result, and nothing else', () => {
	const body = { name: 'x', result: { status: 'Success' }, 7: { a: 1 }, '08': { b: 2 }, 9: 'no' };
	expect(numberedRows({ body, message: '' })).toEqual([
		{ id: '7', row: { a: 1 } },
		{ id: '9', row: { notARecord: 'no' } },
		{ id: '08', row: { b: 2 } },
	]);
});

it.each<[object, object | null]>([
	[{ result: { status: 'Success' } }, null],
	[{ name: 'x', result: {}, totalRows: 1, Certificate: { a: 1 } }, { a: 1 }],
	[{ result: {}, details: ['x', { a: 1 }, { b: 2 }] }, { a: 1 }],
])('finds the first record of %j', (body, record) => {
	expect(recordIn({ body: body as never, message: '' })).toEqual(record);
});
