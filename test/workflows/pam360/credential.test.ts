import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { LogEntry } from '../../harness';
import { findSecrets, runNode, testCredential } from '../../harness';
import type { Pam360Simulator } from '../../simulators';
import { createClientIdentity, pam360Demo, startPam360Simulator } from '../../simulators';
import { documented } from '../kit/documented';
import { credentialFor, credentialTypes, nodeTypes, runVendor } from '../vendors';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

let sim: Pam360Simulator;
let plain: Pam360Simulator;

beforeAll(async () => {
	sim = await startPam360Simulator();
	plain = await startPam360Simulator({ http: true });
});

afterEach(() => {
	sim.reset();
	plain.reset();
});

afterAll(async () => {
	await sim.close();
	await plain.close();
});

describe('the test of a credential', () => {
	const logs: LogEntry[] = [];

	async function tested(changes: ICredentialDataDecryptedObject = {}) {
		logs.length = 0;
		const data = { ...credentialFor.pam360Api(sim.url), ...changes };
		const result = await testCredential('pam360Api', data, { credentialTypes, nodeTypes, logs });
		const secrets = [pam360Demo.authToken, pam360Demo.applicationToken];
		expect(findSecrets([result, logs], secrets)).toEqual([]);
		return documented(result);
	}

	const success = { status: 'OK', message: 'Connection successful!' };

	it('succeeds, and changes nothing at PAM360', async () => {
		expect(await tested()).toEqual(success);
		const [request] = sim.log;
		expect(sim.log).toHaveLength(1);
		expect(request).toMatchObject({ method: 'GET', path: '/restapi/json/v1/resources', body: '' });
		const query = new URLSearchParams(request!.url.split('?')[1]);
		expect([...query.keys()]).toEqual(['INPUT_DATA']);
		expect(JSON.parse(query.get('INPUT_DATA')!)).toEqual({
			operation: { Details: { STARTINDEX: 0, LIMIT: 1 } },
		});
		expect(request!.headers).not.toHaveProperty('orgname');
	});

	it.each(['/', '/restapi/json/v1', '/restapi/'])(
		'knows the address with %s at its end',
		async (end) => {
			expect(await tested({ url: sim.url + end })).toEqual(success);
			expect(sim.log[0]?.path).toBe('/restapi/json/v1/resources');
		},
	);

	const application = {
		tokenType: 'application',
		authToken: '',
		appAuthToken: pam360Demo.applicationToken,
		appType: '17',
	};

	it('succeeds with the token of an application, which goes in headers of its own', async () => {
		expect(await tested(application)).toEqual(success);
		const [request] = sim.log;
		expect(request!.rawHeaders).toEqual(
			expect.arrayContaining(['APP_AUTHTOKEN', pam360Demo.applicationToken, 'APP_TYPE', '17']),
		);
		expect(request!.headers).not.toHaveProperty('authtoken');
	});

	it('knows the address without its scheme', async () => {
		expect(await tested({ url: sim.url.replace('https://', '') })).toEqual(success);
	});

	it('succeeds for a user who may see no resources', async () => {
		sim.state.resources.length = 0;
		expect(await tested()).toEqual(success);
	});

	it('names the organization', async () => {
		expect(await tested({ orgName: pam360Demo.orgName })).toEqual(success);
		expect(sim.log[0]?.rawHeaders).toEqual(expect.arrayContaining(['orgName', pam360Demo.orgName]));
		expect(await tested({ orgName: 'Nobody' })).toEqual({
			status: 'Error',
			message: expect.stringContaining("'Organization Name'") as string,
		});
	});

	it.each<[string, () => ICredentialDataDecryptedObject | void, string | RegExp]>([
		[
			'a wrong token',
			() => ({ authToken: 'DE00DE00-0000-0000-0000-000000000000' }),
			/^PAM360 does not accept the auth token\. Check 'Auth Token', or 'Application Token' and 'Application Type', in the credential\. .* regenerated/,
		],
		[
			'a host lock',
			() => {
				sim.settings.hostLocked = true;
			},
			/^PAM360 does not allow the API user to call from this host\. .*turn the host check off/,
		],
		[
			'a host name that PAM360 cannot resolve',
			() => {
				sim.settings.hostNotResolvable = true;
			},
			/^PAM360 answered with an empty body \(HTTP 200\)\. PAM360 sends an empty answer when it cannot resolve the host name/,
		],
		[
			'a login page',
			() => {
				sim.trouble.add({ kind: 'html' });
			},
			/^PAM360 answered with a web page instead of JSON \(HTTP 200\)\. .*'URL' and its port/,
		],
		[
			'an answer of something else',
			() => {
				sim.trouble.add({ kind: 'rawBody', body: '{"status":"ok"}' });
			},
			/^PAM360 answered without the result of the operation \(HTTP 200\)\. .*'URL'/,
		],
		[
			'text of something else',
			() => {
				sim.trouble.add({ kind: 'rawBody', body: 'It works!', contentType: 'text/plain' });
			},
			/^PAM360 answered with something that is not JSON \(HTTP 200\)\. .*'URL'/,
		],
		[
			'a certificate that is not trusted',
			() => ({ ignoreSslIssues: false }),
			/^The certificate of .* is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)\. .*'CA Certificate'.*'Ignore SSL Issues'/,
		],
		[
			'an address that is not there',
			() => ({ url: `${sim.url}/elsewhere` }),
			/^PAM360 .*\(HTTP 404\)\. .*'URL'/,
		],
		[
			'a host that does not exist',
			() => ({ url: 'https://pam360.invalid' }),
			/^The host name pam360\.invalid was not found\. Check the credential's 'URL'/,
		],
		[
			'a port at which nothing listens',
			() => ({ url: 'https://127.0.0.1:9' }),
			/^127\.0\.0\.1:9 refused the connection\. Check the host and port/,
		],
		[
			'a gateway that has no answer',
			() => {
				sim.trouble.add({ kind: 'status', status: 502, body: 'Bad Gateway' });
			},
			/\(HTTP 502\)\. A gateway or proxy in front of PAM360 answered instead/,
		],
		['no address', () => ({ url: '' }), /^'URL' is empty in the credential\. Enter the address/],
		[
			'an address with a password',
			() => ({ url: sim.url.replace('https://', 'https://me:you@') }),
			/^'URL' in the credential holds a username or password\. Enter the address only/,
		],
		[
			'plain http to another host',
			() => ({ url: 'http://pam360.example.com' }),
			/^'URL' in the credential is plain http, which would send the secret unencrypted\. Use https/,
		],
		[
			'a time zone that is none',
			() => ({ serverTimeZone: 'Bombay' }),
			/^'Server Time Zone' in the credential is not a known time zone: Bombay\. Enter an IANA/,
		],
		[
			'a wrong token of an application',
			() => ({ ...application, appAuthToken: 'DE00' }),
			/^PAM360 does not accept the auth token\. Check .*'Application Token' and 'Application Type'/,
		],
		[
			'the type of another application',
			() => ({ ...application, appType: '18' }),
			/^PAM360 does not accept the auth token\. Check .*'Application Type'/,
		],
		[
			'no token of an application',
			() => ({ ...application, appAuthToken: '' }),
			/^'Application Token' is empty in the credential\. Paste .*'API User' in 'Token Of'/,
		],
		[
			'a type that is no number',
			() => ({ ...application, appType: 'n8n' }),
			/^'Application Type' in the credential is not a number\. Enter the number/,
		],
		['no token', () => ({ authToken: '' }), /^'Auth Token' is empty in the credential\. Paste/],
		[
			'a token with a line break',
			() => ({ authToken: 'a\nb' }),
			/^'Auth Token' in the credential holds a line break\. Copy/,
		],
		[
			'an organization that no header holds',
			() => ({ orgName: '株式会社' }),
			/^'Organization Name' in the credential holds .*株.*'Organization Name Encoding'/,
		],
		[
			'half a client certificate',
			() => ({ clientKey: createClientIdentity().key }),
			/^'Client Certificate' is empty in the credential\. A client certificate needs its key/,
		],
	])('says what is wrong with %s', async (_, prepare, message) => {
		const changes = prepare() ?? {};
		expect(await tested(changes)).toEqual({
			status: 'Error',
			message: typeof message === 'string' ? message : (expect.stringMatching(message) as string),
		});
	});

	it('does not follow a redirect with the token', async () => {
		sim.trouble.add({ kind: 'redirect', to: `${plain.url}/restapi/json/v1/resources` });
		expect((await tested()).status).toBe('Error');
		expect(plain.log).toEqual([]);
	});

	it('takes certificates', async () => {
		const client = createClientIdentity();
		const strict = await startPam360Simulator({ clientCa: client.certificate });
		try {
			const changes = {
				url: strict.url,
				ignoreSslIssues: false,
				caCertificate: strict.certificate,
				clientCertificate: client.certificate,
				clientKey: client.key,
			};
			expect(await tested(changes)).toEqual(success);
			expect((await tested({ ...changes, caCertificate: '' })).message).toContain(
				'DEPTH_ZERO_SELF_SIGNED_CERT',
			);
		} finally {
			await strict.close();
		}
	});

	it('allows plain http to the local host, and elsewhere to those who insist', async () => {
		expect(await tested({ url: plain.url, ignoreSslIssues: false })).toEqual(success);
	});
});

describe('n8n’s HTTP Request node', () => {
	function request(parameters: IDataObject, changes: ICredentialDataDecryptedObject = {}) {
		return runNode({
			node: {
				type: 'n8n-nodes-base.httpRequest',
				parameters: {
					method: 'POST',
					url: `${sim.url}/restapi/json/v1/agents/agentkey`,
					authentication: 'predefinedCredentialType',
					nodeCredentialType: 'pam360Api',
					sendBody: true,
					contentType: 'form-urlencoded',
					bodyParameters: {
						parameters: [
							{
								name: 'INPUT_DATA',
								value: '{"operation":{"details":{"generateAgentKey":"true"}}}',
							},
						],
					},
					options: {},
					...parameters,
				},
			},
			nodeTypes,
			credentialTypes,
			credentials: { pam360Api: { ...credentialFor.pam360Api(sim.url), ...changes } },
		});
	}

	it('signs its requests with the credential', async () => {
		const { items, nodeError } = await request({}, { orgName: pam360Demo.orgName });
		expect(nodeError).toBeUndefined();
		expect(items[0]?.json).toMatchObject({
			operation: { Details: { agentKey: sim.state.keys[0]?.agentKey } },
		});
		expect(sim.log[0]?.rawHeaders).toEqual(
			expect.arrayContaining(['AUTHTOKEN', pam360Demo.authToken, 'orgName', pam360Demo.orgName]),
		);
	});

	it('signs its requests with the token of an application', async () => {
		const { items, nodeError } = await request(
			{},
			{ tokenType: 'application', appAuthToken: pam360Demo.applicationToken, appType: '17' },
		);
		expect(nodeError).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ operation: { result: { status: 'Success' } } });
		expect(sim.log[0]?.headers).not.toHaveProperty('authtoken');
	});

	it('sends the token to no other server than the credential’s', async () => {
		const { nodeError } = await request(
			{ method: 'GET', url: `${plain.url}/restapi/json/v1/resources`, sendBody: false },
			{ url: sim.url },
		);
		expect(nodeError?.message).toContain(`The credential is for ${sim.url}`);
		expect([...plain.log, ...sim.log]).toEqual([]);
	});

	it('follows no redirect with the token', async () => {
		sim.trouble.add({ kind: 'redirect', to: `${plain.url}/elsewhere`, status: 307 });
		await request({ method: 'GET', url: `${sim.url}/restapi/json/v1/resources`, sendBody: false });
		sim.trouble.clear();
		expect(plain.log).toEqual([]);
	});

	it('checks certificates unless the credential says otherwise', async () => {
		const { nodeError } = await request({}, { ignoreSslIssues: false });
		expect(nodeError?.message).toMatch(/SSL/);
		expect(sim.state.keys).toEqual([]);
		const trusting = await request({}, { ignoreSslIssues: true });
		expect(trusting.nodeError).toBeUndefined();
	});

	it('trusts the credential’s authority', async () => {
		const { nodeError } = await request(
			{},
			{ ignoreSslIssues: false, caCertificate: sim.certificate },
		);
		expect(nodeError).toBeUndefined();
		expect(sim.state.keys).toHaveLength(1);
	});

	it('sends nothing with a credential that cannot be used', async () => {
		const { nodeError } = await request({}, { authToken: 'a\nb' });
		expect(nodeError?.message).toContain("'Auth Token' in the credential holds a line break");
		expect(sim.log).toEqual([]);
	});
});

describe('the token of an application', () => {
	const run = async (parameters: IDataObject, appAuthToken: string = pam360Demo.applicationToken) =>
		await runVendor({
			vendor: 'pam360',
			onlyTheseParameters: true,
			parameters,
			credentials: {
				pam360Api: {
					...credentialFor.pam360Api(sim.url),
					// What the field of the other choice still holds.
					authToken: pam360Demo.authToken,
					tokenType: 'application',
					appAuthToken,
				},
			},
		});
	const picked = (value: string) => ({ __rl: true, mode: 'name', value });
	const root = { resourceId: picked('WEB-LINUX-01'), accountId: picked('root') };

	it('goes with every call, to read and to write', async () => {
		const read = await run({ resource: 'password', operation: 'get', ...root });
		expect(read.items[0]?.json.secret).toBe(
			[...sim.state.resources[1]!.accounts.values()][0]!.password,
		);
		const made = await run({ resource: 'resource', operation: 'create', resourceName: 'NEW-01' });
		expect(made.nodeError).toBeUndefined();
		expect(made.items[0]?.json.created).toBe(true);
		expect(sim.log.length).toBeGreaterThan(3);
		for (const { headers } of sim.log) {
			expect(headers).toMatchObject({
				app_authtoken: pam360Demo.applicationToken,
				app_type: '17',
			});
			expect(headers).not.toHaveProperty('authtoken');
		}
	});

	it('is in no error', async () => {
		const token = 'CANARY-OF-AN-APPLICATION';
		const { nodeError, logs } = await run(
			{ resource: 'password', operation: 'get', ...root },
			token,
		);
		expect(nodeError?.message).toBe('PAM360 does not accept the auth token');
		const secrets = [token, pam360Demo.authToken];
		expect(findSecrets({ nodeError, logs }, secrets)).toEqual([]);
	});
});
