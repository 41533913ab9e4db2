import recorded from '../../fixtures/pam360/pypmp.json';
import { pam360Demo, type Pam360Simulator, startPam360Simulator } from '../../simulators';
import { call } from './call';

const CERTIFICATE = /^-----BEGIN CERTIFICATE-----/u;

/** What pypmp reads in each answer: a path in it, or all of it, and what has to be there. */
const reads: Record<string, [path: string, value: unknown]> = {
	get_resources: ['operation.Details.1.RESOURCE NAME', 'WEB-LINUX-01'],
	get_accounts: ['operation.Details.ACCOUNT LIST.0.ACCOUNT NAME', 'root'],
	get_account: ['operation.Details.PASSWORD STATUS', '****'],
	get_account_password: ['operation.Details.PASSWORD', 'Demo 301: A1@8ZnQx)mh&='],
	get_account_and_resource_ids: ['operation.Details', { RESOURCEID: '301', ACCOUNTID: '301' }],
	get_resource_id: ['operation.Details.RESOURCEID', '301'],
	create_resource: ['operation.result.status', 'Success'],
	'get_password: IDs': ['operation.Details', { RESOURCEID: '1001', ACCOUNTID: '1002' }],
	'get_password: password': ['operation.Details.PASSWORD', 'p w&+ü%41'],
	'delete_resource_by_name: ID': ['operation.Details.RESOURCEID', '1001'],
	delete_resource_by_name: ['operation.result.status', 'Success'],
	get_associated_users: ['AssociatedUsers.0.KeyName', 'key1'],
	get_certificate: ['', expect.stringMatching(CERTIFICATE)],
	get_certificate_keystore: ['', expect.stringContaining('-----BEGIN CERTIFICATE-----')],
	get_all_certificates: ['SSLCertificates.0.Common Name', 'localhost'],
	get_certificate_passphrase: [
		'result.message',
		expect.stringMatching(/Private key passphrase of certificate .* localhost-passphrase$/u),
	],
	get_certificate_details: ['1.Common Name', 'localhost'],
	create_user: ['operation.result.status', 'Success'],
	get_user_id: ['operation.Details.USERID', expect.stringMatching(/^\d+$/u)],
	lock_user: ['operation.result.status', 'Success'],
	unlock_user: ['operation.result.status', 'Success'],
	delete_user_by_username: ['operation.result.status', 'Success'],
	generate_password: ['operation.Details.PASSWORD', expect.stringMatching(/^\S{8,}$/u)],
	get_ssh_keys: ['SSHKeys.0.KeyName', 'key1'],
	// Its author notes that these two seem to be broken.
	get_ssh_key: ['result.status', 'Failed'],
	export_ssh_key: ['result.status', 'Failed'],
};

describe('pypmp, as it was recorded, at the PAM360 simulator', () => {
	let sim: Pam360Simulator;
	let serial: string;

	beforeAll(async () => {
		sim = await startPam360Simulator();
		// As until 2021, when this client was written.
		sim.settings.pkiPayload = 'own';
		const headers = { AUTHTOKEN: pam360Demo.authToken };
		const answer = await call(`${sim.url}/api/pki/restapi/getAllSSLCertificates`, { headers });
		serial = answer.at('SSLCertificates.0.serialNumber') as string;
	});

	afterAll(async () => await sim.close());

	it('is recorded with each of its methods', () => {
		expect(recorded.map(({ call: name }) => name)).toEqual(Object.keys(reads));
	});

	it.each(recorded)('reads what it looks for: $call', async ({ call: name, method, url, body }) => {
		const filled = url.replace('{token}', pam360Demo.authToken).replace('{serial}', serial);
		const answer = await call(sim.url + filled, {
			method,
			headers: url.startsWith('/restapi')
				? { AUTHTOKEN: pam360Demo.authToken, 'content-type': 'text/json' }
				: {},
			...(body !== undefined && { body }),
		});
		expect(answer.status).toBe(200);
		const [path, value] = reads[name]!;
		expect(path === '' ? answer.text : answer.at(path)).toEqual(value);
	});
});
