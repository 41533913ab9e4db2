import { accountAlone, accountAt, accountOf, demandReason, obstacle, type Place } from '../access';
import { record } from '../audit';
import { type Call, FileAnswer, queryParam, type Success } from '../call';
import { Failure } from '../failures';
import { generatePassword } from '../generate';
import { sentPolicy } from '../options';
import type { Pam360State } from '../state';
import { totpAt } from '../totp';

/** Notes that the caller has had what the account holds. */
function retrieved(call: Call, { resource, account }: Place, operation: string): void {
	account.lastAccessed = call.now();
	const reason = call.input.text('REASON');
	const ticketId = call.input.text('TICKETID');
	record(call, 'Resource', operation, { resource, account, reason, ticketId });
}

/** GET …/password, docs/api/pam360.md, "Reading a password". */
export function getPassword(call: Call): Success {
	const place = accountOf(call);
	if (place.account.file) throw new Failure('The account holds a file and no password.');
	demandReason(call, place.account);
	retrieved(call, place, 'Password Retrieved');
	return {
		message: 'Password fetched successfully',
		details: { PASSWORD: place.account.password },
	};
}

/** PUT …/password, docs/api/pam360.md, "Resetting a password". */
export function changePassword(call: Call): Success {
	const { input, settings, state, now } = call;
	const { resource, account } = accountOf(call, 'modify');
	const type = input.text('RESETTYPE').toUpperCase() || 'LOCAL';
	if (type !== 'LOCAL' && type !== 'REMOTE') throw new Failure('Invalid value for RESETTYPE.');
	demandReason(call, account);
	const sent = input.text('NEWPASSWORD');
	if (sent === '' && !settings.generateMissingPassword) {
		throw new Failure('NEWPASSWORD is missing.');
	}
	const password = sent || generatePassword(account.policy);
	const { target, vault } = settings.remoteReset;
	if (type === 'LOCAL' || vault === 'ok') Object.assign(account, { password, lastModified: now() });
	if (type === 'REMOTE') {
		if (settings.remoteResetQueued) state.queuedResets.push({ account, password });
		else if (target === 'ok') account.passwordOnTarget = password;
		if (vault === 'failed' || (target === 'failed' && !settings.remoteResetQueued)) {
			throw new Failure('Password could not be reset in the remote resource.');
		}
	}
	const reason = input.text('REASON');
	const ticketId = input.text('TICKETID');
	const operation = type === 'REMOTE' ? 'Password Reset' : 'Password Changed';
	record(call, 'Resource', operation, { resource, account, reason, ticketId });
	return { message: 'Password changed successfully' };
}

/**
 * What the agents on the targets do when they ask for their tasks (docs/api/pam360.md, "Remote
 * resets").
 */
export function fetchResets(state: Pam360State): void {
	for (const { account, password } of state.queuedResets.splice(0)) {
		account.passwordOnTarget = password;
	}
}

/** GET …/downloadfile, docs/api/pam360.md, "Files of accounts". */
export function downloadFile(call: Call): FileAnswer {
	const place = accountOf(call);
	const { file } = place.account;
	if (!file) throw new Failure('No file is available for the account.');
	demandReason(call, place.account);
	retrieved(call, place, 'File Retrieved');
	return new FileAnswer(file.content, file.name);
}

/**
 * GET /resources/getResourceAccountDetails, docs/api/pam360.md, "An account in one call": JSON within
 * JSON.
 */
export function getResourceAccountDetails(call: Call): Success {
	const place = accountAt(call, queryParam(call, 'RESOURCEID'), queryParam(call, 'ACCOUNTID'));
	const reason = obstacle(call, place.account, call.input);
	if (reason === undefined) retrieved(call, place, 'Password Retrieved');
	const details =
		reason === undefined ? { PASSWORD: place.account.password } : { PASSWORD_REASON: reason };
	return {
		message: 'Resource and account details fetched successfully',
		details: { ACCOUNTDETAILS: JSON.stringify(details) },
	};
}

/** GET /passwords/generate, docs/api/pam360.md, "Generating a password": stored nowhere. */
export function generateByPolicy({ input }: Call): Success {
	return {
		message: 'Password generated successfully',
		details: { PASSWORD: generatePassword(sentPolicy(input, 'POLICY', 'Strong')) },
	};
}

/** GET /accounts/{ACCOUNTID}/totp, docs/api/pam360.md, "One-time passwords". */
export function getTotp(call: Call): Success {
	const place = accountAlone(call);
	const { totp } = place.account;
	if (!totp) throw new Failure('TOTP is not configured for the account.');
	retrieved(call, place, 'TOTP Retrieved');
	return {
		message: 'TOTP fetched successfully',
		withStatusCode: true,
		details: { TOTP: totpAt(totp, call.now()) },
	};
}
