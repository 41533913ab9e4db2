import nock from 'nock';
import { said } from '../kit/result';
import { credentialFor, runVendor } from '../vendors';
import { simulatedServer } from './simulated';

const server = simulatedServer();
// The socket tells whether a request was sent; nock puts one of its own in its place.
beforeAll(() => nock.restore());

/** Issues agent keys, which are sent once each, with default options. */
const issue = async (count: number) =>
	await runVendor({
		vendor: 'pam360',
		credentials: { pam360Api: credentialFor.pam360Api(server.sim.url) },
		items: Array.from({ length: count }, (_, index) => ({ index })),
	});

it('a quick server gets many at a time, but not all at once', async () => {
	// Nothing is answered before the node has sent what it sends without knowing the server.
	let sent = 0;
	server.sim.gate.keeper = {
		beforeWork: async () => {
			sent += 1;
			await new Promise((resolve) => setTimeout(resolve, 300));
			return 'pass';
		},
		afterWork: async () => 'pass',
		parkedWorkDone: async () => {},
	};
	const running = issue(100);
	await new Promise((resolve) => setTimeout(resolve, 250));
	expect(sent).toBeLessThanOrEqual(10);
	const result = await running;
	expect(said(result)).toBe('');
	expect(server.sim.state.keys).toHaveLength(100);
	expect(server.sim.concurrency.peak).toBeGreaterThan(10);
	expect(server.sim.concurrency.peak).toBeLessThanOrEqual(50);
	expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
		Array.from({ length: 100 }, (_, item) => ({ item })),
	);
});

it('a server that slows down under what it has to do is left room', async () => {
	server.sim.trouble.add({ kind: 'load', ms: 100, capacity: 8, power: 2 });
	const result = await issue(100);
	expect(said(result)).toBe('');
	expect(server.sim.state.keys).toHaveLength(100);
	expect(server.sim.concurrency.peak).toBeLessThanOrEqual(35);
});

it('a server that refuses the tenth connection gets every request in the end, once', async () => {
	server.sim.settings.maxConnections = 9;
	server.sim.trouble.add({ kind: 'latency', ms: 200 });
	const result = await issue(100);
	expect(said(result)).toBe('');
	expect(result.items).toHaveLength(100);
	expect(server.sim.state.keys).toHaveLength(100);
	expect(server.sim.connections.peak).toBe(9);
	expect(server.sim.connections.refused).toBeGreaterThan(0);
	expect(server.sim.connections.refused).toBeLessThan(50);
});

it('a server that refuses for its rate gets every request in the end, once', async () => {
	const limit = server.sim.trouble.add({ kind: 'rateLimit', perSecond: 8 });
	const result = await issue(40);
	expect(said(result)).toBe('');
	expect(server.sim.state.keys).toHaveLength(40);
	expect(limit.hits).toBeGreaterThan(0);
});

it('what is refused for its rate, again and again, says so', async () => {
	server.sim.trouble.add({ kind: 'status', status: 429 });
	const result = await runVendor({
		vendor: 'pam360',
		parameters: { options: { rateLimitWait: 0 } },
		credentials: { pam360Api: credentialFor.pam360Api(server.sim.url) },
	});
	expect(said(result)).toBe(
		'PAM360 accepts no more requests at the moment | It was refused with 429. Try again later, let fewer executions run at the ' +
			"same time, or raise 'Rate Limit Wait' in the node's options.",
	);
	expect(server.sim.state.keys).toHaveLength(0);
});
