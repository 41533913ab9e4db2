import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import type { Journal } from './journal';

const credentialIds = /(?<=\/credentials\/)[^/?]+/u;

/**
 * n8n's public API, as a workflow in that n8n reaches it: through the journal, so that n8n can be
 * killed before and after what it asks of itself.
 */
export class OwnApi {
	private constructor(
		private readonly server: Server,
		/** Without a path. */
		readonly url: string,
	) {}

	/** `n8nUrl` is where n8n is at that moment: it moves with each start. */
	static async start(journal: Journal, n8nUrl: () => string): Promise<OwnApi> {
		const server = createServer((request, response) => {
			void pass(request, response, journal, n8nUrl);
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		return new OwnApi(server, `http://127.0.0.1:${port}`);
	}

	close() {
		this.server.close();
		this.server.closeAllConnections();
	}
}

async function pass(
	request: IncomingMessage,
	response: ServerResponse,
	journal: Journal,
	n8nUrl: () => string,
) {
	const { method = '', url = '', socket } = request;
	const body = await text(request).catch(() => undefined);
	// An n8n that is killed while it asks has asked for nothing.
	if (body === undefined) return socket.destroy();
	const label = `n8n: ${method} ${url.replace(credentialIds, '{id}').replace('/api/v1/', '')}`;
	const entry = journal.begin('n8n', label, method !== 'GET' && !url.endsWith('/test'), body);
	const work = async () =>
		await fetch(`${n8nUrl()}${url}`, {
			method,
			headers: {
				'content-type': request.headers['content-type'] ?? 'application/json',
				'x-n8n-api-key': request.headers['x-n8n-api-key']?.toString() ?? '',
			},
			...(body !== '' && { body }),
		});
	const verdict = await journal.before(entry);
	if (verdict === 'cut') {
		socket.destroy();
	} else if (verdict === 'pass') {
		// An n8n that was killed meanwhile neither answers nor is there to be answered.
		const answer = await work().catch(() => undefined);
		const cut = answer === undefined || (await journal.after(entry, answer.status)) === 'cut';
		if (cut) return socket.destroy();
		response.writeHead(answer.status, { 'content-type': 'application/json' });
		response.end(await answer.text());
	} else if ('status' in verdict) {
		response.writeHead(verdict.status).end();
	} else {
		socket.destroy();
		await verdict.until;
		const { status } = await work();
		await journal.parkedDone(entry, status);
	}
}
