import { scrub } from '../../shared/failure';
import type { Failure } from '../../shared/failure';

/**
 * A failure without secrets that no parameter holds as they were sent: the vault may repeat what it
 * got, and the frame knows the values of parameters only.
 */
export function withoutEcho(failure: Failure, secrets: Array<string | undefined>): Failure {
	const sent = secrets.filter((secret) => secret !== undefined);
	const { message, description } = failure;
	return failure.with({
		message: scrub(message, sent),
		description: description && scrub(description, sent),
	});
}
