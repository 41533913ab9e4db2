import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** The preferred port where nobody has it, else any free one. */
export async function freePort(preferred = 0): Promise<number> {
	const server = createServer();
	try {
		server.listen(preferred, '127.0.0.1');
		await once(server, 'listening');
		return (server.address() as AddressInfo).port;
	} catch (error) {
		if (preferred === 0) throw error;
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
