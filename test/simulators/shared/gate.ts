import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RecordedRequest, RequestLog } from './requestLog';

/**
 * What is to become of a request: `pass`, or `cut`: the connection is destroyed, and what has not
 * been done is never done.
 */
export type Verdict = 'pass' | 'cut';

/** Cuts the connection at once; the vendor does the work when the promise resolves. */
export interface Parked {
	until: Promise<void>;
}

/** Answers in place of the vendor, who does no work. */
export interface Refused {
	status: number;
}

/**
 * Asked for every request, twice, each time with the request held until the answer is there: so
 * that a test can look at the vendor, end the client, or let others go first, at that very moment.
 */
export interface Gatekeeper {
	/** The request has arrived whole; nothing was done. */
	beforeWork(request: RecordedRequest): Promise<Verdict | Parked | Refused>;
	/** The work is done; nothing was answered. `status` is the answer's. Not asked for what was cut. */
	afterWork(request: RecordedRequest, status: number): Promise<Verdict>;
	/** The work of a parked request is done. */
	parkedWorkDone(request: RecordedRequest, status: number): Promise<void>;
}

/** Holds requests until there are so many of them, and lets all pass from then on. */
export function untilThereAre(count: number): Gatekeeper {
	let held = 0;
	let go = () => {};
	const enough = new Promise<void>((resolve) => (go = resolve));
	return {
		beforeWork: async () => {
			if (++held === count) go();
			await enough;
			return 'pass';
		},
		afterWork: async () => 'pass',
		parkedWorkDone: async () => {},
	};
}

export interface Gate {
	/** `null`: everything passes. */
	keeper: Gatekeeper | null;
}

/** For a hook that must never hand the request on. */
export const never = async (): Promise<never> => await new Promise(() => {});

/** Destroys the request's connection. */
export function destroy(request: FastifyRequest, log: RequestLog): void {
	log.end(request, 'cut', null);
	request.raw.socket.destroy();
}

/** Hangs the gate between the wire and all that follows it. */
export function installGate(app: FastifyInstance, gate: Gate, log: RequestLog): void {
	/** Requests whose answer is not the keeper's affair any more. */
	const settled = new WeakMap<FastifyRequest, 'parked' | 'refused'>();

	app.addHook('preHandler', async (request, reply) => {
		const entry = log.entryOf(request);
		if (gate.keeper === null || entry === undefined) return;
		const verdict = await gate.keeper.beforeWork(entry);
		if (verdict === 'pass') return;
		if (verdict === 'cut') {
			destroy(request, log);
			return await never();
		}
		if ('status' in verdict) {
			settled.set(request, 'refused');
			return await reply.code(verdict.status).send();
		}
		settled.set(request, 'parked');
		destroy(request, log);
		await verdict.until;
	});

	app.addHook('onSend', async (request, reply) => {
		const { keeper } = gate;
		const entry = log.entryOf(request);
		if (keeper === null || entry === undefined) return;
		const how = settled.get(request);
		if (how === 'parked') await keeper.parkedWorkDone(entry, reply.statusCode);
		if (how !== undefined) return;
		if ((await keeper.afterWork(entry, reply.statusCode)) === 'pass') return;
		destroy(request, log);
		await never();
	});
}
