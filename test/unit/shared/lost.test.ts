import { Failure } from '../../../nodes/shared/failure';
import type { FailureKind } from '../../../nodes/shared/failure';
import { ifLost } from '../../../nodes/shared/lost';
import type { Change } from '../../../nodes/shared/lost';

const failure = (kind: FailureKind) =>
	new Failure('The line broke', {
		kind,
		code: 'ECONNRESET',
		description: 'Check the network.',
		declared: { cause: 'temporarily-unavailable' },
	});

const after = async (thrown: unknown, change: Change) =>
	await Promise.reject(thrown as Error)
		.catch(ifLost(change))
		.catch((told: Failure) => told);

describe.each<FailureKind>(['lost', 'unusable'])('a change whose answer is %s', (kind) => {
	it.each<[string, Change, string]>([
		[
			'of which no more is known',
			{ repeatable: true },
			'The change may have been made anyway. Running the node again does no harm.',
		],
		[
			'that may be made again',
			{ mayHave: 'The user may have been locked', repeatable: true, find: 'Look for it' },
			'The user may have been locked anyway. Running the node again does no harm.',
		],
	])('%s keeps what is declared', async (_, change, says) => {
		expect(await after(failure(kind), change)).toMatchObject({
			name: 'Failure',
			message: 'The line broke',
			kind,
			code: 'ECONNRESET',
			description: `Check the network. ${says}`,
			declared: { cause: 'temporarily-unavailable' },
		});
	});

	it.each<[string, Pick<Change, 'find'>, string]>([
		[
			'is to be looked for',
			{ find: "Look for it with 'User: Get Many'" },
			"Look for it with 'User: Get Many'.",
		],
		['cannot be looked for', {}, 'Look in the console before you run the node again.'],
	])('declares nothing where it %s and must not be made again', async (_, more, says) => {
		const change = { mayHave: 'The user may have been created', repeatable: false, ...more };
		const told = await after(failure(kind), change);
		expect(told.description).toBe(
			`Check the network. The user may have been created anyway. The node did not send the request again. ${says}`,
		);
		expect(told).toMatchObject({ kind, declared: undefined });
	});
});

it.each<unknown>([failure('input'), failure('notSent'), failure('refused'), new Error('No')])(
	'says nothing of a change that was not made: %s',
	async (thrown) => {
		expect(await after(thrown, { repeatable: false })).toBe(thrown);
	},
);
