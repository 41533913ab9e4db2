import { createPrivateKey, X509Certificate } from 'node:crypto';
import { pam360Demo } from '../../simulators';
import { usePam360 } from './pam360Call';

/** The vendor's sample, with a shorter key (docs/api/pam360.md, "Certificates"). */
const sample = {
	CNAME: 'host.example.com',
	ALT_NAMES: 'host.example.com, www.example.com',
	ORGUNIT: 'IT',
	ORG: 'Example',
	LOCATION: 'Chennai',
	STATE: 'TN',
	COUNTRY: 'IN',
	PASSWORD: 'canary-of-a-passphrase',
	VALIDITY: '888',
	VALIDITY_TYPE: 'days',
	ALG: 'RSA',
	LEN: '2048',
	SIGALG: 'SHA256',
	StoreType: 'PKCS12',
};

/** As PAM360 writes serial numbers: Node.js pads them to whole bytes (docs/api/pam360.md, same section). */
const serialNumberOf = (certificate: string) =>
	BigInt(`0x${new X509Certificate(certificate).serialNumber}`).toString(16);

describe('SSH keys and certificates of the PAM360 simulator', () => {
	const server = usePam360();
	const { api } = server;

	const pki = async (operation: string, details?: object, method = 'GET') =>
		await api.raw(method, `/api/pki/restapi/${operation}`, details);
	const refusal = async (operation: string, details?: object, method?: string) => {
		const { json } = await pki(operation, details, method);
		expect(json).toEqual({
			name: operation,
			result: { status: 'Failed', message: expect.any(String) as string },
		});
		return (json as { result: { message: string } }).result.message;
	};
	const create = async () => (await pki('createCertificate', sample, 'POST')).json;

	it('lists SSH keys outside the usual envelope', async () => {
		expect((await pki('getAllSSHKeys')).json).toEqual({
			name: 'getAllSSHKeys',
			result: { status: 'Success', message: 'Fetched successfully' },
			totalRows: 1,
			details: [
				{
					KeyName: 'key1',
					KeyType: 'ssh-rsa',
					KeyLength: '2048',
					FingerPrint: '9f:2c:41:d0:73:e8:5b:16:aa:3d:90:c7:04:be:68:f1',
					isPassphraseAvailable: 'true',
					CreatedBy: 'admin',
					CreationTime: 'Dec 1, 2021 09:00 PM',
				},
			],
		});
	});

	it('finds the SSH keys of a user on a resource', async () => {
		const keys = async (resourceName: string) =>
			(await pki('getSSHkeysforuser', { userName: 'root', resourceName })).json;
		expect(await keys('WEB-LINUX-01')).toMatchObject({ totalRows: 1, details: [{}] });
		expect(await keys('WEB-LINUX-02')).toMatchObject({ totalRows: 0, details: [] });
		expect(await refusal('getSSHkeysforuser', { userName: 'root' })).toMatch('resourceName');
		expect((await pki('getAllAssociatedUsers')).json).toMatchObject({
			totalRows: 1,
			details: [{ UserName: 'root', ResourceName: 'WEB-LINUX-01', KeyName: 'key1' }],
		});
	});

	it('fails where the only known client fails', async () => {
		for (const operation of ['getSSHKey', 'exportSSHKey']) {
			await refusal(operation, undefined, 'POST');
			await refusal(operation, { keyName: 'key1' }, 'POST');
		}
	});

	it('varies envelope, spelling and failures', async () => {
		Object.assign(server.sim.settings, { pkiStatusKey: 'STATUS', pkiPayload: 'own' });
		expect((await pki('getAllSSHKeys')).json).toMatchObject({
			result: { STATUS: 'Success' },
			SSHKeys: [{}],
		});
		Object.assign(server.sim.settings, { pkiStatusKey: 'Status', pkiResult: 'flat' });
		expect((await pki('getAllSSLCertificates')).json).toMatchObject({
			name: 'getAllSSLCertificates',
			Status: 'Success',
			message: 'Fetched successfully',
			SSLCertificates: [{ 'Common Name': 'localhost' }],
		});
		server.sim.settings.pkiFailures = 'error';
		const failed = await pki('getCertificateDetails', { common_name: 'x' });
		expect(failed).toMatchObject({
			status: 400,
			json: { error: { message: expect.any(String) as string } },
		});
	});

	it('creates a certificate that is one, and gives it back', async () => {
		const created = await create();
		expect(created).toMatchObject({
			name: 'createCertificate',
			result: { status: 'Success' },
			details: { SSL_RESOURCEID: expect.any(String) as string },
		});
		expect(JSON.stringify([created, server.sim.state.audit])).not.toContain('canary');
		const wanted = { common_name: 'host.example.com' };
		const certificate = new X509Certificate((await pki('getCertificate', wanted)).text);
		expect(certificate.subject.split('\n')).toEqual([
			'CN=host.example.com',
			'OU=IT',
			'O=Example',
			'L=Chennai',
			'ST=TN',
			'C=IN',
		]);
		expect(certificate.subjectAltName).toBe('DNS:host.example.com, DNS:www.example.com');
		const days = (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / 86_400_000;
		expect(Math.round(days)).toBe(888);
		const key = (await pki('getCertificate', { ...wanted, fileType: 'KEY' })).text;
		expect(certificate.checkPrivateKey(createPrivateKey(key))).toBe(true);
	});

	it('tells two certificates of one name apart by their serial numbers', async () => {
		await create();
		await create();
		const common_name = 'host.example.com';
		const read = async () => (await pki('getCertificateDetails', { common_name })).json;
		const { details } = (await read()) as { details: Array<{ serialNumber: string }> };
		const serials = details.map(({ serialNumber }) => serialNumber);
		expect(new Set(serials).size).toBe(2);
		for (const serial_number of serials) {
			const pem = (await pki('getCertificate', { common_name, serial_number })).text;
			expect(serialNumberOf(pem)).toBe(serial_number);
			const phrase = await pki('getCertificatePassphrase', { common_name, serial_number });
			expect(phrase.at('result.message')).toMatch(
				/^Private key passphrase of certificate .* canary-of-a-passphrase$/u,
			);
		}
		server.sim.settings.pkiPayload = 'own';
		const numbered = Object.entries((await read()) as object).filter(([key]) => /^\d+$/u.test(key));
		expect(numbered.map(([, row]) => (row as { serialNumber: string }).serialNumber)).toEqual(
			serials,
		);
	});

	it('gives a key store as bytes that are no text', async () => {
		const { headers, text } = await pki('getCertificateKeyStore', { common_name: 'localhost' });
		expect(headers['content-type']).toBe('application/octet-stream');
		expect(text).toContain('\u{fffd}');
	});

	it.each([
		['getCertificate', {}, 'common_name is missing.'],
		['getCertificate', { common_name: 'nowhere' }, 'No such certificate'],
		['getCertificate', { common_name: 'localhost', serial_number: 'ff' }, 'serial_number'],
		['getCertificate', { common_name: 'localhost', fileType: 'PEM' }, 'fileType'],
		['getCertificatePassphrase', { common_name: 'localhost' }, 'serial_number is missing.'],
	])('%s refuses %j', async (operation, details, message) => {
		expect(await refusal(operation, details)).toContain(message);
	});

	it.each([
		[{ CNAME: '' }, 'CNAME is missing.'],
		[{ PASSWORD: '' }, 'PASSWORD is missing.'],
		[{ VALIDITY: '' }, 'VALIDITY is missing.'],
		[{ VALIDITY: 'soon' }, 'VALIDITY'],
		[{ ALG: 'ROT13' }, 'ALG'],
		[{ LEN: '1' }, 'LEN'],
		[{ SIGALG: 'MD5' }, 'SIGALG'],
		[{ StoreType: 'ZIP' }, 'StoreType'],
	])('createCertificate refuses %j', async (change, message) => {
		const refused = await refusal('createCertificate', { ...sample, ...change }, 'POST');
		expect(refused).toContain(message);
		expect(server.sim.state.certificates).toHaveLength(1);
	});

	it('makes requests of a name alone, and signs them with a root that it has', async () => {
		const made = await pki('createCSR', { CNAME: 'app.example.com' }, 'POST');
		expect(made.json).toEqual({
			name: 'createCSR',
			result: { status: 'Success', message: 'CSR app.example.com created successfully.' },
		});
		server.sim.settings.createdCsrIdKey = 'CSR_ID';
		const told = await pki('createCSR', { CNAME: 'app.example.com' }, 'POST');
		const id = server.sim.state.csrs[1]!.id;
		expect(told.json).toMatchObject({ details: { CSR_ID: id } });
		const root = server.sim.state.certificates[0]!.material().certificate;
		const wish = {
			signType: 'signWithRoot',
			rootCertificateCommonName: 'localhost',
			rootCertificateSerialNumber: serialNumberOf(root),
			Validity: 100,
			isIntermediate: 'true',
			CSR_ID: id,
		};
		const signed = await pki('signCSR', wish, 'POST');
		expect(signed.json).toMatchObject({
			name: 'signCSR',
			details: {
				commonName: 'app.example.com',
				Certificate_ID: server.sim.state.certificates[1]!.id,
			},
		});
		for (const [change, message] of [
			[{ signType: undefined }, 'Microsoft CA'],
			[{ CSR_ID: '9' }, 'No such CSR'],
			[{ CSR_ID: '' }, 'CSR_ID is missing.'],
			[{ isIntermediate: undefined }, 'isIntermediate is missing.'],
			[{ Validity: '' }, 'Validity is missing.'],
			[{ rootCertificateSerialNumber: 'ff' }, 'No such certificate'],
		] as const) {
			expect(await refusal('signCSR', { ...wish, ...change }, 'POST')).toContain(message);
		}
	});

	it('narrows the list down by days that come as a text', async () => {
		await create();
		const within = async (withExpiryDaysLessThan: unknown) =>
			(await pki('getAllSSLCertificates', { withExpiryDaysLessThan })).json;
		expect(await within('900')).toMatchObject({
			details: expect.arrayContaining([
				expect.objectContaining({ 'Common Name': 'host.example.com' }),
			]) as unknown,
		});
		expect(JSON.stringify(await within('880'))).not.toContain('host.example.com');
		server.sim.settings.expiryFilter = false;
		expect(JSON.stringify(await within('880'))).toContain('host.example.com');
		expect(await refusal('getAllSSLCertificates', { withExpiryDaysLessThan: 45 })).toContain(
			'withExpiryDaysLessThan',
		);
	});

	it('lets password users create none', async () => {
		const jdoe = api.as(pam360Demo.passwordUserToken);
		const answer = await jdoe.raw('POST', '/api/pki/restapi/createCertificate', sample);
		expect(answer.at('result.message')).toMatch('not authorized');
	});
});
