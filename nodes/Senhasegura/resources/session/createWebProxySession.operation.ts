import { z } from 'zod';
import { formFields } from '../../api/form';
import { epochTime } from '../../../shared/dates';
import { additionalFields, param, sentAs } from '../../../shared/param';
import { ifGiven, optionalText, wholeNumber } from '../../../shared/input';
import { record } from '../shared/answers';
import { secretValue } from '../shared/secretValue';
import { item, operation } from '../shared/operation';

/** How long the URL can be opened (docs/api/senhasegura.md, "Sessions"). */
const LIFE_MS = 30_000;

const created = z.object({ session: record }).transform(({ session }) => session);

/** `POST remote/session`. Source: docs/api/senhasegura.md, "Sessions". */
export const createWebProxySession = operation({
	name: 'Create Web Proxy Session',
	value: 'createWebProxySession',
	action: 'Create web proxy session',
	description:
		'Get a URL that opens a session on a device in the browser. It works once, within 30 seconds, for anybody who has it.',
	issues: 'session URL',
	furtherTries: {
		are: 'harmless',
		because: 'a URL that nobody opens within 30 seconds ends by itself',
	},
	secretPaths: ['session.session_url'],
	byPerson: {
		targets: ['user', 'credential', 'device', 'remoteDevice', 'remoteAddr', 'remoteApp', 'port'],
	},
	params: [
		param({
			displayName: 'User',
			name: 'user',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. nathan.smith',
			description: 'The username of the user of the vault that the session is for',
		}),
		param({
			displayName: 'Credential',
			name: 'credential',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. root',
			description: 'The username of the credential that logs in to the device',
		}),
		param({
			displayName: 'Device',
			name: 'device',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. web-01',
			description: 'The host name or the IP address of the credential’s device',
		}),
		param({
			displayName: 'Protocol',
			name: 'protocol',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. SSH',
			description: 'How the device is reached, such as SSH, RDP or HTTPS',
		}),
		additionalFields(
			sentAs('remotedevice', {
				displayName: 'Remote Device',
				name: 'remoteDevice',
				type: 'string',
				default: '',
				placeholder: 'e.g. w2016',
				description: 'The device to connect to. Needed for a credential of a domain.',
			}),
			sentAs('remoteAddr', {
				displayName: 'Remote Address',
				name: 'remoteAddr',
				type: 'string',
				default: '',
				placeholder: 'e.g. 172.16.20.50',
				description: 'The address of the user’s machine',
			}),
			sentAs(
				'port',
				{
					displayName: 'Port',
					name: 'port',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 65535, numberPrecision: 0 },
					default: 22,
					description: 'The port of the device, if it is not the usual one of the protocol',
				},
				ifGiven(wholeNumber({ min: 1, max: 65535 })),
			),
			sentAs(
				'remoteapp',
				{
					displayName: 'Remote App',
					name: 'remoteApp',
					type: 'number',
					typeOptions: { minValue: 1, numberPrecision: 0 },
					default: 1,
					description: 'The number of the remote application to start in the session',
				},
				ifGiven(wholeNumber({ min: 1 })),
			),
			sentAs(
				'screensize',
				{
					displayName: 'Screen Size',
					name: 'screenSize',
					type: 'string',
					default: '',
					placeholder: 'e.g. 1920x1080',
					description: 'Width and height in pixels. Without it the vault takes 1920x1080.',
				},
				optionalText.refine(
					(size) => size === undefined || /^\d{2,5}x\d{2,5}$/.test(size),
					'must be width and height in pixels, such as 1920x1080',
				),
			),
		),
	],
	async run(api, { user, credential, device, protocol, additionalFields: more }) {
		const { value, body } = await api.change({
			method: 'POST',
			path: 'remote/session',
			form: formFields({
				user,
				credential,
				device,
				protocol,
				...more,
			}),
			answer: created,
			what: 'the session URL',
			...IF_LOST,
		});
		return {
			item: item('webProxySession', {
				secret: secretValue(value.session_url, 'the session URL'),
				expiresAt: epochTime(Date.now() + LIFE_MS),
				expiresAtEstimated: true,
				user,
				credential,
				device,
				protocol,
			}),
			// What the token opens is not documented: it does not leave the node.
			raw: { ...body, session: { ...value, token: null } },
		};
	},
});

const IF_LOST = {
	mayHave: 'A session URL may have been made',
	repeatable: false,
	find: 'Nobody has it, and it expires after 30 seconds',
};
