import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';
import { cortexXsiam } from '../../nodes/CortexXsiam/resources';
import { pam360 } from '../../nodes/Pam360/resources';
import { senhasegura } from '../../nodes/Senhasegura/resources';
import type { Operation, Vendor } from '../../nodes/shared/operation';
import { findSecrets, processedData } from '../harness';
import { senhaseguraDemo } from '../simulators';
import * as cortexXsiamKit from './cortexXsiam/kit';
import * as pam360Kit from './pam360/kit';
import { ADDED_PEM } from './pam360/pki';
import type { RunOptions } from './vendors';
import { credentialFor, runVendor } from './vendors';
import { said } from './kit/result';

jest.mock('n8n-workflow', (): unknown => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

type VendorName = RunOptions['vendor'];

const vendors: Record<VendorName, Pick<Vendor<never>, 'resources'>> = {
	pam360,
	cortexXsiam,
	senhasegura,
};

interface Entry {
	name: string;
	operation: Operation<never>;
}

const all: Entry[] = Object.entries(vendors).flatMap(([vendor, { resources }]) =>
	resources.flatMap(({ value, operations }) =>
		operations.map((operation) => ({
			name: `${vendor} ${value} ${operation.value}`,
			operation,
		})),
	),
);

const CANARY = 'canary-of-the-walk';
const SENHASEGURA = 'https://senhasegura.example.com';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const ids = { resourceId: byId('1'), accountId: byId('12') };
const person = { userName: 'u', firstName: 'f', lastName: 'l', email: 'e@example.com' };

/** Every operation that must not be done twice: its parameters, and what a further try says. */
const REFUSED: Record<string, [IDataObject, RegExp]> = {
	'pam360 account create': [
		{
			resourceId: byId('1'),
			accounts: { account: [{ accountName: 'a', password: CANARY }] },
		},
		/^Accounts may have been created/,
	],
	'pam360 agentKey generate': [{ generateAgentKey: true }, /^An agent key may have been issued/],
	'pam360 authToken regenerate': [{}, /^The auth token may have been regenerated/],
	'pam360 certificate add': [{ certificate: ADDED_PEM }, /^The certificate may have been added/],
	'pam360 certificate create': [
		{ commonName: 'c', password: CANARY, validity: 1 },
		/^The certificate may have been created/,
	],
	'pam360 certificate createCsr': [
		{ commonName: 'c', additionalFields: { password: CANARY } },
		/^The certificate request may have been created/,
	],
	'pam360 certificate signCsr': [
		{ csrId: '1', rootCommonName: 'r', rootSerialNumber: '1', validity: 1, isIntermediate: false },
		/^The request may have been signed/,
	],
	'pam360 password requestAccess': [
		{ ...ids, access: 'now' },
		/^The request may have been submitted/,
	],
	'pam360 resource create': [{ resourceName: 'r' }, /^The resource may have been created/],
	'pam360 tunnel create': [
		{ sshId: '4302', resourceId: byId('1'), protocol: 'SSH' },
		/^The tunnel may have been opened/,
	],
	'pam360 tunnel createServer': [ids, /^The connection may have been opened/],
	'pam360 user create': [
		{ ...person, roles: 'r', active: true, additionalFields: { password: CANARY } },
		/^The user may have been created/,
	],
	'pam360 user createApiUser': [person, /^The API user may have been created/],
	'pam360 user createLocalUser': [
		{ ...person, password: CANARY },
		/^The user may have been created/,
	],
	'cortexXsiam dataset create': [
		{ dataset: 'd', columns: { column: [{ name: 'a', type: 'text' }] } },
		/^The dataset 'd' may have been created/,
	],
	'cortexXsiam dataset upsertRows': [
		{ dataset: 'd', rows: '[{"a":1}]', keyColumns: '' },
		/^The rows may have been stored/,
	],
	'cortexXsiam warRoomEntry create': [
		{ roomOf: 'issue', recordId: '7', text: 'Rotated' },
		/^The entry may have been written/,
	],
	'cortexXsiam issue create': [
		{ name: 'i', description: 'd', domain: 'SECURITY', category: 'OTHER', severity: 'LOW' },
		/^The issue may have been created/,
	],
	'cortexXsiam notificationRule create': [
		{ name: 'r', forwardType: 'audit' },
		/^The rule 'r' may have been created/,
	],
	'cortexXsiam role create': [
		{ name: 'r', permissions: ['a_view'] },
		/^The role 'r' may have been created/,
	],
	'cortexXsiam userGroup create': [{ name: 'g' }, /^The user group 'g' may have been created/],
	'senhasegura application create': [
		{
			name: 'shop',
			system: 's',
			environment: 'e',
			additionalFields: { uniqueKey: CANARY },
			options: { secretOutput: 'item' },
		},
		/^An authorization of the application 'shop' may have been made/,
	],
	'senhasegura certificate publish': [
		{ certificateId: '456', profileId: '22', devices: '101', reason: '3' },
		/^The publication of certificate 456 may have been scheduled/,
	],
	'senhasegura certificateRequest create': [
		{
			commonName: 'www.example.com',
			organization: '42',
			validityDays: 365,
			additionalFields: { keyPassword: CANARY },
		},
		/^The certificate request for 'www\.example\.com' may have been made/,
	],
	'senhasegura certificateRequest sign': [
		{ requestId: '123', selfSigned: true, reason: '3' },
		/^Certificate request 123 may have been signed/,
	],
	'senhasegura protectedInformation create': [
		{ name: 'bank', content: CANARY },
		/^The information 'bank' may have been stored/,
	],
	'senhasegura relatedUser create': [
		{ name: 'Ana', username: 'ana' },
		/^The related user 'ana' may have been registered/,
	],
	'senhasegura safeApiSecret create': [
		{ name: 'Billing', url: 'https://b.example.com', clientId: 'abc', clientSecret: CANARY },
		/^The entry 'Billing' may have been made/,
	],
	'senhasegura safeNote create': [
		{ name: 'Alarm', note: CANARY },
		/^The note 'Alarm' may have been made/,
	],
	'senhasegura safePassword create': [
		{ name: 'Bank', username: 'ana', password: CANARY },
		/^The entry 'Bank' may have been made/,
	],
	'senhasegura secret deprovision': [
		{ secretId: 213, podName: 'p', deploy: 'd', namespace: 'n' },
		/^The secret may have been taken back/,
	],
	'senhasegura secret provision': [
		{ provisionFor: 'identity', identity: 'db', options: { secretOutput: 'item' } },
		/^A dynamic secret for 'db' may have been made/,
	],
	'senhasegura user create': [
		{ name: 'Ana', username: 'ana', email: 'ana@example.com', externalId: '1' },
		/^The user 'ana' may have been created/,
	],
};

const hosts: Record<VendorName, string> = {
	pam360: pam360Kit.HOST,
	cortexXsiam: cortexXsiamKit.HOST,
	senhasegura: SENHASEGURA,
};

const credentials: Record<VendorName, RunOptions['credentials']> = {
	pam360: pam360Kit.kit.credentials,
	cortexXsiam: cortexXsiamKit.kit.credentials,
	senhasegura: { senhaseguraOAuth1Api: credentialFor.senhaseguraOAuth1Api(SENHASEGURA) },
};

/** Of MySafe's family, which OAuth 2.0 alone opens. */
const withToken = {
	senhaseguraOAuth2Api: {
		...credentialFor.senhaseguraOAuth2Api(SENHASEGURA),
		clientId: senhaseguraDemo.mySafeClientId,
		clientSecret: senhaseguraDemo.mySafeClientSecret,
	},
};

describe('every operation', () => {
	it('that makes something says what becomes of a further try', () => {
		const silent = all.filter(
			({ operation: { issues, furtherTries } }) => issues !== undefined && !furtherTries,
		);
		expect(silent.map(({ name }) => name)).toEqual([]);
	});

	it('that sends what may not be sent twice says so, too', () => {
		const root = join(__dirname, '../../nodes');
		const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.operation.ts'))
			.filter((file) => /repeatable: false/.test(readFileSync(join(root, file), 'utf8')));
		expect(files.length).toBeGreaterThan(10);
		const silent = files.filter(
			(file) => !/furtherTries:/.test(readFileSync(join(root, file), 'utf8')),
		);
		expect(silent).toEqual([]);
	});

	it('has a reason where a further try is let be', () => {
		const reasons = all.flatMap(({ name, operation: { furtherTries: further } }) => {
			switch (further?.are) {
				case 'harmless':
					return [[name, further.because]];
				case 'resolved':
					return [[name, further.by]];
				default:
					return [];
			}
		});
		expect(reasons.filter(([, reason]) => !/^[a-z].{10,}[^.]$/.test(reason ?? ''))).toEqual([]);
		expect(reasons.map(([name]) => name).sort()).toEqual([
			'cortexXsiam apiKey generate',
			'cortexXsiam apiKey rotate',
			'cortexXsiam xql runQuery',
			'pam360 account upsert',
			'pam360 password reset',
			'pam360 resource upsert',
			'senhasegura certificate import',
			'senhasegura credential changePassword',
			'senhasegura credential get',
			'senhasegura credential upsert',
			'senhasegura device upsert',
			'senhasegura safeApiSecret upsert',
			'senhasegura secret upsert',
			'senhasegura session createWebProxySession',
			'senhasegura sshKey create',
			'senhasegura sshKey rotate',
			'senhasegura sshKey upsert',
		]);
	});

	it('that must not be done twice is in the table below', () => {
		const refused = all.filter(({ operation }) => operation.furtherTries?.are === 'refused');
		expect(refused.map(({ name }) => name).sort()).toEqual(Object.keys(REFUSED).sort());
	});
});

describe('Retry On Fail, where no answer comes', () => {
	beforeAll(() => {
		if (!nock.isActive()) nock.activate();
	});
	beforeEach(() => nock.disableNetConnect());
	afterEach(() => {
		nock.cleanAll();
		processedData.clear();
	});
	afterAll(() => nock.restore());

	/** Cuts every connection but that to the token. */
	function cutAll(host: string): string[] {
		const sent: string[] = [];
		const scope = nock(host).persist();
		scope
			.post(/oauth2\/token$/)
			.reply(200, { token_type: 'Bearer', expires_in: 3600, access_token: 'canary-token' });
		for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
			scope
				.intercept(/.*/, method)
				.replyWithError(Object.assign(new Error('x'), { code: 'ECONNRESET' }));
		}
		scope.on('request', ({ method, path }: { method: string; path: string }) => {
			if (!path.endsWith('/oauth2/token')) sent.push(`${method} ${path.split('?')[0]}`);
		});
		return sent;
	}

	it.each(Object.entries(REFUSED))(
		'%s is sent once, and the last try tells of the first',
		async (name, [parameters, says]) => {
			const [vendor, resource, operation] = name.split(' ') as [VendorName, string, string];
			const sent = cutAll(hosts[vendor]);
			const isMySafe = resource.startsWith('safe');
			const result = await runVendor({
				vendor,
				onlyTheseParameters: true,
				parameters: {
					resource,
					operation,
					...(vendor === 'senhasegura' && { authentication: isMySafe ? 'oAuth2' : 'oAuth1' }),
					...parameters,
				},
				credentials: isMySafe ? withToken : credentials[vendor],
				node: { id: `node-of-${name}`, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
			});
			const [write] = sent;
			expect(write).toMatch(/^(POST|PUT) /);
			expect(sent.filter((one) => one === write)).toEqual([write]);
			expect(said(result)).toMatch(says);
			expect(said(result)).toMatch(
				/ by an earlier try of this execution \| This try sent nothing\. The earlier try began at 2\S+Z\. It ended with: .*closed the connection before it answered/,
			);
			const warnings = result.logs.filter(({ level }) => level === 'warn');
			expect(warnings.map(({ message }) => message)).toEqual([
				expect.stringMatching(/^Node, item 0: .* by an earlier try of this execution/),
				expect.stringMatching(/^Node, item 0: .* by an earlier try of this execution/),
			]);
			expect(findSecrets([result.nodeError, result.logs], [CANARY, 'canary-token'])).toEqual([]);
		},
	);
});
