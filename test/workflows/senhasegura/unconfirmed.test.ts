import type { RunNodeResult } from '../../harness';
import { said } from '../kit/result';
import { demoCredential, operationRuns, performOperation } from './everyOperation';
import { simulatedVault } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const vault = simulatedVault();

async function perform(name: string): Promise<RunNodeResult> {
	const [authentication = 'oAuth1'] = operationRuns[name]?.authentications ?? ['oAuth1'];
	return await performOperation(vault.sim, name, { authentication, apiPrefix: '/api' });
}

/** The call that makes the change, of each operation that makes one. */
const CHANGES: Array<[name: string, method: string, path: RegExp]> = [
	['sshKey.create', 'POST', /\/pam\/key$/],
	['sshKey.upsert', 'POST', /\/pam\/key$/],
	['sshKey.disable', 'DELETE', /\/pam\/key\/\d+$/],
	['sshKey.enable', 'PUT', /\/pam\/key\/\d+$/],
	['credential.upsert', 'POST', /\/pam\/credential$/],
	['credential.disable', 'DELETE', /\/pam\/credential\/\d+$/],
	['credential.enable', 'PUT', /\/pam\/credential\/\d+$/],
	['credential.releaseCustody', 'DELETE', /\/custody\//],
	['credential.get', 'DELETE', /\/custody\//],
	['credential.changePassword', 'DELETE', /\/custody\//],
	['device.upsert', 'POST', /\/pam\/device$/],
	['device.disable', 'DELETE', /\/pam\/device\/\d+$/],
	['device.enable', 'PUT', /\/pam\/device\/\d+$/],
	['relatedUser.create', 'POST', /\/user\/related$/],
	['relatedUser.update', 'PUT', /\/user\/related\/\d+$/],
	['relatedUser.delete', 'DELETE', /\/user\/related\/\d+$/],
	['session.createWebProxySession', 'POST', /\/remote\/session$/],
	['session.drop', 'DELETE', /\/session\/drop\//],
	['protectedInformation.create', 'POST', /\/pam\/info$/],
	['protectedInformation.disable', 'DELETE', /\/pam\/info\//],
	['secret.upsert', 'POST', /\/sctm\/secret$/],
	['secret.provision', 'POST', /\/coe\/dapp\/provision$/],
	['secret.deprovision', 'POST', /\/coe\/dapp\/deprovision$/],
	['application.create', 'POST', /\/dapp\/application$/],
	['certificate.import', 'POST', /\/certificate\/import$/],
	['certificate.publish', 'POST', /\/certificate\/publish$/],
	['certificateRequest.create', 'POST', /\/certificate\/request$/],
	['certificateRequest.sign', 'POST', /\/certificate\/request\/sign\/\d+$/],
	...['password', 'note', 'secretapi'].flatMap((kind): typeof CHANGES => {
		const resource = { password: 'safePassword', note: 'safeNote' }[kind] ?? 'safeApiSecret';
		return [
			[`${resource}.create`, 'POST', new RegExp(`/mysafe/${kind}$`)],
			[`${resource}.update`, 'PUT', new RegExp(`/mysafe/${kind}/update/`)],
			[`${resource}.enable`, 'POST', new RegExp(`/mysafe/${kind}/active/\\d+$`)],
			[`${resource}.disable`, 'POST', new RegExp(`/mysafe/${kind}/inactive/\\d+$`)],
		];
	}),
	['safeApiSecret.upsert', 'POST', /\/mysafe\/secretapi$/],
	['user.create', 'POST', /\/Users$/],
	['user.update', 'PATCH', /\/Users\//],
	['user.delete', 'DELETE', /\/Users\//],
];

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
		expect(said(await perform(name))).toContain('may have been made anyway');
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
