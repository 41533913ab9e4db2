import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { z } from 'zod';
import {
	added,
	choice,
	flag,
	optionalText,
	refuse,
	requiredText,
	textList,
} from '../../../shared/input';
import { located, locator } from '../../../shared/locator';
import type { Located } from '../../../shared/locator';
import { KEY_ALGORITHMS } from '../../sshKeys/generate';
import { HELPER_ROLES, helperIdentifier, helperOf } from '../shared/helperRecords';
import { optionalIdentifier } from '../shared/identifier';
import { sshKeyList } from '../shared/lists';
import { optionalPassword } from '../shared/password';
import { address, deviceName, isDeviceName } from '../shared/place';
import { anyKey, checkPair, privateKey, publicKey } from './keyPair';

const devices = textList.superRefine((names, context) => {
	const seen = new Set<string>();
	for (const name of names) {
		const folded = name.toLowerCase();
		if (seen.has(folded)) {
			refuse(context, `holds the device ${name} twice`, 'List each additional device once.');
		}
		if (!isDeviceName(name))
			refuse(context, 'holds a name that is too long or has control characters');
		seen.add(folded);
	}
});

/** An identifier of which a rotation would make use for itself. */
function refuseHelper(identifier: string | undefined, context: z.RefinementCtx): void {
	if (!helperOf(identifier ?? null)) return;
	refuse(
		context,
		`must not end with ${HELPER_ROLES.map((role) => helperIdentifier('', role)).join(' or ')}`,
		'Rotations keep their helper records under such identifiers.',
	);
}

/** The identifier of a key that is created or updated. */
export const keyIdentifier = requiredText.superRefine(refuseHelper);

/** What can be said of a key beside its pair and place. */
const more = added({
	devices,
	enabled: flag.optional(),
	identifier: optionalIdentifier('Without it, a new key is stored.').superRefine(refuseHelper),
	keyName: optionalText,
	password: optionalPassword,
	tags: textList,
	username: optionalText,
});

/** What a key to store is: its place, its pair or how to make one, and what more there is to say. */
export function keyInput<Shape extends z.ZodRawShape>(shape: Shape) {
	const common = { ip: address, hostname: deviceName, additionalFields: more, ...shape };
	const provided = z.object({ keySource: z.literal('provide'), publicKey, privateKey, ...common });
	const asGiven = z.object({
		keySource: z.literal('asGiven'),
		publicKey: anyKey,
		privateKey: anyKey,
		...common,
	});
	const generated = z.object({
		keySource: z.literal('generate'),
		keyAlgorithm: choice(KEY_ALGORITHMS),
		...common,
	});
	return z.discriminatedUnion('keySource', [provided, asGiven, generated], {
		errorMap: (issue, { defaultError }) => ({
			message:
				issue.code === 'invalid_union_discriminator'
					? "must be 'provide', 'asGiven' or 'generate'"
					: defaultError,
		}),
	});
}

/** For `superRefine`: a provided pair must be one. */
export function checkProvided(values: KeyValues, context: z.RefinementCtx): void {
	if (values.keySource !== 'provide') return;
	checkPair(values.privateKey, values.publicKey, values.additionalFields.password, context);
}

export type KeyValues = z.output<ReturnType<typeof keyInput<Record<never, never>>>>;

/**
 * Picks a key; by name is by its identifier, which the vendor documents for updates only
 * (docs/api/senhasegura.md, "Addresses").
 */
export const sshKeyField = locator({
	displayName: 'SSH Key',
	name: 'sshKeyId',
	description: 'The key, from the list of the authorization, by its identifier or by its ID',
	list: sshKeyList,
	id: {
		regex: '^[0-9]+$',
		errorMessage: 'The ID of an SSH key is a number',
		placeholder: 'e.g. 92',
	},
	byName: { placeholder: 'e.g. web-01-deploy' },
});

/** The ID is part of a path; a name is looked up. */
export const sshKeyId = located.transform(({ by, value }, context): Located => {
	if (by === 'name' || /^\d+$/.test(value)) return { by, value };
	return refuse(context, 'must be a number', "To give an identifier, choose 'By Name'.");
});

export const keyAlgorithmOptions: INodePropertyOptions[] = [
	{ name: 'ECDSA P-256', value: 'ecdsa256' },
	{ name: 'ECDSA P-384', value: 'ecdsa384' },
	{ name: 'ECDSA P-521', value: 'ecdsa521' },
	{ name: 'Ed25519 (Recommended)', value: 'ed25519' },
	{ name: 'RSA 3072', value: 'rsa3072' },
	{ name: 'RSA 4096', value: 'rsa4096' },
];

export const pairFields: INodeProperties[] = [
	{
		displayName: 'Key Source',
		name: 'keySource',
		type: 'options',
		options: [
			{
				name: 'Generate',
				value: 'generate',
				description:
					'Make a new pair: the private key goes to the vault only, the public key into the item',
			},
			{
				name: 'Provide',
				value: 'provide',
				description: 'Store a key pair that exists already, Ed25519, RSA or ECDSA, and check it',
			},
			{
				name: 'Store as Given',
				value: 'asGiven',
				description:
					'Store what exists already without a look at it: keys of hardware tokens, DSA, certificates. Such a key cannot be rotated.',
			},
		],
		default: 'generate',
		description: 'Where the key pair comes from',
	},
	{
		displayName: 'Key Algorithm',
		name: 'keyAlgorithm',
		type: 'options',
		displayOptions: { show: { keySource: ['generate'] } },
		options: keyAlgorithmOptions,
		default: 'ed25519',
		description: 'The kind of key to make',
	},
	{
		displayName: 'Public Key',
		name: 'publicKey',
		type: 'string',
		required: true,
		displayOptions: { show: { keySource: ['provide', 'asGiven'] } },
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
		displayOptions: { show: { keySource: ['provide', 'asGiven'] } },
		typeOptions: { password: true, rows: 4 },
		default: '',
		placeholder: '-----BEGIN OPENSSH PRIVATE KEY-----',
		description:
			'The whole file of the private key, which is sent to the vault only. Provide checks it against the public key; Store as Given sends it byte for byte.',
	},
];

export const devicesField: INodeProperties = {
	displayName: 'Devices',
	name: 'devices',
	type: 'string',
	default: '',
	placeholder: 'e.g. web-02, web-03',
	description:
		'Host names of further devices with this key, separated by commas. They must be registered in the vault.',
};

export const enabledField: INodeProperties = {
	displayName: 'Enabled',
	name: 'enabled',
	type: 'boolean',
	default: true,
	description: 'Whether the key can be used. A disabled key must be enabled before it can be read.',
};

export const identifierField: INodeProperties = {
	displayName: 'Identifier',
	name: 'identifier',
	type: 'string',
	default: '',
	placeholder: 'e.g. web-01-deploy',
	description:
		'A unique name. With that of an existing key, that key is updated. Without it the node makes one.',
};

export const keyNameField: INodeProperties = {
	displayName: 'Key Name',
	name: 'keyName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Deployment key',
	description: 'A name by which people find the key',
};

export const passphraseField: INodeProperties = {
	displayName: 'Passphrase',
	name: 'password',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description:
		'The passphrase of the private key. A generated key is encrypted with it; a provided key may have one.',
};

export const tagsField: INodeProperties = {
	displayName: 'Tags',
	name: 'tags',
	type: 'string',
	default: '',
	placeholder: 'e.g. linux, deployment',
	description: 'Keywords, separated by commas',
};

export const usernameField: INodeProperties = {
	displayName: 'Username',
	name: 'username',
	type: 'string',
	default: '',
	placeholder: 'e.g. deploy',
	description: 'The user on the device that the key logs in. Without it the vault sets "usr".',
};

/** What a key can have beside its pair, its place and its identifier. */
export const moreFields = [
	devicesField,
	enabledField,
	keyNameField,
	passphraseField,
	tagsField,
	usernameField,
];
