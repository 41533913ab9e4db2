import { createServer, request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { IDataObject } from 'n8n-workflow';
import { startCortexXsiamSimulator } from '../../simulators';
import type { CortexXsiamSimulator } from '../../simulators';
import { credentialFor, runVendor } from '../vendors';

export interface Asked {
	path: string;
	body: string;
}

interface Told {
	headers: IncomingHttpHeaders;
	body: string;
}

/** A server in front of a tenant, which changes what is asked and what is told. */
interface Front {
	/** The body that the tenant gets. */
	ask?(asked: Asked): string;
	/** The answer that n8n gets; a header that is undefined is left out. */
	tell(told: Told, asked: Asked): Told;
}

/** A simulated tenant for one test file, which can have servers in front of it. */
export function tenantWithFronts() {
	let sim: CortexXsiamSimulator;
	const opened: Array<() => void> = [];
	beforeAll(async () => {
		sim = await startCortexXsiamSimulator({ http: true });
	});
	beforeEach(() => sim.reset());
	afterEach(() => opened.splice(0).forEach((close) => close()));
	afterAll(async () => await sim.close());

	const pass = async (asked: Asked, method: string | undefined, headers: object, body: string) =>
		await new Promise<Told & { status: number }>((resolve, reject) => {
			const sent = { ...headers, 'content-length': Buffer.byteLength(body) };
			const onwards = request(`${sim.url}${asked.path}`, { method, headers: sent }, (answer) => {
				const { statusCode: status = 0, headers: told } = answer;
				text(answer).then((read) => resolve({ status, headers: told, body: read }), reject);
			});
			onwards.on('error', reject).end(body);
		});

	return {
		get sim() {
			return sim;
		},
		/** Opens a server in front of the tenant. */
		async behind({ ask = ({ body }) => body, tell }: Front): Promise<string> {
			const server = createServer((incoming, outgoing) => {
				void (async () => {
					const { method, headers, url: path = '' } = incoming;
					const asked = { path, body: await text(incoming) };
					const { status, ...own } = await pass(asked, method, headers, ask(asked));
					const told = tell(own, asked);
					outgoing.sendDate = false;
					const length = String(Buffer.byteLength(told.body));
					const all = { ...told.headers, 'content-length': length, 'transfer-encoding': undefined };
					for (const [name, value] of Object.entries(all)) {
						if (value !== undefined) outgoing.setHeader(name, value);
					}
					outgoing.writeHead(status).end(told.body);
				})();
			});
			await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
			opened.push(() => server.close());
			return `http://localhost:${(server.address() as AddressInfo).port}`;
		},
		/** Runs an operation on API keys, by the address of the tenant or of a server in front of it. */
		run: async (url: string, parameters: IDataObject) =>
			await runVendor({
				vendor: 'cortexXsiam',
				onlyTheseParameters: true,
				parameters: { resource: 'apiKey', options: { perSecond: 10_000 }, ...parameters },
				credentials: { cortexXsiamApi: credentialFor.cortexXsiamApi(url, 'standard') },
			}),
	};
}
