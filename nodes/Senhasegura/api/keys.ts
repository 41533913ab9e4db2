import type { IDataObject } from 'n8n-workflow';
import type { Failure } from '../../shared/failure';
import { nullAt } from '../../shared/secretOutput';
import type { SenhaseguraCalls } from './calls';
import { withoutEcho } from './echo';
import { KEY_SECRETS, keyReply } from './schemas';
import type { StoredKey } from './schemas';
import { wasChanged, wasCreated } from './upsertAnswer';

/**
 * The body of `POST pam/key`, in the order of the vendor's page (docs/api/senhasegura.md, "Storing an
 * SSH key").
 */
export interface KeyRequest {
	ip: string;
	hostname: string;
	private_key: string;
	public_key: string;
	username?: string;
	identifier: string;
	enabled?: boolean;
	devices?: Array<{ hostname: string }>;
	tags?: string;
	key_name?: string;
	password?: string;
}

export interface KeyOutcome extends StoredKey {
	identifier: string;
	/** False when an existing key was updated; null when that cannot be told. */
	created: boolean | null;
	/** False when the vault says that nothing was changed; null when it does not tell. */
	changed: boolean | null;
	body: IDataObject;
}

/**
 * `POST pam/key`: creates a key, or updates the one with the identifier (docs/api/senhasegura.md, "SSH
 * keys").
 *
 * An identifier is always sent, so the call can be repeated when its answer is lost: the second one
 * finds the key of the first.
 *
 * @param isNew Whether the identifier was made for this call, so that no key could have it before.
 * @param once Whether it is sent once only, because the caller reads what became of it.
 * @param triedBefore Whether an earlier try of the same call may have created it.
 * @throws Failure; of kind `lost` where a key may have been stored
 */
export async function upsertKey(
	api: SenhaseguraCalls,
	request: KeyRequest,
	{ isNew = false, once = false, triedBefore = false } = {},
): Promise<KeyOutcome> {
	const { value, body, message, repeated } = await api
		.answerTo({
			method: 'POST',
			path: 'pam/key',
			body: request,
			repeatable: !once,
			answer: keyReply,
			what: 'the stored key',
		})
		.catch((failure: Failure) => {
			throw withoutEcho(failure, [request.private_key, request.password]);
		});
	return {
		...value.key,
		identifier: value.key.identifier ?? request.identifier,
		created: wasCreated(message, repeated || triedBefore, isNew),
		changed: wasChanged(body),
		// The vault may repeat the private key of the request in its answer.
		body: nullAt(body, KEY_SECRETS) as IDataObject,
	};
}
