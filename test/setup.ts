import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { setDefaultAutoSelectFamilyAttemptTimeout } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// n8n-core reads both while it is loaded, and writes a configuration into the home folder otherwise.
process.env.N8N_USER_FOLDER ??= mkdtempSync(join(tmpdir(), 'n8n-engine-'));
process.env.N8N_ENCRYPTION_KEY ??= 'a-key-for-tests-only';

// Node.js gives up a connection to the first address of "localhost" after 250 ms, which a busy process takes.
setDefaultAutoSelectFamilyAttemptTimeout(10_000);
