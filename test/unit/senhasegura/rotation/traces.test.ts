import { Failure } from '../../../../nodes/shared/failure';
import { Host, bodyOf } from './hosts';
import { DAY_MS, HOUR_MS, World, interleave } from './world';
import type { RunPlan } from './world';
import { Wire } from './faultyVault';
import type { Disturbance, Fault } from './faultyVault';

afterEach(() => jest.restoreAllMocks());

const first = () => 0;
const plan = (...disturbances: Disturbance[]): RunPlan => ({ disturbances });

/** One run, disturbed or not. */
async function run(world: World, ...disturbances: Disturbance[]): Promise<void> {
	await interleave(world, [plan(...disturbances)], first);
}

/** Lets runs take turns as they are told, and go on with the first one that is left. */
async function inTurns(world: World, plans: RunPlan[], turns: number[]): Promise<void> {
	const rest = [...turns];
	const alive = plans.map((_, index) => index);
	await interleave(world, plans, (count) => {
		const wanted = rest.shift() ?? 0;
		const at = count === alive.length * 8 ? wanted : 0;
		return Math.min(at, count / 8 - 1) * 8;
	});
}

const posts = (suffix: string, state?: string) => (method: string, sent: Record<string, unknown>) =>
	method === 'POST' &&
	sent.identifier === `web-deploy${suffix}` &&
	(state === undefined || String(sent.username).startsWith(`n8n-${state}-`));
const deletes = (method: string) => method === 'DELETE';

const arriveLate = (world: World) => {
	for (const work of world.parked.splice(0)) work();
	world.check();
};

const both = [true, false];

describe.each(both)('a vault that lists what is disabled: %p', (listsDisabled) => {
	const anew = (more: object = {}) => new World({ listsDisabled, ...more });

	it('has a whole rotation in two runs', async () => {
		const world = anew();
		await run(world);
		await run(world);
		expect(world.told).toEqual([
			'Rotate: started install',
			'Finish: promoted',
			'Rotate: resumed remove',
			'Finish: ended',
		]);
		await run(world);
		expect(world.told.at(-1)).toBe('nothing is selected');
		world.checkEnd();
	});

	const FAULTS: Fault[] = ['killedBefore', 'killedAfter', 'dropped', 'answerLost', 'late'];
	/** More calls than a run makes. */
	const CALLS = 40;

	it.each(FAULTS)('comes to its end whichever call of whichever run is %s', async (fault) => {
		for (const earlier of [0, 1]) {
			for (let at = 0; at < CALLS; at++) {
				const world = anew();
				for (let i = 0; i < earlier; i++) await run(world);
				await run(world, { at, fault });
				const [reached] = world.told;
				world.checkFoundUnlessLate();
				await world.calmDown();
				world.pass(91 * DAY_MS);
				await world.calmDown();
				expect([reached, world.strays()]).toEqual([reached, 0]);
			}
		}
	});

	it.each(FAULTS)('comes to its end when two calls of two runs are %s', async (fault) => {
		for (let at = 0; at < CALLS; at += 3) {
			for (let again = 0; again < CALLS; again += 3) {
				const world = anew();
				await run(world, { at, fault });
				await run(world, { at: again, fault });
				await world.calmDown();
			}
		}
	});

	it('T1b: stops where the present pair is not seen in the previous record', async () => {
		const world = anew();
		const before = world.key.publicKey;
		await run(world, { at: posts('.n8n-previous'), fault: 'late' });
		expect(world.told.at(-1)).toMatch(/^It is not known if a pair was stored in the record/);
		expect(world.key.publicKey).toBe(before);
		await run(world);
		expect(world.told.at(-1)).toBe('Finish: promoted');
		arriveLate(world);
		await world.calmDown();
	});

	it('T2: never hands out the present pair that a helper was made with, however late', async () => {
		const world = anew();
		const retired = bodyOf(world.key.publicKey);
		await run(world, { at: posts('.n8n-next', 'new'), fault: 'late' });
		// The next run promotes its pair, and ends before it disables the next record.
		await run(world, { at: deletes, fault: 'killedBefore' });
		expect(bodyOf(world.key.publicKey)).not.toBe(retired);
		arriveLate(world);
		expect(bodyOf(world.next?.publicKey ?? '')).toBe(retired);
		await world.calmDown();
		for (const host of world.hosts.values()) expect(host.lines.map(bodyOf)).not.toContain(retired);
	});

	it('T2: nor when it arrives after the removal, before the next rotation', async () => {
		const world = anew();
		await run(world, { at: posts('.n8n-next', 'new'), fault: 'late' });
		await run(world);
		await run(world);
		arriveLate(world);
		await world.calmDown();
		world.pass(91 * DAY_MS);
		await world.calmDown();
		expect(world.strays()).toBe(0);
	});

	it('T2: nor when it arrives in a later rotation, where no other record has it', async () => {
		const world = anew();
		const retired = world.key.publicKey;
		await run(world, { at: posts('.n8n-next', 'new'), fault: 'late' });
		for (let rotation = 0; rotation < 2; rotation++) {
			await run(world);
			await run(world);
			world.pass(91 * DAY_MS);
		}
		await run(world, { at: posts('.n8n-previous'), fault: 'killedBefore' });
		expect(world.previous?.publicKey).not.toBe(retired);
		arriveLate(world);
		expect(world.next).toMatchObject({ publicKey: retired, active: true });
		const told = world.told.length;
		await run(world);
		expect(world.told.slice(told)).toEqual(['Rotate: tidied null']);
		for (const host of world.hosts.values()) expect(host.accepts(retired)).toBe(false);
		await world.calmDown();
	});

	it('T2: nor where somebody has given the helper another username', async () => {
		const world = anew();
		const retired = { ...world.key };
		await run(world);
		await run(world);
		world.pass(91 * DAY_MS);
		await run(world);
		const { privateKey, publicKey } = retired;
		// As a write does that comes later than any: the first pair, which no record tells of any more.
		Object.assign(world.next ?? {}, { privateKey, publicKey, username: 'root', active: true });
		await world.calmDown();
	});

	it('T2: nor a pair of an earlier rotation that no record tells of any more', async () => {
		const world = anew();
		await run(world);
		const { privateKey, publicKey } = world.key;
		await run(world);
		for (let rotation = 0; rotation < 2; rotation++) {
			world.pass(91 * DAY_MS);
			await run(world);
			await run(world);
		}
		const { username } = world.next ?? {};
		// As a write that was under way for that long: its username says that it is in use.
		const inUse = username?.replace('-done-', '-next-');
		expect(inUse).toMatch(/^n8n-next-92-/);
		Object.assign(world.next ?? {}, { privateKey, publicKey, username: inUse, active: true });
		const told = world.told.length;
		await run(world);
		expect(world.told.slice(told)).toEqual(['Rotate: tidied null']);
		for (const host of world.hosts.values()) expect(host.accepts(publicKey)).toBe(false);
		await world.calmDown();
	});

	it('T2b: stops where another run writes to the next record before it is read back', async () => {
		const world = anew();
		// Both see no helper; the second one makes it anew before the first one reads its pair back.
		await inTurns(world, [plan(), plan()], [0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1]);
		world.checkFound();
		await world.calmDown();
	});

	it('T2b: whichever call of the second run comes between', async () => {
		for (let head = 4; head < 14; head++) {
			for (let between = 4; between < 14; between++) {
				const world = anew();
				const turns = [
					...Array<number>(3).fill(0),
					...Array<number>(3).fill(1),
					...Array<number>(head).fill(0),
					...Array<number>(between).fill(1),
				];
				await inTurns(world, [plan(), plan()], turns);
				await world.calmDown();
			}
		}
	});

	it('V1: gives no host up for a next key that is younger than an hour', async () => {
		const world = anew();
		world.down.isUp = false;
		await interleave(world, [{ disturbances: [], givesUp: true }], first);
		expect(world.told.at(-1)).toBe('db-01 cannot be given up yet');
		world.pass(HOUR_MS);
		await interleave(world, [{ disturbances: [], givesUp: true }], first);
		expect(world.told.at(-1)).toBe('Finish: promoted');
	});

	it('U1: keeps the former key until a host that was given up is back', async () => {
		const world = anew();
		const former = bodyOf(world.key.publicKey);
		world.down.isUp = false;
		await run(world);
		world.pass(DAY_MS);
		await interleave(world, [{ disturbances: [], givesUp: true }], first);
		for (let day = 0; day < 3; day++) {
			world.pass(91 * DAY_MS);
			await interleave(world, [{ disturbances: [], givesUp: true }], first);
			expect(world.told.at(-1)).toBe('The key was not seen on db-01');
			expect(world.previous).toMatchObject({ active: true });
			expect(bodyOf(world.previous?.publicKey ?? '')).toBe(former);
		}
		// U3: back again, it knows neither the present key nor the next: the previous one opens it.
		world.down.isUp = true;
		await run(world);
		expect(world.told.at(-1)).toBe('Finish: ended');
		expect(world.down.accepts(world.key.publicKey)).toBe(true);
		expect(world.down.lines.map(bodyOf)).not.toContain(former);
		await world.calmDown();
	});

	it('X4: removes the former key all the same when it was disabled too early', async () => {
		const world = anew();
		await run(world);
		// The end of the first rotation is still under way when the second one is finished.
		await run(world, {
			at: (method) => method === 'DELETE',
			fault: 'late',
		});
		await run(world);
		world.pass(91 * DAY_MS);
		await run(world);
		expect(world.told.at(-1)).toBe('Finish: promoted');
		const former = bodyOf(world.previous?.publicKey ?? '');
		arriveLate(world);
		expect(world.previous?.active).toBe(false);
		world.checkFound();
		await run(world);
		if (!listsDisabled) return;
		expect(world.told.slice(-2)).toEqual(['Rotate: resumed remove', 'Finish: ended']);
		for (const host of world.hosts.values()) expect(host.lines.map(bodyOf)).not.toContain(former);
		await world.calmDown();
	});

	const CALLS_OF_REPAIR = 24;

	it.each([0, 1, 2])('K1: puts back what a late update displaced after %d runs', async (runs) => {
		// A record that is disabled cannot be found where it is not listed.
		if (!listsDisabled) return;
		for (let at = 0; at < CALLS_OF_REPAIR; at++) {
			for (const fault of ['killedBefore', 'killedAfter', 'answerLost'] as const) {
				const world = anew();
				const disturbances = [{ at: posts(''), fault: 'late' as const }];
				await interleave(world, [{ disturbances, updates: true }], first);
				expect(world.told.at(-1)).toMatch(/^The vault did not answer/);
				for (let i = 0; i < runs; i++) await run(world);
				arriveLate(world);
				expect(world.isDisplaced).toBe(runs > 0);
				await run(world, { at, fault });
				await world.calmDown();
			}
		}
	});

	it('is left alone by a retry, which works with what another execution has seen', async () => {
		const world = anew();
		await interleave(world, [{ disturbances: [], isRetry: true }], first);
		expect(world.told).toEqual(['Rotate: staleRead null']);
		await run(world, { at: posts('.n8n-previous'), fault: 'killedBefore' });
		await interleave(world, [{ disturbances: [], isRetry: true }], first);
		expect(world.told.slice(-2)).toEqual(['Rotate: resumed install', 'Finish: staleRead']);
		await world.calmDown();
	});
});

it('stops where the vault does not keep the username of a helper', async () => {
	const world = new World();
	const { answer } = world.vault;
	world.vault.answer = (method, path, sent) => {
		const told = answer(method, path, sent);
		const key = (told.body as { key?: { username?: string } }).key;
		if (key?.username?.startsWith('n8n-')) key.username = 'usr';
		return told;
	};
	await run(world);
	expect(world.told).toEqual([
		expect.stringMatching(/^The vault did not keep the username of the helper record 94/),
	]);
	expect(world.next?.active).toBe(false);
	world.check();
});

it('stops where the vault takes the helper for the key itself, and loses no pair', async () => {
	const world = new World();
	const before = { ...world.key };
	const { answer } = world.vault;
	world.vault.answer = (method, path, sent) => {
		// As a vault would that knows keys by their device alone.
		if (sent.identifier === 'web-deploy.n8n-next') world.key.identifier = 'web-deploy.n8n-next';
		return answer(method, path, sent);
	};
	const turn = async () => await Promise.resolve();
	const wire = new Wire(world.vault, turn, [], [], async () => await new Promise<never>(() => {}));
	const failure: unknown = await world.workflow(wire, turn).catch((error: unknown) => error);
	expect(failure).toBeInstanceOf(Failure);
	expect((failure as Failure).message).toMatch(/^The vault did not make a separate record/);
	expect((failure as Failure).description).toContain("set its identifier 'web-deploy'");
	expect(world.key).toMatchObject({
		privateKey: before.privateKey,
		publicKey: before.publicKey,
		devices: before.devices,
		keyName: before.keyName,
		active: true,
	});
});

it('a host takes no key from a login that none of the vault’s keys opens', () => {
	const host = new Host('web-01', ['ssh-ed25519 AAAA own']);
	expect(host.install('ssh-ed25519 BBBB next', ['ssh-ed25519 CCCC', undefined])).toBe(false);
	expect(host.lines).toEqual(['ssh-ed25519 AAAA own']);
});
