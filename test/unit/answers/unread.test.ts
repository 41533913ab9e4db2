import { recordedOf, vendorNames } from './recorded';
import { MAY_BE_DROPPED, MAY_BE_DROPPED_RAW, droppedIn, droppedRawIn } from './unread';

// Items tell how long something is valid: the time must not change them.
beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 0, 31)));
afterEach(() => jest.restoreAllMocks());

/**
 * What a vendor says in a form that nobody knows is null in the item, and what came stands beside it
 * (nodes/shared/item.ts).
 */
describe.each(vendorNames)('what %s says in another form', (vendor) => {
	const recorded = recordedOf(vendor);
	const mayBe = MAY_BE_DROPPED[vendor];
	const mayBeRaw = MAY_BE_DROPPED_RAW[vendor];
	const names = [...new Set(recorded.map(({ operation }) => operation))];

	it.each(names)('stands in the item as it came, or it is said why not: %s', async (name) => {
		const found = new Set<string>();
		for (const one of recorded.filter(({ operation }) => operation === name)) {
			for (const place of await droppedIn(vendor, one)) found.add(place);
		}
		expect([...found].sort()).toEqual(Object.keys(mayBe[name] ?? {}).sort());
	});

	it.each(names)('stands in the answer with Simplify off: %s', async (name) => {
		const found = new Set<string>();
		for (const one of recorded.filter(({ operation }) => operation === name)) {
			for (const place of await droppedRawIn(vendor, one)) found.add(place);
		}
		expect([...found].sort()).toEqual(Object.keys(mayBeRaw[name] ?? {}).sort());
	});

	it('is excused for operations that there are only', () => {
		expect(Object.keys({ ...mayBe, ...mayBeRaw }).filter((name) => !names.includes(name))).toEqual(
			[],
		);
	});
});
