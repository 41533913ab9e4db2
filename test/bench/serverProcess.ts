/**
 * The three simulators in a process of their own. Tells its parent their addresses, and starts them anew
 * at each message, as it wishes.
 */
import {
	addPam360Resource,
	startCortexXsiamSimulator,
	startPam360Simulator,
	startSenhaseguraSimulator,
} from '../simulators';
import type { Wish } from './servers';

async function main() {
	const pam360 = await startPam360Simulator();
	const cortexXsiam = await startCortexXsiamSimulator();
	const senhasegura = await startSenhaseguraSimulator();
	process.on('message', ({ latency = 0, ratePerSecond = 0, resources = 0 }: Wish) => {
		for (const server of [pam360, cortexXsiam, senhasegura]) {
			server.reset();
			if (latency > 0) server.trouble.add({ kind: 'latency', ms: latency });
		}
		cortexXsiam.settings.ratePerSecond = ratePerSecond;
		for (let index = 0; index < resources; index++) {
			addPam360Resource(pam360.state, { name: `resource-${index}` });
		}
		process.send?.('empty');
	});
	process.on('disconnect', () => process.exit());
	process.send?.({
		pam360: pam360.url,
		cortexXsiam: cortexXsiam.url,
		senhasegura: senhasegura.url,
	});
}

void main();
