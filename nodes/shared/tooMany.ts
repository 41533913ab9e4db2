import { Failure } from './failure';
import type { Reply } from './request';
import { rateLimitWait } from './runOptions';
import { askedWait } from './wait';

/**
 * The failure of a request that was refused because there were too many, after it has waited as long as it
 * may: nothing was done.
 *
 * @param vendor The vendor's name.
 * @param more Sentences on what the vendor bears, and what it said.
 */
export function tooMany(
	vendor: string,
	{ headers, waited = 0 }: Pick<Reply, 'headers' | 'waited'>,
	...more: string[]
): Failure {
	const asked = askedWait(headers) ?? 0;
	const option = `'${rateLimitWait.displayName}'`;
	const sentences = [
		'It was refused with 429.',
		waited > 0 && `It was sent again for ${seconds(waited)}, without success.`,
		asked > 0 && `The server asks to wait another ${seconds(asked)}.`,
		`Try again later, let fewer executions run at the same time, or raise ${option} in the node's options.`,
		...more,
	];
	return new Failure(`${vendor} accepts no more requests at the moment`, {
		kind: 'refused',
		code: '429',
		description: sentences.filter(Boolean).join(' '),
		declared: { cause: 'rate-limited' },
	});
}

function seconds(milliseconds: number): string {
	const count = Math.ceil(milliseconds / 1000);
	return `${count} second${count === 1 ? '' : 's'}`;
}
