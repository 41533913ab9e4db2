import { sshKey } from '../../../workflows/vendors';
import { DAY_MS, World, interleave } from './world';
import type { Disturbance } from './faultyVault';

afterEach(() => jest.restoreAllMocks());

const first = () => 0;

async function run(world: World, ...disturbances: Disturbance[]): Promise<void> {
	await interleave(world, [{ disturbances }], first);
}

const stores =
	(suffix: string, state?: string) => (method: string, sent: Record<string, unknown>) =>
		method === 'POST' &&
		sent.identifier === `web-deploy${suffix}` &&
		(state === undefined || String(sent.username).startsWith(`n8n-${state}-`));

/** An update whose write comes when the rotation has gone on for so many runs: the former pair is back. */
async function displaced(world: World, runs: number): Promise<void> {
	const disturbances = [{ at: stores(''), fault: 'late' as const }];
	await interleave(world, [{ disturbances, updates: true }], first);
	for (let i = 0; i < runs; i++) await run(world);
	for (const work of world.parked.splice(0)) work();
	world.check();
	expect(world.isDisplaced).toBe(true);
}

/** Where a rotation stands when an answer is damaged. */
const states: Record<string, (world: World) => Promise<void>> = {
	'nothing was done': async () => await Promise.resolve(),
	'the next pair is stored': async (world) => {
		await run(world, { at: stores('.n8n-previous'), fault: 'killedBefore' });
	},
	'the present pair is kept': async (world) => {
		await run(world, { at: stores('.n8n-previous'), fault: 'killedAfter' });
	},
	'the next pair is the present one': async (world) => {
		await run(world, { at: stores('', 'never'), fault: 'late' });
	},
	'it has ended': async (world) => {
		await run(world);
		await run(world);
		world.pass(91 * DAY_MS);
	},
	'the former pair is back, and hosts know both': async (world) => await displaced(world, 1),
	'the former pair is back, and hosts know the next one': async (world) =>
		await displaced(world, 2),
};

type Key = Record<string, unknown>;

const half = (text: unknown) => String(text).slice(0, String(text).length / 2);

/** What becomes of the record of a key on its way. */
const damages: Record<string, (key: Key) => void> = {
	'half a private key': (key) => (key.private_key = half(key.private_key)),
	'the private key of another pair': (key) => (key.private_key = sshKey('ecdsab256').privateKey),
	'half a public key': (key) => (key.public_key = half(key.public_key)),
	'no public key': (key) => (key.public_key = null),
	'another passphrase': (key) => (key.password = 'another'),
	'nothing beside the pair': (key) =>
		Object.assign(key, { username: null, devices: null, hostname: null, tags: null, ip: null }),
};

/** More readings of a key than a run makes. */
const READINGS = 14;

/** What a vault answers to one reading, of those of one key. */
function damage(world: World, at: number, change: (key: Key) => void): () => boolean {
	const { answer } = world.vault;
	let reading = 0;
	let isDone = false;
	world.vault.answer = (method, path, sent) => {
		const told = structuredClone(answer(method, path, sent));
		const { key } = told.body as { key?: Key };
		if (method === 'GET' && key && reading++ === at) {
			change(key);
			isDone = true;
		}
		return told;
	};
	return () => isDone;
}

/** What no answer of the vault may bring about: a record without the end of its key. */
function checkWhole({ key, next, previous }: World): void {
	for (const record of [key, next, previous]) {
		expect(record?.privateKey ?? '-----END').toContain('-----END');
		expect(record?.privateKey).not.toBe(sshKey('ecdsab256').privateKey);
	}
}

describe.each(Object.keys(states))('an answer that is damaged where %s', (state) => {
	it.each(Object.keys(damages))('does no harm: %s', async (name) => {
		for (let at = 0; at < READINGS; at++) {
			const world = new World({ listsDisabled: true });
			await states[state]!(world);
			const wasDone = damage(world, at, damages[name]!);
			try {
				await run(world);
				world.check();
				checkWhole(world);
				await world.calmDown();
			} catch (error) {
				(error as Error).message += `\nreading ${at}\n${world.told.join('\n')}`;
				throw error;
			}
			if (!wasDone()) return;
		}
	});
});
