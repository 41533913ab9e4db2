import type { Failure } from '../../../nodes/shared/failure';
import { sameRecord } from '../../../nodes/shared/sameRecord';
import { thrownBy } from './support';

const demandSame = sameRecord('PAM360');

describe('an answer', () => {
	it.each([
		['39', '39'],
		[39, '39'],
		['0039', '39'],
		['39', '039'],
		['0', '00'],
		['AB-1f', 'ab-1F'],
		[' 39 ', '39'],
		[null, '39'],
		[undefined, '39'],
		['', '39'],
		[true, '39'],
		[{}, '39'],
		// By which of its names a record was asked for, and by which it answers, may differ.
		['web-01', '39'],
		['39', 'web-01'],
		['N/A', '39'],
		[null, 'web-01'],
		['', 'web-01'],
		[{}, 'web-01'],
	])('of %j is taken where %s was asked for', (told, asked) => {
		expect(() => demandSame(told, asked, 'key')).not.toThrow();
	});

	it.each([
		[40, '39', '40'],
		['390', '39', '390'],
		['039x', '39x', '039x'],
		['web-02', 'web-01', 'web-02'],
		['0', '39', '0'],
		// Only zeros before a number mean nothing, and no letter stands for two others.
		['1001', '101', '1001'],
		['10', '1', '10'],
		['straße', 'strasse', 'straße'],
		['012345678901234567890', '12', '012345678901234567890'],
	])('of %j is not taken where %s was asked for', (told, asked, other) => {
		const failure = thrownBy<Failure>(() => demandSame(told, asked, 'API key'));
		expect(failure.message).toBe(
			`PAM360 answered with another API key than the one asked for (${other} instead of ${asked})`,
		);
		expect(failure.description).toBe(
			'The answer was not used. Check caches and proxies between n8n and PAM360: one of them may have mixed up two answers.',
		);
		expect(failure.kind).toBe('unusable');
	});

	it('to a change leaves open what was done', () => {
		const failure = thrownBy<Failure>(() => demandSame('40', '39', 'user', 'lost'));
		expect(failure.kind).toBe('lost');
	});
});
