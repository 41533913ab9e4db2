import { LOST, WITHOUT_ANSWERS } from './losses';
import { itemsOf, lostIn, operationsOf, recordedOf, vendorNames } from './recorded';

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

	it.each(recorded.map((one) => [one.operation, one] as const))('are read: %s', async (_, one) => {
		const items = await itemsOf(vendor, one);
		const isList = /\.get(All|Rows)$/.test(one.operation);
		expect(items.length).toBeGreaterThan(isList ? 0 : -1);
	});

	it.each(recorded.map((one) => [one.operation, one] as const))(
		'lose what is listed, and nothing else: %s',
		async (name, one) => {
			const isEverywhere = (path: string) => lost.everywhere.some((pattern) => pattern.test(path));
			const found = (await lostIn(vendor, one)).filter((path) => !isEverywhere(path));
			expect(found.sort()).toEqual(Object.keys(lost.of[name] ?? {}).sort());
		},
	);

	it('are listed as lost for operations that there are only', () => {
		const names = recorded.map(({ operation }) => operation);
		expect(Object.keys(lost.of).filter((name) => !names.includes(name))).toEqual([]);
	});
});
