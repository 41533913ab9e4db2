import { generateKeyPairSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';
import nock from 'nock';
import type { IDataObject } from 'n8n-workflow';
import { findSecrets } from '../../harness';
import type { Pam360Simulator } from '../../simulators';
import { addPam360Account, addPam360Resource, startPam360Simulator } from '../../simulators';
import { credentialFor, runVendor } from '../vendors';
import { HOST, kit, success } from '../senhasegura/kit';

/** What a vendor, or a message, repeats of a secret that was typed, opened or made. */

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const recipientPrivateKey = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const SECRET = 'CANARY-9f3a:zz"Q/ü';

const sealed = async (text: string) =>
	await new CompactEncrypt(new TextEncoder().encode(text))
		.setProtectedHeader({
			alg: 'RSA-OAEP-256',
			enc: 'A256GCM',
			iat: Math.floor(Date.now() / 1000),
		})
		.encrypt(publicKey);

describe('PAM360, Reset Password', () => {
	let sim: Pam360Simulator;
	beforeAll(async () => {
		sim = await startPam360Simulator();
	});
	afterEach(() => sim.reset());
	afterAll(async () => await sim.close());

	const reset = async (parameters: IDataObject) => {
		const resource = addPam360Resource(sim.state, { name: 'target', type: 'Linux' });
		addPam360Account(sim.state, resource, { name: 'root', password: 'old one' });
		const byName = (value: string) => ({ __rl: true, mode: 'name', value });
		return await runVendor({
			vendor: 'pam360',
			onlyTheseParameters: true,
			parameters: {
				resource: 'password',
				operation: 'reset',
				resourceId: byName('target'),
				accountId: byName('root'),
				resetType: 'local',
				passwordSource: 'own',
				policy: '',
				...parameters,
			},
			credentials: {
				pam360Api: { ...credentialFor.pam360Api(sim.url), recipientPrivateKey },
			},
		});
	};

	it.each(['local', 'remote'])(
		'gives a password that came encrypted out encrypted, where the answer was lost: %s',
		async (resetType) => {
			sim.trouble.add({ kind: 'status', status: 502, match: { path: /password$/ } });
			const result = await reset({ resetType, newPassword: await sealed(SECRET) });
			expect(findSecrets([result.items, result.run, result.logs], [SECRET])).toEqual([]);
			expect(result.items[0]?.json.outcome).toBe('unknown');
			const jwe = result.items[0]?.json.secret as string;
			const { plaintext } = await compactDecrypt(jwe, privateKey);
			expect(new TextDecoder().decode(plaintext)).toBe(SECRET);
		},
	);

	it.each([
		[true, 'none'],
		[false, 'none'],
		[true, 'item'],
		[false, 'item'],
	])('takes it out of the message that repeats it: Simplify %s, %s', async (simplify, output) => {
		const message = `Password changed to 'CANARY-x1&amp;y' and CANARY-x1\\u0026y.`;
		const result0 = { status: 'Success', message };
		const body = JSON.stringify({ operation: { name: 'CHANGE PASSWORD', result: result0 } });
		sim.trouble.add({ kind: 'rawBody', status: 200, body, match: { path: /password$/ } });
		const { items, nodeError } = await reset({
			simplify,
			newPassword: 'CANARY-x1&y',
			options: { secretOutput: output },
		});
		expect(nodeError).toBeUndefined();
		const { secret, ...others } = items[0]?.json ?? {};
		expect(JSON.stringify(others)).toContain("Password changed to '[redacted]' and [redacted]");
		expect(JSON.stringify(others)).not.toContain('CANARY');
		if (output === 'none') expect(secret ?? null).toBeNull();
	});
});

describe('senhasegura, Simplify off', () => {
	beforeAll(() => {
		if (!nock.isActive()) nock.activate();
		nock.disableNetConnect();
	});
	afterEach(() => nock.cleanAll());
	afterAll(() => {
		nock.enableNetConnect();
		nock.restore();
	});

	const cases: Array<[string, IDataObject, string]> = [
		[
			'credential, upsert',
			{
				resource: 'credential',
				operation: 'upsert',
				ip: '10.66.33.31',
				hostname: 'linux-01',
				username: 'dba',
				additionalFields: { content: 'SECRET' },
			},
			'credential',
		],
		[
			'protectedInformation, create',
			{ resource: 'protectedInformation', operation: 'create', name: 'n', content: 'SECRET' },
			'info',
		],
		[
			'safeNote, create',
			{ resource: 'safeNote', operation: 'create', name: 'n', note: 'SECRET' },
			'note_entity',
		],
	];

	it.each(cases)('leaves no echo outside of the known places: %s', async (_, parameters, field) => {
		for (const value of [SECRET, await sealed(SECRET)]) {
			nock(HOST)
				.post(/.*/)
				.reply(
					201,
					success(`Registered ${SECRET}`, {
						[field]: {
							id: '1',
							identifier: '3',
							was: SECRET,
							note2: `it is ${SECRET} now`,
							raw: JSON.stringify({ content: SECRET }),
						},
					}),
				);
			const given = JSON.parse(
				JSON.stringify(parameters).replace('"SECRET"', JSON.stringify(value)),
			) as IDataObject;
			const result = await runVendor({
				vendor: 'senhasegura',
				onlyTheseParameters: true,
				parameters: { authentication: 'oAuth1', simplify: false, ...given },
				credentials: {
					senhaseguraOAuth1Api: {
						...kit.credentials.senhaseguraOAuth1Api,
						recipientPrivateKey,
					},
				},
			});
			expect(result.nodeError).toBeUndefined();
			expect(result.items[0]?.json[field]).toMatchObject({
				id: '1',
				was: null,
				note2: 'it is [redacted] now',
				raw: '{"content":"[redacted]"}',
			});
			expect(findSecrets([result.items, result.logs], [SECRET])).toEqual([]);
		}
	});
});
