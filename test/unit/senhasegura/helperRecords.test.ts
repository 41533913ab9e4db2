import {
	helperOf,
	listedRotation,
	markText,
	readMark,
	readStamp,
	stamp,
} from '../../../nodes/Senhasegura/resources/shared/helperRecords';
import {
	lineageTag,
	plainComment,
	readTag,
	taggedComment,
} from '../../../nodes/Senhasegura/sshKeys/lineage';

const AT = Date.parse('2026-01-31T05:00:00.123Z');

it.each<[string | null, ReturnType<typeof helperOf>]>([
	['web-01.n8n-next', { identifier: 'web-01', role: 'next' }],
	['Web-01.N8N-Previous', { identifier: 'Web-01', role: 'previous' }],
	['a.n8n-next.n8n-previous', { identifier: 'a.n8n-next', role: 'previous' }],
	['.n8n-next', undefined],
	['web-01.n8n-nextone', undefined],
	['web-01', undefined],
	[null, undefined],
])('%p belongs to %p', (identifier, helper) => {
	expect(helperOf(identifier)).toEqual(helper);
});

it('reads the username that it has written, in any case and with space around it', () => {
	const mark = { state: 'next', id: '14704', at: AT, refers: '0123abcd' } as const;
	const text = markText(mark);
	expect(text).toBe('n8n-next-14704-20260131T050000123Z-0123abcd');
	expect(readMark(` ${text.toUpperCase()} `)).toEqual(mark);
});

it.each([
	'root',
	'',
	null,
	'n8n-next-14704-20260131T050000123Z',
	'n8n-next-14704-20261331T050000123Z-0123abcd',
	'n8n-later-14704-20260131T050000123Z-0123abcd',
])('takes %p for no mark', (username) => expect(readMark(username)).toBeUndefined());

it('writes a time as one word, and reads it to the millisecond', () => {
	expect(stamp(AT)).toBe('20260131T050000123Z');
	expect(readStamp('20260131T050000123Z')).toBe(AT);
	expect(readStamp('2026-01-31T05:00:00.123Z')).toBeUndefined();
});

describe('where a rotation stands by the list', () => {
	const named = (username: string) => ({ username });
	const previous = named('n8n-previous-92-20260131T050000123Z-0123abcd');
	// The beginning of the SHA-256 of that username in lower case.
	const SEEN = '617b3385';
	const next = (state: string, refers = '00000000') =>
		named(`n8n-${state}-92-20260130T050000123Z-${refers}`);

	it.each([
		['nothing is there', {}, 'none', null],
		['a helper is being made', { next: next('new') }, 'unfinished', 'install'],
		['the next pair is there', { next: next('next') }, 'unfinished', 'install'],
		['the former pair is left', { previous }, 'unfinished', 'remove'],
		['both are there', { next: next('next'), previous }, 'unfinished', 'remove'],
		['the former was seen gone', { next: next('ending', SEEN), previous }, 'unfinished', 'remove'],
		['it has ended', { next: next('done', SEEN), previous }, 'none', null],
		[
			'the next rotation has begun',
			{ next: next('next', SEEN), previous },
			'unfinished',
			'install',
		],
		['somebody has renamed a helper', { next: named('root') }, 'unfinished', null],
		['somebody has renamed the other', { previous: named('root') }, 'unfinished', null],
	])('%s', (_, helpers, state, step) => {
		expect(listedRotation(helpers)).toMatchObject({ state, step });
	});
});

describe('the comment of a key', () => {
	const tag = lineageTag('0123456789', '20260131T050000123Z');

	it('says whose key it is, and ends with the tag of its generation', () => {
		const comment = taggedComment('deploy@web-01', tag);
		expect(comment).toBe('deploy@web-01 n8n-0123456789-20260131T050000123Z');
		expect(readTag(comment)).toEqual({ lineage: '0123456789', stamp: '20260131T050000123Z' });
		const later = lineageTag('0123456789', '20260501T050000123Z');
		expect(taggedComment(comment, later)).toBe(`deploy@web-01 ${later}`);
		expect(taggedComment('', tag)).toBe(tag);
		expect(readTag(`x${tag}`)).toBeUndefined();
	});

	it('keeps nothing that means something to a shell', () => {
		expect(plainComment(`it's $(me); "x" <y> \\ é`)).toBe('it-s -me- -x- -y- - -');
	});
});
