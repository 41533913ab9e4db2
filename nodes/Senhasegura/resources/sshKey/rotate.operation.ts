import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { SenhaseguraApi } from '../../api/client';
import { additionalFields } from '../../../shared/description';
import { added, choice, flag } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import { KEY_ALGORITHMS } from '../../sshKeys/generate';
import type { KeyAlgorithm } from '../../sshKeys/generate';
import { optionalPassword } from '../shared/password';
import { keyAlgorithmOptions, passphraseField, sshKeyField, sshKeyId } from './fields';
import { findKey } from './sshKeyItem';
import { planRotation, rotateKey } from './rotation';
import type { RotationPlan } from './rotation';
import { DEVICES_HINT } from './store';

/**
 * Replaces a key by an update through its identifier, since the vendor has no call for it (fact sheet
 * 4.2, 13): the pair is made here, stored, and read back.
 */
export const rotate = operation({
	name: 'Rotate',
	value: 'rotate',
	action: 'Rotate SSH key',
	description:
		'Make a new key pair, store it in place of the present one, and check that it arrived. The private key goes to the vault only. Hosts accept the new key once its public key is installed there. The vault no longer has the former private key then: read it before if you need it to log in.',
	issues: 'SSH key',
	fields: [
		sshKeyField,
		{
			displayName: 'Key Algorithm',
			name: 'keyAlgorithm',
			type: 'options',
			options: [
				...keyAlgorithmOptions,
				{
					name: 'Same as the Present Key',
					value: 'same',
					description: 'Or the next larger one of its family, for RSA keys of fewer than 3072 bits',
				},
			],
			default: 'same',
			description: 'The kind of key to make; a weaker one than the present key is refused',
		},
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: false,
			description:
				'Whether to look only: the key is read and checked, and the item says what would be done',
		},
		additionalFields({
			...passphraseField,
			displayName: 'New Passphrase',
			name: 'newPassphrase',
			description: 'The passphrase of the new key. Without it the present one is kept.',
		}),
	],
	input: z.object({
		sshKeyId,
		keyAlgorithm: choice<KeyAlgorithm | 'same'>(['same', ...KEY_ALGORITHMS]),
		dryRun: flag,
		additionalFields: added({ newPassphrase: optionalPassword }),
	}),
	async run(api: SenhaseguraApi, { sshKeyId: wanted, keyAlgorithm, dryRun, additionalFields }) {
		const found = await findKey(api, wanted, true);
		const plan = await planRotation(api, found, { algorithm: keyAlgorithm, ...additionalFields });
		if (dryRun) {
			const item = rotationItem(plan, { rotated: false, publicKey: null, fingerprint: null });
			return { item, raw: { ...plan.listed, ...previous(plan) } };
		}
		api.claim(`'Identifier' ${plan.identifier}`);
		const { outcome, publicKey, fingerprint } = await rotateKey(api, plan);
		const { devices, devicesError, body } = outcome;
		return {
			item: {
				...rotationItem(plan, { rotated: true, publicKey, fingerprint }),
				devices,
				devicesError,
			},
			raw: { ...body, identifier: plan.identifier, publicKey, fingerprint, ...previous(plan) },
			hints: devicesError.length > 0 ? [DEVICES_HINT] : [],
		};
	},
});

function previous({ before, fingerprint }: RotationPlan) {
	return { previousPublicKey: before.public_key, previousFingerprint: fingerprint };
}

interface New {
	rotated: boolean;
	publicKey: string | null;
	fingerprint: string | null;
}

function rotationItem(plan: RotationPlan, { rotated, ...made }: New): IDataObject {
	const { id, identifier, before, devices, algorithm, kind } = plan;
	return {
		vendor: 'senhasegura',
		type: 'sshKey',
		id,
		identifier,
		rotated,
		dryRun: !rotated,
		secret: null,
		expiresAt: null,
		ip: before.ip,
		hostname: before.hostname,
		username: before.username ?? null,
		devices,
		devicesError: [],
		algorithm,
		...made,
		previousAlgorithm: kind,
		...previous(plan),
	};
}
