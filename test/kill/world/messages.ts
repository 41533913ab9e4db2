import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { createServerIdentity } from '../../simulators/shared/tls';

const slackHost = 'slack.com';

/** A lane may live through years. */
const certificateDays = 20 * 365;

/**
 * Slack and Jira, which take every message. Slack's address is fixed in n8n's node: it is reached
 * through a proxy that knows no other host, so that nothing leaves this machine.
 */
export interface Messages {
	/** What was told, oldest first. */
	readonly texts: string[];
	/** Where Jira is. */
	jiraUrl: string;
	/** What n8n needs in its environment. */
	env: Record<string, string>;
	close(): Promise<void>;
}

/** `folder` is for a file that n8n reads. */
export async function startMessages(folder: string): Promise<Messages> {
	const texts: string[] = [];
	const { certificate, key } = createServerIdentity([slackHost], certificateDays);
	const authority = path.join(folder, 'authority.pem');
	await writeFile(authority, certificate);

	const answer = (request: IncomingMessage, response: ServerResponse) => {
		void text(request).then(
			(body) => {
				response.setHeader('content-type', 'application/json');
				response.end(JSON.stringify(answerTo(request.url ?? '', body, texts)));
			},
			// An n8n that is killed while it sends a message has sent none.
			() => response.destroy(),
		);
	};
	const slack = createTlsServer({ cert: certificate, key }, answer);
	const jira = createServer(answer);
	const proxy = createServer((_request, response) => response.writeHead(502).end());
	proxy.on('connect', ({ url }, client, head) => {
		client.on('error', () => client.destroy());
		if (url !== `${slackHost}:443`) return client.end('HTTP/1.1 502 Unknown host\r\n\r\n');
		const upstream = connect(portOf(slack), '127.0.0.1', () => {
			client.write('HTTP/1.1 200 Connection established\r\n\r\n');
			upstream.write(head);
			client.pipe(upstream).pipe(client);
		});
		upstream.on('error', () => client.destroy());
	});
	const servers = [slack, jira, proxy];
	for (const server of servers) {
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
	}
	const proxyUrl = `http://127.0.0.1:${portOf(proxy)}`;
	return {
		texts,
		jiraUrl: `http://127.0.0.1:${portOf(jira)}`,
		env: {
			HTTPS_PROXY: proxyUrl,
			HTTP_PROXY: proxyUrl,
			NO_PROXY: 'localhost,127.0.0.0/8,127.0.0.1',
			NODE_EXTRA_CA_CERTS: authority,
		},
		async close() {
			for (const server of servers) {
				server.close();
				server.closeAllConnections();
			}
		},
	};
}

function portOf(server: { address(): unknown }): number {
	return (server.address() as AddressInfo).port;
}

/** The shapes that n8n's nodes read: chat.postMessage, issuetype and issue. */
function answerTo(url: string, body: string, texts: string[]): object {
	if (url.endsWith('/chat.postMessage')) {
		texts.push((JSON.parse(body) as { text: string }).text);
		return { ok: true, channel: 'C1', ts: '1', message: {} };
	}
	if (url.includes('/issuetype')) return [{ id: '10001', name: 'Task', subtask: false }];
	const { fields } = JSON.parse(body) as { fields: { summary: string; description?: string } };
	texts.push([fields.summary, fields.description].filter(Boolean).join('\n'));
	return { id: '10100', key: 'SEC-1', self: 'http://localhost/rest/api/2/issue/10100' };
}
