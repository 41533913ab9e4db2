import type { ICredentialTestRequest, INodeProperties } from 'n8n-workflow';
import {
	onMissing,
	onNothing,
	onRedirect,
	onStatus,
	onValue,
	rules,
} from '../../shared/credentialTest';

/** What the two credential types have in common. */
export const url: INodeProperties = {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. https://vault.example.com',
	description: 'The address of the vault, without /api or /iso',
};

export const apiPrefix: INodeProperties = {
	displayName: 'API Prefix',
	name: 'apiPrefix',
	type: 'options',
	options: [
		{ name: 'Version 3.33 and Later', value: '/api', description: 'Paths start with /api' },
		{ name: 'Before Version 3.33', value: '/iso', description: 'Paths start with /iso' },
	],
	default: '/api',
	description: 'What the paths of the API start with',
};

export const certificateApi: INodeProperties = {
	displayName: 'Certificate API',
	name: 'certificateApi',
	type: 'options',
	options: [
		{
			name: 'Current',
			value: 'current',
			description: 'Paths below /api/certificate, as the current pages of the vendor have them',
		},
		{
			name: 'Up to Version 4.0',
			value: 'upTo40',
			description: 'Paths below /iso/certificate and /iso/cert, as the pages up to 4.0 have them',
		},
	],
	default: 'current',
	description:
		'Which paths the calls for certificates use; nothing else depends on it. If they fail with "does not know this address", choose the other one.',
};

export const referer: INodeProperties = {
	displayName: 'Referer',
	name: 'referer',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://n8n.example.com',
	description: 'Needed only where the authorization is limited to certain HTTP referers',
};

export const decryptionKey: INodeProperties = {
	displayName: 'Decryption Key',
	name: 'decryptionKey',
	type: 'string',
	typeOptions: { password: true, rows: 4 },
	default: '',
	placeholder: '-----BEGIN PRIVATE KEY-----',
	description:
		"PEM of the private key that the vault gave for the authorization, if 'Enable encryption of sensitive information' is on. The node then decrypts secrets with it.",
};

export const serverTimeZone: INodeProperties = {
	displayName: 'Server Time Zone',
	name: 'serverTimeZone',
	type: 'string',
	default: '',
	placeholder: 'e.g. America/Sao_Paulo',
	description:
		'The vault writes most dates in its local time without saying which. With the zone, items hold the exact time.',
};

/**
 * The test that n8n runs in the editor with a token of its own engine, of OAuth 2.0: the list of devices,
 * which needs PAM Core and takes no custody.
 */
export function connectionTest(request: object): ICredentialTestRequest {
	return {
		request: { url: '/pam/device', ...request },
		rules: rules(
			onStatus(
				401,
				'The vault does not accept the credential. Check the client ID and secret, and that the authorization is enabled and not expired.',
			),
			onStatus(
				404,
				'The vault does not know this address. Check the URL, and try the other API prefix: /api from version 3.33 on, /iso before.',
			),
			onStatus(
				500,
				'The vault did not allow the call. Tick PAM Core among the authorized resources of the authorization, and check its IP addresses and referers.',
			),
			...[502, 503, 504].map((status) =>
				onStatus(
					status,
					'A gateway or proxy in front of the vault answered instead, because it got no answer from the vault in time. Try again later; if it goes on, ask the people who run the gateway and the vault.',
				),
			),
			...onRedirect('The URL redirects to another address. Enter that one.'),
			onValue(
				'response.error',
				true,
				'The vault refused the call. Check the permissions of the authorization.',
			),
			onNothing("The server's answer was empty. Check the URL, and proxies in between."),
			onMissing(
				'response',
				'A web page or something else came back instead of the API. Check the URL, and proxies in between.',
			),
		),
	};
}
