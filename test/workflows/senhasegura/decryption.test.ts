import { generateKeyPairSync } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { SenhaseguraOAuth1Api } from '../../../credentials/SenhaseguraOAuth1Api.credentials';
import { SenhaseguraOAuth2Api } from '../../../credentials/SenhaseguraOAuth2Api.credentials';
import type { RunNodeResult } from '../../harness';
import { AUTHENTICATIONS } from '../../unit/senhasegura/support';
import { hints, leaks, said } from '../kit/result';
import { performOperation } from './everyOperation';
import { simulatedVault } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const vault = simulatedVault();
beforeEach(() => {
	vault.sim.settings.encryptSecrets = true;
});

const wrong = generateKeyPairSync('rsa', {
	modulusLength: 2048,
	publicKeyEncoding: { type: 'spki', format: 'pem' },
	privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
}).privateKey;

/** What of a PEM text must not be seen anywhere. */
const linesOf = (pem: string) => pem.split('\n').filter((line) => /^[\w+/=]{16,}$/.test(line));

describe.each(AUTHENTICATIONS)('a vault that encrypts, by %s', (authentication) => {
	const run = async (
		resource: string,
		operation: string,
		parameters: IDataObject,
		decryptionKey?: string,
	): Promise<RunNodeResult> =>
		await vault.run(resource, operation, parameters, {
			authentication,
			...(decryptionKey && { credential: { decryptionKey } }),
		});

	it('cannot encrypt a private key, which is explained', async () => {
		await performOperation(vault.sim, 'sshKey.create', { authentication, apiPrefix: '/api' });
		const result = await run('sshKey', 'get', { sshKeyId: 92 }, vault.sim.decryptionKey());
		expect(said(result)).toContain('The vault could not encrypt the secret, so it returned none');
		expect(said(result)).toContain('a private key does not fit');
	});

	it('gives a passphrase and a short key in clear where the credential has the key', async () => {
		await performOperation(vault.sim, 'sshKey.create', { authentication, apiPrefix: '/api' });
		const key = vault.sim.state.items.get('92');
		Object.assign(key ?? {}, { privateKey: 'short', password: ' phrase ' });
		const open = await run('sshKey', 'get', { sshKeyId: 92 }, vault.sim.decryptionKey());
		expect(open.items[0]?.json).toMatchObject({ secret: 'short', passphrase: ' phrase ' });
		const closed = await run('sshKey', 'get', { sshKeyId: 92 });
		expect(closed.items[0]?.json.secret).not.toBe('short');
		expect(hints(closed)).toHaveLength(1);
		const rotated = await run('sshKey', 'rotate', { sshKeyId: 92, keyAlgorithm: 'ed25519' });
		expect(said(rotated)).toContain('because the vault gives its secrets encrypted');
	});

	it.each([
		['wrong', () => wrong],
		['damaged', () => wrong.replace(/\n.{64}\n/, '\n')],
		['no PEM', () => 'canary-of-no-pem-at-all'],
		['of another kind', () => wrong.replaceAll('PRIVATE KEY', 'PUBLIC KEY')],
	])('is met with a key that is %s: nothing of it is shown', async (_name, key) => {
		const secret = key();
		for (const onError of [undefined, 'continueRegularOutput'] as const) {
			const result = await vault.run(
				'credential',
				'get',
				{ credentialId: 39 },
				{
					authentication,
					credential: { decryptionKey: secret },
					...(onError && { node: { onError } }),
				},
			);
			const text = said(result) || JSON.stringify(result.items[0]?.json);
			expect(text).toContain("'Decryption Key' in the credential");
			expect(leaks(result, [secret, ...linesOf(secret)])).toEqual([]);
		}
	});

	it('that repeats the key in a refusal shows nothing of it', async () => {
		const body = { message: `Bad key ${wrong} ${wrong.replaceAll('\n', ' ')}` };
		vault.sim.trouble.add({ kind: 'status', status: 400, body, match: /pam/ });
		const result = await run('device', 'getAll', {}, wrong);
		expect(said(result)).toContain('Bad key [redacted]');
		expect(leaks(result, [wrong, ...linesOf(wrong)])).toEqual([]);
	});
});

it.each([new SenhaseguraOAuth1Api(), new SenhaseguraOAuth2Api()])(
	'$displayName masks the key, and needs none',
	({ properties }) => {
		const field = properties.find(({ name }) => name === 'decryptionKey');
		expect(field).toMatchObject({ typeOptions: { password: true }, default: '' });
		expect(field).not.toHaveProperty('required');
	},
);
