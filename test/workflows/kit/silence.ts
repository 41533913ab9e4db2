import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { TroubleList } from '../../simulators';

const STARTED = 'http.client.request.start';

/**
 * A request that a simulator of the file leaves without an answer (`hang`) is given up as soon as it has
 * arrived, as when the time that the client waits for an answer is over: with a short time in its place, a busy
 * machine would not get to the server within it, nor with anything else that the test does.
 */
export function givesUpAtOnce(simulated: { sim: { trouble: TroubleList } }): void {
	let requests: ClientRequest[] = [];
	const note = (message: unknown) => {
		requests.push((message as { request: ClientRequest }).request);
	};
	beforeAll(() => subscribe(STARTED, note));
	beforeEach(() => {
		requests = [];
		simulated.sim.trouble.onHang = (port) => {
			requests.findLast(({ socket }) => socket?.localPort === port)?.emit('timeout');
		};
	});
	afterAll(() => void unsubscribe(STARTED, note));
}
