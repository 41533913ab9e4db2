import { recordOf } from './envelope';
import { demandSame } from './sameRecord';

/** An account, as calls name it. */
export interface AccountIds {
	resourceId: string;
	accountId: string;
}

/** What a call is about: a resource, or an account of one. */
export type Subject = Partial<AccountIds>;

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
	kind: 'unusable' | 'lost',
): void {
	const record = recordOf(details);
	for (const name of ['resourceId', 'accountId'] as const) {
		const asked = subject?.[name];
		if (asked === undefined) continue;
		for (const key of KEYS[name]) demandSame(record[key], asked, WHAT[name], kind);
	}
}
