import {
	dsmSecrets,
	registerApplication,
	storeDsmSecret,
} from '../../../nodes/Senhasegura/api/dsm';
import type { SentOnce } from '../../../nodes/shared/sendOnce';
import { answeredApi } from './families';

const envelope = (more: object) => ({
	response: { status: 200, error: false, message: '' },
	...more,
});
const application = (secrets: unknown) => envelope({ application: { name: 'shop', secrets } });

it.each<[string, unknown, object[]]>([
	['a list of maps', [{ A: '1' }, { B: '2' }], [{ A: '1' }, { B: '2' }]],
	['one map, as of a dynamic credential', { A: '1' }, [{ A: '1' }]],
	['nothing', undefined, []],
	['an empty list, which is also PHP’s empty map', [], []],
	['a text', 'x', []],
])('takes %s for the values of a secret', async (_name, data, expected) => {
	const { api } = answeredApi(() => ({
		json: application([{ secret_id: 1, identity: 'a', data }]),
	}));
	expect(await dsmSecrets(api)).toMatchObject([{ id: '1', identity: 'a', data: expected }]);
});

it.each<[string, unknown, number]>([
	['a list with gaps', { 1: { identity: 'a' }, 4: { identity: 'b' } }, 2],
	['an empty list', [], 0],
	['an empty map', {}, 0],
])('takes %s for the secrets of an application', async (_name, secrets, count) => {
	const { api } = answeredApi(() => ({ json: application(secrets) }));
	expect(await dsmSecrets(api)).toHaveLength(count);
});

it.each<[string, object]>([
	['null', { name: 'shop', secrets: null }],
	['nothing', { name: 'shop' }],
	['a list in another spelling', { name: 'shop', Secrets: [{ identity: 'a' }] }],
	['a text', { name: 'shop', secrets: 'x' }],
	['a truth value', { name: 'shop', secrets: false }],
])('does not take %s for an application without secrets', async (_name, told) => {
	const { api } = answeredApi(() => ({ json: envelope({ application: told }) }));
	await expect(dsmSecrets(api)).rejects.toThrow(
		'senhasegura answered without the secrets of the application',
	);
});

it('is below /iso, and form-encoded with the document in base64', async () => {
	const { api, sent } = answeredApi(() => ({ json: application([{ identity: 'a b' }]) }), {
		apiPrefix: '/api',
	});
	const { value } = await storeDsmSecret(api, {
		identity: 'a b',
		name: 'ä&=',
		engine: 'Generic',
		data: { credentials: [{ credential: { fields: { user: '?>~' } } }] },
	});
	expect(value?.identity).toBe('a b');
	expect(sent).toHaveLength(1);
	const [request] = sent;
	expect(request).toMatchObject({
		method: 'POST',
		url: 'https://vault.example.com/iso/sctm/secret',
		headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
		repeatable: true,
	});
	const form = Object.fromEntries(new URLSearchParams(request?.body));
	expect(Object.keys(form)).toEqual(['identity', 'name', 'engine', 'data']);
	expect(form).toMatchObject({ identity: 'a b', name: 'ä&=', engine: 'Generic' });
	expect(JSON.parse(Buffer.from(form.data ?? '', 'base64').toString('utf8'))).toEqual({
		credentials: [{ credential: { fields: { user: '?>~' } } }],
	});
});

it('keeps a document out of what is said when the vault repeats it', async () => {
	const { api, sent } = answeredApi(({ body }) => {
		const data = new URLSearchParams(body).get('data') ?? '';
		return {
			status: 400,
			json: { response: { status: 400, error: true, message: `Not valid: ${data}` } },
		};
	});
	const password = 'canary-password';
	const failure = await storeDsmSecret(api, {
		identity: 'a',
		name: 'a',
		engine: 'Generic',
		data: { password },
	}).catch((error: Error & { description?: string }) => error);
	const data = new URLSearchParams(sent[0]?.body).get('data') ?? '';
	expect(failure).toBeInstanceOf(Error);
	const said = `${(failure as Error).message} ${(failure as { description?: string }).description}`;
	expect(said).toContain('Not valid: [redacted]');
	expect(said).not.toContain(data);
});

const LOST: SentOnce = { mayHave: 'A client may have been made', repeatable: false };

it('asks for a new client once', async () => {
	const { api, sent } = answeredApi(() => ({ json: envelope({ id: 'i', signature: 's' }) }));
	const { value } = await registerApplication(
		api,
		{ application: 'shop', environment: 'e', system: 's', unique_key: undefined },
		LOST,
	);
	expect(value).toEqual({ id: 'i', secret: 's' });
	expect(sent).toMatchObject([
		{ body: 'application=shop&environment=e&system=s', repeatable: false },
	]);
});

it.each([{ id: 'i' }, { signature: 's' }, { id: 'i', signature: '' }])(
	'does not take a half for a new client: %j',
	async (half) => {
		const { api } = answeredApi(() => ({ json: envelope(half) }));
		await expect(registerApplication(api, { application: 'shop' }, LOST)).rejects.toMatchObject({
			kind: 'lost',
			message: expect.stringContaining('without the new client ID and client secret') as string,
		});
	},
);
