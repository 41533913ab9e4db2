import type { ICredentialDataDecryptedObject, ICredentialType } from 'n8n-workflow';

/** The name of a credential type for vendors that only tests know. */
export const TOY_CREDENTIAL = 'toyApi';

/** Every field is what a test gives; expressions are evaluated as in any credential. */
class ToyApi implements ICredentialType {
	name = TOY_CREDENTIAL;

	displayName = 'Toy API';

	properties = ['token', 'site', 'recipientPrivateKey'].map((name) => ({
		displayName: name,
		name,
		type: 'string' as const,
		default: '',
	}));
}

/** For the description of a node. */
export const toyCredentials = [{ name: TOY_CREDENTIAL, required: true }];

/** For a node in a workflow; the harness gives it to a node that is run by itself. */
export const toyReference = { [TOY_CREDENTIAL]: { id: TOY_CREDENTIAL, name: TOY_CREDENTIAL } };

/** For a run of such a node. */
export function withToyCredential(data: ICredentialDataDecryptedObject = {}) {
	return { credentialTypes: [ToyApi], credentials: { [TOY_CREDENTIAL]: data } };
}
