import type { IDataObject, INodeProperties } from 'n8n-workflow';

/** Where a secret may go. */
export const SECRET_OUTPUTS = ['item', 'encrypted', 'file', 'none'] as const;

export type SecretOutput = (typeof SECRET_OUTPUTS)[number];

export interface SecretOptions {
	secretOutput?: SecretOutput;
	/** PEM or JWK; a JWK from an expression may be an object. */
	recipientPublicKey?: string | IDataObject;
	fileProperty?: string;
}

const leftOut = {
	name: 'Left Out',
	value: 'none',
	description: 'The field stays empty; the secret stays where it is',
};

/**
 * The options of every operation that gives out a secret.
 *
 * @param isIssued Whether it is a new one, which would be lost if it was left out.
 */
export function secretOptions(isIssued: boolean): INodeProperties[] {
	return [
		{
			displayName: 'Secret Output',
			name: 'secretOutput',
			type: 'options',
			options: [
				{
					name: 'As a File',
					value: 'file',
					description:
						"The secret becomes a binary file of the item, and its field stays empty. The file is unencrypted in n8n's binary storage; on disk, every user of the machine can read it (mode 0644).",
				},
				{
					name: 'Encrypted for a Recipient',
					value: 'encrypted',
					description: 'The field holds a JWE that only the owner of the private key can open',
				},
				{
					name: 'In the Item',
					value: 'item',
					description: 'The field holds the secret unencrypted, and so does saved execution data',
				},
				...(isIssued ? [] : [leftOut]),
			],
			default: 'item',
			description: isIssued
				? 'Where the secret goes. Without this option it goes into the item; if an AI agent calls the node, this option is required.'
				: 'Where the secret goes. Without this option it goes into the item, or is left out if an AI agent calls the node.',
		},
		{
			displayName: 'Recipient Public Key',
			name: 'recipientPublicKey',
			type: 'string',
			typeOptions: { rows: 4 },
			displayOptions: { show: { secretOutput: ['encrypted'] } },
			default: '',
			placeholder: '-----BEGIN PUBLIC KEY-----',
			description:
				"RSA public key as PEM or JWK. The result is a compact JWE (RSA-OAEP-256, A256GCM). If this is empty, the secret is encrypted for the credential's 'Recipient Private Key'.",
		},
		{
			displayName: 'Put Secret in Field',
			name: 'fileProperty',
			type: 'string',
			displayOptions: { show: { secretOutput: ['file'] } },
			default: 'data',
			hint: 'The name of the output binary field to put the file in',
		},
	];
}
