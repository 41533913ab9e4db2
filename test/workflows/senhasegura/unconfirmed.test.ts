import { senhasegura } from '../../../nodes/Senhasegura/resources';
import type { RunNodeResult } from '../../harness';
import { apiPage, builtBy, callRows, callsOf } from '../../package/apiDocs';
import { said } from '../kit/result';
import { demoCredential, operationRuns, performOperation } from './everyOperation';
import { simulatedVault } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const vault = simulatedVault();

async function perform(name: string): Promise<RunNodeResult> {
	const [authentication = 'oAuth1'] = operationRuns[name]?.authentications ?? ['oAuth1'];
	return await performOperation(vault.sim, name, { authentication, apiPrefix: '/api' });
}

/** They make several changes, or read by POST. */
const OTHERS = ['sshKey.rotate', 'sshKey.finishRotation', 'certificate.download'];

const names = new Map(
	senhasegura.resources.flatMap((resource) =>
		resource.operations.map((operation) => [
			`${resource.name}: ${operation.name}`,
			`${resource.value}.${operation.value}`,
		]),
	),
);

/**
 * The call that makes the change, of each operation that makes one, as the page of the vendor's API has
 * it in its last table.
 */
const CHANGES: Array<[name: string, method: string, path: RegExp]> = [
	['credential.get', 'DELETE', /\/custody\//],
	...callRows(apiPage('senhasegura')).flatMap((row): typeof CHANGES => {
		const [method = '', path = ''] = callsOf(row, '')[0]?.split(' ') ?? [];
		const pattern = new RegExp(`${path.replace('/iso/', '/').replace('{}', '[^/]+')}$`);
		return builtBy(row)
			.map((title) => names.get(title) ?? title)
			.filter((name) => method !== 'GET' && !OTHERS.includes(name))
			.map((name) => [name, method, pattern]);
	}),
];

it('finds in the table every change that this vendor has', () => {
	expect(CHANGES.length).toBeGreaterThan(40);
});

/** Records in which nothing is. */
const HOLLOW = {
	relatedUsers: {},
	info: {},
	password_entity: {},
	note_entity: {},
	api_entity: {},
	application: {},
	credential: {},
};

/** Bodies in HTTP 200 that do not say that anything was done. */
const SILENT = [
	'{"response":{}}',
	'{"response":{"status":null,"message":"","detail":""}}',
	JSON.stringify({ response: {}, ...HOLLOW }),
];

describe('an answer that does not say that it worked', () => {
	it.each(CHANGES)('is no success of %s', async (name, method, path) => {
		for (const body of SILENT) {
			vault.sim.reset();
			const trouble = vault.sim.trouble.add({ kind: 'rawBody', body, match: { method, path } });
			const result = await perform(name);
			expect(trouble.hits).toBeGreaterThan(0);
			expect(result.items).toEqual([]);
			expect(said(result)).toMatch(/senhasegura answered without /);
		}
	});

	it.each(
		CHANGES.filter(([name]) =>
			/enable|disable|delete|update|drop|credential.releaseCustody/.test(name),
		),
	)('may come after the work of %s, and the error says so', async (name, method, path) => {
		const body = name === 'user.delete' ? '{' : '';
		vault.sim.trouble.add({ kind: 'rawBody', body, match: { method, path }, work: true });
		const told = name === 'user.update' ? 'The user may have been changed' : 'may have been made';
		expect(said(await perform(name))).toContain(`${told} anyway.`);
	});

	it('is asked for once more where the change can be repeated', async () => {
		const match = { method: 'DELETE', path: /\/pam\/credential\/39$/ };
		vault.sim.trouble.add({
			kind: 'rawBody',
			body: '{"response":{}}',
			match,
			times: 1,
			work: true,
		});
		const result = await perform('credential.disable');
		expect(said(result)).toBe('');
		expect(result.items[0]?.json).toMatchObject({ enabled: false, changed: null });
		expect(demoCredential(vault.sim).active).toBe(false);
	});

	it.each([
		['a status alone', '{"response":{"status":200}}'],
		['a status as text', '{"response":{"status":"200"}}'],
		['a code above', '{"code":200,"response":{}}'],
		['no error', '{"response":{"error":false}}'],
		['no error in Portuguese', '{"response":{"erro":"0"}}'],
	])('is not one that says it by %s', async (_name, body) => {
		const match = { method: 'DELETE', path: /\/pam\/credential\/39$/ };
		vault.sim.trouble.add({ kind: 'rawBody', body, match, work: true });
		const result = await perform('credential.disable');
		expect(said(result)).toBe('');
		expect(result.items[0]?.json).toMatchObject({ enabled: false, changed: true });
	});
});

it.each([
	['sshKey.get', 'GET', /\/pam\/key\/\d+$/],
	['certificate.download', 'POST', /\/certificate\/download$/],
])(
	'a lost answer to %s, which gives something out, may mean no change',
	async (name, method, path) => {
		const trouble = vault.sim.trouble.add({ kind: 'cutAfterWork', match: { method, path } });
		const result = await perform(name);
		expect(trouble.hits).toBeGreaterThan(1);
		expect(said(result)).toMatch(/closed the connection before it answered/);
		expect(said(result)).not.toMatch(/anyway/);
	},
);

it('a lost answer to secret.upsert says what may have been done', async () => {
	const match = { method: 'POST', path: /\/sctm\/secret$/ };
	vault.sim.trouble.add({ kind: 'cutAfterWork', match });
	expect(said(await perform('secret.upsert'))).toMatch(
		/ The secret may have been stored anyway\. Running the node again does no harm\.$/,
	);
});

describe('an answer that says two things', () => {
	const good = { status: 200, message: 'Credential successfully deactivated', error: false };

	it.each<[string, object]>([
		['an error beside the envelope', { response: good, error: 'invalid_request', message: 'No' }],
		['an exception', { response: good, exception: { code: 1007, message: '1007: Not there' } }],
		['a boolean in capitals', { response: { ...good, error: 'True' } }],
	])('of which one is %s is no success', async (_name, body) => {
		const match = { method: 'DELETE', path: /\/pam\/credential\/39$/ };
		vault.sim.trouble.add({ kind: 'rawBody', body: JSON.stringify(body), match });
		const result = await perform('credential.disable');
		expect(result.items).toEqual([]);
		expect(said(result)).not.toBe('');
	});

	it.each<[string, object]>([
		['an empty error', { response: good, error: '' }],
		['an error that is none', { response: good, error: 'false' }],
		['an empty exception', { response: good, exception: { code: 0, message: '', detail: null } }],
	])('of which one is %s is a success', async (_name, body) => {
		const match = { method: 'DELETE', path: /\/pam\/credential\/39$/ };
		vault.sim.trouble.add({ kind: 'rawBody', body: JSON.stringify(body), match });
		expect(said(await perform('credential.disable'))).toBe('');
	});
});
