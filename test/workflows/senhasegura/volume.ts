import { posts, storedKeys } from '../../unit/senhasegura/support';
import type { Authentication } from '../../unit/senhasegura/support';
import { said } from '../kit/result';
import { simulatedVault } from './simulated';

const COUNT = 1_000;

/** The test of a thousand items with one kind of authentication. */
export function keepsOrder(authentication: Authentication): void {
	const vault = simulatedVault();

	it('become a thousand keys, in the order of the items', async () => {
		const result = await vault.create({
			authentication,
			items: Array.from({ length: COUNT }, (_, number) => ({ number })),
			additionalFields: { identifier: '={{ "key-" + $json.number }}' },
			options: { concurrency: 10 },
		});
		expect(said(result)).toBe('');
		expect(result.items.map(({ json, pairedItem }) => [json.identifier, pairedItem])).toEqual(
			Array.from({ length: COUNT }, (_, item) => [`key-${item}`, { item }]),
		);
		const byId = new Map(storedKeys(vault.sim).map(({ id, identifier }) => [id, identifier]));
		expect(byId.size).toBe(COUNT);
		for (const { json } of result.items) {
			expect(byId.get(json.id as string)).toBe(json.identifier);
			expect(json.created).toBe(true);
		}
		expect(posts(vault.sim)).toHaveLength(COUNT);
		expect(vault.sim.state.tokenCalls).toBe(authentication === 'oAuth2' ? 1 : 0);
		expect(vault.sim.state.nonces.size).toBe(authentication === 'oAuth2' ? 0 : COUNT);
		expect(vault.sim.concurrency.peak).toBeLessThanOrEqual(10);
		// A run that Jest gave up would go on during the next one.
	});
}
