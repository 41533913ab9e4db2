import { GENERATE } from '../../../unit/cortexXsiam/support';
import { said } from '../../kit/result';
import { DAY, addFirst, storedFormOf } from '../lineage';
import { NEW, simulatedRotation } from './fixture';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../../kit/shortWaits'));

const { tenant, rotate, made } = simulatedRotation();

describe('several lineages', () => {
	const parameters = {
		lineage: '={{ $json.lineage }}',
		storedSecret: '={{ $json.stored }}',
		options: { concurrency: 5 },
	};

	it('are rotated one after the other, and each pairs with its item', async () => {
		const items = Array.from({ length: 200 }, (_, index) => {
			const id = 1_000 + index;
			const isDue = index % 10 === 0;
			const key = addFirst(tenant.sim, {
				id,
				comment: `No. ${index}`,
				...(!isDue && { expiration: Date.now() + 60 * DAY }),
			});
			return { lineage: String(id), stored: storedFormOf(key) };
		});
		const result = await rotate(undefined, parameters, { items });
		expect(said(result)).toBe('');
		expect(
			result.items.map(({ json, pairedItem }) => [json.lineage, json.status, pairedItem]),
		).toEqual(
			items.map(({ lineage }, index) => [
				lineage,
				index % 10 === 0 ? 'rotated' : 'nothingToDo',
				{ item: index },
			]),
		);
		const handed = result.items.flatMap(({ json }) => json.secret ?? []);
		const there = made().filter(({ id }) => id >= NEW);
		expect(handed).toEqual(there.map((key) => storedFormOf(key)));
		expect(there).toHaveLength(20);
	});

	it('named by two items are rotated once', async () => {
		const old = addFirst(tenant.sim);
		const one = { lineage: '100', stored: storedFormOf(old) };
		const result = await rotate(undefined, parameters, { items: [one, one] });
		expect(result.items.map(({ json }) => json.status)).toEqual(['rotated', 'inProgress']);
		expect(made()).toHaveLength(1);
	});

	const three = () => {
		const keysOf = [1_000, 1_001, 1_002].map((id) =>
			addFirst(tenant.sim, { id, comment: `No. ${id}`, ...(id === 1_001 && { roles: [] }) }),
		);
		return keysOf.map((key) => ({ lineage: String(key.id), stored: storedFormOf(key) }));
	};

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'of which one fails keep their secrets with %s',
		async (onError) => {
			const result = await rotate(undefined, parameters, { items: three(), node: { onError } });
			expect(said(result)).toBe('');
			const all = [...(result.outputs[0] ?? []), ...result.errorOutput];
			const good = all.filter(({ json }) => json.status === 'rotated');
			expect(good.map(({ json, pairedItem }) => [json.lineage, pairedItem])).toEqual([
				['1000', { item: 0 }],
				['1002', { item: 2 }],
			]);
			const bad = all.filter(({ json }) => json.error !== undefined);
			expect(bad.map(({ json }) => json.error)).toEqual([
				'The API key 1001 has no roles, so the node cannot issue a new one like it',
			]);
		},
	);

	it('of which one fails stop the node, and the error says what becomes of the others', async () => {
		const result = await rotate(undefined, parameters, { items: three() });
		expect(result.items).toEqual([]);
		expect(said(result)).toContain('The API key 1001 has no roles');
		expect(said(result)).toContain(`the node issued ${made().length} API key`);
		for (const { id } of made()) {
			expect(said(result)).toMatch(
				new RegExp(
					`id ${id}, of the lineage 100\\d: nobody has its secret, so a later run revokes it when it is 12 hours old, and issues another one; no other key was revoked for it`,
				),
			);
		}
		expect(said(result)).not.toContain('Store the new secret');
	});

	it('of which one is not known, and another one fails: both are in the error', async () => {
		const items = three();
		tenant.sim.trouble.add({ kind: 'cutBeforeWork', match: GENERATE, times: 1 });
		const result = await rotate(
			undefined,
			{ ...parameters, options: { concurrency: 1 } },
			{ items },
		);
		expect(said(result)).toContain('The API key 1001 has no roles');
		expect(said(result)).toMatch(
			/item 0: without an id, of the lineage 1000, if it exists: .* would end with \[n8n 1000 \w{13}\]/,
		);
	});
});
