import type { IAuthenticate, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';
import { tokenFields } from '../nodes/Pam360/api/credentialFields';
import { signPam360Request } from '../nodes/Pam360/api/signing';
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
		...tokenFields,
		{
			displayName: 'Organization Name',
			name: 'orgName',
			type: 'string',
			default: '',
			description:
				'MSP edition only: the display name of the organization to work in. Leave empty for the organization of the API user.',
		},
		{
			displayName: 'Organization Name Encoding',
			name: 'orgNameEncoding',
			type: 'options',
			options: [
				{
					name: 'As It Is (ISO-8859-1)',
					value: 'latin1',
					description: 'For names in the letters of Western European languages',
				},
				{
					name: 'Percent-Encoded UTF-8',
					value: 'percent',
					description: 'For every name, in ASCII letters such as %E6%A0%AA',
				},
				{
					name: 'UTF-8',
					value: 'utf8',
					description: 'For every name, its bytes in the header as they are',
				},
			],
			default: 'latin1',
			description:
				'MSP edition only: how the name is put into the header of the request. Which encoding PAM360 reads for other letters is not documented; test the credential with each.',
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
}
