import type { IDataObject } from 'n8n-workflow';
import { said } from '../kit/result';
import { performOperation } from './everyOperation';
import { simulatedVault } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

/*
 * What becomes of a secret between the parameter and the wire: an expression may give a number, and white
 * space is part of a password, and of no key.
 */
const vault = simulatedVault();

const json = (body: string) => JSON.parse(body) as IDataObject;
const form = (body: string) => Object.fromEntries(new URLSearchParams(body));

type Row = [
	operation: string,
	parameters: (secret: string) => IDataObject,
	sent: (body: string) => unknown,
];

const passwords: Row[] = [
	['secret.upsert', (password) => ({ password }), sentProperty],
	['safePassword.create', (password) => ({ password }), (body) => json(body).password],
	[
		'safePassword.update',
		(password) => ({ updateFields: { password } }),
		(body) => json(body).password,
	],
	['safeNote.create', (note) => ({ note }), (body) => json(body).note],
	[
		'safeApiSecret.create',
		(clientSecret) => ({ clientSecret }),
		(body) => json(body).client_secret,
	],
	[
		'credential.upsert',
		(content) => ({ additionalFields: { content } }),
		(body) => json(body).content,
	],
	[
		'sshKey.upsert',
		(password) => ({ additionalFields: { password } }),
		(body) => json(body).password,
	],
	[
		'certificate.import',
		(password) => ({ additionalFields: { password } }),
		(body) => json(body).password,
	],
];

const keys: Row[] = [
	[
		'application.create',
		(uniqueKey) => ({ additionalFields: { uniqueKey } }),
		(body) => form(body).unique_key,
	],
];

/** The values of a secret go as base64 of JSON (docs/api/senhasegura.md, "DevOps Secret Manager"). */
function sentProperty(body: string): unknown {
	const data = Buffer.from(form(body).data ?? '', 'base64').toString();
	const { credentials } = JSON.parse(data) as {
		credentials: Array<{ credential: { fields: IDataObject } }>;
	};
	return credentials[0]?.credential.fields.password;
}

async function perform([operation, parameters]: Row, secret: string) {
	// The simulated MySafe knows the one client only.
	const authentication = operation.startsWith('safe') ? 'oAuth2' : 'oAuth1';
	const how = { authentication, apiPrefix: '/iso' } as const;
	return await performOperation(vault.sim, operation, how, parameters(secret));
}

async function sent(row: Row, secret: string): Promise<unknown> {
	const [, , read] = row;
	expect(said(await perform(row, secret))).toBe('');
	return read(vault.sim.log.findLast(({ method }) => method !== 'GET')?.body ?? '');
}

it.each([...passwords, ...keys])('%s takes a number for a text', async (...row) => {
	expect(await sent(row, '={{ 12345678 }}')).toBe('12345678');
});

it.each(passwords)('%s leaves white space in a password', async (...row) => {
	expect(await sent(row, ' sp ace ')).toBe(' sp ace ');
});

it.each(keys)('%s takes white space off a key', async (...row) => {
	expect(await sent(row, ' abc\n')).toBe('abc');
});

it.each([...passwords, ...keys])(
	'%s sends nothing where an expression has come to nothing',
	async (...row) => {
		expect(said(await perform(row, '={{ null }}'))).toMatch(
			/^'[\w ]+' is empty|^'[\w ]+' is required/,
		);
		expect(vault.sim.log).toEqual([]);
	},
);
