import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import { freePort } from '../../../scripts/host/ports';

describe('a free port', () => {
	it('is none that the system gives to outgoing connections, and another one each time', async () => {
		const ports = await Promise.all(Array.from({ length: 50 }, async () => await freePort()));
		expect(new Set(ports).size).toBe(50);
		// Linux: 32768 and up (ip(7), ip_local_port_range); macOS: 49152 and up, as RFC 6335, section 6.
		expect(ports.filter((port) => port < 1_024 || port >= 32_768)).toEqual([]);
	});

	it('is the preferred one as long as nobody has that', async () => {
		const preferred = await freePort();
		expect(await freePort(preferred)).toBe(preferred);
		const server = createServer().listen(preferred, '127.0.0.1');
		await once(server, 'listening');
		try {
			expect((server.address() as AddressInfo).port).toBe(preferred);
			expect(await freePort(preferred)).not.toBe(preferred);
		} finally {
			server.close();
		}
	});
});
