/**
 * The three simulators in a process of their own, so that what is measured is the client's. Tells its
 * parent their addresses, and starts them anew at each message, with the latency that it names.
 */
import {
	startCortexXsiamSimulator,
	startPam360Simulator,
	startSenhaseguraSimulator,
} from '../simulators';

async function main() {
	const servers = await Promise.all([
		startPam360Simulator(),
		startCortexXsiamSimulator(),
		startSenhaseguraSimulator(),
	]);
	process.on('message', ({ latency }: { latency: number }) => {
		for (const server of servers) {
			server.reset();
			if (latency > 0) server.trouble.add({ kind: 'latency', ms: latency });
		}
		process.send?.('empty');
	});
	process.on('disconnect', () => process.exit());
	process.send?.(servers.map(({ url }) => url));
}

void main();
