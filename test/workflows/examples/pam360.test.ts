import { generateKeyPairSync } from 'node:crypto';
import { compactDecrypt } from 'jose';
import nock from 'nock';
import type { IDataObject } from 'n8n-workflow';
import { findSecrets } from '../../harness';
import { credentialFor } from '../vendors';
import { recordMessages, runExample, useVendors } from './support';

const DAY = 86_400_000;

const vendors = useVendors();

describe('rolling out agents', () => {
	it('gives the key to the installation, and its expiry to Jira', async () => {
		const messages = recordMessages();
		const launched: IDataObject[] = [];
		nock('https://awx.example.com', { reqheaders: { authorization: 'Bearer not-a-token' } })
			.post('/api/v2/job_templates/42/launch/', (body: IDataObject) => {
				launched.push(body);
				return true;
			})
			.reply(201, { id: 815, status: 'pending' });

		const result = await runExample(vendors, 'roll-out-agents.json', {
			startNode: 'Ask for a host',
			pinData: { 'Ask for a host': [{ json: { Host: 'web-01.example.com', Hours: 8 } }] },
			moreCredentials: { httpHeaderAuth: { name: 'Authorization', value: 'Bearer not-a-token' } },
		});

		expect(result.error()).toBeUndefined();
		const [key] = vendors.pam360.state.keys;
		expect(launched).toEqual([
			{ limit: 'web-01.example.com', extra_vars: { pam360_agent_key: key?.agentKey } },
		]);
		const [issue] = messages.jira;
		expect(JSON.stringify(issue)).toContain('web-01.example.com');
		expect(JSON.stringify(issue)).toContain('815');
		expect(JSON.stringify(issue)).toContain(
			result.output('Generate agent key')[0]?.json.expiresAtServerTime,
		);
		expect(findSecrets(messages, [key!.agentKey])).toEqual([]);
	});

	it('tells of an installation that was refused, and not what was sent or answered', async () => {
		const messages = recordMessages();
		nock('https://awx.example.com')
			.post('/api/v2/job_templates/42/launch/')
			.reply(400, (_, body) => ({ detail: 'No such template', got: body }));

		const result = await runExample(vendors, 'roll-out-agents.json', {
			startNode: 'Ask for a host',
			pinData: { 'Ask for a host': [{ json: { Host: 'web-01.example.com', Hours: 8 } }] },
			moreCredentials: { httpHeaderAuth: { name: 'Authorization', value: 'Bearer not-a-token' } },
		});

		const error = result.error();
		expect(error?.message).toBe(
			'AWX did not confirm the installation on web-01.example.com (status 400). ' +
				'Look if it runs there before you ask again: that issues another agent key.',
		);
		// All that the error workflow is handed, and whoever reads it.
		const key = vendors.pam360.state.keys.at(-1);
		expect(findSecrets({ error: JSON.stringify(error), messages }, [key!.agentKey])).toEqual([]);
		expect(messages.jira).toEqual([]);
	});

	it.each([
		[{ Host: '*', Hours: 8 }],
		[{ Host: 'web-01,db-01', Hours: 8 }],
		[{ Host: 'web-01 --extra-vars x=y', Hours: 8 }],
		[{ Host: 'web-01', Hours: 720 }],
		[{ Host: 'web-01', Hours: -1 }],
		[{ Host: 'web-01', Hours: 1.5 }],
		[{ Host: 'web-01', Hours: '8' }],
		[{ Host: 'web-01\n', Hours: 8 }],
		[{ Host: 'web-"01"', Hours: 8 }],
		[{ Host: ['web-01'], Hours: 8 }],
		[{ Host: '', Hours: 8 }],
		[{}],
	])('issues nothing for %j', async (json) => {
		const before = vendors.pam360.state.keys.length;
		const result = await runExample(vendors, 'roll-out-agents.json', {
			startNode: 'Ask for a host',
			pinData: { 'Ask for a host': [{ json }] },
			moreCredentials: { httpHeaderAuth: { name: 'Authorization', value: 'Bearer not-a-token' } },
		});
		expect(result.error()?.message).toContain('Nothing was issued');
		expect(vendors.pam360.state.keys).toHaveLength(before);
	});
});

describe('resetting passwords that are about to expire', () => {
	const NAME = 'reset-expiring-passwords.json';
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const run = async () =>
		await runExample(vendors, NAME, {
			moreCredentials: {
				pam360Api: {
					...credentialFor.pam360Api(vendors.pam360.url),
					recipientPrivateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
				},
			},
		});
	const accountOf = (id: string) =>
		vendors.pam360.state.resources.find((resource) => resource.id === id)?.accounts.get(id);

	it('resets the old one on its target, and tells Slack no password', async () => {
		const messages = recordMessages();
		const account = accountOf('301')!;
		account.lastModified = Date.now() - 84 * DAY;
		accountOf('302')!.lastModified = Date.now() - 2 * DAY;
		const before = [account.password, accountOf('302')!.password];

		const result = await run();

		expect(result.error()).toBeUndefined();
		expect(result.output('With their expiry')).toHaveLength(3);
		expect(result.output('About to expire')).toHaveLength(1);
		expect(account.password).not.toBe(before[0]);
		expect(accountOf('302')!.password).toBe(before[1]);
		expect(messages.slack).toEqual([
			'The password of root on WEB-LINUX-01 was reset. PAM360 has the new one.',
		]);
		expect(findSecrets({ messages, run: result.run }, [account.password])).toEqual([]);
	});

	it('quotes names and answers without what Slack would obey', async () => {
		const messages = recordMessages();
		for (const id of ['301', '302']) {
			const account = accountOf(id)!;
			account.lastModified = Date.now() - 84 * DAY;
			account.name = `<!channel> ${id}`;
		}
		vendors.pam360.trouble.add({
			kind: 'rawBody',
			match: { method: 'PUT', path: /\/resources\/301\/accounts\/301\/password/ },
			body: JSON.stringify({
				operation: {
					name: 'CHANGE PASSWORD',
					result: { status: 'Failed', message: 'See <https://evil.example|this page>' },
				},
			}),
		});
		await run();
		expect(messages.slack.sort()).toEqual([
			expect.stringMatching(/^[^<>]*!channel 301 on [^<>]*evil\.example[^<>]*$/),
			expect.stringMatching(/^[^<>]*!channel 302 on [^<>]*$/),
		]);
	});

	it('reads what PAM360 holds of an unknown one although Slack is down, and fails', async () => {
		recordMessages({ slackIsDown: true });
		for (const id of ['301', '302']) accountOf(id)!.lastModified = Date.now() - 84 * DAY;
		vendors.pam360.trouble.add({
			kind: 'status',
			status: 503,
			match: { method: 'PUT', path: /\/resources\/301\/accounts\/301\/password/ },
		});
		const result = await run();
		expect(result.output('What is known').map(({ json }) => json.outcome)).toEqual(['unknown']);
		expect(result.error()).toBeDefined();
	});

	it('asks for help where PAM360 refuses, and goes on with the others', async () => {
		const messages = recordMessages();
		for (const id of ['301', '302']) accountOf(id)!.lastModified = Date.now() - 84 * DAY;
		vendors.pam360.trouble.add({
			kind: 'rawBody',
			match: { method: 'PUT', path: /\/resources\/301\/accounts\/301\/password/ },
			body: JSON.stringify({
				operation: { name: 'CHANGE PASSWORD', result: { status: 'Failed', message: 'No agent' } },
			}),
		});

		const result = await run();

		// So that n8n keeps the execution, with what became of each.
		expect(result.error()?.message).toContain('This execution is kept');
		expect(messages.slack.sort()).toEqual([
			expect.stringMatching(/^The password of root on WEB-LINUX-01 may have been .*No agent.*Get/),
			'The password of root on WEB-LINUX-02 was reset. PAM360 has the new one.',
		]);
		expect(result.output('Reset on the target').map(({ json }) => json.vaultHolds)).toContain(
			'other',
		);
	});

	const failed = (message: string) =>
		JSON.stringify({ operation: { name: 'X', result: { status: 'Failed', message } } });

	it('asks for help for each, whatever became of the others, before it fails', async () => {
		const messages = recordMessages();
		for (const id of ['301', '302', '303']) {
			const account = accountOf(id);
			if (account) account.lastModified = Date.now() - 84 * DAY;
		}
		for (const [id, message] of [
			['301', 'No such account found'],
			['302', 'No agent'],
		]) {
			const path = new RegExp(`/resources/${id}/accounts/${id}/password`);
			const match = { method: 'PUT', path };
			vendors.pam360.trouble.add({ kind: 'rawBody', match, body: failed(message ?? '') });
		}
		const result = await run();
		expect(result.error()?.message).toContain('This execution is kept');
		expect(messages.slack.sort()).toEqual([
			expect.stringMatching(/^The password of root on WEB-LINUX-01 was not reset: /),
			expect.stringMatching(/^The password of root on WEB-LINUX-02 may have been reset: /),
		]);
	});

	it.each([
		[
			'accounts of a resource',
			/\/resources\/301\/accounts(\?|$)/,
			/^The accounts of WEB-LINUX-01 could not be read, and no password of them was reset: /,
		],
		[
			'expiry of an account',
			/\/accounts\/301(\?|$)/,
			/^The password of root on WEB-LINUX-01 was not reset: /,
		],
	])('resets the others where the %s cannot be read, and asks for help', async (_, path, says) => {
		const messages = recordMessages();
		for (const id of ['301', '302']) accountOf(id)!.lastModified = Date.now() - 84 * DAY;
		const match = { method: 'GET', path };
		vendors.pam360.trouble.add({ kind: 'rawBody', match, body: failed('Not for you') });
		const result = await run();
		expect(result.error()?.message).toContain('This execution is kept');
		expect(messages.slack.sort()).toEqual([
			expect.stringMatching(says),
			'The password of root on WEB-LINUX-02 was reset. PAM360 has the new one.',
		]);
		expect(messages.slack.join()).toContain('Not for you');
	});

	it.each([
		['the new one', true, 'new', 'PAM360 holds this password. Log in on the target'],
		['another', false, 'other', 'PAM360 does not hold this password yet'],
	])(
		'reads what PAM360 holds where an outcome is unknown: %s',
		async (_, isWorked, vaultHolds, proof) => {
			const messages = recordMessages();
			const account = accountOf('301')!;
			account.lastModified = Date.now() - 84 * DAY;
			const before = account.password;
			vendors.pam360.trouble.add({
				kind: isWorked ? 'cutAfterWork' : 'cutBeforeWork',
				match: { method: 'PUT', path: /\/resources\/301\/accounts\/301\/password/ },
				times: 9,
			});

			const result = await run();

			expect(result.error()?.message).toContain('This execution is kept');
			expect(account.password === before).toBe(!isWorked);
			expect(result.output('Reset on the target')[0]?.json).toMatchObject({
				outcome: 'unknown',
				vaultHolds,
			});
			const [held] = result.output('What PAM360 holds');
			const { plaintext } = await compactDecrypt(held?.json.secret as string, privateKey);
			expect(Buffer.from(plaintext).toString()).toBe(account.password);
			expect(messages.slack).toEqual([
				expect.stringMatching(/^The password of root on WEB-LINUX-01 may have been reset: /),
			]);
			expect(messages.slack[0]).toContain(proof);
			expect(messages.slack[0]).toContain("is in the step 'What PAM360 holds', encrypted");
			const secrets = [before, account.password];
			expect(findSecrets({ messages, run: result.run }, secrets)).toEqual([]);
		},
	);
});
