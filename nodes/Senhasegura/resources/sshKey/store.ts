import { randomUUID } from 'node:crypto';
import type { KeyOutcome, KeyRequest, SenhaseguraApi } from '../../api/client';
import type { Failure } from '../../../shared/failure';
import type { Result } from '../../../shared/operation';
import { generatePair } from '../../sshKeys/generate';
import type { GeneratedPair } from '../../sshKeys/generate';
import { fingerprintOf } from '../../sshKeys/publicKey';
import type { KeyValues } from './fields';

export interface Stored {
	outcome: KeyOutcome;
	result: Result;
}

/**
 * Stores a key pair that is provided or made here, under its identifier or under a new one.
 *
 * @param identifier None makes a new key in any case.
 * @throws Failure that names the identifier under which a key may have been stored
 */
export async function storeKey(
	api: SenhaseguraApi,
	values: KeyValues,
	identifier: string | undefined,
): Promise<Stored> {
	const { ip, hostname, additionalFields: fields } = values;
	if (identifier !== undefined) api.claim(`'Identifier' ${identifier}`);
	const pair = await pairOf(values);
	const request: KeyRequest = {
		ip,
		hostname,
		private_key: pair.privateKey,
		public_key: pair.publicKey,
		username: fields.username,
		identifier: identifier ?? randomUUID(),
		enabled: fields.enabled,
		devices: fields.devices.length > 0 ? fields.devices.map(asDevice) : undefined,
		tags: fields.tags.join(',') || undefined,
		key_name: fields.keyName,
		password: fields.password,
	};
	const isNew = identifier === undefined;
	const outcome = await api.storeKey(request, { isNew }).catch((failure: Failure) => {
		throw failure.kind === 'lost' ? mayExist(failure, request.identifier) : failure;
	});
	const result = storedResult(request, values.keySource, outcome);
	if (isNew && outcome.created === false) result.hints?.push(FOUND_OTHERWISE);
	return { outcome, result };
}

async function pairOf(values: KeyValues): Promise<GeneratedPair> {
	if (values.keySource === 'provide') return values;
	const { hostname, keyAlgorithm, additionalFields: fields } = values;
	return await generatePair(keyAlgorithm, keyComment(fields.username, hostname), fields.password);
}

/** Whose key it is; it ends up in a line of `authorized_keys`, which a line break would make two of. */
export function keyComment(username: string | undefined, hostname: string): string {
	return `${username ?? 'usr'}@${hostname}`.replace(/[\s\p{Cc}]+/gu, '-');
}

export function asDevice(hostname: string) {
	return { hostname };
}

/** Nothing declared: a run that n8n repeats by itself would make another identifier. */
function mayExist(failure: Failure, identifier: string): Failure {
	return failure
		.with({ declared: undefined })
		.plus(
			`The SSH key may have been stored all the same, under the identifier '${identifier}'. Running the node again with this identifier updates it instead of storing a second one.`,
		);
}

export const DEVICES_HINT =
	"The vault did not link some devices to an SSH key: see 'devicesError'.";

const FOUND_OTHERWISE =
	"The vault updated an SSH key, although the identifier is a new one: it must have found the key by something else, such as its device and user, and the pair that the key had is gone. See 'id'.";

function storedResult(
	request: KeyRequest,
	keySource: KeyValues['keySource'],
	outcome: KeyOutcome,
): Result {
	const { id, identifier, created, devices, devicesError, body } = outcome;
	const fingerprint = fingerprintOf(request.public_key);
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
			devices,
			devicesError,
			publicKey: request.public_key,
			fingerprint,
		},
		// The vault does not return the public half of a pair that was made here.
		raw:
			keySource === 'generate'
				? { ...body, identifier, publicKey: request.public_key, fingerprint }
				: body,
		hints: [
			...(devicesError.length > 0 ? [DEVICES_HINT] : []),
			...(created === null
				? ["It is not known if the SSH key was created or updated: 'created' is null."]
				: []),
		],
	};
}
