import { answeredByNock, answerInTurn } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import { said } from '../kit/result';
import { runVendor } from '../vendors';
import { base64, former } from './certificateSamples';
import { HOST, kit } from './kit';

const PASSWORDS = { password: 'canary-file-password', revokePassword: 'canary-revoke-password' };
const DOWNLOAD = {
	method: 'POST' as const,
	path: '/api/certificate/download',
	headers: { 'content-type': 'application/json' },
};
const PFX = base64('canary of a file with its key');
const KEY = base64('canary of a key');
const PUBLIC_PART = base64('a certificate');
const opened = {
	vendor: 'senhasegura',
	type: 'certificate',
	id: '456',
	format: 'pfx',
	withPrivateKey: true,
	certificateBase64: null,
	secret: PFX,
};

const apology = {
	...DOWNLOAD,
	body: JSON.stringify({ id: 456, format: 'pfx', password: PASSWORDS.password }),
	reply: { format: 'pfx', certificate: 'An error occurred while encrypting the text' },
};
const CRT_WITH_KEY = {
	...DOWNLOAD,
	body: JSON.stringify({
		id: 456,
		format: 'crt',
		download_key: true,
		password: PASSWORDS.password,
	}),
};

const crtWithKey = {
	parameters: {
		certificateId: 456,
		format: 'crt',
		withPrivateKey: true,
		password: PASSWORDS.password,
	},
	exchanges: [
		{
			...CRT_WITH_KEY,
			reply: { format: 'crt', certificate: PUBLIC_PART, key: KEY, key_format: 'key' },
		},
	],
	items: { ...opened, format: 'crt', certificateBase64: PUBLIC_PART, secret: KEY },
};

describeOperation(kit, 'certificate', 'download', {
	secrets: [PFX, KEY, PASSWORDS.password],
	cases: [
		{
			name: 'reads a PFX, which is a secret',
			parameters: { certificateId: 456, format: 'pfx', password: PASSWORDS.password },
			exchanges: [
				{
					...DOWNLOAD,
					body: JSON.stringify({ id: 456, format: 'pfx', password: PASSWORDS.password }),
					reply: { format: 'pfx', certificate: PFX },
				},
			],
			items: opened,
		},
		{ ...crtWithKey, name: 'reads a CRT and its key, which is a file of its own' },
		{
			...crtWithKey,
			name: 'knows the format in other letters',
			parameters: { ...crtWithKey.parameters, format: '={{ "CRT" }}' },
		},
		{
			name: 'gives no key that was not asked for, and sends no password',
			parameters: { certificateId: 456, format: 'pem', password: PASSWORDS.password },
			exchanges: [
				{
					...DOWNLOAD,
					body: JSON.stringify({ id: 456, format: 'pem', download_key: false }),
					reply: { format: 'pem', certificate: PUBLIC_PART, key: KEY },
				},
			],
			items: {
				...opened,
				format: 'pem',
				withPrivateKey: false,
				certificateBase64: PUBLIC_PART,
				secret: null,
			},
		},
	],
	refused: [
		['a PFX without a password', { password: '' }, "'Password' is required"],
		[
			'a format in letters for which n8n drops what stands beside it',
			{ format: 'PEM' },
			"'Format' must be written as 'pem'",
		],
	],
	failures: [
		{
			name: 'a text of apology in place of the file',
			// It may be the answer of a gateway, so that it is asked for once more.
			exchanges: [apology, apology],
			says: ['senhasegura answered without the certificate'],
		},
		{
			name: 'no key in the answer',
			parameters: { format: 'crt', withPrivateKey: true },
			exchanges: [
				{
					...CRT_WITH_KEY,
					reply: { format: 'crt', certificate: PUBLIC_PART },
				},
			],
			says: ['senhasegura answered without the private key'],
		},
	],
});

describe('a download', () => {
	answeredByNock();

	it('knows no download up to 4.0, and sends nothing', async () => {
		const sent = answerInTurn(HOST, []);
		const result = await runVendor({
			vendor: 'senhasegura',
			onlyTheseParameters: true,
			parameters: {
				authentication: 'oAuth1',
				resource: 'certificate',
				operation: 'download',
				certificateId: 456,
				format: 'crt',
			},
			credentials: former.credentials,
		});
		expect(said(result)).toMatch(/Up to Version 4\.0, which has no download/);
		expect(sent).toEqual([]);
	});
});
