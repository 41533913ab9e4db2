import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { findSecrets } from '../../harness';
import type { RunNodeResult } from '../../harness';
import type { SenhaseguraSimulator } from '../../simulators';
import { senhaseguraDemo, startSenhaseguraSimulator } from '../../simulators';
import { AUTHENTICATIONS, credentialsFor, fixture, said } from '../../unit/senhasegura/support';
import type { Authentication } from '../../unit/senhasegura/support';
import { runVendor } from '../vendors';

jest.mock('n8n-workflow', (): unknown => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => await new Promise((resolve) => setTimeout(resolve, 2)),
}));

let sim: SenhaseguraSimulator;

beforeAll(async () => {
	sim = await startSenhaseguraSimulator();
});
beforeEach(() => sim.reset());
afterAll(async () => await sim.close());

interface Client {
	authentication?: Authentication;
	credential?: ICredentialDataDecryptedObject;
}

async function run(
	{ authentication = 'oAuth2', credential }: Client,
	resource: string,
	operation: string,
	parameters: IDataObject = {},
	items: IDataObject[] = [{}],
): Promise<RunNodeResult> {
	return await runVendor({
		vendor: 'senhasegura',
		onlyTheseParameters: true,
		parameters: { authentication, resource, operation, ...parameters },
		credentials: credentialsFor(authentication, sim.url, credential),
		items,
	});
}

/** The items of a run that has to succeed. */
async function does(...call: Parameters<typeof run>): Promise<IDataObject[]> {
	const result = await run(...call);
	expect(said(result)).toBe('');
	return result.items.map(({ json }) => json);
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
const byId = (value: unknown) => ({ mode: 'id', value: String(value) });
const all = { returnAll: true };

const clients = AUTHENTICATIONS.flatMap((authentication) =>
	['/api', '/iso'].map((apiPrefix): Client => ({ authentication, credential: { apiPrefix } })),
);

describe.each(clients)('with $authentication below $credential.apiPrefix', (client) => {
	it('a related user lives', async () => {
		const [created] = await does(client, 'relatedUser', 'create', {
			name: 'Ana',
			username: 'ana',
		});
		const relatedUserId = byId(created?.id);
		const changed = { ...created, name: 'Ana Lima' };
		expect(
			await does(client, 'relatedUser', 'update', {
				relatedUserId,
				updateFields: { name: 'Ana Lima' },
			}),
		).toEqual([{ ...changed, changed: true }]);
		expect(await does(client, 'relatedUser', 'get', { relatedUserId })).toEqual([changed]);
		expect(await does(client, 'relatedUser', 'getAll', all)).toEqual([changed]);
		await does(client, 'relatedUser', 'delete', { relatedUserId });
		expect(await does(client, 'relatedUser', 'getAll', all)).toEqual([]);
		expect(
			await does(client, 'relatedUser', 'delete', {
				relatedUserId,
				additionalFields: { succeedIfAlready: true },
			}),
		).toMatchObject([{ deleted: true, changed: false }]);
		expect(said(await run(client, 'relatedUser', 'get', { relatedUserId }))).toContain(
			'The vault does not know this related user',
		);
	});

	it('a user lives', async () => {
		const [created] = await does(client, 'user', 'create', {
			username: 'ana',
			name: 'Ana',
			email: 'ana@example.com',
			externalId: '1',
			additionalFields: { roles: 'Operator' },
		});
		expect(created).toMatchObject({ username: 'ana', active: true, roles: ['Operator'] });
		const userId = byId(created?.id);
		expect(
			await does(client, 'user', 'update', {
				userId,
				updateFields: { active: false, name: 'Ana Lima', roles: 'Auditor' },
			}),
		).toMatchObject([{ active: false, name: 'Ana Lima', roles: ['Auditor'], externalId: '1' }]);
		expect(await does(client, 'user', 'get', { userId })).toMatchObject([{ name: 'Ana Lima' }]);
		await does(client, 'user', 'delete', { userId });
		expect(said(await run(client, 'user', 'delete', { userId }))).toContain('not found');
	});

	it('a session is opened once, found, and dropped', async () => {
		const [link] = await does(client, 'session', 'createWebProxySession', {
			user: 'ana',
			credential: 'root',
			device: 'linux-01',
			protocol: 'SSH',
		});
		const [key, open] = [...sim.state.sessionUrls][0] ?? [];
		expect(link?.secret).toBe(`${sim.url}/modulos/auth?_sr=${key ?? ''}`);
		expect(open).toMatchObject({ user: 'ana', credential: 'root', device: 'linux-01' });
		const [sample] = sim.state.sessions;
		if (!sample) throw new Error('The simulator has no session');
		sim.state.sessions.push({ ...sample, id: '541', sessionId: 'f'.repeat(40), end: null });
		const running = { ...all, filters: { running: true } };
		const [found] = await does(client, 'session', 'getAll', running);
		expect(found).toMatchObject({ id: '541', running: true });
		expect(await does(client, 'session', 'get', { session: byId(541) })).toEqual([found]);
		expect(await does(client, 'session', 'drop', { session: '541' })).toMatchObject([
			{ sessionId: 'f'.repeat(40), dropped: true },
		]);
		expect(await does(client, 'session', 'getAll', running)).toEqual([]);
		expect(said(await run(client, 'session', 'drop', { session: '541' }))).toContain(
			'The vault could not drop the session',
		);
	});

	it('protected information lives', async () => {
		await does(client, 'protectedInformation', 'create', {
			name: 'Bank',
			content: 'canary-content',
			additionalFields: { identifier: 'bank' },
		});
		const bank = { informationId: 'bank' };
		expect(await does(client, 'protectedInformation', 'get', bank)).toMatchObject([
			{ identifier: 'bank', secret: 'canary-content' },
		]);
		expect(await does(client, 'protectedInformation', 'disable', bank)).toMatchObject([
			{ changed: true },
		]);
		expect(
			await does(client, 'protectedInformation', 'disable', {
				...bank,
				additionalFields: { succeedIfAlready: true },
			}),
		).toMatchObject([{ changed: false }]);
		expect(said(await run(client, 'protectedInformation', 'get', bank))).toContain('is disabled');
	});

	it('a secret is created, read and updated', async () => {
		const identity = 'database';
		const secret = { mode: 'name', value: identity };
		const credential = { identity, content: 'credential', user: 'app', password: ' canary&=+ ' };
		expect(await does(client, 'secret', 'upsert', credential)).toMatchObject([
			{ identity, created: true, properties: ['user', 'password'] },
		]);
		const read = { secret, content: 'property', property: 'password' };
		expect(await does(client, 'secret', 'get', read)).toMatchObject([{ secret: ' canary&=+ ' }]);
		expect(
			await does(client, 'secret', 'upsert', { ...credential, password: 'canary-two' }),
		).toMatchObject([{ created: false }]);
		expect(await does(client, 'secret', 'get', { secret, content: 'whole' })).toMatchObject([
			{ secret: JSON.stringify([{ user: 'app', password: 'canary-two' }]) },
		]);
		const listed = await does(client, 'secret', 'getAll', all);
		expect(listed.map((item) => item.identity)).toEqual(['application5', 'database']);
		expect(findSecrets(listed, ['canary-two', 'demo-dsm-password'])).toEqual([]);
	});

	it('a new client of an application can log in', async () => {
		const [created] = await does(client, 'application', 'create', {
			name: 'shop',
			system: 'backend',
			environment: 'production',
		});
		const credential = { clientId: textOf(created?.id), clientSecret: textOf(created?.secret) };
		expect(await does({ credential }, 'secret', 'getAll', all)).toEqual([]);
		const store = { identity: 'a', content: 'credential', user: 'u', password: 'p' };
		await does({ credential }, 'secret', 'upsert', store);
		expect(await does({ credential }, 'secret', 'getAll', all)).toMatchObject([
			{ identity: 'a', application: 'shop', system: 'backend', environment: 'production' },
		]);
	});

	it('a credential is read through API v2, without custody', async () => {
		const [listed] = await does(client, 'credentialV2', 'getAll', {
			filters: { username: 'dleite', active: true },
		});
		expect(listed).toMatchObject({ id: '39', username: 'dleite', deviceName: 'w2016' });
		const credentialId = byId(39);
		expect(await does(client, 'credentialV2', 'get', { credentialId })).toEqual([listed]);
		expect(
			await does(client, 'credentialV2', 'get', {
				credentialId,
				additionalFields: { fields: 'credential.username' },
			}),
		).toMatchObject([{ id: '39', username: 'dleite', deviceName: null }]);
		expect(await does(client, 'credentialV2', 'getAll', { filters: { deviceId: 99 } })).toEqual([]);
		expect(sim.state.items.get('39')?.custodyBy.size).toBe(0);
	});

	it('a certificate is imported once', async () => {
		const file = { certificate: sim.certificate, extension: 'pem' };
		expect(await does(client, 'certificate', 'import', file)).toMatchObject([{ imported: true }]);
		expect(sim.state.certificates).toHaveLength(1);
		expect(said(await run(client, 'certificate', 'import', file))).toContain('already exists');
	});
});

it('gives every user of the vault once, over all pages', async () => {
	for (let number = 1; number <= 60; number++) {
		const id = `user-${number}`;
		sim.state.scimUsers.set(id, { id, userName: id, active: number % 2 === 0 });
	}
	const users = await does({}, 'user', 'getAll', all);
	expect(users.map(({ id }) => id)).toEqual([...sim.state.scimUsers.keys()]);
	const some = await does({}, 'user', 'getAll', { limit: 30, filters: { active: false } });
	expect(some).toHaveLength(30);
	expect(new Set(some.map(({ active }) => active))).toEqual(new Set([false]));
});

describe('MySafe, which has keys of its own', () => {
	const { mySafeClientId, mySafeClientSecret } = senhaseguraDemo;
	const mySafe = { credential: { clientId: mySafeClientId, clientSecret: mySafeClientSecret } };

	it('has one API secret for each code, which is updated where it is there', async () => {
		const entry = { name: 'Billing', url: 'https://b.example.com', clientId: 'abc' };
		const upsert = async (identifierCode: string, clientSecret: string) =>
			await does(mySafe, 'safeApiSecret', 'upsert', { ...entry, identifierCode, clientSecret });
		const [first] = await upsert('billing-1', 'canary-one');
		expect(first).toMatchObject({ created: true, identifierCode: 'billing-1', secret: null });
		await upsert('billing-10', 'canary-two');
		expect(await upsert('billing-1', 'canary-three')).toMatchObject([
			{ created: false, id: first?.id },
		]);
		expect(sim.state.mySafe.secretapi.map((one) => one.fields.client_secret)).toEqual([
			'canary-three',
			'canary-two',
		]);
		const { id: identifier } = first ?? {};
		await does(mySafe, 'safeApiSecret', 'disable', { identifier });
		const again = { ...entry, identifierCode: 'billing-1', clientSecret: 'canary-four' };
		expect(said(await run(mySafe, 'safeApiSecret', 'upsert', again))).toContain(
			"Another API secret of this user has this 'Identifier Code'",
		);
		expect(await does(mySafe, 'safeApiSecret', 'enable', { identifier })).toMatchObject([
			{ enabled: true, changed: true },
		]);
		expect(await does(mySafe, 'safeApiSecret', 'get', { identifier })).toMatchObject([
			{ secret: 'canary-three' },
		]);
	});

	it('keeps, changes and gives out a password', async () => {
		const entry = { name: 'Bank', username: 'ana', password: 'canary-one' };
		const [created] = await does(mySafe, 'safePassword', 'create', {
			...entry,
			additionalFields: { secretKey: 'JBSWY3DPEHPK3PXP', usersWhoCanEdit: 'joao' },
		});
		expect(created).toMatchObject({ name: 'Bank', usersWhoCanEdit: ['joao'], secret: null });
		const identifier = textOf(created?.identifier);
		await does(mySafe, 'safePassword', 'update', {
			identifier,
			updateFields: { password: 'canary-two' },
		});
		expect(await does(mySafe, 'safePassword', 'get', { identifier })).toMatchObject([
			{ secret: 'canary-two' },
		]);
		expect(
			await does(mySafe, 'safePassword', 'get', { identifier, content: 'secretKey' }),
		).toMatchObject([{ secret: 'JBSWY3DPEHPK3PXP' }]);
		const listed = await does(mySafe, 'safePassword', 'getAll', { ...all, simplify: false });
		expect(listed).toEqual([
			{
				identifier,
				name: 'Bank',
				url: '',
				username: 'ana',
				tags: '',
				need_justify: '0',
				need_approval: '0',
				can_view: true,
				can_write: true,
			},
		]);
	});

	it('is closed to other keys', async () => {
		expect(said(await run({}, 'safePassword', 'getAll', all))).toContain(
			'does not include the resource that this operation needs',
		);
	});
});

describe('a vault that encrypts secrets', () => {
	const secret = { mode: 'name', value: 'application5' };
	const password = { secret, content: 'property', property: 'PASSWORD' };
	const withKey = (): Client => ({ credential: { decryptionKey: sim.decryptionKey() } });

	beforeEach(() => {
		sim.settings.encryptSecrets = true;
	});

	it('gives them in clear where the credential has the key', async () => {
		expect(await does(withKey(), 'secret', 'get', password)).toMatchObject([
			{ secret: 'demo-dsm-password' },
		]);
		expect(await does(withKey(), 'secret', 'get', { secret, content: 'whole' })).toMatchObject([
			{
				secret: JSON.stringify([
					{ USERNAME: 'demo-user', PASSWORD: 'demo-dsm-password' },
					{ my_key: 'my_value' },
				]),
			},
		]);
		await does(withKey(), 'protectedInformation', 'create', {
			name: 'Bank',
			content: 'canary-content',
			additionalFields: { identifier: 'bank' },
		});
		const bank = { informationId: 'bank', simplify: false };
		expect(await does(withKey(), 'protectedInformation', 'get', bank)).toMatchObject([
			{ info: { content: 'canary-content' } },
		]);
	});

	it('gives a value beside one that is too long for its encryption', async () => {
		const own = sim.state.applications[0]?.secrets[0];
		own?.data.push({ private_key: fixture('rsapkcs1') });
		expect(await does(withKey(), 'secret', 'get', password)).toMatchObject([
			{ secret: 'demo-dsm-password' },
		]);
		const tooLong = { ...password, property: 'private_key' };
		expect(said(await run(withKey(), 'secret', 'get', tooLong))).toContain(
			'The vault could not encrypt the secret',
		);
	});

	it('is pointed out where the credential has no key', async () => {
		const result = await run({}, 'secret', 'get', password);
		expect(said(result)).toBe('');
		const hints = result.run.data.resultData.runData.Node?.[0]?.hints ?? [];
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringContaining("'Decryption Key' of the credential") as string,
		]);
	});
});

describe('an authorization without the resource', () => {
	it.each([
		['session', 'getAll', all],
		['user', 'getAll', all],
		['relatedUser', 'getAll', all],
		['secret', 'getAll', all],
		['credentialV2', 'getAll', {}],
		['protectedInformation', 'get', { informationId: '1' }],
	])('is told what to tick: %s %s', async (resource, operation, parameters) => {
		sim.settings.authorizedResources = [];
		expect(said(await run({}, resource, operation, parameters))).toContain(
			'does not include the resource that this operation needs',
		);
	});
});

it('keeps a lost creation from being made twice, and says what may exist', async () => {
	sim.trouble.add({ kind: 'cutAfterWork', match: /\/(Users|related|info|application|session)$/ });
	const texts = {
		name: 'n',
		username: 'u',
		email: 'u@example.com',
		externalId: '1',
		content: 'canary-content',
		system: 's',
		environment: 'e',
		user: 'u',
		credential: 'c',
		device: 'd',
		protocol: 'SSH',
	};
	const calls: Array<[resource: string, operation: string, says: string]> = [
		['user', 'create', 'may have been created anyway'],
		['relatedUser', 'create', 'may have been registered anyway'],
		['protectedInformation', 'create', 'may have been stored anyway'],
		['application', 'create', 'may have been made anyway'],
		['session', 'createWebProxySession', 'expires after 30 seconds'],
	];
	for (const [resource, operation, says] of calls) {
		const result = await run({}, resource, operation, texts);
		expect(said(result)).toContain(says);
		expect(findSecrets([result.nodeError, result.logs], ['canary-content'])).toEqual([]);
	}
	const { scimUsers, relatedUsers, information, sessionUrls, applications } = sim.state;
	const counts = [scimUsers.size, relatedUsers.length, information.length, sessionUrls.size];
	expect([...counts, applications.length - 1]).toEqual([1, 1, 1, 1, 1]);
});

describe.each(['current', 'upTo40'])(
	'by the paths of certificates that are %s',
	(certificateApi) => {
		const client: Client = { authentication: 'oAuth1', credential: { certificateApi } };

		it('a certificate is asked for, signed, found and published', async () => {
			const [request] = await does(client, 'certificateRequest', 'create', {
				commonName: 'www.example.com',
				organization: 42,
				validityDays: 30,
				additionalFields: { keyPassword: 'canary-key', revocationPassword: 'canary-revocation' },
			});
			expect(sim.state.certificateRequests[0]?.passwords).toEqual({
				password_key: 'canary-key',
				password_revocation: 'canary-revocation',
			});
			const signing = { requestId: request?.id, selfSigned: true, reason: 3 };
			await does(client, 'certificateRequest', 'sign', signing);
			const requests = await does(client, 'certificateRequest', 'getAll', all);
			expect(requests).toMatchObject([{ id: request?.id, status: 'Signed' }]);
			expect(findSecrets(requests, ['canary-key', 'canary-revocation'])).toEqual([]);
			const [found] = await does(client, 'certificate', 'getAll', {
				...all,
				filters: { commonName: 'www.example.com', expiresWithinDays: 31 },
			});
			expect(found).toMatchObject({ origin: 'REQU', commonName: 'www.example.com' });
			const [scheduled] = await does(client, 'certificate', 'publish', {
				certificateId: found?.id,
				profileId: 22,
				devices: [14],
				reason: 3,
			});
			expect(await does(client, 'certificatePublication', 'getAll', all)).toMatchObject([
				{ id: scheduled?.id },
			]);
		});

		it('a list is read to its end, page by page', async () => {
			for (let id = 1; id <= 205; id++) {
				sim.state.certificates.push({
					id: String(id),
					active: true,
					commonName: `${id}.example.com`,
					serialNumber: String(id),
					startValidity: '2026-01-01 00:00:00',
					endValidity: '2027-01-01 00:00:00',
					origin: 'IMPO',
					extension: '',
					hasPrivateKey: false,
					content: '',
					privateKey: '',
				});
			}
			const found = await does(client, 'certificate', 'getAll', all);
			expect(found.map(({ id }) => id)).toEqual(
				Array.from({ length: 205 }, (_, index) => String(index + 1)),
			);
		});
	},
);
