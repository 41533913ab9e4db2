import type { INodePropertyOptions } from 'n8n-workflow';
import { z } from 'zod';
import { additionalFields, group, nullIfAdded, oneOf, param, picker } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import { choice, flag, refuse, requiredText, textList } from '../../../shared/input';
import { located } from '../../../shared/locator';
import type { Located } from '../../../shared/locator';
import { KEY_ALGORITHMS } from '../../sshKeys/generate';
import { HELPER_ROLES, helperIdentifier, helperOf } from '../shared/helperRecords';
import { optionalIdentifier } from '../shared/identifier';
import { keywords } from '../shared/keywords';
import { sshKeyList } from '../shared/lists';
import { deviceAddress, isDeviceName } from '../shared/deviceAddress';
import { automaticChangeIsOff } from './automaticChange';
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

/** The ID is part of a path; a name is looked up. */
const sshKeyId = located.transform(({ by, value }, context): Located => {
	if (by === 'name' || /^\d+$/.test(value)) return { by, value };
	return refuse(context, 'must be a number', "To give an identifier, choose 'By Name'.");
});

/**
 * Picks a key; by name is by its identifier, which the vendor documents for updates only
 * (docs/api/senhasegura.md, "Addresses").
 */
export const sshKey = picker(
	{
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
	},
	sshKeyId,
);

export const keyAlgorithmOptions: INodePropertyOptions[] = [
	{ name: 'ECDSA P-256', value: 'ecdsa256' },
	{ name: 'ECDSA P-384', value: 'ecdsa384' },
	{ name: 'ECDSA P-521', value: 'ecdsa521' },
	{ name: 'Ed25519 (Recommended)', value: 'ed25519' },
	{ name: 'RSA 3072', value: 'rsa3072' },
	{ name: 'RSA 4096', value: 'rsa4096' },
];

const publicKeyField = {
	displayName: 'Public Key',
	name: 'publicKey' as const,
	type: 'string' as const,
	required: true,
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. ssh-ed25519 AAAAC3NzaC1lZDI1NTE5… user@host',
	description: 'The line of the .pub file',
};

const privateKeyField = {
	displayName: 'Private Key',
	name: 'privateKey' as const,
	type: 'string' as const,
	required: true,
	typeOptions: { password: true, rows: 4 },
	default: '',
	placeholder: '-----BEGIN OPENSSH PRIVATE KEY-----',
	description:
		'The whole file of the private key, which is sent to the vault only. Provide checks it against the public key; Store as Given sends it byte for byte.',
};

/** The pair, or how to make one. */
const pair = oneOf(
	param(
		{
			displayName: 'Key Source',
			name: 'keySource',
			type: 'options',
			options: [
				{
					name: 'Generate',
					value: 'generate',
					description:
						'Make a new pair: the private key goes to the vault only, the public key also into the item',
				},
				{
					name: 'Provide',
					value: 'provide',
					description: 'Check and store an existing key pair: Ed25519, RSA or ECDSA',
				},
				{
					name: 'Store as Given',
					value: 'asGiven',
					description:
						'Store an existing key without checking it: keys of hardware tokens, DSA keys, certificates. Such a key cannot be rotated.',
				},
			],
			default: 'generate',
			description: 'Where the key pair comes from',
		},
		z.enum(['generate', 'provide', 'asGiven'], {
			errorMap: () => ({ message: "must be 'provide', 'asGiven' or 'generate'" }),
		}),
	),
	{
		generate: [
			param(
				{
					displayName: 'Key Algorithm',
					name: 'keyAlgorithm',
					type: 'options',
					options: keyAlgorithmOptions,
					default: 'ed25519',
					description: 'The kind of key to make',
				},
				choice(KEY_ALGORITHMS),
			),
			param(
				{
					displayName: 'Replace the Key Pair',
					name: 'replaceKeyPair',
					type: 'boolean',
					default: false,
					description:
						"Whether a new pair replaces that of an existing key with the same identifier. The present pair is gone at once, and hosts that know only that one can no longer be reached with the key: use 'SSH Key: Rotate' for a key that is in use. If this is off, an existing key keeps its pair, and its other fields are updated.",
				},
				flag.default(false),
			),
		],
		provide: [param(publicKeyField, publicKey), param(privateKeyField, privateKey)],
		asGiven: [param(publicKeyField, anyKey), param(privateKeyField, anyKey)],
	},
);

const devicesParam = param(
	{
		displayName: 'Devices',
		name: 'devices',
		type: 'string',
		default: '',
		placeholder: 'e.g. web-02, web-03',
		description:
			'Host names of further devices with this key, separated by commas. They must be registered in the vault.',
	},
	devices,
);

const enabled = param(
	{
		displayName: 'Enabled',
		name: 'enabled',
		type: 'boolean',
		default: true,
		description:
			'Whether the key can be used. A disabled key must be enabled before it can be read.',
	},
	flag.optional(),
);

const identifierField = {
	displayName: 'Identifier',
	name: 'identifier' as const,
	type: 'string' as const,
	default: '',
	placeholder: 'e.g. web-01-deploy',
};

/** That of a key that may be there already. */
const identifier = nullIfAdded(
	param(
		{
			...identifierField,
			description:
				"A unique name. If a key has this identifier, that key is updated: a pair that you provide replaces its pair at once, even of a key that is being rotated or that the vault changes by itself ('SSH Key: Create or Update' looks first), and for one that is generated see 'Replace the Key Pair'. Without one, the node generates it.",
		},
		optionalIdentifier('Without it, a new key is stored.').superRefine(refuseHelper),
	),
);

/** The identifier of a key that is created or updated. */
export const requiredIdentifier = param(
	{
		...identifierField,
		required: true,
		description:
			"A unique name. The key with this identifier is updated: a pair that you provide replaces its pair at once, and for one that is generated see 'Replace the Key Pair'. If there is no such key, one is created.",
	},
	requiredText.superRefine(refuseHelper),
);

const keyName = param({
	displayName: 'Key Name',
	name: 'keyName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Deployment key',
	description: 'A name by which people find the key',
});

const passphrase = param({
	displayName: 'Passphrase',
	name: 'password',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description:
		'The passphrase of the private key. A generated key is encrypted with it; a provided key is opened with it.',
});

const tags = param(keywords, textList);

const username = param({
	displayName: 'Username',
	name: 'username',
	type: 'string',
	default: '',
	placeholder: 'e.g. deploy',
	description: 'The user on the device that the key logs in as. Without it, the vault sets "usr".',
});

/** What a key can have beside its pair, its place and its identifier. */
const more = nullIfAdded(
	group(automaticChangeIsOff, devicesParam, enabled, keyName, passphrase, tags, username),
);

/** What a key to store is: its place, its pair or how to make one, and what more there is to say. */
export const key = group(deviceAddress, pair, additionalFields(more)).check(checkProvided);

/** The same, with an identifier among the additional fields. */
export const keyWithIdentifier = group(
	deviceAddress,
	pair,
	additionalFields(identifier, more),
).check(checkProvided);

export type KeyValues = ValuesOf<[typeof deviceAddress, typeof pair]> & {
	additionalFields: ValuesOf<[typeof more]>;
};

/** A provided pair must be one. */
function checkProvided(values: KeyValues, context: z.RefinementCtx): void {
	if (values.keySource !== 'provide') return;
	checkPair(values.privateKey, values.publicKey, values.additionalFields.password, context);
}
