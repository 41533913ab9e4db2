import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { credentialFor, seed, sshKey } from '../workflows/vendors';
import type { RunOptions } from '../workflows/vendors';

/** The request that each vendor's first operation makes, for clients without the package. */
export interface Call {
	/** Of the credential. */
	type: string;
	url: string;
	headers: Record<string, string>;
	body: string;
}

export interface Case {
	name: string;
	vendor: RunOptions['vendor'];
	credentials: Record<string, ICredentialDataDecryptedObject>;
	/** Options of the node without which its own pace would be measured. */
	options: IDataObject;
	call: Call;
}

export interface Urls {
	pam360: string;
	cortexXsiam: string;
	senhasegura: string;
}

const JSON_BODY = { 'content-type': 'application/json' };
const FORM_BODY = { 'content-type': 'application/x-www-form-urlencoded' };

const AGENT_KEY = '{"operation":{"details":{"generateAgentKey":"true"}}}';

/** The one whose time is that of its own pace. */
export const PACED = 'Cortex XSIAM as it is';

/** No pace that a run would notice. */
export const LIFTED: IDataObject = { perSecond: 100_000 };

/** The operation that issues each vendor's key, and the same request by itself. */
export function casesAt(urls: Urls): Case[] {
	const { ip, hostname } = seed.senhasegura();
	const pair = sshKey('ed25519');
	return [
		{
			name: 'PAM360',
			vendor: 'pam360',
			credentials: { pam360Api: credentialFor.pam360Api(urls.pam360) },
			options: {},
			call: {
				type: 'pam360Api',
				url: `${urls.pam360}/restapi/json/v1/agents/agentkey`,
				headers: FORM_BODY,
				body: new URLSearchParams({ INPUT_DATA: AGENT_KEY }).toString(),
			},
		},
		{
			name: 'Cortex XSIAM, pace lifted',
			vendor: 'cortexXsiam',
			credentials: { cortexXsiamApi: credentialFor.cortexXsiamApi(urls.cortexXsiam) },
			options: LIFTED,
			call: {
				type: 'cortexXsiamApi',
				url: `${urls.cortexXsiam}/public_api/v1/api_keys/generate`,
				headers: JSON_BODY,
				body: JSON.stringify({
					request_data: { roles: ['Investigator'], security_level: 'standard' },
				}),
			},
		},
		{
			name: 'senhasegura, OAuth 2.0',
			vendor: 'senhasegura',
			credentials: { senhaseguraOAuth2Api: credentialFor.senhaseguraOAuth2Api(urls.senhasegura) },
			options: {},
			call: {
				type: 'senhaseguraOAuth2Api',
				url: `${urls.senhasegura}/api/pam/key`,
				headers: JSON_BODY,
				body: JSON.stringify({
					ip,
					hostname,
					private_key: pair.privateKey,
					public_key: pair.publicKey,
				}),
			},
		},
	];
}
