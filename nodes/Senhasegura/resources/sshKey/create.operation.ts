import { z } from 'zod';
import type { KeyOutcome, KeyRequest, SenhaseguraApi } from '../../api/client';
import { additionalFields } from '../../../shared/description';
import { flag, optionalText, refuse, requiredText, textList } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import type { Result } from '../../../shared/operation';
import { checkPair, privateKey, publicKey } from './keyPair';
import { fingerprint } from './openSsh';
import type { SshPublicKey } from './openSsh';

/** An address in the form of four numbers is meant as IPv4 and must be one. */
const DOTTED = /^[\d.]+$/;
const HOST_NAME =
	/^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/i;

/** The vault's own records hold addresses and, for some devices, DNS names (fact sheet 5.1, 5.3). */
const address = requiredText.refine(
	(value) =>
		z.string().ip().safeParse(value).success || (!DOTTED.test(value) && HOST_NAME.test(value)),
	'must be an IP address or a DNS name',
);

/** A host name in the vault is a label of its administrator's making, spaces included (4.1). */
const deviceName = (value: string) => value.length <= 255 && !/[\p{Cc}\u2028\u2029]/u.test(value);

const devices = textList.superRefine((names, context) => {
	const seen = new Set<string>();
	for (const name of names) {
		const folded = name.toLowerCase();
		if (seen.has(folded)) {
			refuse(context, `names the device ${name} twice`, 'List each additional device once.');
		}
		if (!deviceName(name))
			refuse(context, 'holds a name that is too long or has control characters');
		seen.add(folded);
	}
});

/** Not trimmed: a passphrase may start or end with spaces. */
const passphrase = z
	.string()
	.optional()
	.transform((value) => value || undefined);

/** `POST pam/key`. Source: senhasegura A2A, "POST | Create SSH key"; fact sheet 4.1, 4.2. */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create SSH key',
	description: 'Store an SSH key in the vault, or update the one with the same identifier',
	issues: 'SSH key',
	fields: [
		{
			displayName: 'IP',
			name: 'ip',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 10.66.33.15',
			description: 'The address of the main device, as it is registered in the vault',
		},
		{
			displayName: 'Hostname',
			name: 'hostname',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. web-01',
			description: 'The host name of the main device, as it is registered in the vault',
		},
		{
			displayName: 'Public Key',
			name: 'publicKey',
			type: 'string',
			required: true,
			typeOptions: { rows: 2 },
			default: '',
			placeholder: 'e.g. ssh-ed25519 AAAAC3NzaC1lZDI1NTE5… user@host',
			description: 'The line of the .pub file',
		},
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			required: true,
			typeOptions: { password: true, rows: 4 },
			default: '',
			placeholder: '-----BEGIN OPENSSH PRIVATE KEY-----',
			description:
				'The whole file of the private key. It is checked against the public key and sent to the vault only.',
		},
		additionalFields(
			{
				displayName: 'Devices',
				name: 'devices',
				type: 'string',
				default: '',
				placeholder: 'e.g. web-02, web-03',
				description:
					'Host names of further devices with this key, separated by commas. They must be registered in the vault.',
			},
			{
				displayName: 'Enabled',
				name: 'enabled',
				type: 'boolean',
				default: true,
				description:
					'Whether the key can be used. A disabled key must be enabled before it can be read.',
			},
			{
				displayName: 'Identifier',
				name: 'identifier',
				type: 'string',
				default: '',
				placeholder: 'e.g. web-01-deploy',
				description:
					'A unique name. With that of an existing key, that key is updated. Without it the node makes one.',
			},
			{
				displayName: 'Key Name',
				name: 'keyName',
				type: 'string',
				default: '',
				placeholder: 'e.g. Deployment key',
				description: 'A name by which people find the key',
			},
			{
				displayName: 'Passphrase',
				name: 'password',
				type: 'string',
				typeOptions: { password: true },
				default: '',
				description: 'The passphrase of the private key, if it has one',
			},
			{
				displayName: 'Tags',
				name: 'tags',
				type: 'string',
				default: '',
				placeholder: 'e.g. linux, deployment',
				description: 'Keywords, separated by commas',
			},
			{
				displayName: 'Username',
				name: 'username',
				type: 'string',
				default: '',
				placeholder: 'e.g. deploy',
				description:
					'The user on the device that the key logs in. Without it the vault sets "usr".',
			},
		),
	],
	input: z
		.object({
			ip: address,
			hostname: requiredText.refine(deviceName, 'is too long or has control characters'),
			publicKey,
			privateKey,
			additionalFields: z.object({
				devices,
				enabled: flag.optional(),
				identifier: optionalText,
				keyName: optionalText,
				password: passphrase,
				tags: textList,
				username: optionalText,
			}),
		})
		.superRefine((input, context) =>
			checkPair({ ...input, password: input.additionalFields.password }, context),
		),
	async run(
		api: SenhaseguraApi,
		{ ip, hostname, publicKey: { text, key }, privateKey: pem, additionalFields: more },
	) {
		const request: KeyRequest = {
			ip,
			hostname,
			private_key: pem,
			public_key: text,
			username: more.username,
			identifier: more.identifier,
			enabled: more.enabled,
			devices:
				more.devices.length > 0 ? more.devices.map((name) => ({ hostname: name })) : undefined,
			tags: more.tags.join(',') || undefined,
			key_name: more.keyName,
			password: more.password,
		};
		return sshKeyResult(request, key, await api.storeKey(request));
	},
});

function sshKeyResult(request: KeyRequest, key: SshPublicKey, stored: KeyOutcome): Result {
	const { id, identifier, created, devices: linked, devicesError } = stored;
	return {
		item: {
			vendor: 'senhasegura',
			type: 'sshKey',
			id,
			identifier,
			created,
			secret: null,
			expiresAt: null,
			ip: request.ip,
			hostname: request.hostname,
			username: request.username ?? null,
			devices: linked,
			devicesError,
			publicKey: request.public_key,
			fingerprint: fingerprint(key),
		},
		raw: stored.body as Result['raw'],
		hints: [
			...(devicesError.length > 0
				? [`The vault did not link some devices to an SSH key: see 'devicesError'.`]
				: []),
			...(created === null
				? ['An answer was lost: it is not known if the SSH key was created or updated.']
				: []),
		],
	};
}
