import { finishRotation } from '../../../../nodes/Senhasegura/resources/sshKey/finishRotation.operation';
import { lineFingerprint } from '../../../../nodes/Senhasegura/sshKeys/publicKey';
import { Failure } from '../../../../nodes/shared/failure';
import type { Result } from '../../../../nodes/shared/operation';
import { World, interleave } from './world';
import { Wire } from './faultyVault';

/** What was seen on hosts is good for an hour, and written down within half an hour. */

afterEach(() => jest.restoreAllMocks());

const MINUTE_MS = 60_000;
const HOSTS = ['web-01', 'db-01'];
const log = { debug: () => {}, info: () => {}, warn: () => {} };
const never = async () => await new Promise<never>(() => {});

/** A rotation whose next pair is on its hosts, and that is not finished. */
async function installed(): Promise<World> {
	const world = new World();
	const keepsPresent = (method: string, sent: Record<string, unknown>) =>
		method === 'POST' && sent.identifier === 'web-deploy.n8n-previous';
	const disturbances = [{ at: keepsPresent, fault: 'killedBefore' as const }];
	await interleave(world, [{ disturbances }], () => 0);
	return world;
}

/** Finishes it, where each call to the vault takes so long. */
async function finish(world: World, hosts: unknown, callTakes: number) {
	const sent: string[] = [];
	const turn = async () => await Promise.resolve(world.pass(callTakes));
	const wire = new Wire(world.vault, turn, [], [], never);
	const { answer } = world.vault;
	world.vault.answer = (method, path, body) => {
		if (method !== 'GET') sent.push(`${method} ${path}`);
		return answer(method, path, body);
	};
	const input: unknown = finishRotation.input.parse({
		sshKeyId: { mode: 'id', value: '92' },
		step: 'install',
		fingerprint: lineFingerprint(world.next?.publicKey ?? ''),
		hosts,
		additionalFields: {},
	});
	const call = { index: 0, isRetry: false, identity: [], log };
	const done = (await Promise.resolve(finishRotation.run(wire.api(), input as never, call)).catch(
		(failure: unknown) => failure,
	)) as Result | Failure;
	const status = done instanceof Failure ? done.message : (done.item.status as string);
	return { status, sent };
}

const seen = (minutesAgo: number) =>
	HOSTS.map((hostname, index) => ({
		hostname,
		seenAt: new Date(Date.now() - (index === 0 ? minutesAgo : 0) * MINUTE_MS).toISOString(),
	}));

it('finishes by what was seen 59 minutes ago, where the vault is quick', async () => {
	const world = await installed();
	const { status, sent } = await finish(world, seen(59), 50);
	expect(status).toBe('promoted');
	expect(sent).toContain('POST /pam/key');
});

it('changes nothing by what was seen 60 minutes ago', async () => {
	const world = await installed();
	const { status, sent } = await finish(world, seen(60), 50);
	expect({ status, sent }).toEqual({ status: 'staleRead', sent: [] });
});

it.each([
	['was seen 59 minutes ago', () => seen(59), 10_000],
	['was seen just now, in half an hour', () => HOSTS, 8 * MINUTE_MS],
])('replaces nothing later than that where the vault is slow: %s', async (_, hosts, callTakes) => {
	const world = await installed();
	const before = world.key.publicKey;
	const { status } = await finish(world, hosts(), callTakes);
	expect(status).toContain('It was too late');
	expect(world.key.publicKey).toBe(before);
});
