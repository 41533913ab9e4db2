import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
	Icon,
} from 'n8n-workflow';
import { signPam360Request } from '../nodes/Pam360/api/signing';
import { REST_API } from '../nodes/Pam360/api/url';
import { onMissing, onNothing, onRedirect, onValue, rules } from '../nodes/shared/credentialTest';
import { recipientPrivateKey } from '../nodes/shared/recipientKey';
import { allowPlainHttp, certificates, ignoreSslIssues } from '../nodes/shared/tls';

export class Pam360Api implements ICredentialType {
	name = 'pam360Api';

	displayName = 'ManageEngine PAM360 API';

	icon: Icon = { light: 'file:../icons/pam360.svg', dark: 'file:../icons/pam360.dark.svg' };

	documentationUrl =
		'https://github.com/privileged-keys/n8n-nodes-privileged-keys/blob/main/docs/credentials.md#manageengine-pam360';

	properties: INodeProperties[] = [
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://pam360.example.com:8282',
			description: 'The address of the PAM360 server, with its port (8282 unless changed)',
		},
		{
			displayName: 'Auth Token',
			name: 'authToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The token of an API user of the type "REST and Application User"',
		},
		{
			displayName: 'Organization Name',
			name: 'orgName',
			type: 'string',
			default: '',
			description:
				'MSP edition only: the display name of the organization to work in. Leave empty for the organization of the API user.',
		},
		{
			displayName: 'Server Time Zone',
			name: 'serverTimeZone',
			type: 'string',
			default: '',
			placeholder: 'e.g. Europe/Berlin',
			description:
				'PAM360 writes dates in its server’s local time without saying which. With the zone, items also hold the exact time.',
		},
		recipientPrivateKey,
		ignoreSslIssues,
		allowPlainHttp,
		...certificates,
	];

	authenticate: IAuthenticate = async (credentials, request) =>
		signPam360Request(credentials, request);

	// PAM360 reports failures inside HTTP 200.
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.url}}',
			url: `${REST_API}/resources`,
			qs: { INPUT_DATA: '{"operation":{"Details":{"STARTINDEX":0,"LIMIT":1}}}' },
		},
		rules: rules(
			...onRedirect('The URL redirects to another address. Enter that one.'),
			onValue(
				'operation.result.message',
				'User is not allowed to access from this host',
				'PAM360 does not allow this API user to call from the host on which n8n runs. Change the host in the API user’s settings, or turn the host check off.',
			),
			onValue(
				'operation.result.message',
				'API key received is not associated to any user. Authentication failed.',
				'PAM360 does not accept the auth token. Check that it is complete, was regenerated after the API user was created, and has not expired.',
			),
			onValue(
				'operation.result.status',
				'Failed',
				'PAM360 refused the test, a list of one resource. Check the auth token, in the MSP edition the organization name, and that the role of the API user may list resources.',
			),
			onNothing(
				'PAM360 answered with nothing. It does so when it cannot resolve the host name that is set for the API user: correct it there, or turn the host check off.',
			),
			onMissing(
				'operation.result.status',
				'A web page or something else came back instead of PAM360’s API. Check the URL and its port, and proxies in between.',
			),
		),
	};
}
