import type { Call, PkiSuccess } from '../call';
import { written } from '../dates';
import { Failure } from '../failures';
import type { Pam360SshKey } from '../state';

function keyRows({ settings }: Call, keys: Pam360SshKey[]): object[] {
	return keys.map((key) => ({
		KeyName: key.name,
		KeyType: key.type,
		KeyLength: key.length,
		FingerPrint: key.fingerprint,
		isPassphraseAvailable: String(key.passphrase !== null),
		CreatedBy: key.createdBy,
		CreationTime: written(settings, key.createdAt, 'console'),
	}));
}

function keyList(call: Call, keys: Pam360SshKey[]): PkiSuccess {
	return {
		message: 'Fetched successfully',
		payload: ['SSHKeys', keyRows(call, keys)],
		totalRows: keys.length,
	};
}

/**
 * GET getAllSSHKeys: below `details`, or `SSHKeys` as until 2021 (docs/api/pam360.md, "The envelope of
 * the key and certificate calls"); keys by docs/api/pam360.md, "SSH keys".
 */
export const getAllSshKeys = (call: Call): PkiSuccess => keyList(call, call.state.sshKeys);

/**
 * GET getSSHkeysforuser, docs/api/pam360.md, "SSH keys"; the answer is inferred from that of
 * getAllSSHKeys.
 */
export function getSshKeysForUser(call: Call): PkiSuccess {
	const userName = call.input.required('userName');
	const resourceName = call.input.required('resourceName');
	const keys = call.state.sshKeys.filter(({ users }) =>
		users.some((user) => user.userName === userName && user.resourceName === resourceName),
	);
	return keyList(call, keys);
}

/**
 * GET getAllAssociatedUsers, docs/api/pam360.md, "SSH keys"; the keys of the list and of its rows are
 * inferred.
 */
export function getAllAssociatedUsers({ state }: Call): PkiSuccess {
	const users = state.sshKeys.flatMap((key) =>
		key.users.map(({ userName, resourceName }) => ({
			UserName: userName,
			ResourceName: resourceName,
			KeyName: key.name,
		})),
	);
	return {
		message: 'Fetched successfully',
		payload: ['AssociatedUsers', users],
		totalRows: users.length,
	};
}

/** POST getSSHKey and exportSSHKey: all that is known is that their only client fails (docs/api/pam360.md, "SSH keys"). */
export function brokenKeyCall(): never {
	throw new Failure('Invalid INPUT_DATA. Check the input and try again.');
}
