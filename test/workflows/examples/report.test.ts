import type { IDataObject } from 'n8n-workflow';
import { findSecrets } from '../../harness';
import { loadModule } from '../../harness/runtime';
import { foreignKey } from '../../unit/cortexXsiam/support';
import { runExample, useVendors } from './support';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const DAY = 86_400_000;

const vendors = useVendors();

/** As n8n's node for mail has loaded it; it brings no types. */
const nodemailer = loadModule('nodemailer') as { createTransport(options: object): unknown };

/** The real composer of mails, with a transport that keeps them. */
const { createTransport } = nodemailer;
beforeEach(() => {
	jest
		.spyOn(nodemailer, 'createTransport')
		.mockImplementation(() => createTransport({ jsonTransport: true }));
});
afterEach(() => jest.restoreAllMocks());

interface Mail {
	subject: string;
	html: string;
	attachments: Array<{ filename: string; content: string }>;
}

async function run() {
	const result = await runExample(vendors, 'weekly-key-report.json', {
		startNode: 'Every Monday',
		moreCredentials: {
			smtp: { host: 'smtp.test', port: 465, secure: true, user: '', password: '' },
		},
	});
	expect(result.error()).toBeUndefined();
	const [sent] = result.output('Send it');
	const mail = JSON.parse(sent?.json.message as string) as Mail;
	return { result, mail, report: result.output('Key Report')[0]?.json as IDataObject };
}

/** One that the vault has from a request. */
function addVaultCertificate(): void {
	vendors.senhasegura.state.certificates.push({
		id: '456',
		active: true,
		commonName: 'vpn.example.com',
		serialNumber: '01',
		startValidity: '2026-01-01 00:00:00',
		endValidity: '2031-01-01 00:00:00',
		origin: 'REQU',
		extension: '',
		hasPrivateKey: true,
		content: '',
		privateKey: '',
	});
}

const secretsOf = () => [
	...[...vendors.cortexXsiam.state.keys.values()].map(({ secret }) => secret),
	...vendors.pam360.state.resources.flatMap(({ accounts }) =>
		[...accounts.values()].map(({ password }) => password),
	),
];

describe('the weekly report', () => {
	it('has the keys of all vendors, as a mail and as files', async () => {
		const key = foreignKey({
			id: 100,
			comment: 'SIEM <collector> & co',
			creationTime: Date.now() - 200 * DAY,
			expiration: Date.now() + 3.5 * DAY,
			userName: 'Ada Admin',
		});
		vendors.cortexXsiam.state.keys.set(100, key);

		addVaultCertificate();

		const { mail, report, result } = await run();

		const accounts = vendors.pam360.state.resources.reduce(
			(sum, resource) => sum + resource.accounts.size,
			0,
		);
		const rows = report.keys as IDataObject[];
		const from = (vendor: string, type: string) =>
			rows.filter((row) => row.vendor === vendor && row.type === type);
		expect(from('cortexXsiam', 'apiKey')).toHaveLength(vendors.cortexXsiam.state.keys.size);
		expect(from('pam360', 'account')).toHaveLength(accounts);
		expect(from('pam360', 'certificate').length).toBeGreaterThan(0);
		expect(vendors.pam360.state.sshKeys.length).toBeGreaterThan(0);
		expect(from('pam360', 'sshKey')).toHaveLength(vendors.pam360.state.sshKeys.length);
		expect(from('senhasegura', 'credential').length).toBeGreaterThan(0);
		expect(from('senhasegura', 'certificate')).toEqual([
			expect.objectContaining({ name: 'vpn.example.com' }),
		]);
		expect(report).toMatchObject({ complete: true, total: rows.length });
		expect(rows.find(({ id }) => id === '100')).toMatchObject({
			name: 'SIEM <collector> & co',
			owner: 'Ada Admin',
			ageDays: 200,
			daysLeft: 3,
			rotation: 'due',
			risks: ['expiresSoon', 'neverRotated'],
		});
		// Each key once, although two lists have it; one of them knows where its rotation stands.
		const rotations = from('cortexXsiam', 'apiKey').map(({ rotation }) => rotation);
		expect(rotations.filter((rotation) => rotation === null)).toEqual([]);

		expect(mail.subject).toBe(`Keys: ${report.summary as string}`);
		expect(mail.html).toContain('SIEM &lt;collector&gt; &amp; co');
		expect(mail.html).toContain('ManageEngine PAM360: ');
		const files = mail.attachments.map(({ filename, content }) => [
			filename.replace(/\d{4}-\d\d-\d\d/, 'DATE'),
			Buffer.from(content, 'base64').toString().slice(0, 15),
		]);
		expect(files).toEqual([
			['keys-DATE.svg', '<?xml version="'],
			['keys-DATE.html', '<!DOCTYPE html>'],
		]);
		expect(result.output('Look at it here')[0]?.json.html).toBe(report.html);
		expect(findSecrets({ run: result.run, mail }, secretsOf())).toEqual([]);
	});

	it('says which list it could not read, and has the others', async () => {
		for (const vendor of [vendors.pam360, vendors.senhasegura]) {
			vendor.trouble.add({ kind: 'status', status: 500, match: { path: /./ } });
		}
		const { mail, report } = await run();
		const rows = report.keys as IDataObject[];
		expect(new Set(rows.map(({ vendor }) => vendor))).toEqual(new Set(['cortexXsiam']));
		expect(report.complete).toBe(false);
		expect((report.notRead as string[]).length).toBeGreaterThanOrEqual(2);
		expect(mail.subject).toMatch(/ \(not complete\)$/);
		expect(mail.html).toContain('Not complete: a list could not be read.');
	});
});
