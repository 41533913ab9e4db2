import type { IDataObject } from 'n8n-workflow';
import { operationsOf, recordedOf } from '../../unit/answers/recorded';
import type { Recorded, VendorName } from '../../unit/answers/recorded';
import { runVendor } from '../vendors';
import { ownRotations } from './ownRotations';
import type { OwnServer } from './ownRotations';
import { said } from './result';
import { asParameters, credentialsOfItem, startTenants, tenantsIn } from './tenants';
import type { Tenants } from './tenants';

/** Where the recorded value is what a list gave, and the look-up belongs to another recording. */
const INSTEAD: Record<string, IDataObject> = {
	'password.requestAccess': { resourceId: { __rl: true, mode: 'id', value: '1' } },
};

/** It works on one item only, since it replaces what the credential holds. */
const ALONE = new Set(['authToken.regenerate']);

const MANY = 100;
const SOME = 6;

/** The first recording of each operation, and with how many tenants: a hundred for each resource once. */
function casesOf(vendor: VendorName): Array<[string, number, Recorded]> {
	const operations = new Map<string, Recorded>();
	for (const one of recordedOf(vendor)) {
		if (!operations.has(one.operation)) operations.set(one.operation, one);
	}
	const resources = new Set<string>();
	return [...operations].map(([name, one]) => {
		const resource = name.split('.')[0] as string;
		const count = resources.has(resource) ? SOME : MANY;
		resources.add(resource);
		return [name, ALONE.has(name) ? 1 : count, one];
	});
}

/** Runs the operation for the first tenants, an item for each. */
async function runFor(
	vendor: VendorName,
	{ operation: name, values }: Pick<Recorded, 'operation' | 'values'>,
	items: IDataObject[],
) {
	const [resource, operation] = name.split('.');
	return await runVendor({
		vendor,
		onlyTheseParameters: true,
		parameters: {
			...(vendor === 'senhasegura' && { authentication: 'oAuth1' }),
			resource,
			operation,
			...asParameters(values),
			...INSTEAD[name],
			options: {
				concurrency: 20,
				...(vendor === 'cortexXsiam' && { perSecond: 10_000 }),
				...(values.options as IDataObject | undefined),
			},
		},
		credentials: credentialsOfItem[vendor],
		items: items.map((item, index) => ({ n: index + 1, ...item })),
	});
}

const itemsOf = ({ urls }: Tenants) => urls.map((url) => ({ url }));

/** Operations of which there is no recording: what they ask depends on what they find. */
function rotationsOf(vendor: VendorName): string[] {
	const recorded = new Set(recordedOf(vendor).map(({ operation }) => operation));
	return [...operationsOf(vendor).keys()].filter((name) => !recorded.has(name));
}

/**
 * Tries each operation of a vendor with items whose credentials all differ: each item must be made of the
 * answers of its own server, to its own key, and look-ups cross nowhere.
 */
export function describeEveryCredential(vendor: VendorName): void {
	const servers: Array<Pick<Tenants, 'close'>> = [];
	const start = async (recorded: Recorded, count: number) => {
		const tenants = await startTenants(vendor, recorded, count);
		servers.push(tenants);
		return tenants;
	};
	afterEach(async () => {
		for (const server of servers.splice(0)) await server.close();
	});

	it.each(casesOf(vendor))('%s: %i items, each with its own', async (_, count, recorded) => {
		const alone = await start(recorded, 1);
		const solo = await runFor(vendor, recorded, itemsOf(alone));
		expect(said(solo)).toBe('');
		const all = await start(recorded, count);
		const result = await runFor(vendor, recorded, itemsOf(all));
		expect(said(result)).toBe('');
		expect(all.mixedUp).toEqual([]);
		for (let tenant = 1; tenant <= count; tenant++) {
			expect([tenant, all.callsOf(tenant)]).toEqual([tenant, alone.callsOf(1)]);
			const own = result.items.filter(
				({ pairedItem }) => (pairedItem as { item: number }).item === tenant - 1,
			);
			expect(own).toHaveLength(solo.items.length);
			const text = JSON.stringify(own.map(({ json, binary }) => [json, binary]));
			if (all.isTelling) expect([tenant, tenantsIn(text)]).toEqual([tenant, [tenant]]);
		}
		if (count > 1) expect(all.peak()).toBeGreaterThan(1);
	});

	const rotations = rotationsOf(vendor);
	if (rotations.length === 0) return;

	it.each(rotations)('%s: an item for each of six servers with keys of their own', async (name) => {
		const { parameters: values, start: startOwn } = ownRotations[name]!;
		const own: OwnServer[] = [];
		for (let tenant = 1; tenant <= SOME; tenant++) {
			const server = await startOwn(tenant);
			servers.push(server);
			own.push(server);
		}
		const [first, ...others] = own as [OwnServer, ...OwnServer[]];
		const items = own.map(({ item }) => item);
		const result = await runFor(vendor, { operation: name, values }, items);
		expect(said(result)).toBe('');
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			own.map((_, item) => ({ item })),
		);
		expect(result.items.map(({ json }) => json)).toEqual(
			own.map((server) => expect.objectContaining(server.told()) as unknown),
		);
		// A look-up that crosses over would be one call too few, or name a record that is not there.
		expect(first.calls()).not.toEqual([]);
		for (const server of others) expect(server.calls()).toEqual(first.calls());
	});
}
