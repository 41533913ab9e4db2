import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { json } from 'node:stream/consumers';

import { packageRoot } from '../../../scripts/host/install';
import type { FinishedRun } from '../../../scripts/host/workflows';

export interface Report {
	executionId: string;
	workflowId: string;
	data: FinishedRun;
}

/** What has ended, as each n8n tells it that has this environment. */
export interface Reports {
	ended: Report[];
	env: Record<string, string>;
	stop(): Promise<void>;
}

export async function startReports(): Promise<Reports> {
	const ended: Report[] = [];
	const server = createServer((request, response) => {
		void json(request).then((body) => {
			ended.push(body as Report);
			response.end('{}');
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		ended,
		env: {
			EXTERNAL_HOOK_FILES: path.join(packageRoot, 'test', 'kill', 'world', 'reports.cjs'),
			KILL_REPORTS_TO: `http://127.0.0.1:${port}/`,
		},
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
