import nock from 'nock';
import { findSecrets } from '../../harness';
import type { SenhaseguraCredential } from '../../simulators';
import { refusal } from '../senhasegura/kit';
import { recordMessages, runExample, useVendors } from './support';

const NAME = 'use-password-in-custody.json';
const PASSWORD = 'canary-of-the-backup';

describe('using a password in custody', () => {
	const vendors = useVendors();
	let credential: SenhaseguraCredential;

	beforeEach(() => {
		credential = vendors.senhasegura.state.items.get('39') as SenhaseguraCredential;
		Object.assign(credential, {
			identifier: 'backup-admin',
			username: 'admin',
			content: PASSWORD,
			view: null,
		});
	});

	/** What the appliance is asked with, and what it answers. */
	function appliance(status: number, body: object = { started: true }): string[] {
		const seen: string[] = [];
		nock('https://backup.example.com')
			.post('/api/run')
			.reply(function () {
				seen.push(String(this.req.headers.authorization));
				return [status, body];
			});
		return seen;
	}

	const released = () =>
		vendors.senhasegura.log.filter(({ path }) => path.includes('/custody/')).length;

	it('reads it, uses it, and releases it', async () => {
		const messages = recordMessages();
		const seen = appliance(200);
		const result = await runExample(vendors, NAME);
		expect(result.error()).toBeUndefined();
		expect(seen).toEqual([`Basic ${Buffer.from(`admin:${PASSWORD}`).toString('base64')}`]);
		expect(credential.custodyBy.size).toBe(0);
		expect(released()).toBe(1);
		expect(messages.slack).toEqual(['The backup worked. Custody of backup-admin was released.']);
		expect(findSecrets(messages, [PASSWORD])).toEqual([]);
	});

	it('releases it where the use fails', async () => {
		const messages = recordMessages();
		appliance(503, { error: 'busy' });
		const result = await runExample(vendors, NAME);
		expect(result.error()).toBeUndefined();
		expect(credential.custodyBy.size).toBe(0);
		expect(messages.slack).toEqual([
			expect.stringMatching(/^The backup failed: .*503.* Custody of backup-admin was released\.$/),
		]);
	});

	it('tells nobody what the appliance repeats of its request', async () => {
		const messages = recordMessages();
		const header = Buffer.from(`admin:${PASSWORD}`).toString('base64');
		appliance(400, { error: `No such user: ${PASSWORD}`, got: `Basic ${header}` });
		await runExample(vendors, NAME);
		expect(messages.slack).toEqual([
			'The backup failed: its server answered with status 400. Custody of backup-admin was released.',
		]);
	});

	it('releases it where the answer to the reading is lost', async () => {
		const messages = recordMessages();
		const seen = appliance(200);
		vendors.senhasegura.trouble.add({
			kind: 'garbage',
			match: { path: /\/pam\/credential\/(39|backup-admin)$/, method: 'GET' },
		});
		const result = await runExample(vendors, NAME);
		expect(result.error()).toBeUndefined();
		expect(seen).toEqual([]);
		expect(result.output('Release custody').map(({ json }) => json)).toEqual([
			expect.objectContaining({ id: '39', custodyReleased: true, changed: true }),
		]);
		expect(credential.custodyBy.size).toBe(0);
		expect(messages.slack).toEqual([
			expect.stringMatching(/^The backup failed: .* Custody of backup-admin was released\.$/),
		]);
	});

	it('says that none was held where the vault refuses the reading', async () => {
		const messages = recordMessages();
		appliance(200);
		vendors.senhasegura.trouble.add({
			kind: 'rawBody',
			status: 400,
			body: JSON.stringify(refusal(1009, 'No access to credential')),
			match: { path: /\/pam\/credential\/(39|backup-admin)$/, method: 'GET' },
		});
		await runExample(vendors, NAME);
		expect(messages.slack).toEqual([
			expect.stringMatching(/^The backup failed: .* Custody of backup-admin was not held\.$/),
		]);
	});

	it('first releases what a run that was killed has left', async () => {
		recordMessages();
		appliance(200);
		// As if it had been read an hour ago by a run that did not come to its end.
		const { now, settings } = vendors.senhasegura;
		credential.custody.set('demo0client0id0demo0client0id0demo0client', now() + 60_000);
		credential.view = new Date(now() - 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
		settings.custodyMinutes = 60;
		const result = await runExample(vendors, NAME);
		expect(result.error()).toBeUndefined();
		expect(result.output('Release what was left').map(({ json }) => json)).toEqual([
			expect.objectContaining({ id: '39', custodyReleased: true, changed: true }),
		]);
		expect(credential.custodyBy.size).toBe(0);
		expect(released()).toBe(2);
	});

	it('does nothing to what somebody else has read', async () => {
		recordMessages();
		appliance(200);
		const { now } = vendors.senhasegura;
		credential.custody.set('somebody else', now() + 3_600_000);
		credential.view = new Date(now()).toISOString().slice(0, 19).replace('T', ' ');
		const result = await runExample(vendors, NAME);
		expect(result.output('Release what was left')[0]?.json).toMatchObject({ changed: false });
		expect([...credential.custodyBy]).toEqual(['somebody else']);
	});

	it('asks for help where custody cannot be released', async () => {
		const messages = recordMessages();
		appliance(200);
		vendors.senhasegura.trouble.add({
			kind: 'status',
			status: 400,
			match: { path: /\/custody\//, method: 'DELETE' },
		});
		await runExample(vendors, NAME);
		expect(messages.slack).toEqual([
			expect.stringMatching(
				/^The backup worked\. Custody of backup-admin may be held: .*'Credential: Release Custody'/,
			),
		]);
		expect(credential.custodyBy.size).toBe(1);
	});

	it('says that the backup was not run where custody of an earlier run cannot be ended', async () => {
		const messages = recordMessages();
		const seen = appliance(200);
		const { now, trouble } = vendors.senhasegura;
		credential.view = new Date(now() - 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
		trouble.add({ kind: 'status', status: 400, match: { path: /\/custody\//, method: 'DELETE' } });
		await runExample(vendors, NAME);
		expect(seen).toEqual([]);
		expect(messages.slack).toEqual([
			expect.stringMatching(/^The backup was not run\. Custody of backup-admin may be held: /),
		]);
	});

	it('reads nothing, and leaves it to the error workflow, where the vault tells no credentials', async () => {
		const messages = recordMessages();
		const seen = appliance(200);
		const match = { path: /\/pam\/credential$/ };
		vendors.senhasegura.trouble.add({ kind: 'status', status: 403, match, times: 9 });
		const result = await runExample(vendors, NAME);
		expect(result.error()).toBeDefined();
		expect(result.output('Read the password')).toEqual([]);
		expect([seen, messages.slack, [...credential.custodyBy]]).toEqual([[], [], []]);
	});

	it('quotes the vault without what Slack would obey', async () => {
		const messages = recordMessages();
		appliance(200);
		vendors.senhasegura.trouble.add({
			kind: 'rawBody',
			status: 400,
			body: JSON.stringify(refusal(1099, 'No <!channel> access <https://evil.example|here>')),
			match: { path: /\/pam\/credential\/(39|backup-admin)$/, method: 'GET' },
		});
		await runExample(vendors, NAME);
		expect(messages.slack).toEqual([expect.stringMatching(/^[^<>]*No !channel access [^<>]*$/)]);
	});
});
