import type { IDataObject, INode } from 'n8n-workflow';
import type { RunNodeResult } from '../../harness';
import { credentialsFor, keyMaterial, sentBody, posts } from '../../unit/senhasegura/support';
import { hints, leaks, said } from '../kit/result';
import { runVendor, sshKey } from '../vendors';
import { changesAutomatically, demoCredential } from './everyOperation';
import { success } from './kit';
import { simulatedVault } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const vault = simulatedVault();

interface More {
	items?: IDataObject[];
	node?: Partial<INode>;
	/** Fields of the credential that differ from item to item. */
	credential?: IDataObject;
}

async function run(
	name: string,
	parameters: IDataObject,
	{ credential, ...more }: More = {},
): Promise<RunNodeResult> {
	const [resource, operation] = name.split('.');
	const { senhaseguraOAuth1Api } = credentialsFor('oAuth1', vault.sim.url);
	return await runVendor({
		vendor: 'senhasegura',
		onlyTheseParameters: true,
		parameters: { authentication: 'oAuth1', resource, operation, ...parameters },
		credentials: { senhaseguraOAuth1Api: { ...senhaseguraOAuth1Api, ...credential } as never },
		...more,
	});
}

/** The vault gives this answer to the next call of a method. */
function answers(method: string, body: object, status = 200): void {
	const text = JSON.stringify(body);
	vault.sim.trouble.add({ kind: 'rawBody', status, body: text, match: { method }, times: 1 });
}

const rawWithoutSecret = { simplify: false, options: { secretOutput: 'none' } };
const generated = { ip: '10.66.33.15', hostname: 'w2016', keySource: 'generate' };
const place = { ip: '10.66.33.31', hostname: 'linux-01', username: 'dba' };
const { privateKey, publicKey } = sshKey('ed25519');

describe('a secret that is left out stays out, though', () => {
	it('the two fields of a password differ', async () => {
		const credential = { id: '39', password: 'canary-one', content: 'canary-two' };
		answers('GET', success('Credential 39', { credential }));
		const result = await run('credential.get', { credentialId: 39, ...rawWithoutSecret });
		expect(result.items[0]?.json).toMatchObject({
			credential: { id: '39', password: null, content: null },
		});
		expect(leaks(result, ['canary-one', 'canary-two'])).toEqual([]);
	});

	it('a passphrase comes as a number', async () => {
		const key = { id: '92', private_key: privateKey, public_key: publicKey, password: 90817263 };
		answers('GET', success('Key 92', { key }));
		const hidden = await run('sshKey.get', { sshKeyId: 92, ...rawWithoutSecret });
		expect(hidden.items[0]?.json).toMatchObject({ key: { private_key: null, password: null } });
		answers('GET', success('Key 92', { key }));
		const shown = await run('sshKey.get', { sshKeyId: 92 });
		expect(shown.items[0]?.json).toMatchObject({ passphrase: '90817263' });
	});

	it('the vault repeats the pair that was made here', async () => {
		const echoed = { private_key: privateKey, password: 'canary-passphrase' };
		const key = { id: '92', devices: [], devices_error: [], ...echoed };
		answers('POST', success('Key successfully registered!', { key }));
		const result = await run('sshKey.create', { ...generated, simplify: false });
		expect(result.items[0]?.json).toMatchObject({ key: { id: '92', private_key: null } });
		expect(leaks(result, ['canary-passphrase', ...keyMaterial(privateKey, publicKey)])).toEqual([]);
	});

	it('the vault repeats the password that was stored', async () => {
		const credential = { id: '40', password: 'canary-password', content: 'canary-password' };
		answers('POST', success('Credential successfully registered!', { credential }));
		const result = await run('credential.upsert', { ...place, simplify: false });
		expect(result.items[0]?.json).toMatchObject({ credential: { id: '40', content: null } });
		expect(leaks(result, ['canary-password'])).toEqual([]);
	});

	it('the vault quotes one value of a document', async () => {
		const message = 'Invalid value canary-value in data';
		answers('POST', { response: { status: 400, error: true, message } }, 400);
		const fields = { password: 'canary-value' };
		const document = '={{ JSON.stringify($json) }}';
		const result = await run(
			'secret.upsert',
			{ identity: 'db', content: 'document', document },
			{ items: [{ credentials: [{ credential: { fields } }] }] },
		);
		expect(said(result)).toContain('Invalid value [redacted] in data');
		expect(JSON.stringify(result.nodeError)).not.toContain('canary-value');
	});
});

it('takes the password from the one of its two fields that has it', async () => {
	const credential = { id: '39', password: '', content: 'canary-content' };
	answers('GET', success('Credential 39', { credential }));
	const result = await run('credential.get', { credentialId: 39 });
	expect(result.items[0]?.json).toMatchObject({ secret: 'canary-content' });
});

describe('two items for the same thing', () => {
	const node = { onError: 'continueRegularOutput' } as const;
	const items = [{ password: 'canary-1' }, { password: 'canary-2' }];
	const password = '={{ $json.password }}';

	it.each<[string, IDataObject, string]>([
		[
			'credential.upsert',
			{ ...place, additionalFields: { content: password } },
			'The credential dba@linux-01 (10.66.33.31) was used for another item already',
		],
		[
			'secret.upsert',
			{ identity: 'db', content: 'credential', user: 'app', password },
			"'Identity' db was used for another item already",
		],
	])('do not overwrite one another by %s', async (name, parameters, message) => {
		const result = await run(name, parameters, { items, node });
		expect(result.items.map(({ json }) => json.created ?? json.error)).toEqual([true, message]);
		expect(vault.sim.log.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('do not overwrite one another where each has a credential of its own for the same vault', async () => {
		const result = await run(
			'secret.upsert',
			{ identity: 'db', content: 'credential', user: 'app', password },
			{
				items: [
					{ password: 'canary-1', zone: 'UTC' },
					{ password: 'canary-2', zone: 'Europe/Madrid' },
				],
				credential: { serverTimeZone: '={{ $json.zone }}' },
				node,
			},
		);
		expect(result.items.map(({ json }) => json.created ?? json.error)).toEqual([
			true,
			"'Identity' db was used for another item already",
		]);
	});

	/** Items whose names differ only in what a vault may not mind. */
	it.each<[string, IDataObject, IDataObject[]]>([
		[
			'sshKey.create',
			{ ...generated, additionalFields: { identifier: '={{ $json.name }}' } },
			[{ name: 'Web-01' }, { name: 'web-01' }],
		],
		[
			'sshKey.upsert',
			{ ...generated, identifier: '={{ $json.name }}' },
			[{ name: 'web.A' }, { name: 'WEB.a' }],
		],
		[
			'credential.upsert',
			{ ...place, username: '={{ $json.name }}' },
			[{ name: 'DBA' }, { name: 'dba' }],
		],
		[
			'credential.upsert',
			{ ...place, additionalFields: { identifier: '={{ $json.name }}' } },
			[{ name: 'Linux-1' }, { name: 'linux-1' }],
		],
		[
			'secret.upsert',
			{ identity: '={{ $json.name }}', content: 'credential', user: 'app', password: 'canary' },
			[{ name: 'Caf\u00e9' }, { name: 'CAFE\u0301' }],
		],
	])('may be so whatever the case: %s', async (name, parameters, both) => {
		const result = await run(name, parameters, { items: both, node });
		expect(result.items.map(({ json }) => json.created ?? json.error)).toEqual([
			true,
			expect.stringContaining('was used for another item already'),
		]);
		expect(vault.sim.log.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('are so where the vault finds the second by the place of the first', async () => {
		const additionalFields = { identifier: '={{ $json.name }}', content: 'canary' };
		for (const names of [
			['linux-1', 'linux-2'],
			['linux-1', ''],
			['', 'linux-2'],
		]) {
			vault.sim.reset();
			const both = names.map((name) => ({ name }));
			const result = await run(
				'credential.upsert',
				{ ...place, additionalFields },
				{ items: both, node },
			);
			expect(result.items.map(({ json }) => json.created ?? json.error)).toEqual([
				true,
				'The credential dba@linux-01 (10.66.33.31) was used for another item already',
			]);
		}
	});
});

it('is not said to be new where the vault says that it updated it', async () => {
	const key = { id: '92', devices: [], devices_error: [] };
	answers('POST', success('Key updated successfully!', { key }, 201));
	const result = await run('sshKey.create', generated);
	expect(result.items[0]?.json).toMatchObject({ id: '92', created: false });
	expect(hints(result)).toEqual([
		expect.stringContaining(
			'The vault updated an SSH key, although only this call has used the identifier',
		),
	]);
});

describe('a password change', () => {
	const READ = { method: 'GET', path: /\/pam\/credential\/39$/ };

	beforeEach(() => changesAutomatically(vault.sim));

	it('is not claimed where neither answer tells if there was custody', async () => {
		vault.sim.trouble.add({ kind: 'cutBeforeWork', match: READ });
		vault.sim.trouble.add({ kind: 'cutBeforeWork', match: { method: 'DELETE' }, times: 1 });
		const result = await run('credential.changePassword', { credentialId: 39 });
		expect(said(result)).toContain('To be sure that the password is changed, run the node again');
		expect(result.items).toEqual([]);
		expect(demoCredential(vault.sim).content).toBe('demo-password');
	});

	it('is accounted for where another item stops the node', async () => {
		const parameters = { credentialId: '={{ $json.id }}', checkAutomaticChange: false };
		const items = [{ id: '39' }, { id: '999' }];
		const result = await run(
			'credential.changePassword',
			{ ...parameters, options: { concurrency: 1 } },
			{ items },
		);
		expect(said(result)).toContain('The vault does not know this credential');
		expect(said(result)).toContain('item 0: id 39 (demo-credential)');
	});

	it('that may have left custody behind is told of beside the item that stops the node', async () => {
		const parameters = { credentialId: '={{ $json.id }}', checkAutomaticChange: false };
		const items = [{ id: '999' }, { id: '39' }];
		for (const operation of ['changePassword', 'get']) {
			vault.sim.trouble.clear();
			answers('DELETE', { response: { status: 400, error: true, message: '1099: No' } }, 400);
			const result = await run(
				`credential.${operation}`,
				{ ...parameters, releaseCustody: true },
				{ items },
			);
			expect(said(result)).toContain('The vault does not know this credential');
			expect(said(result)).toContain(
				'item 1: The credential was read, but its custody could not be released',
			);
		}
	});

	it('is not promised where the list does not tell if there is one', async () => {
		const credentials = [{ id: '39', identifier: 'demo-credential', type: 'Local User' }];
		const text = JSON.stringify(success('1 credentials found', { credentials }));
		vault.sim.trouble.add({ kind: 'rawBody', body: text, match: /\/pam\/credential$/ });
		const result = await run('credential.changePassword', { credentialId: 39 });
		expect(said(result)).toBe('');
		expect(hints(result)).toEqual([
			expect.stringContaining('check whether the password was changed'),
		]);
	});

	it('does not say that it read what it did not', async () => {
		vault.sim.trouble.add({ kind: 'cutAfterWork', match: READ });
		vault.sim.trouble.add({ kind: 'cutBeforeWork', match: { method: 'DELETE' } });
		const result = await run('credential.changePassword', { credentialId: 39 });
		expect(said(result)).not.toContain('was read');
		expect(said(result)).toContain('Custody may be held, because it could not be released');
	});
});

describe('input', () => {
	const NOTHING = '={{ $json.notThere }}';

	it.each(['[{"hostname":"web-9"}]', '[null]', '[["web-9"]]'])(
		'that is a list of something else than names is refused: %s',
		async (devices) => {
			const result = await run('sshKey.create', { ...generated, additionalFields: { devices } });
			expect(said(result)).toBe("'Devices' must be a list of texts");
			expect(vault.sim.log).toEqual([]);
		},
	);

	it.each<[string, IDataObject, string]>([
		['sshKey.create', { ...generated, additionalFields: { identifier: NOTHING } }, 'Identifier'],
		['sshKey.create', { ...generated, additionalFields: { password: NOTHING } }, 'Passphrase'],
		['sshKey.create', { ...generated, additionalFields: { enabled: NOTHING } }, 'Enabled'],
		['sshKey.rotate', { sshKeyId: 92, additionalFields: { newPassphrase: NOTHING } }, 'New P'],
		['credential.upsert', { ...place, additionalFields: { identifier: NOTHING } }, 'Identifier'],
		['credential.upsert', { ...place, additionalFields: { content: NOTHING } }, 'Password'],
	])('of %s that an expression left out is not taken for none', async (name, given, field) => {
		const result = await run(name, given);
		expect(said(result)).toMatch(new RegExp(`^'${field}.*' (is empty|must be)`));
		expect(vault.sim.log).toEqual([]);
	});

	it('of a filter that is too long names the filter', async () => {
		const result = await run('sshKey.getAll', { filters: { hostname: 'x'.repeat(100_000) } });
		expect(said(result)).toBe("'Hostname' must be at most 255 characters long");
	});

	it('that is a list as JSON text is a list', async () => {
		const devices = '["web-8", 9]';
		await run('sshKey.create', { ...generated, additionalFields: { devices } });
		expect(sentBody(posts(vault.sim)[0]).devices).toEqual([
			{ hostname: 'web-8' },
			{ hostname: '9' },
		]);
	});
});

it('does not take the number of a related user that is not known for that of a missing IP', async () => {
	const mensagem = '1005: Usuário não existe';
	answers('GET', { response: { status: 400, erro: true, mensagem } }, 400);
	const result = await run('relatedUser.get', { relatedUserId: 3 });
	expect(said(result)).toMatch(/^senhasegura refused the request: 1005: Usuário não existe/);
});
