import { advice } from '../../shared/advice';
import { Failure, quoteVendor } from '../../shared/failure';
import { troubleOf } from '../../shared/outcome';
import {
	ACCOUNT_EXISTS,
	HARMFUL,
	NO_SUCH_ACCOUNT,
	OTHER_HOST,
	UNKNOWN_TOKEN,
	isAuthentication,
	isFault,
	failureKind,
} from './outcomes';
import type { Told } from './outcomes';
import { TOKEN_FIELDS } from './token';

const FILTERED = {
	message: "PAM360's security filter took the input for an attack",
	description:
		'Remove unusual characters such as < > from what was entered, or ask the PAM360 administrator to allow them.',
};

/** PAM360's security filter kept the call out. */
export function filtered(): Failure {
	return new Failure(`${FILTERED.message} (HTTP 599)`, {
		kind: 'refused',
		code: '599',
		description: FILTERED.description,
	});
}

/** What PAM360's texts mean for the user. Its failure codes are not published: texts decide. */
const REFUSALS: Array<{
	text: RegExp;
	message: string;
	description: string;
	/** Whether every other call with the credential would be refused as well. */
	ofCredential?: boolean;
}> = [
	{ text: HARMFUL, ...FILTERED },
	{
		text: NO_SUCH_ACCOUNT,
		message: 'PAM360 knows no such account, or does not show it to the API user',
		description:
			"Check 'PAM360 Resource' and 'Account', and that the account is shared with the API user.",
	},
	{
		text: ACCOUNT_EXISTS,
		message: 'The resource has an account of this name already',
		description: "Choose another 'Account Name', or update the account that is there.",
	},
	{
		// "Authentication failed" alone may be said of a target, whose password is to be reset.
		text: UNKNOWN_TOKEN,
		message: 'PAM360 does not accept the auth token',
		description: `Check ${TOKEN_FIELDS} in the credential. A token that was given when the API user was created must be regenerated before its first use, and tokens can expire.`,
		ofCredential: true,
	},
	{
		text: OTHER_HOST,
		message: 'PAM360 does not allow the API user to call from this host',
		description:
			"The API user is tied to a host name. In PAM360's user settings, enter the host on which n8n runs (in queue mode that of every worker), or turn the host check off.",
		ofCredential: true,
	},
];

/** PAM360's no, or its word on trouble, as a failure that says what to do. */
export function refusal(told: Told): Failure {
	const { message = '', status, statusCode } = told;
	const text = quoteVendor(message);
	const said = [text || 'no reason', statusCode && `[${statusCode}]`].filter(Boolean).join(' ');
	const kind = failureKind(told);
	const fail = (what: string, description: string, ofCredential = false) =>
		new Failure(what, {
			kind,
			code: String(status),
			description: told.repeated ? `${description} ${EARLIER}` : description,
			...(ofCredential && { declared: { cause: 'credential-invalid' } }),
		});
	if (told.said === 'success') {
		return fail(
			`PAM360 reported success with HTTP ${status}`,
			`It said: ${text || 'nothing'}. Check proxies between n8n and PAM360, and PAM360's own log.`,
		);
	}
	// What this answer says is told, whatever an attempt before it did.
	const isRefused = failureKind({ ...told, repeated: false }) === 'refused';
	const known = isRefused ? REFUSALS.find((entry) => entry.text.test(text)) : undefined;
	if (known) {
		return fail(
			known.message,
			`${known.description} PAM360 said: ${said}.`,
			known.ofCredential ?? isAuthentication(told),
		);
	}
	if (isAuthentication(told)) {
		return fail(
			`PAM360 does not accept the credential: ${said}`,
			`PAM360 did not get as far as the operation. Check ${TOKEN_FIELDS} and 'Organization Name' in the credential, and the API user in PAM360.`,
			true,
		);
	}
	// Only what PAM360 itself says can be about the parameters.
	const foreign = told.said === 'other' && status >= 400 && troubleOf(status, 'PAM360');
	if (isRefused) {
		const refused = `PAM360 refused the request: ${said}`;
		return status === 401 ? fail(refused, LOGIN, true) : fail(refused, foreign || `Check ${GIVEN}`);
	}
	const failed = told.said === 'failed' ? 'reported a failure' : 'did not report success';
	const rest = told.isRead ? '' : ', and part of the work may be done';
	return fail(`PAM360 ${failed}${rest}: ${said}`, foreign || adviceOn(told));
}

/** Of HTTP 401, whoever answers with it. */
const LOGIN = `HTTP 401 asks for a login. Check ${TOKEN_FIELDS} in the credential. If the token is right, a proxy in front of PAM360 may want a login of its own: ask the people who run it.`;

const GIVEN = advice(
	'parameters',
	'the parameters, and the role and shares of the API user: it sees and does only what these allow.',
	'the role and shares of the API user: it sees and does only what these allow.',
);

/** Where nobody knows what became of a call. */
function adviceOn(told: Told): string {
	if (told.reachesTarget) {
		return 'PAM360 does not say whether the target or PAM360 itself failed.';
	}
	if (told.said === 'other' || isFault(told)) {
		return "PAM360 does not say how far it got. Look in PAM360's own log, or try again later.";
	}
	return `PAM360 does not say whether anything was changed. If nothing was, check ${GIVEN}`;
}

/** What became of a call is told by the table, whatever kept its answer from being read. */
export function withOutcome(failure: Failure, told: Told): Failure {
	const outcome = failure.with({
		kind: failureKind(told),
		...(told.status === 401 && { description: LOGIN, declared: { cause: 'credential-invalid' } }),
	});
	return told.repeated ? outcome.plus(EARLIER) : outcome;
}

const EARLIER = 'The answer to an earlier attempt was lost.';
