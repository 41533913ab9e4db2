import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Below the ports that systems give to outgoing connections: one of those could get a port in the seconds
 * until the program that it was found for listens on it.
 */
const [lowest, highest] = [20_000, 32_000];

let last = randomInt(lowest, highest);

/** Another one each time, so that nobody is given one that is not listened on yet. */
function nextPort(): number {
	last = last + 1 < highest ? last + 1 : lowest;
	return last;
}

/** The preferred port where nobody has it, else any free one. */
export async function freePort(preferred = nextPort()): Promise<number> {
	const server = createServer();
	try {
		server.listen(preferred, '127.0.0.1');
		await once(server, 'listening');
		return preferred;
	} catch (error) {
		// Taken, or kept by the system.
		if (!/^E(?:ADDRINUSE|ACCES)$/.test(String((error as NodeJS.ErrnoException).code))) throw error;
		return await freePort();
	} finally {
		server.close();
	}
}

/** Asks again and again until the answer is yes; `giveUp` may end the wait with its error. */
export async function waitUntil(
	what: string,
	condition: () => Promise<boolean>,
	{ timeoutMs = 120_000, giveUp = () => undefined as Error | undefined } = {},
) {
	const deadline = Date.now() + timeoutMs;
	while (!(await condition().catch(() => false))) {
		const reason = giveUp();
		if (reason !== undefined) throw reason;
		if (Date.now() > deadline) {
			throw new Error(`${what}: not so after ${timeoutMs / 1000} s`);
		}
		await delay(100);
	}
}
