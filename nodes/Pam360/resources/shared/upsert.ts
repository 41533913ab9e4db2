import type { IDataObject } from 'n8n-workflow';
import type { Pam360Reply } from '../../api/envelope';
import type { Found } from '../../api/ids';
import { Failure } from '../../../shared/failure';
import { withoutSecretFields } from './recordValues';

interface Upsert {
	/** In the singular, for messages. */
	noun: string;
	/** The thing of that name; undefined where PAM360 says that there is none. */
	find(): Promise<Found | undefined>;
	/** Sent once. */
	create(): Promise<Pam360Reply>;
	/** Undefined where nothing was given that could change. */
	update: ((id: string) => Promise<Pam360Reply>) | undefined;
	/** Whether an earlier try of the same call may have created it. */
	triedBefore: boolean | undefined;
	/** What nobody knows of a thing whose creation was not answered, as a sentence. */
	unknown?: string;
}

export interface Upserted {
	/** Null where PAM360 did not tell it. */
	id: string | null;
	/** Null where it cannot be told. */
	created: boolean | null;
	/** Whether fields of what was there already were set. */
	updated: boolean;
	/** The answer to the last change; what PAM360 lists where nothing was changed. */
	raw: IDataObject;
	hints: string[];
}

/**
 * Creates a thing, or updates the one of that name. PAM360 has no call for that (docs/api/pam360.md,
 * "Not found"): it is looked for first. Where the creation fails, somebody else may have made it in the
 * meantime, or the creation itself, its answer being lost: it is looked for again, and updated if it is
 * there, so that it is in the end as it should be.
 *
 * @throws Failure where it is neither there nor made
 */
export async function upsert(wish: Upsert): Promise<Upserted> {
	const { noun, find, create, update, triedBefore = false, unknown } = wish;
	const byOther = triedBefore ? null : false;
	const change = async ({ id, record }: Found, created: false | null): Promise<Upserted> => {
		const answer = await update?.(id);
		const hint = `It is not known if the ${noun} was created by this node, which got no clear answer, or by somebody else: 'created' is null.`;
		return {
			id,
			created,
			updated: answer !== undefined,
			raw: answer?.body ?? withoutSecretFields(record),
			hints: created === null ? [[hint, unknown].filter(Boolean).join(' ')] : [],
		};
	};
	const before = await find();
	if (before) return await change(before, byOther);
	return await create().then(
		async ({ body }) => {
			const made = await find().catch(() => undefined);
			return {
				id: made?.id ?? null,
				created: true,
				updated: false,
				raw: body,
				hints: made ? [] : [`The ${noun} was created, but PAM360 did not return its ID.`],
			};
		},
		async (failure: unknown) => {
			if (!mayBeThere(failure)) throw failure;
			const isRefusal = failure.kind === 'refused';
			const after = await find().catch(() => {
				throw isRefusal ? failure : failure.plus(UNANSWERED);
			});
			if (after) return await change(after, isRefusal ? byOther : null);
			throw failure.plus(isRefusal ? notShown(noun) : `PAM360 shows no such ${noun} yet.`);
		},
	);
}

/** For a creation whose answer is lost: where to find out. */
export const RUN_AGAIN = 'Run the node again: it looks for it first, and makes no second one';

const UNANSWERED = 'PAM360 did not answer when it was asked for it.';

const notShown = (noun: string) =>
	`If there is a ${noun} of this name that is not shared with the API user, share it: the node can neither see nor create it.`;

/** Of a refusal of the credential, and of what was not sent, nothing can have come. */
function mayBeThere(failure: unknown): failure is Failure {
	if (!(failure instanceof Failure)) return false;
	const { kind, declared } = failure;
	return kind === 'lost' || kind === 'unusable' || (kind === 'refused' && declared === undefined);
}
