import type { Pam360Api } from '../../api/client';
import { recordOf } from '../../api/envelope';
import type { Pam360Reply } from '../../api/envelope';
import { Failure, inputFailure } from '../../../shared/failure';
import { asText } from '../../../shared/read';
import type { Result } from '../../../shared/operation';
import { notice } from '../../../shared/param';
import { sendOnce } from '../../../shared/sendOnce';
import { item, operation } from '../shared/operation';

const HINT =
	"The auth token in this node's credential no longer works. Put the new one into 'Auth Token' there, by hand or through n8n's public API, before PAM360 is called again.";

const LOST = { mayHave: 'The auth token may have been regenerated' };

const DEAD =
	"If PAM360 does not accept the auth token from now on, regenerate it in PAM360's console and enter the new one in the credential.";

/** `PUT /user/regenerateAuthtoken`. Source: docs/api/pam360.md, "Auth tokens". */
export const regenerate = operation({
	name: 'Regenerate',
	value: 'regenerate',
	action: 'Regenerate auth token',
	description: "Replace the auth token that this node's credential uses",
	issues: 'auth token',
	furtherTries: { are: 'refused' },
	replacesCredential: true,
	secretPaths: ['operation.Details.AUTHTOKEN', 'operation.details.AUTHTOKEN'],
	byPerson: { targets: [] },
	params: [
		notice({
			displayName:
				"This ends the auth token in the node's credential: as soon as the node has run, the credential and everything else that uses the token stop working. Save the new token and put it into the credential.",
			name: 'notice',
			type: 'notice',
			default: '',
		}),
	],
	async run(api, _, call): Promise<Result> {
		if (api.tokenType === 'application') {
			throw inputFailure(
				"The credential holds an application's token, which this operation does not regenerate",
				"It regenerates the token of an API user. Use a credential with 'API User' in 'Token Of', or regenerate the application's token in PAM360's console.",
			);
		}
		const reply = await sendOnce(call, LOST, async (change) => {
			return await api
				.change({ method: 'PUT', path: 'user/regenerateAuthtoken', ...change })
				.catch(async (failure: Failure) => {
					throw failure.kind === 'lost' ? failure.plus(await stateOf(api)) : failure;
				});
		});
		return tokenResult(reply);
	},
});

/** What a harmless call with the old token tells about it. */
async function stateOf(api: Pam360Api): Promise<string> {
	try {
		await api.read({ path: 'resources', details: { STARTINDEX: 0, LIMIT: 1 } });
		return `The old token still worked right after that. ${DEAD}`;
	} catch (failure) {
		const isDead = failure instanceof Failure && failure.declared?.cause === 'credential-invalid';
		return isDead
			? "The old token does not work any more and the new one is not known. Regenerate it in PAM360's console and enter it in the credential."
			: `Whether the old token still works could not be found out. ${DEAD}`;
	}
}

function tokenResult({ details, message, body }: Pam360Reply): Result {
	const token = asText(recordOf(details).AUTHTOKEN)?.trim();
	if (!token) {
		throw new Failure('PAM360 reported success but returned no auth token', {
			kind: 'unusable',
			description: `It said: ${message || 'nothing'}. ${DEAD}`,
		});
	}
	return {
		item: item('authToken', { id: null, secret: token, expiresAt: null }),
		raw: body,
		hints: [HINT],
	};
}
