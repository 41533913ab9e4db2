import path from 'node:path';

import { packageRoot } from '../../../scripts/host/install';
import type { FinishedRun } from '../../../scripts/host/workflows';
import { startCollector } from './collector';

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
	const { reports, url, close } = await startCollector<Report>();
	return {
		ended: reports,
		env: {
			EXTERNAL_HOOK_FILES: path.join(packageRoot, 'test', 'kill', 'world', 'reports.cjs'),
			KILL_REPORTS_TO: url,
		},
		stop: close,
	};
}
