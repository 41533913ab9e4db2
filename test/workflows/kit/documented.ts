import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeCredentialTestResult } from 'n8n-workflow';

const page = readFileSync(join(__dirname, '../../../docs/credentials.md'), 'utf8');

/** What the page's tables of messages name in their first column: sentences, words in quotes and codes. */
const known = page
	.split(/^(?=\| it (?:says|shows) )/m)
	.slice(1)
	.flatMap((part) => part.split('\n\n')[0]?.split('\n').slice(2) ?? [])
	.flatMap((line) => {
		const cell = /^\| (.+?) \|/.exec(line)?.[1]?.trim() ?? '';
		const quoted = [...cell.matchAll(/[`"]([^`"]+)[`"]/g)].map(([, words = '']) => words);
		return quoted.length > 0 ? quoted : [cell];
	})
	.filter(Boolean);

/** The result of a credential's test, whose message the page on credentials must know. */
export function documented(result: INodeCredentialTestResult): INodeCredentialTestResult {
	const { status, message } = result;
	// A field that cannot be used says itself what belongs into it.
	const isOfField = /^'[^']+' (is empty )?in the credential/.test(message);
	const isKnown = isOfField || known.some((words) => message.includes(words));
	expect(status === 'OK' || isKnown ? '' : message).toBe('');
	return result;
}
