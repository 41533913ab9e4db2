import { sshKey } from '../../../workflows/vendors';
import { World, interleave } from './world';
import type { Disturbance } from './faultyVault';

/** What is told where a pair's storing went wrong, and what the records hold then. */

afterEach(() => jest.restoreAllMocks());

async function run(world: World, ...disturbances: Disturbance[]): Promise<void> {
	await interleave(world, [{ disturbances }], () => 0);
}

const stores = (state: string) => (method: string, sent: Record<string, unknown>) =>
	method === 'POST' && String(sent.username).startsWith(`n8n-${state}-`);
const storesNext = stores('next');
const replacesPresent = (method: string, sent: Record<string, unknown>) =>
	method === 'POST' && sent.identifier === 'web-deploy';

/** After so many rotations the record is there, and is used again. */
async function after(rotations: number, settings: object = {}): Promise<World> {
	const world = new World({ listsDisabled: true, ...settings });
	for (let run_ = 0; run_ < rotations; run_++) {
		await run(world);
		await run(world);
		world.pass(91 * 24 * 3_600_000);
	}
	world.told.length = 0;
	return world;
}

describe.each([0, 1])('after %i rotations', (rotations) => {
	it('goes on where the answer was lost, and the record has the pair', async () => {
		const world = await after(rotations);
		await run(world, { at: storesNext, fault: 'answerLost' });
		expect(world.told).toEqual(['Rotate: started install', 'Finish: promoted']);
	});

	it.each(['dropped', 'late'] as const)(
		'tells that nobody knows where it was %s',
		async (fault) => {
			const world = await after(rotations);
			const before = world.key.publicKey;
			await run(world, { at: storesNext, fault });
			expect(world.told).toEqual([
				expect.stringMatching(
					/^It is not known if a pair was stored in the record web-deploy\.n8n-next: /,
				),
			]);
			expect(world.key.publicKey).toBe(before);
			// A record of an earlier rotation still has that one's former pair.
			expect(world.previous?.active ?? false).toBe(false);
			await world.calmDown();
		},
	);

	it('begins nothing where the vault changes the passphrase of the new pair', async () => {
		const world = await after(rotations);
		const { answer } = world.vault;
		world.vault.answer = (method, path, sent) => {
			const told = answer(method, path, sent);
			if (world.next && storesNext(method, sent)) world.next.password = 'x';
			return told;
		};
		await run(world);
		expect(world.told).toEqual([
			'The vault did not keep the passphrase of the next key as it was sent',
		]);
		expect(world.next).toMatchObject({ active: false, publicKey: world.key.publicKey });
		world.vault.answer = answer;
		await world.calmDown();
	});

	it.each(['dropped', 'late'] as const)(
		'leaves the present pair where it is not known if it was kept: %s',
		async (fault) => {
			const world = await after(rotations);
			const before = world.key.publicKey;
			await run(world, { at: stores('previous'), fault });
			expect(world.told).toEqual([
				'Rotate: started install',
				expect.stringMatching(
					/^It is not known if a pair was stored in the record web-deploy\.n8n-previous: /,
				),
			]);
			expect(world.key.publicKey).toBe(before);
			// A record of an earlier rotation still has that one's former pair.
			expect(world.previous?.active ?? false).toBe(false);
			await world.calmDown();
		},
	);

	it('says what the key holds where it is not known if the next pair replaced the present one', async () => {
		for (const fault of ['dropped', 'late'] as const) {
			const world = await after(rotations);
			await run(world, { at: replacesPresent, fault });
			expect(world.told.at(-1)).toMatch(
				/^It is not known if the next pair becomes the present one: /,
			);
			expect(world.next?.active).toBe(true);
			await world.calmDown();
		}
		const world = await after(rotations);
		await run(world, { at: replacesPresent, fault: 'answerLost' });
		expect(world.told.at(-1)).toBe('Finish: promoted');
		expect(world.next?.active).toBe(false);
	});

	it('leaves the former key enabled until the list says that its end begins', async () => {
		const world = await after(rotations);
		await run(world);
		await run(world, { at: stores('ending'), fault: 'dropped' });
		expect(world.told.at(-1)).toMatch(
			/^It is not known if a pair was stored in the record web-deploy\.n8n-next: /,
		);
		expect(world.previous?.active).toBe(true);
		world.checkFound();
		await world.calmDown();
	});

	it('tells that the end could not be recorded, and the next run ends it', async () => {
		const world = await after(rotations);
		await run(world);
		await run(world, { at: stores('done'), fault: 'dropped' });
		expect(world.told.at(-1)).toMatch(
			/^The former key is no longer in use, but that could not be recorded: /,
		);
		expect(world.previous?.active).toBe(false);
		world.checkFound();
		await run(world);
		expect(world.told.slice(-1)).toEqual(['Rotate: tidied null']);
		await world.calmDown();
	});

	it('leaves a record alone that another run has written to since', async () => {
		const world = await after(rotations);
		const { answer } = world.vault;
		const other = 'n8n-next-92-20260101T000000000Z-00000000';
		const pair = { privateKey: world.key.privateKey, publicKey: world.key.publicKey };
		world.vault.answer = (method, path, sent) => {
			const told = answer(method, path, sent);
			if (world.next && storesNext(method, sent)) {
				Object.assign(world.next, pair, { username: other });
			}
			return told;
		};
		await run(world);
		expect(world.told).toEqual(['Rotate: inProgress null']);
		expect(world.next).toMatchObject({ active: true, username: other });
	});
});

it.each([
	['half of it', (text: string) => text.slice(0, text.length / 2)],
	['that of another pair', () => sshKey('ecdsab256').privateKey],
])('discards a next pair whose private key is %s by now', async (_, changed) => {
	const world = await after(0);
	await run(world, { at: stores('previous'), fault: 'killedBefore' });
	const { key, next, told } = world;
	const before = key.publicKey;
	Object.assign(next ?? {}, { privateKey: changed(next?.privateKey ?? '') });
	told.length = 0;
	await run(world);
	expect(told).toEqual(['Rotate: tidied null']);
	expect(key.publicKey).toBe(before);
	await world.calmDown();
});

describe('in a vault that enables nothing while it stores', () => {
	/**
	 * What another run makes of the record, right after this one has stored its pair there.
	 *
	 * @returns the calls to the record that change something, and whether it is enabled then
	 */
	async function overwritten(change: object) {
		const world = await after(1, { noKeyExtras: true });
		const { privateKey, publicKey } = world.key;
		const { answer } = world.vault;
		const calls: string[] = [];
		world.vault.answer = (method, path, sent) => {
			const told = answer(method, path, sent);
			if (method !== 'GET' && method !== 'POST') calls.push(method);
			if (world.next && storesNext(method, sent)) {
				Object.assign(world.next, { privateKey, publicKey }, change);
			}
			return told;
		};
		await run(world);
		expect(world.told).toEqual(['Rotate: inProgress null']);
		return { calls, isEnabled: world.next?.active };
	}

	it('disables again what it enabled, where that holds another pair', async () => {
		expect(await overwritten({})).toEqual({ calls: ['PUT', 'DELETE'], isEnabled: false });
	});

	it('enables nothing where the list says that the record is another run’s', async () => {
		const username = 'n8n-done-92-20260101T000000000Z-00000000';
		expect(await overwritten({ username })).toEqual({ calls: [], isEnabled: false });
	});
});
