import { LOST, WITHOUT_ANSWERS } from './losses';
import { itemsOf, lostIn, operationsOf, recordedOf, recordingName, vendorNames } from './recorded';

// Items tell how long something is valid: the time must not change them.
beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 0, 31)));
afterEach(() => jest.restoreAllMocks());

/**
 * Each operation reads answers of its vendor in the vendor's own form. What of them is not in the item,
 * as it is under Simplify, stands in a table: a loss is a decision.
 */
describe.each(vendorNames)('the answers of %s', (vendor) => {
	const recorded = recordedOf(vendor);
	const lost = LOST[vendor];

	it('are there for every operation, or it is said why not', () => {
		const names = [...new Set(recorded.map(({ operation }) => operation))];
		const excused = Object.keys(WITHOUT_ANSWERS[vendor]);
		expect([...names, ...excused].sort()).toEqual([...operationsOf(vendor).keys()].sort());
	});

	it('are told apart by their forms', () => {
		const names = recorded.map(recordingName);
		expect(names).toEqual([...new Set(names)]);
	});

	const cases = recorded.map((one) => [recordingName(one), one] as const);

	it.each(cases)('are read: %s', async (_, one) => {
		const items = await itemsOf(vendor, one);
		const isList = /\.get(All|Rows)$/.test(one.operation);
		expect(items.length).toBeGreaterThan(isList ? 0 : -1);
	});

	it.each(cases)('lose what is listed, and nothing else: %s', async (name, one) => {
		const isEverywhere = (place: string) =>
			lost.everywhere.some((pattern) => pattern.test(place.replace(/^\d+: /, '')));
		const found = (await lostIn(vendor, one)).filter((place) => !isEverywhere(place));
		const listed = Object.keys(lost.of[name] ?? {});
		const wholes = listed.filter((place) => place.endsWith('**'));
		const isWithin = (place: string) => (whole: string) => place.startsWith(whole.slice(0, -2));
		const wholesFound = wholes.filter((whole) => found.some((place) => isWithin(place)(whole)));
		const others = found.filter((place) => !wholes.some(isWithin(place)));
		expect([...others, ...wholesFound].sort()).toEqual(listed.sort());
	});

	it('are listed as lost for recordings that there are only', () => {
		const names = recorded.map(recordingName);
		expect(Object.keys(lost.of).filter((name) => !names.includes(name))).toEqual([]);
	});
});
