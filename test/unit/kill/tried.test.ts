import type { PointResult } from '../../kill/kinds';
import { whyNotTried } from '../../kill/tried';
import type { Entry } from '../../kill/world/journal';
import { entry, result } from './support';

const why = (kind: PointResult['kind'], changes?: Partial<Entry>) =>
	whyNotTried(result({ kind, caught: entry(changes) }), [entry()]);

describe('a point of a killed rotation', () => {
	it.each<[PointResult['kind'], Partial<Entry>]>([
		['killBefore', { outcome: 'undone', status: null }],
		['killAfter', {}],
		['overtakenAfter', { outcome: 'answered' }],
		['abreast', { outcome: 'answered' }],
		['late3h', {}],
		['parked', {}],
		['late', { status: 500 }],
		['refused', { outcome: 'refused', status: null }],
	])('counts as %s where that has happened', (kind, changes) => {
		expect(why(kind, changes)).toBeUndefined();
	});

	it.each<[string, Partial<PointResult>, RegExp]>([
		['ended first', { secondMet: false, secondLength: 2 }, /had ended before the request/u],
		['was not started', {}, /had ended before the request/u],
	])('counts as no killing of both where the second run %s', (_, changes, text) => {
		const both = result({ kind: 'bothKillAfter', caught: entry(), ...changes });
		expect(whyNotTried(both, [entry()])).toMatch(text);
		expect(whyNotTried({ ...both, secondMet: true }, [entry()])).toBeUndefined();
	});

	it('counts as a killing of both where the second run waits for the first one without asking', () => {
		const both = result({
			kind: 'bothKillBefore',
			caught: entry({ outcome: 'undone', status: null }),
			secondMet: false,
			secondLength: 0,
			secondBlocked: true,
		});
		expect(whyNotTried(both, [entry()])).toBeUndefined();
		expect(whyNotTried({ ...both, secondLength: 2 }, [entry()])).toMatch(/had ended/u);
	});

	it('counts as no overlap where the second run asks for nothing', () => {
		const alone = result({ kind: 'secondKillAfter', caught: entry(), secondLength: 0 });
		expect(whyNotTried(alone, [entry()])).toMatch(/nothing overlapped/u);
	});

	it('counts as nothing where its request never came', () => {
		expect(whyNotTried(result({ kind: 'killBefore' }), [entry()])).toMatch(/^Nothing was asked/u);
	});

	it('counts as nothing where the request was another one', () => {
		expect(why('killAfter', { label: 'list' })).toBe("Request 3 was 'list' and not 'generate'.");
	});

	it.each<[PointResult['kind'], Entry['outcome']]>([
		['killBefore', 'lost'],
		['killAfter', 'answered'],
		['overtakenBefore', 'lost'],
		['refused', 'answered'],
	])('does not count as %s where the request was %s', (kind, outcome) => {
		expect(why(kind, { outcome })).toMatch(new RegExp(`^The request was ${outcome} and not`, 'u'));
	});

	it.each<[PointResult['kind'], Partial<Entry>, RegExp]>([
		['parked', { status: 401 }, /refused with 401/u],
		['late', { status: 403 }, /refused with 403/u],
		['parked', { status: null }, /never done/u],
		['late5s', { status: null }, /never done/u],
		['late3h', { status: 401 }, /refused with 401/u],
	])('does not count as %s where the work was not done', (kind, changes, text) => {
		expect(why(kind, changes)).toMatch(text);
	});
});
