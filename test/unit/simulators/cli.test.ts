import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { call } from './call';

interface Told {
	[vendor: string]: { url: string };
}

it('starts all three, tells where they are and stops on a signal', async () => {
	const cli = join(__dirname, '../../simulators/cli.ts');
	const child = spawn(process.execPath, ['--import', 'tsx', cli]);
	let text = '';
	child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
	while (!text.endsWith('}\n')) await once(child.stdout, 'data');

	const { pam360, cortexXsiam, senhasegura } = JSON.parse(text) as Told;
	for (const vendor of [pam360, cortexXsiam, senhasegura]) {
		expect((await call(vendor?.url ?? '')).status).toBe(404);
	}

	child.kill('SIGTERM');
	expect(await once(child, 'exit')).toEqual([0, null]);
});
