import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A server that takes what a workflow reports. */
export interface Collector<Report> {
	reports: Report[];
	url: string;
	close(): Promise<void>;
}

interface Answer {
	status: number;
	body: object;
}

export async function startCollector<Report>(
	answer: (report: Report) => Answer = () => ({ status: 200, body: {} }),
): Promise<Collector<Report>> {
	const reports: Report[] = [];
	const server = createServer((request, response) => {
		void json(request).then(
			(body) => {
				reports.push(body as Report);
				const { status, body: said } = answer(body as Report);
				response.writeHead(status, { 'content-type': 'application/json' });
				response.end(JSON.stringify(said));
			},
			// Whoever is killed while it reports has not reported.
			() => response.destroy(),
		);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const close = async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	};
	return { reports, url: `http://127.0.0.1:${port}/`, close };
}
