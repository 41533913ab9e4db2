import type { IExecuteFunctions } from 'n8n-workflow';

/** A run that waits all the time says so once in this time. */
const INTERVAL_MS = 5000;

/**
 * Tells n8n's log, for those who look for it, that a run waits, and how far it is.
 *
 * @param done How many items are done.
 * @returns takes what it waits for, as a sentence without its period and without secrets
 */
export function progressLog(
	context: Pick<IExecuteFunctions, 'getNode' | 'logger'>,
	count: number,
	done: () => number,
): (what: string) => void {
	let saidAt = -Infinity;
	return (what) => {
		const now = performance.now();
		if (now - saidAt < INTERVAL_MS) return;
		saidAt = now;
		const { name } = context.getNode();
		context.logger.debug(`${name} waits. ${what}. ${done()} of ${count} items are done.`);
	};
}
