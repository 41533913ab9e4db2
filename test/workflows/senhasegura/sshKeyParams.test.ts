import type { SenhaseguraRun } from '../../unit/senhasegura/support';
import { keyMaterial } from '../../unit/senhasegura/support';
import { said } from '../kit/result';
import { sshKey } from '../vendors';
import { simulatedVault } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const vault = simulatedVault();

describe('parameters that cannot be used', () => {
	const key = sshKey('ed25519');
	const canaries = keyMaterial(key.privateKey, key.publicKey);
	/** n8n itself refuses a required parameter that is empty without an expression. */
	const NOTHING = '={{ "" }}';

	it.each<[string, SenhaseguraRun['parameters'], SenhaseguraRun['additionalFields'], RegExp]>([
		['no IP', { ip: NOTHING }, {}, /^'IP' is required/],
		['white space for an IP', { ip: ' \t' }, {}, /^'IP' is required/],
		[
			'four numbers too big',
			{ ip: '10.66.33.256' },
			{},
			/^'IP' must be an IP address or a DNS name/,
		],
		['three numbers', { ip: '10.66.33' }, {}, /^'IP' must/],
		['a port', { ip: '10.66.33.15:22' }, {}, /^'IP' must/],
		['a URL', { ip: 'https://10.66.33.15' }, {}, /^'IP' must/],
		['a broken IPv6 address', { ip: '2001:db8::1::2' }, {}, /^'IP' must/],
		['spaces in a name', { ip: 'web 01' }, {}, /^'IP' must/],
		['a long label', { ip: `${'a'.repeat(64)}.example.com` }, {}, /^'IP' must/],
		['a list', { ip: ['10.0.0.1'] as never }, {}, /^'IP' must be a text/],
		['no hostname', { hostname: NOTHING }, {}, /^'Hostname' is required/],
		['a hostname of two lines', { hostname: 'a\nb' }, {}, /^'Hostname' is too long or has control/],
		['a long hostname', { hostname: 'a'.repeat(256) }, {}, /^'Hostname' is too long/],
		['no public key', { publicKey: NOTHING }, {}, /^'Public Key' is required/],
		[
			'an odd public key',
			{ publicKey: 'AAAAC3NzaC1lZDI1NTE5' },
			{},
			/^'Public Key' is not an OpenSSH/,
		],
		[
			'another public key',
			{ publicKey: sshKey('rsab3072').publicKey },
			{},
			/^'Public Key' does not belong/,
		],
		['no private key', { privateKey: NOTHING }, {}, /^'Private Key' is required/],
		[
			'the public key twice',
			{ privateKey: key.publicKey },
			{},
			/^'Private Key' is not a private key/,
		],
		[
			'a PuTTY key',
			{ privateKey: 'PuTTY-User-Key-File-2: ssh-rsa' },
			{},
			/^'Private Key' is in the format/,
		],
		[
			'half a key',
			{ privateKey: key.privateKey.slice(0, 200) },
			{},
			/^'Private Key' cannot be read/,
		],
		[
			'a wrong passphrase',
			sshKey('ed25519encrypted'),
			{ password: 'not-the-one' },
			/^'Private Key' cannot be read/,
		],
		['a list for a passphrase', {}, { password: ['12345'] }, /^'Passphrase' must be a text/],
		[
			'a device twice',
			{},
			{ devices: 'linux-01, LINUX-01' },
			/^'Devices' holds the device LINUX-01 twice/,
		],
		[
			'objects for devices',
			{},
			{ devices: [{ hostname: 'a' }] },
			/^'Devices' must be a list of texts/,
		],
		['a device with a control character', {}, { devices: ['a\u0007'] }, /^'Devices' holds a name/],
		['a long device', {}, { devices: 'a'.repeat(256) }, /^'Devices' holds a name/],
		['an odd flag', {}, { enabled: 'maybe' }, /^'Enabled' must be true or false/],
		['an object for tags', {}, { tags: {} }, /^'Tags' must be a list of texts/],
		[
			'an unknown key source',
			{ keySource: 'borrow' },
			{},
			/^'Key Source' must be 'provide', 'asGiven' or 'generate'/,
		],
		[
			'an unknown algorithm',
			{ keySource: 'generate', keyAlgorithm: 'dsa1024' },
			{},
			/^'Key Algorithm' must be one of ed25519, rsa3072/,
		],
	])(
		'%s: nothing is sent, and the field is named',
		async (_name, parameters, additionalFields, words) => {
			const result = await vault.create({
				...(parameters && { parameters }),
				...(additionalFields && { additionalFields }),
			});
			expect(said(result)).toMatch(words);
			expect(vault.sim.log).toEqual([]);
			const { nodeError, logs } = result;
			const texts = logs.map(({ message }) => message);
			const text = JSON.stringify([nodeError?.message, nodeError?.description, texts]);
			for (const canary of [...canaries, 'not-the-one', '12345'])
				expect(text).not.toContain(canary);
			expect(nodeError).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 0 } });
		},
	);

	it.each([
		['an IPv6 address', '2001:db8::1'],
		['a name', 'web-01.example.com'],
		['a name with an underscore', '_web_01'],
		['a name with a dot at its end', 'web-01.example.com.'],
	])('%s is taken', async (_name, ip) => {
		vault.sim.state.devices.push({ ...vault.sim.state.devices[0]!, ip });
		expect(said(await vault.create({ parameters: { ip } }))).toBe('');
	});

	it.each([
		['concurrency', 0],
		['concurrency', 51],
		['timeout', 0],
		['timeout', 'soon'],
	])('the option %s of %j: nothing is sent', async (name, value) => {
		const result = await vault.create({ options: { [name]: value } });
		expect(said(result)).toContain(name === 'timeout' ? "'Timeout'" : "'Max Concurrent Items'");
		expect(vault.sim.log).toEqual([]);
	});
});
