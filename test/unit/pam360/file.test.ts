import { readReply } from '../../../nodes/Pam360/api/envelope';
import { readFile } from '../../../nodes/Pam360/api/file';
import type { Failure } from '../../../nodes/shared/failure';
import { thrownBy } from '../shared/support';
import { failedAnswer, reply } from './support';

const BYTES = Buffer.from([0xff, 0, 0x7b, 0x0d, 0x0a]);
const answer = (headers: Record<string, string> = {}, bytes = BYTES, status = 200) => ({
	status,
	headers,
	text: bytes.toString('utf8'),
	bytes,
	repeated: false,
});
const named = (disposition: string) =>
	readFile(answer({ 'content-disposition': disposition })).name;

describe('a file', () => {
	it('has its bytes, which are no text', () => {
		expect(readFile(answer()).content).toEqual(BYTES);
	});

	it.each([
		['attachment; filename=a.key', 'a.key'],
		['attachment; filename="a; b.key"', 'a; b.key'],
		['attachment; filename="a \\"b\\".key"; size=1', 'a "b".key'],
		['attachment;filename = a.key ; size=1', 'a.key'],
		["attachment; filename=x; filename*=UTF-8''%C3%BC%20.key", 'ü .key'],
		["attachment; filename=x; filename*=utf-8'de'%C3%BC.key", 'ü.key'],
		["attachment; filename=x; filename*=UTF-8''%FF.key", 'x'],
		['attachment; filename="../../etc/passwd"', 'passwd'],
		['attachment; filename=C:\\dir\\a.key', 'a.key'],
		['attachment; filename="a\u0000\u001b[31m.key"', 'a[31m.key'],
		['attachment; filename="dir/"', null],
		['attachment; filename=""', null],
		['attachment', null],
	])('is named by %j', (disposition, name) => {
		expect(named(disposition)).toBe(name);
	});

	it.each([
		[{}, null],
		[{ 'content-type': 'text/plain; charset=utf-8' }, 'text/plain'],
		[{ 'content-type': ' ;' }, null],
	])('has the type of %j', (headers, type) => {
		expect(readFile(answer(headers)).type).toBe(type);
	});

	it.each(['{"a":1}', '[]', '"text"', '{"operation":{}}', '{"operation":{"result":{}}}'])(
		'may be JSON that is no answer of PAM360: %s',
		(text) => {
			expect(readFile(answer({}, Buffer.from(text))).content.toString()).toBe(text);
		},
	);

	it.each(['application/json', 'application/octet-stream', 'text/html'])(
		'is none where PAM360 says why, as %s and with a name',
		(type) => {
			const headers = { 'content-type': type, 'content-disposition': 'attachment; filename=a' };
			const text = `\uFEFF${JSON.stringify(failedAnswer('No file'))}`;
			expect(thrownBy<Failure>(() => readFile(answer(headers, Buffer.from(text))))).toMatchObject({
				kind: 'refused',
				message: 'PAM360 refused the request: No file',
			});
		},
	);

	it.each([302, 403, 429, 500, 599])('is none with HTTP %d, whatever comes along', (status) => {
		const headers = { 'content-disposition': 'attachment; filename=a' };
		expect(thrownBy(() => readFile(answer(headers, BYTES, status))).name).toBe('Failure');
	});
});

describe('the answer to a change', () => {
	const refusal = reply(failedAnswer('No such resource found', { statusCode: 40000 }));

	it('is a refusal, which did nothing', () => {
		expect(thrownBy<Failure>(() => readReply(refusal)).kind).toBe('refused');
	});

	it('leaves open what an attempt before it did', () => {
		const failure = thrownBy<Failure>(() => readReply(refusal, { repeated: true }));
		expect(failure).toMatchObject({
			kind: 'lost',
			message: 'PAM360 refused the request: No such resource found [40000]',
		});
		expect(failure.description).toContain('The answer to an earlier attempt was lost');
	});
});
