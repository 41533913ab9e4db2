import { z } from 'zod';
import type { KeyOutcome, KeyRequest, SenhaseguraApi } from '../../api/client';
import { additionalFields } from '../../../shared/description';
import { flag, optionalText, refuse, requiredText, textList } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import type { Result } from '../../../shared/operation';
import { KEY_ALGORITHMS, generatePair } from '../../sshKeys/generate';
import type { GeneratedPair } from '../../sshKeys/generate';
import { fingerprint, parsePublicKey } from '../../sshKeys/publicKey';
import { checkPair, privateKey, publicKey } from './keyPair';

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
			refuse(context, `holds the device ${name} twice`, 'List each additional device once.');
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

const more = z.object({
	devices,
	enabled: flag.optional(),
	identifier: optionalText,
	keyName: optionalText,
	password: passphrase,
	tags: textList,
	username: optionalText,
});

const target = {
	ip: address,
	hostname: requiredText.refine(deviceName, 'is too long or has control characters'),
	additionalFields: more,
};

const provided = z.object({ keySource: z.literal('provide'), publicKey, privateKey, ...target });

const generated = z.object({
	keySource: z.literal('generate'),
	keyAlgorithm: z.enum(KEY_ALGORITHMS, {
		errorMap: () => ({ message: `must be one of ${KEY_ALGORITHMS.join(', ')}` }),
	}),
	...target,
});

const input = z
	.discriminatedUnion('keySource', [provided, generated], {
		errorMap: (issue, { defaultError }) => ({
			message:
				issue.code === 'invalid_union_discriminator'
					? "must be 'provide' or 'generate'"
					: defaultError,
		}),
	})
	.superRefine((values, context) => {
		if (values.keySource === 'generate') return;
		checkPair(values.privateKey, values.publicKey, values.additionalFields.password, context);
	});

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
			displayName: 'Key Source',
			name: 'keySource',
			type: 'options',
			options: [
				{
					name: 'Provide',
					value: 'provide',
					description: 'Store a key pair that exists already',
				},
				{
					name: 'Generate',
					value: 'generate',
					description:
						'Make a new pair: the private key goes to the vault only, the public key into the item',
				},
			],
			default: 'provide',
			description: 'Where the key pair comes from',
		},
		{
			displayName: 'Key Algorithm',
			name: 'keyAlgorithm',
			type: 'options',
			displayOptions: { show: { keySource: ['generate'] } },
			options: [
				{ name: 'ECDSA P-256', value: 'ecdsa256' },
				{ name: 'ECDSA P-384', value: 'ecdsa384' },
				{ name: 'ECDSA P-521', value: 'ecdsa521' },
				{ name: 'Ed25519 (Recommended)', value: 'ed25519' },
				{ name: 'RSA 3072', value: 'rsa3072' },
				{ name: 'RSA 4096', value: 'rsa4096' },
			],
			default: 'ed25519',
			description: 'The kind of key to make',
		},
		{
			displayName: 'Public Key',
			name: 'publicKey',
			type: 'string',
			required: true,
			displayOptions: { show: { keySource: ['provide'] } },
			typeOptions: { rows: 3 },
			default: '',
			placeholder: 'e.g. ssh-ed25519 AAAAC3NzaC1lZDI1NTE5… user@host',
			description: 'The line of the .pub file',
		},
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			required: true,
			displayOptions: { show: { keySource: ['provide'] } },
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
				description:
					'The passphrase of the private key. A generated key is encrypted with it; a provided key may have one.',
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
	input,
	async run(api: SenhaseguraApi, values) {
		const { ip, hostname, additionalFields: fields } = values;
		// It ends up in a line of `authorized_keys`, which a line break would make two of.
		const owner = `${fields.username ?? 'usr'}@${hostname}`.replace(/[\s\p{Cc}]+/gu, '-');
		const pair: GeneratedPair =
			values.keySource === 'provide'
				? values
				: await generatePair(values.keyAlgorithm, owner, fields.password);
		const request: KeyRequest = {
			ip,
			hostname,
			private_key: pair.privateKey,
			public_key: pair.publicKey,
			username: fields.username,
			identifier: fields.identifier,
			enabled: fields.enabled,
			devices: fields.devices.length > 0 ? fields.devices.map(asDevice) : undefined,
			tags: fields.tags.join(',') || undefined,
			key_name: fields.keyName,
			password: fields.password,
		};
		if (request.identifier !== undefined) api.claim(request.identifier);
		return sshKeyResult(request, values.keySource, await api.storeKey(request));
	},
});

function asDevice(hostname: string) {
	return { hostname };
}

function sshKeyResult(
	request: KeyRequest,
	keySource: 'provide' | 'generate',
	stored: KeyOutcome,
): Result {
	const { id, identifier, created, devices: linked, devicesError, body } = stored;
	const blob = parsePublicKey(request.public_key)?.blob;
	const print = blob ? fingerprint(blob) : null;
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
			fingerprint: print,
		},
		// The vault does not return the public half of a pair that was made here.
		raw: (keySource === 'generate'
			? { ...body, identifier, publicKey: request.public_key, fingerprint: print }
			: body) as Result['raw'],
		hints: [
			...(devicesError.length > 0
				? ["The vault did not link some devices to an SSH key: see 'devicesError'."]
				: []),
			...(created === null
				? ["It is not known if the SSH key was created or updated: 'created' is null."]
				: []),
		],
	};
}
