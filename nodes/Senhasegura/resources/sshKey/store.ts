import { createHash } from 'node:crypto';
import type { SenhaseguraApi } from '../../api/client';
import { upsertKey } from '../../api/keys';
import type { KeyOutcome, KeyRequest } from '../../api/keys';
import type { Failure } from '../../../shared/failure';
import type { Call, Result } from '../../../shared/operation';
import { generatePair } from '../../sshKeys/generate';
import type { GeneratedPair } from '../../sshKeys/generate';
import { fingerprintOf } from '../../sshKeys/publicKey';
import { item } from '../shared/operation';
import type { KeyValues } from './fields';

export interface Stored {
	outcome: KeyOutcome;
	result: Result;
}

/**
 * Stores a key pair that is provided or made here, under its identifier or under one that is this call's
 * own: a further try of the call finds the key of an earlier one.
 *
 * @param identifier None makes a new key for each call.
 * @throws Failure that names the identifier under which a key may have been stored
 */
export async function storeKey(
	api: SenhaseguraApi,
	{ identity, triedBefore = false }: Pick<Call, 'identity' | 'triedBefore'>,
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
		identifier: identifier ?? identifierOf(identity, values),
		enabled: fields.enabled,
		devices: fields.devices.length > 0 ? fields.devices.map(asDevice) : undefined,
		tags: fields.tags.join(',') || undefined,
		key_name: fields.keyName,
		password: fields.password,
	};
	const isNew = identifier === undefined;
	const outcome = await upsertKey(api, request, { isNew, triedBefore }).catch(
		(failure: Failure) => {
			throw failure.kind === 'lost' ? mayExist(failure, request, values.keySource) : failure;
		},
	);
	const result = storedResult(request, values.keySource, outcome);
	if (isNew && outcome.created === false) result.hints?.push(FOUND_OTHERWISE);
	return { outcome, result };
}

async function pairOf(values: KeyValues): Promise<GeneratedPair> {
	if (values.keySource !== 'generate') return values;
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

/**
 * An identifier of a call, in the form of a pseudo-random UUID (RFC 9562, version 4): the same for all its
 * tries. What the key is for is part of it, since a new n8n may begin to number its executions again.
 */
function identifierOf(identity: string[], values: KeyValues): string {
	const { ip, hostname, additionalFields: fields } = values;
	const provided = values.keySource === 'generate' ? '' : values.publicKey;
	const parts = ['ssh key', ...identity, ip, hostname, fields.username ?? '', provided];
	const digest = createHash('sha256').update(JSON.stringify(parts), 'utf8').digest();
	const hex = digest.toString('hex');
	const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`4${hex.slice(13, 16)}`,
		`${variant}${hex.slice(17, 20)}`,
		hex.slice(20, 32),
	].join('-');
}

/** The server may do it later: then this pair is there, and not that of a further try. */
function mayExist(
	failure: Failure,
	{ identifier, public_key: publicKey }: KeyRequest,
	keySource: KeyValues['keySource'],
): Failure {
	const mark = keySource === 'asGiven' ? '' : `, with the fingerprint ${fingerprintOf(publicKey)}`;
	return failure
		.with({ declared: undefined })
		.plus(
			`The SSH key may have been stored anyway, or may still be, under the identifier '${identifier}'${mark}. Running the node again with this identifier updates it instead of storing a second one.`,
		);
}

export const DEVICES_HINT =
	"The vault did not link some devices to an SSH key: see 'devicesError'.";

const FOUND_OTHERWISE =
	"The vault updated an SSH key, although only this call has used the identifier. If n8n has run this execution before, for example after a crash, it is the key of that run. Otherwise the vault must have matched the key in another way, such as by its device and user, and the pair that the key had is gone. See 'id'.";

function storedResult(
	request: KeyRequest,
	keySource: KeyValues['keySource'],
	outcome: KeyOutcome,
): Result {
	const { id, identifier, created, devices, devicesError, body } = outcome;
	// Nobody has looked at a key that was stored as it was given.
	const storedAsGiven = keySource === 'asGiven';
	const fingerprint = storedAsGiven ? null : fingerprintOf(request.public_key);
	return {
		item: item('sshKey', {
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
			storedAsGiven,
		}),
		// The vault does not return the public half of a pair that was made here.
		raw:
			keySource === 'generate'
				? { ...body, identifier, publicKey: request.public_key, fingerprint }
				: body,
		hints: [
			...(devicesError.length > 0 ? [DEVICES_HINT] : []),
			...(created === null
				? ["It is not known whether the SSH key was created or updated: 'created' is null."]
				: []),
		],
	};
}
