import { Failure } from '../../shared/failure';
import type { FailureKind } from '../../shared/failure';
import { otherId } from '../../shared/fields';
import { recordOf } from './envelope';
import type { Place } from './ids';

/** What a call is about: a resource, or an account of one. */
export type Subject = Partial<Place>;

const WHAT = { resourceId: 'resource', accountId: 'account' } as const;

/**
 * Details write these IDs with and without the space, depending on the call (docs/api/pam360.md, "The
 * envelope").
 */
const KEYS = {
	resourceId: ['RESOURCE ID', 'RESOURCEID'],
	accountId: ['ACCOUNT ID', 'ACCOUNTID'],
} as const;

/**
 * Looks at the IDs in the Details of an answer, where it has any: what a wrong cache or proxy gives out
 * may be of another account.
 *
 * @param kind Of the failure: what is read is of no use, what a change did is not known.
 * @throws Failure when the answer is plainly about something else
 */
export function checkSubject(
	details: unknown,
	subject: Subject | undefined,
	kind: FailureKind,
): void {
	const record = recordOf(details);
	for (const name of ['resourceId', 'accountId'] as const) {
		for (const key of KEYS[name]) checkId(record[key], subject?.[name], WHAT[name], kind);
	}
}

/**
 * The same for one ID; one that is absent or no number says nothing.
 *
 * @param what It is of, for messages: `user`.
 */
export function checkId(
	given: unknown,
	asked: string | undefined,
	what: string,
	kind: FailureKind,
): void {
	const id = asked === undefined ? undefined : otherId(given, asked);
	if (id === undefined || !/^\d+$/.test(id)) return;
	throw new Failure(
		`PAM360 was asked for the ${what} with the ID ${asked} and answered with that of the ID ${id}`,
		{
			kind,
			description:
				'Nothing of the answer was used. Check caches and proxies between n8n and PAM360.',
		},
	);
}
