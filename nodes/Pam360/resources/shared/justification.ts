import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../shared/failure';
import { group, sentAs } from '../../../shared/param';

export const reason = sentAs('REASON', {
	displayName: 'Reason',
	name: 'reason',
	type: 'string',
	default: '',
	placeholder: 'e.g. Nightly job',
	description:
		'Why the access is needed, if PAM360 demands a reason. Where something is read, the reason is part of the address, so access logs may show it.',
});

/**
 * What the server may demand before it hands something out (docs/api/pam360.md, "Reading a password").
 */
export const justification = group(
	reason,
	sentAs('TICKETID', {
		displayName: 'Ticket ID',
		name: 'ticketId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 7',
		description:
			'The ID of the ticket for this access, if PAM360 is connected to a ticketing system',
	}),
);

/** Input of a GET: none where nothing was given. */
export function ifAny(details: IDataObject): { details?: IDataObject } {
	return Object.keys(details).length > 0 ? { details } : {};
}

/**
 * For `catch`: what the refusal of a password can mean. PAM360's texts for it are not documented.
 *
 * @throws the failure, with advice
 */
export function withAdvice(failure: unknown): never {
	const isRefusal =
		failure instanceof Failure && failure.kind === 'refused' && failure.declared === undefined;
	throw isRefusal
		? failure.plus(
				"If PAM360 wants a reason or a ticket, add 'Reason' or 'Ticket ID'; if the access needs an approval, ask for it with 'Password: Request Access'.",
			)
		: failure;
}
