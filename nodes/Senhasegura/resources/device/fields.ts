import { group, picker, sentAs } from '../../../shared/param';
import { refuse, textList } from '../../../shared/input';
import { located } from '../../../shared/locator';
import { deviceList } from './lists';

/** What a path takes: the ID or the host name. */
const deviceReference = located.transform(({ by, value }, context) => {
	const isNumber = /^\d+$/.test(value);
	if (by === 'id' && !isNumber) {
		return refuse(context, 'must be a number', "To give a host name, choose 'By Name'.");
	}
	if (by === 'name' && isNumber) {
		return refuse(
			context,
			'has a host name of digits only, which the vault would read as an ID',
			'Choose the device from the list, or give its ID.',
		);
	}
	return value;
});

export const device = picker(
	{
		displayName: 'Device',
		name: 'deviceId',
		description: 'The device, from the list of the authorization, by its host name or by its ID',
		list: deviceList,
		id: {
			regex: '^[0-9]+$',
			errorMessage: 'The ID of a device is a number',
			placeholder: 'e.g. 14',
		},
		byName: { placeholder: 'e.g. web-01' },
	},
	deviceReference,
);

const form = /^[^:,]+:\d{1,5}$/;

const connectivities = textList
	.refine((entries) => entries.every((entry) => form.test(entry)), {
		message: 'must be protocols with their ports, such as SSH:22',
	})
	.transform((entries) => entries.join(', ') || undefined);

/**
 * What can be said of a device beside its six required fields; a credential may set it on the way, too.
 * Domains must be separated without spaces (docs/api/senhasegura.md, "Devices").
 */
export const deviceMore = group(
	sentAs(
		'device_domain',
		{
			displayName: 'Device Domains',
			name: 'deviceDomain',
			type: 'string',
			default: '',
			placeholder: 'e.g. example.com, lab.example.com',
			description:
				'Domains of the device, separated by commas. They must be registered in the vault.',
		},
		textList.transform((domains) => domains.join(',') || undefined),
	),
	sentAs(
		'device_tags',
		{
			displayName: 'Device Tags',
			name: 'deviceTags',
			type: 'string',
			default: '',
			placeholder: 'e.g. linux, production',
			description: 'Keywords of the device, separated by commas',
		},
		textList.transform((tags) => tags.join(',') || undefined),
	),
	sentAs(
		'connectivities',
		{
			displayName: 'Connectivities',
			name: 'connectivities',
			type: 'string',
			default: '',
			placeholder: 'e.g. SSH:22, HTTPS:443',
			description: 'How the device is reached: protocols with their ports, separated by commas',
		},
		connectivities,
	),
	sentAs('session_remote_config', {
		displayName: 'Session Remote Config',
		name: 'sessionRemoteConfig',
		type: 'string',
		default: '',
		placeholder: 'e.g. SSH:EXPECT:FILL',
		description: 'How the proxy logs in to the device, as the vault calls it',
	}),
);
