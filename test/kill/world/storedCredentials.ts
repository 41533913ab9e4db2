import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { execa } from 'execa';

import { packageRoot } from '../../../scripts/host/install';
import type { N8n } from '../../../scripts/host/n8n';
import type { StoredCredential } from '../../../scripts/host/workflows';

const script = path.join(packageRoot, 'test', 'kill', 'world', 'storedCredentials.cjs');

/** What n8n's database has of its credentials, whether n8n is running or not. */
export class StoredCredentials {
	private readonly answers: AsyncIterator<string>;

	private last: Promise<unknown> = Promise.resolve();

	private complaints = '';

	private constructor(
		private readonly reader: { kill(): unknown; stdin: Writable; stderr: Readable },
		lines: Interface,
	) {
		reader.stderr.on('data', (chunk: Buffer) => (this.complaints += chunk.toString()));
		this.answers = lines[Symbol.asyncIterator]();
	}

	/** Starts a process that reads them: the database takes n8n's own Node.js. */
	static open({ host, userFolder, encryptionKey }: N8n): StoredCredentials {
		const database = path.join(userFolder, '.n8n', 'database.sqlite');
		const reader = execa(host.node, [script, host.n8n, database], {
			env: { N8N_ENCRYPTION_KEY: encryptionKey },
			buffer: false,
			reject: false,
		});
		return new StoredCredentials(reader, createInterface({ input: reader.stdout }));
	}

	async read(id: string): Promise<StoredCredential['data']> {
		const answer = this.last.then(async () => {
			this.reader.stdin.write(`${id}\n`);
			const answered = await this.answers.next();
			if (answered.done === true) {
				throw new Error(`Credential ${id} could not be read.\n${this.complaints}`);
			}
			return JSON.parse(answered.value) as StoredCredential['data'];
		});
		this.last = answer.catch(() => undefined);
		return await answer;
	}

	close() {
		this.reader.kill();
	}
}
