import { randomUUID } from 'node:crypto';
import { generate } from '../../../nodes/CortexXsiam/resources/apiKey/generate.operation';
import { rotate } from '../../../nodes/CortexXsiam/resources/apiKey/rotate.operation';
import type { Result } from '../../../nodes/shared/operation';
import type { CortexXsiamKey } from '../../simulators';
import { worldClock } from './explore';
import { Tenant } from './tenant';
import type { Fate } from './tenant';

jest.mock('n8n-workflow', (): unknown => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

// The simulator is asked without a network, by a library whose cookies Jest cannot load.
jest.mock('cookie', () => ({}));

/**
 * A further try of a call, after the first one's answer was lost and its key came: it is deleted, unless a
 * second key bears its mark, so that nobody can tell which one it is.
 */
const clock = worldClock();

const DAY = 86_400_000;
const LATE = 501;
const COPY = 90;

/** @param isCopied Whether somebody gives the comment of the late key to another new one. */
async function twice(operation: 'generate' | 'rotate', isCopied: boolean) {
	const world = { now: Date.UTC(2026, 10, 27, 3) };
	clock.follow(world);
	const tenant = new Tenant(() => world.now);
	const { keys } = tenant.state;
	const add = (id: number, comment: string | null, age: number) => {
		const like = keys.get(Math.min(...keys.keys())) as CortexXsiamKey;
		const creationTime = world.now - age;
		const roles = ['Investigator'];
		keys.set(id, { ...like, id, comment, roles, creationTime, expiration: world.now + 7 * DAY });
	};
	add(100, 'SIEM collector', 80 * DAY);
	tenant.state.nextKeyId = LATE;
	const stored = `100:${keys.get(100)?.secret}`;
	const call = { index: 0, isRetry: false, identity: [randomUUID()], log: console };
	const idempotencyKey = randomUUID();
	const parameters = {
		generate: {
			roles: ['Investigator'],
			additionalFields: { idempotencyKey },
			securityLevel: 'standard',
		},
		rotate: {
			rotate: 'lineage',
			lineage: '100',
			dueWithinDays: 14,
			storedSecret: stored,
			readAt: world.now,
			additionalFields: {},
		},
	}[operation];
	const { input, run } = operation === 'generate' ? generate : rotate;
	let fate: Fate = 'doneLater';
	const gate = async (path: string) =>
		await Promise.resolve(path.endsWith('/generate') ? fate : ('answered' as const));
	const perform = async () =>
		await (run(tenant.api(gate), input.parse(parameters) as never, call) as Promise<Result>).then(
			({ item }) => (item.status ?? item.created) as string | boolean,
			({ message }: Error) => message,
		);
	const first = await perform();
	fate = 'answered';
	for (const { work } of tenant.parked.splice(0)) await work();
	if (isCopied) add(COPY, keys.get(LATE)?.comment ?? null, 0);
	const second = await perform();
	return { first, second, has: [LATE, COPY, LATE + 1].map((id) => keys.has(id)) };
}

it('of Generate with an idempotency key deletes it, and issues another one', async () => {
	const { second, has } = await twice('generate', false);
	expect({ second, has }).toEqual({ second: true, has: [false, false, true] });
});

it('of Generate with an idempotency key deletes neither of two with its mark', async () => {
	const { second, has } = await twice('generate', true);
	expect(second).toContain(`The API keys ${COPY}, ${LATE} were all issued with this`);
	expect(has).toEqual([true, true, false]);
});

it('of Rotate deletes it, and issues another one', async () => {
	expect(await twice('rotate', false)).toEqual({
		first: 'unknown',
		second: 'rotated',
		has: [false, false, true],
	});
});

it('of Rotate deletes neither of two with its mark', async () => {
	const { first, second, has } = await twice('rotate', true);
	expect({ first, second, has }).toMatchObject({ first: 'unknown', has: [true, true, false] });
	expect(['inProgress', 'unknown']).toContain(second);
});
