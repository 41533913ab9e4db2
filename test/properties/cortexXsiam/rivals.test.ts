import { randomUUID } from 'node:crypto';
import { generate } from '../../../nodes/CortexXsiam/resources/apiKey/generate.operation';
import type { Result } from '../../../nodes/shared/operation';
import type { CortexXsiamKey } from '../../simulators';
import { worldClock } from './explore';
import { Tenant } from './tenant';

jest.mock('n8n-workflow', (): unknown => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

// The simulator is asked without a network, by a library whose cookies Jest cannot load.
jest.mock('cookie', () => ({}));

/**
 * Two processes with one idempotency key, of which one is played: what the models of an idempotency key
 * break by where the lower key does not wait, or counts on a list that lacks the other one.
 */
const clock = worldClock();

const OWN = 501;
const [LOWER, HIGHER] = [500, 502];
const SECOND = 1_000;

type Keys = Map<number, CortexXsiamKey>;

/**
 * Generate in one process, while other things happen.
 *
 * @param at What happens when its key is made, and so many milliseconds later.
 */
async function issue(at: Record<number, (keys: Keys) => void>) {
	const world = { now: Date.UTC(2026, 10, 27, 3) };
	clock.follow(world);
	const start = world.now;
	const left = new Map(Object.entries(at).map(([time, act]) => [Number(time), act]));
	let isMade = false;
	const happen = (keys: Keys) => {
		isMade ||= keys.has(OWN);
		for (const [time, act] of left) {
			if (world.now - start < time || !isMade) continue;
			left.delete(time);
			act(keys);
		}
	};
	const tenant = new Tenant(
		() => world.now,
		undefined,
		async (milliseconds) => {
			world.now += milliseconds;
			happen(tenant.state.keys);
		},
	);
	const { keys } = tenant.state;
	const before = keys.size;
	tenant.state.nextKeyId = OWN;
	const gate = async () => {
		happen(keys);
		return await Promise.resolve('answered' as const);
	};
	const input: unknown = generate.input.parse({
		roles: ['Investigator'],
		securityLevel: 'standard',
		additionalFields: { idempotencyKey: randomUUID() },
	});
	const call = { index: 0, isRetry: false, identity: [randomUUID()], log: console };
	const said = await (generate.run(tenant.api(gate), input as never, call) as Promise<Result>).then(
		({ item }) => `gives ${item.id as string}`,
		({ message, description }: Error & { description?: string }) => `${message}. ${description}`,
	);
	return { said, seconds: (world.now - start) / SECOND, live: [...keys.keys()].slice(before) };
}

/** Another process has made a key with the same mark's hash. */
const rival = (id: number) => (keys: Keys) => {
	const own = keys.get(OWN) as CortexXsiamKey;
	const comment = own.comment?.replace(/\w{6}\]$/, 'RRRRRR]') ?? null;
	keys.set(id, { ...own, id, comment });
};
const gone = (id: number) => (keys: Keys) => void keys.delete(id);

it('gives its key where no other process is there', async () => {
	expect(await issue({})).toEqual({ said: `gives ${OWN}`, seconds: 0, live: [OWN] });
});

it('takes its key back where the other one is lower', async () => {
	const { said, live } = await issue({ 0: rival(LOWER) });
	expect(said).toContain(`The API key ${LOWER} was issued with this 'Idempotency Key'`);
	expect(live).toEqual([LOWER]);
});

it('G2: waits until a higher one is gone, since that was handed over if it saw none', async () => {
	const taken = await issue({ 0: rival(HIGHER), [9 * SECOND]: gone(HIGHER) });
	expect(taken).toEqual({ said: `gives ${OWN}`, seconds: 10, live: [OWN] });
});

it('G5: takes its key back where a higher one stays', async () => {
	const { said, seconds, live } = await issue({ 0: rival(HIGHER) });
	expect(said).toContain(`Another process issued the API key ${HIGHER}`);
	expect(said).toContain(`The new API key ${OWN} was deleted again`);
	expect({ seconds, live }).toEqual({ seconds: 30, live: [HIGHER] });
});

/** The key, which the tenant lists a while after it has given its ID. */
function hidden() {
	let own: CortexXsiamKey | undefined;
	return {
		hide: (keys: Keys) => {
			own = keys.get(OWN);
			keys.delete(OWN);
		},
		show: (keys: Keys) => void keys.set(OWN, own as CortexXsiamKey),
	};
}

it('G2: gives nothing until its own key is listed, since a rival may not be listed either', async () => {
	const { hide, show } = hidden();
	const late = await issue({ 0: hide, [5 * SECOND]: show });
	expect(late).toMatchObject({ said: `gives ${OWN}`, seconds: 6 });
});

it('takes back a key that is not listed in time', async () => {
	const { said, seconds } = await issue({ 0: hidden().hide });
	expect(said).toContain(`The new API key ${OWN} is not in the list of keys`);
	expect(seconds).toBe(30);
});
