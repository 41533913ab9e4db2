import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { demandSame } from '../../api/sameRecord';
import type { SenhaseguraTransition } from '../../api/calls';
import type { SenhaseguraApi } from '../../api/client';
import { Failure } from '../../../shared/failure';
import { asId } from '../../../shared/read';
import { pathSegment } from '../../../shared/url';
import { record } from '../shared/answers';
import { credentialIdOf, credentialPath } from './credentialItem';

export interface InCustody {
	/** The vendor's record. */
	credential: IDataObject;
	/** The vendor's answer around it. */
	body: IDataObject;
	hints: string[];
}

/**
 * Where `GET pam/credential/{id}` has secrets: the same one twice (docs/api/senhasegura.md, "Reading a
 * credential").
 */
export const CREDENTIAL_SECRETS = ['credential.password', 'credential.content'];

const answer = z.object({ credential: record.refine(({ id }) => asId(id) !== null) });

async function take(api: SenhaseguraApi, reference: string, secrets?: string[]) {
	const { value, body, hints } = await api.answerTo({
		method: 'GET',
		path: credentialPath(reference),
		// Taking custody again prolongs it at most.
		repeatable: true,
		secrets,
		answer,
		what: 'the credential',
	});
	demandSame(value.credential.id, reference, 'credential');
	return { credential: value.credential, body, hints };
}

/** The call that ends custody; to be sent although the execution was cancelled. */
export function releaseOf(reference: string, succeedIfAlready: boolean): SenhaseguraTransition {
	return {
		method: 'DELETE',
		path: `pam/credential/custody/${pathSegment(reference)}`,
		alreadyCodes: [1018],
		succeedIfAlready,
	};
}

/** Only the ID is documented for a release in every version; the list, which tells it, takes no custody. */
async function idOf(api: SenhaseguraApi, reference: string): Promise<string> {
	if (/^\d+$/.test(reference)) return reference;
	return await credentialIdOf(api, { by: 'name', value: reference }).catch(() => reference);
}

/** Whether the vault may have given custody although the call failed. */
function mayHold({ kind }: Failure): boolean {
	return kind === 'lost' || kind === 'unusable';
}

const RELEASE_BY_HAND =
	"Custody is held until it ends by itself, or until 'Credential: Release Custody' has run.";

const UNKNOWN_CUSTODY =
	'The answer to the release was lost, too. Nobody holds custody now. The vault changes the password after a release, but it is not known whether there was custody to release. To be sure that the password is changed, run the node again.';

/**
 * Reads a credential, which takes custody of it, and lets it go.
 *
 * @param read Makes something of it while custody is held.
 * @returns what was made of it, or why nothing was, and how custody was let go; undefined where it
 * cannot have been taken
 */
async function inCustody<Value>(
	api: SenhaseguraApi,
	reference: string,
	secrets: string[] | undefined,
	read: (taken: InCustody) => Value,
) {
	let held = reference;
	const made = await take(api, reference, secrets)
		.then((taken) => {
			held = asId(taken.credential.id) ?? reference;
			return { value: read(taken) };
		})
		.catch((failure: Failure) => ({ failure }));
	if ('failure' in made) {
		if (!mayHold(made.failure)) throw made.failure;
		if (held === reference) held = await idOf(api.evenIfCancelled(), reference);
	}
	const released = await api
		.evenIfCancelled()
		.settle(releaseOf(held, true))
		.catch((failure: Failure) => failure);
	return { made, released };
}

/**
 * Reads a credential. Without a release, custody stays with the authorization.
 *
 * @param read Makes an item of it; whatever it throws, custody is released where that is wanted.
 * @throws Failure that says whether custody is held
 */
export async function readCredential<Value>(
	api: SenhaseguraApi,
	reference: string,
	release: boolean,
	read: (taken: InCustody) => Value,
): Promise<Value> {
	if (!release) {
		return await take(api, reference, CREDENTIAL_SECRETS)
			.then(read)
			.catch((failure: Failure) => {
				throw mayHold(failure) ? failure.plus(`Custody may be held. ${RELEASE_BY_HAND}`) : failure;
			});
	}
	const { made, released } = await inCustody(api, reference, CREDENTIAL_SECRETS, read);
	if ('failure' in made) {
		throw released instanceof Failure
			? neitherReadNorReleased(made.failure, released)
			: made.failure.plus('Custody was released.');
	}
	if (released instanceof Failure) throw notReleased(released);
	return made.value;
}

function neitherReadNorReleased(failure: Failure, { message }: Failure): Failure {
	return failure.plus(
		`Custody may be held, because it could not be released: ${message}. ${RELEASE_BY_HAND}`,
	);
}

function notReleased(failure: Failure): Failure {
	return failure
		.with({
			message: `The credential was read, but its custody could not be released: ${failure.message}`,
			kind: 'unusable',
		})
		.plus(RELEASE_BY_HAND);
}

/**
 * Takes custody and releases it, which makes the vault change the password of a credential that is
 * configured for it. Source: docs/api/senhasegura.md, "Disabling, enabling, releasing" and "Rotating an
 * SSH key".
 *
 * @returns the record that was read; undefined where its answer was lost and custody was released
 * @throws Failure that says whether custody is held
 */
export async function touchCredential(api: SenhaseguraApi, reference: string) {
	const { made, released } = await inCustody(
		api,
		reference,
		undefined,
		({ credential }) => credential,
	);
	if (released instanceof Failure) {
		throw 'failure' in made
			? neitherReadNorReleased(made.failure, released)
			: notReleased(released);
	}
	if ('failure' in made) {
		if (released.changed === false) throw made.failure.plus('Custody was not taken.');
		if (released.changed === null) throw made.failure.plus(UNKNOWN_CUSTODY);
		// There was custody to release, so it had been taken, although its answer was lost.
		return { credential: undefined, body: released.body };
	}
	if (released.changed === false) {
		throw new Failure('Custody ended before it was released, so the vault changes no password', {
			kind: 'refused',
			description: 'Somebody or something else released it. Run the node again.',
		});
	}
	return { credential: made.value, body: released.body };
}
