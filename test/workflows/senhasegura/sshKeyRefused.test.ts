import type { SenhaseguraSettings } from '../../simulators';
import type { SenhaseguraRun } from '../../unit/senhasegura/support';
import { AUTHENTICATIONS, posts, sentBody, storedKeys } from '../../unit/senhasegura/support';
import { first, hints, said } from '../kit/result';
import { simulatedVault } from './simulated';
import { UUID, main } from './sshKeySamples';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const vault = simulatedVault();

describe('an odd vault', () => {
	const additionalFields = { identifier: 'odd', devices: 'linux-01, nowhere' };

	it.each<[string, Partial<SenhaseguraSettings>]>([
		['tag for identifier', { legacyTagField: true }],
		['no code', { omitCode: true }],
		['no tenant', { omitTenant: true }],
		['Message', { capitalMessage: true }],
		['no space behind codes', { codeWithoutSpace: true }],
		['HTTP 200', { http200On201: true }],
		['Portuguese fields', { portugueseOnly: true }],
		['numbers for ids', { numericIds: true }],
		['texts for booleans', { stringBooleans: true }],
		['no identifier of its own', { noAutoIdentifier: true }],
		['names for failed devices', { devicesErrorAs: 'string' }],
		['partial updates', { partialUpdate: true }],
		[
			'everything old',
			{
				legacyTagField: true,
				omitCode: true,
				omitTenant: true,
				capitalMessage: true,
				http200On201: true,
				numericIds: true,
				noAutoIdentifier: true,
				devicesErrorAs: 'string',
			},
		],
	])('with %s is understood', async (_name, settings) => {
		Object.assign(vault.sim.settings, settings);
		for (const created of [true, false]) {
			const result = await vault.create({ additionalFields });
			expect(said(result)).toBe('');
			expect(first(result)).toMatchObject({
				id: '92',
				identifier: 'odd',
				created,
				devices: [{ hostname: 'linux-01', ip: '10.66.33.31' }],
				devicesError: ['nowhere'],
			});
			expect(hints(result)).toEqual([expect.stringContaining("'devicesError'")]);
		}
		const plain = await vault.create();
		expect(first(plain)).toMatchObject({ id: '93', created: true });
		expect(first(plain).identifier).toMatch(UUID);
	});

	it.each<[string, Partial<SenhaseguraSettings>]>([
		['a space', {}],
		['no space', { codeWithoutSpace: true }],
		['Message', { capitalMessage: true }],
		['Portuguese', { portugueseOnly: true }],
	])('that refuses is understood with %s', async (_name, settings) => {
		Object.assign(vault.sim.settings, settings, { readOnly: true });
		const result = await vault.create();
		expect(said(result)).toContain('may only read');
		expect(said(result)).toMatch(/1039: ?Without PAM Configuration Access permission/);
	});

	it.each<[string, object, boolean | null, number]>([
		['Chave cadastrada com sucesso!', {}, true, 0],
		['Chave atualizada com sucesso!', {}, false, 0],
		['Done', {}, null, 1],
		['', {}, null, 1],
	])('that says %j', async (message, _settings, created, hintCount) => {
		const body = {
			response: { status: 201, message: '', mensagem: message, error: false },
			key: { id: '7', identifier: 'odd', devices: [], devices_error: [] },
		};
		vault.sim.trouble.add({ kind: 'rawBody', body: JSON.stringify(body), match: /pam\/key/ });
		const result = await vault.create({ additionalFields: { identifier: 'odd' } });
		expect(first(result).created).toBe(created);
		expect(hints(result)).toHaveLength(hintCount);
		// No answer was lost here, so that the hint must not say so.
		expect(hints(result).join()).not.toMatch(/An answer was lost/);
		const own = await vault.create();
		// With an identifier that was made for it, only the vault's own word makes it an update.
		expect(first(own).created).toBe(created ?? true);
	});

	it('that does not give the identifier back, is asked for the one that was sent', async () => {
		const body = {
			response: { status: 201, message: 'Key successfully registered!' },
			key: { id: 7 },
		};
		vault.sim.trouble.add({ kind: 'rawBody', body: JSON.stringify(body), match: /pam\/key/ });
		const result = await vault.create();
		expect(first(result)).toMatchObject({ id: '7', devices: [], devicesError: [] });
		expect(first(result).identifier).toBe(sentBody(posts(vault.sim)[0]).identifier);
	});

	it('that answers with another content type is understood', async () => {
		vault.sim.trouble.add({ kind: 'wrongContentType', match: /pam\/key/ });
		expect(first(await vault.create())).toMatchObject({ id: '92', created: true });
	});
});

describe.each(AUTHENTICATIONS)('a vault that refuses, %s', (authentication) => {
	const refused = async (options: Omit<SenhaseguraRun, 'at'> = {}) => {
		const result = await vault.create({ authentication, ...options });
		expect(result.nodeError).toMatchObject({ name: 'NodeApiError', context: { itemIndex: 0 } });
		expect(storedKeys(vault.sim)).toEqual([]);
		expect(posts(vault.sim).length).toBeLessThanOrEqual(authentication === 'oAuth2' ? 2 : 1);
		return said(result);
	};

	it('an unknown device', async () => {
		const text = await refused({ parameters: { hostname: 'nowhere' } });
		expect(text).toMatch(/'Hostname' and 'IP'.*1011: Device not found/);
	});

	it('a read-only authorization', async () => {
		vault.sim.settings.readOnly = true;
		expect(await refused()).toMatch(/'Read and write'.*1039/);
	});

	it('a missing PAM Core, once, although it is HTTP 500', async () => {
		vault.sim.settings.authorizedResources = [];
		expect(await refused()).toMatch(/PAM Core.*not authorized to access this resource/);
		expect(posts(vault.sim)).toHaveLength(1);
	});

	it('a Referer', async () => {
		vault.sim.settings.allowedReferers = ['https://n8n.example.com'];
		expect(await refused()).toMatch(/IP addresses and referers/);
		const allowed = await vault.create({
			authentication,
			credential: { referer: 'https://n8n.example.com' },
		});
		expect(said(allowed)).toBe('');
	});

	it('an IP address', async () => {
		vault.sim.settings.allowedIps = ['10.0.0.9'];
		expect(await refused()).toMatch(/IP addresses and referers/);
	});

	it('a wrong address', async () => {
		const credential = { url: `${vault.sim.url}/elsewhere` };
		if (authentication === 'oAuth1') {
			expect(await refused({ credential })).toMatch(/'URL' and 'API Prefix'/);
		} else {
			expect(await refused({ credential })).toMatch(/no access token/);
		}
	});

	it.each([
		[
			'Resource sub not found',
			{ response: { status: 404, message: 'Resource sub not found', error: true } },
		],
		['no Route matched', { message: 'no Route matched with those values' }],
		['nothing', undefined],
	])('a wrong prefix with %s', async (_name, body) => {
		vault.sim.trouble.add({
			kind: 'status',
			status: 404,
			...(body && { body }),
			match: /pam\/key/,
		});
		expect(await refused()).toMatch(/'API Prefix'/);
	});

	it('an item that the authorization must not see', async () => {
		const additionalFields = { identifier: 'theirs' };
		await vault.create({ authentication, additionalFields });
		for (const item of vault.sim.state.items.values()) item.accessDenied = true;
		const result = await vault.create({ authentication, additionalFields });
		expect(said(result)).toMatch(/no access to this item.*1009: No access to credential/);
	});

	it('an identifier of a credential', async () => {
		const text = await refused({ additionalFields: { identifier: 'demo-credential' } });
		expect(text).toMatch(/'Identifier'.*1016: The item is not a ssh key/);
	});

	it('an identifier of odd characters, with the vault’s own words', async () => {
		const text = await refused({ additionalFields: { identifier: 'a b' } });
		expect(text).toMatch(/Invalid identifier/);
	});

	it('a code that nobody knows', async () => {
		const message = '1099: Something new';
		const response = { status: 400, message, error: true };
		vault.sim.trouble.add({ kind: 'status', status: 400, body: { response }, match: /pam\/key/ });
		expect(await refused()).toMatch(/1099: Something new/);
	});

	it('what a redirect answers is not followed, and not known to be refused', async () => {
		const to = `${vault.sim.url}/api/pam/device`;
		vault.sim.trouble.add({ kind: 'redirect', to, match: /pam\/key/ });
		const text = said(await vault.create({ authentication }));
		expect(text).toMatch(/redirected/);
		// The same key is sent once more, with the same identifier.
		const [sent, again] = posts(vault.sim).map(({ body }) => body);
		expect(again).toBe(sent);
		expect(text).toContain(String(sentBody(posts(vault.sim)[0]).identifier));
		expect(vault.sim.log.some(({ path }) => path.endsWith('/device'))).toBe(false);
	});
});

describe('two items of which one fails', () => {
	const items = [{ ip: '10.0.0.99' }, { ip: main.ip }];
	const parameters = { ip: '={{ $json.ip }}' };

	it.each(AUTHENTICATIONS)(
		'stop the node, with the issued key named, %s',
		async (authentication) => {
			const result = await vault.create({
				authentication,
				items: [...items].reverse(),
				parameters,
			});
			expect(result.items).toEqual([]);
			expect(said(result)).toMatch(/1011: Device not found/);
			expect(result.nodeError).toMatchObject({ context: { itemIndex: 1 } });
			const [key] = storedKeys(vault.sim);
			expect(said(result)).toContain(`item 0: id ${key?.id} (${key?.identifier})`);
		},
	);

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'go on with %s',
		async (onError) => {
			const result = await vault.create({ items, parameters, node: { onError } });
			expect(result.nodeError).toBeUndefined();
			const failed = onError === 'continueErrorOutput' ? result.errorOutput : result.items;
			expect(failed[0]?.json.error).toBe(
				"The vault knows no device with this 'Hostname' and 'IP', or this ID",
			);
			expect(failed[0]?.pairedItem).toEqual(
				onError === 'continueErrorOutput' ? failed[0]?.pairedItem : { item: 0 },
			);
			const fine = onError === 'continueErrorOutput' ? result.items[0] : result.items[1];
			expect(fine).toMatchObject({ json: { id: '92', created: true }, pairedItem: { item: 1 } });
		},
	);

	it('go on with a parameter that cannot be used, too', async () => {
		const result = await vault.create({
			items: [{ ip: 'not an address' }, { ip: main.ip }],
			parameters,
			node: { onError: 'continueRegularOutput' },
		});
		expect(result.items.map(({ json }) => json.error ?? json.id)).toEqual([
			"'IP' must be an IP address or a DNS name",
			'92',
		]);
	});
});

describe('devices that the vault does not know', () => {
	it.each(['object', 'string'] as const)(
		'are a hint and no failure (%s)',
		async (devicesErrorAs) => {
			vault.sim.settings.devicesErrorAs = devicesErrorAs;
			const result = await vault.create({
				additionalFields: { devices: 'nowhere, linux-01, elsewhere' },
				items: [{}, {}],
			});
			expect(said(result)).toBe('');
			for (const { json } of result.items) {
				expect(json).toMatchObject({
					devices: [{ hostname: 'linux-01' }],
					devicesError: ['nowhere', 'elsewhere'],
				});
			}
			expect(hints(result)).toEqual([expect.stringContaining("see 'devicesError'")]);
		},
	);
});
