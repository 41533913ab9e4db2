import { nothingIssuedYet } from '../../api/lost';
import type { CortexXsiamApi } from '../../api/client';
import { GRACE_MS, isOlder, lineagesOf, liveOnes } from '../../api/lineages';
import type { KeyList, Lineage, Member } from '../../api/lineages';
import { prove } from '../../api/proof';
import type { Proof } from '../../api/proof';
import { removeKey } from '../../api/removal';
import { epochTime } from '../../../shared/dates';
import { Failure } from '../../../shared/failure';
import type { Call } from '../../../shared/operation';
import { chosenLineage, isDue, isDueAtFinish } from './rotationTarget';
import type { RotateWish, Wish } from './rotationWish';
import { issueSuccessor, planSuccessor } from './successor';
import type { Successor } from './successor';

/** A lineage that has more live keys than this is not given another one. */
const MOST_LIVE = 3;

/** The same where the store opens none of them, so that another one is the only repair. */
const MOST_LIVE_UNSTORED = 5;

/** What a store answered counts as read by this run for so long. */
const FRESH_MS = 60 * 60_000;

/** A clock that is ahead of this one by more than this makes an old read look fresh. */
const CLOCKS_APART_MS = 5 * 60_000;

/** More keys than this no run has to delete in one lineage. */
const MOST_TURNS = 50;

const UNTOLD_AGE = 'the tenant does not tell when it was made';

/** Where the rotation of a lineage stands. */
export type Status =
	/** A new key was issued, and is to be stored now. */
	| 'rotated'
	/** The same, if this were not a dry run. */
	| 'planned'
	/** The store opens a key that is not due: keys that it took the place of are revoked, or wait. */
	| 'resumed'
	/** The same, with nothing left to revoke. */
	| 'nothingToDo'
	/** Another run may be about to store a key. */
	| 'inProgress'
	/** There are too many live keys to issue another one. */
	| 'blocked'
	/** Nobody can say what the store opens. */
	| 'unclear'
	/** What the store answered is too old, or of an earlier execution. */
	| 'staleRead'
	/** A key may exist that nobody has. */
	| 'unknown'
	/** Finish: the key that the store opens is the only one left. */
	| 'finished'
	/** Finish: other keys are too young to be revoked. */
	| 'waiting'
	/** Finish: the store opens no key of the lineage, or holds nothing. */
	| 'notProved'
	/** Finish: the store opens the key that is to be replaced. */
	| 'dueKeyStored';

/** Other keys of a lineage that stay for now, and why. */
export interface Kept {
	id: string;
	why: string;
	/** From when on a run may revoke it, epoch milliseconds; undefined where none may. */
	until?: number;
}

/** What a run found and did. */
export interface Outcome {
	status: Status;
	lineage: Lineage;
	/** What the store was seen to open; undefined where it was not asked. */
	proof?: Proof;
	/** The key that the outcome is about: the new one, the stored one, the one under way. */
	key?: Member;
	/** The key that is to be replaced. */
	due?: Member;
	issued?: Successor;
	/** Ids of the keys that this run revoked. */
	deleted: string[];
	kept: Kept[];
	/** What else there is to say, in sentences. */
	remarks: string[];
	/** Of what nobody knows if it exists. */
	failure?: Failure;
}

interface Sight {
	list: KeyList;
	/** The server's time at least, epoch milliseconds. */
	now: number;
	lineage: Lineage;
	proof: Proof;
	/** The key of the lineage that the store opens. */
	stored?: Member;
}

/** One run over one lineage, which may die at any call: the next one finds out where it stopped. */
export class Rotation {
	private readonly deleted: string[] = [];

	/** Keys that could not be deleted, and why. */
	private readonly stuck = new Map<string, string>();

	constructor(
		private readonly api: CortexXsiamApi,
		private readonly wish: Wish,
		private readonly call: Pick<Call, 'isRetry'>,
	) {}

	/**
	 * Issues a successor where the key that the store opens is due, or where it opens none; else takes
	 * up what an earlier run left.
	 *
	 * @throws Failure where the store opens a key outside the lineage, where no key can be issued, or
	 * where one that was issued does not work
	 */
	async rotate(wish: RotateWish): Promise<Outcome> {
		const stale = await this.staleRead();
		if (stale) return stale;
		for (;;) {
			const sight = await this.look();
			const { lineage, proof, stored, now } = sight;
			if (proof.opens === 'unclear')
				return this.outcome('unclear', sight, { remarks: [proof.why] });
			if (stored && !isDue(stored, wish.target, now)) {
				return await this.retire(sight, stored, ({ stored: one, now: later }) => {
					return one !== undefined && !isDue(one, wish.target, later);
				});
			}
			const others = liveOnes(lineage).filter((one) => one !== stored);
			const due = stored ?? this.templateOf(lineage);
			const young = others.find(({ age }) => (age ?? Infinity) < wish.takenOverAfterMs);
			if (young) return this.outcome('inProgress', sight, { key: young, due });
			// Where the store opens nothing, each of them may be the one that somebody uses.
			const abandoned = stored ? others.filter((one) => !this.obstacle(one, sight, 0)) : [];
			const [next] = abandoned;
			if (next && !wish.dryRun) {
				await this.remove(next);
				continue;
			}
			const left = liveOnes(lineage).length - abandoned.length;
			if (left >= (stored ? MOST_LIVE : MOST_LIVE_UNSTORED)) {
				return this.outcome('blocked', sight, { due });
			}
			return await this.issue(wish, sight, due);
		}
	}

	/**
	 * Revokes the keys of a lineage that the stored one took the place of, or that were never stored.
	 *
	 * @throws Failure where the store opens a key outside the lineage
	 */
	async finish(): Promise<Outcome> {
		const stale = await this.staleRead();
		if (stale) return stale;
		const sight = await this.look();
		const { proof, stored } = sight;
		if (proof.opens === 'unclear') return this.outcome('unclear', sight, { remarks: [proof.why] });
		if (!stored) return this.outcome('notProved', sight);
		const isOver = ({ stored: one, lineage, now }: Sight) =>
			one !== undefined && !isDueAtFinish(one, lineage, this.wish.target, now);
		if (!isOver(sight)) return this.outcome('dueKeyStored', sight, { key: stored, due: stored });
		const outcome = await this.retire(sight, stored, isOver);
		const names: Partial<Record<Status, Status>> = { nothingToDo: 'finished', resumed: 'finished' };
		const status = outcome.kept.length > 0 ? 'waiting' : (names[outcome.status] ?? outcome.status);
		return { ...outcome, status };
	}

	/** The keys of the lineage, and what the store opens now. */
	private async look(): Promise<Sight> {
		const { api, wish } = this;
		const { list, now, lineage } = await this.list();
		const proof: Proof =
			wish.target.by === 'ownKey'
				? // The list was read with it.
					{ opens: 'key', id: api.ownKeyId }
				: wish.stored?.value === undefined
					? { opens: 'nothing' }
					: await prove(api, wish.stored.value, lineage, list.keys).catch(nothingIssuedYet);
		if (proof.opens === 'outsider') throw outsider(proof.id, lineage);
		const stored =
			proof.opens === 'key' ? liveOnes(lineage).find(({ id }) => id === proof.id) : undefined;
		return { list, now, lineage, proof, ...(stored && { stored }) };
	}

	private async list(): Promise<Pick<Sight, 'list' | 'now' | 'lineage'>> {
		const list = await this.api.listKeys().catch(nothingIssuedYet);
		const lineage = chosenLineage(lineagesOf(list), this.wish.target, this.api);
		return { list, now: list.clock.atLeast(), lineage };
	}

	/** Nothing is issued or deleted by what a store held at another time. */
	private async staleRead(): Promise<Outcome | undefined> {
		const { stored } = this.wish;
		// What the credential holds is read by each execution.
		if (!stored) return undefined;
		const age = Date.now() - stored.readAt;
		const why = this.call.isRetry
			? 'This execution is a retry of an earlier one, and has its data: what the store answered then says nothing of now.'
			: age >= FRESH_MS || age < -CLOCKS_APART_MS
				? `The store was read at ${epochTime(stored.readAt)}, and now it is ${epochTime(Date.now())}: a value must be under 60 minutes old.`
				: undefined;
		if (why === undefined) return undefined;
		return this.outcome('staleRead', await this.list(), { remarks: [why] });
	}

	/** What a new key is made like where the store opens none. */
	private templateOf(lineage: Lineage): Member | undefined {
		const { target } = this.wish;
		const named = target.by === 'apiKey' && lineage.members.find(({ id }) => id === target.id);
		return named || (liveOnes(lineage).at(-1) ?? lineage.members.at(-1));
	}

	private async issue(wish: RotateWish, sight: Sight, due: Member | undefined): Promise<Outcome> {
		const { lineage, list } = sight;
		// A lineage has a member, since it was found by one.
		const old = due as Member;
		const plan = await planSuccessor(this.api, old, lineage.id, wish, list.clock);
		if (wish.dryRun) {
			return this.outcome('planned', sight, {
				due: old,
				issued: { ...plan, secret: null },
				remarks: plan.remarks,
			});
		}
		const issued = await issueSuccessor(this.api, old, plan, wish, list.clock).catch(
			(failure: unknown) => {
				// It may come to be, and the next run finds it by then.
				if (failure instanceof Failure && failure.kind === 'lost') return failure;
				throw failure;
			},
		);
		return issued instanceof Failure
			? this.outcome('unknown', sight, { due: old, failure: issued })
			: this.outcome('rotated', sight, { due: old, issued, remarks: issued.remarks });
	}

	/**
	 * Revokes what the stored key took the place of, one key after the other: listing and proving again
	 * before each, since another run may be at it.
	 *
	 * @param isStill Whether the store still opens a key that is not due.
	 */
	private async retire(
		first: Sight,
		key: Member,
		isStill: (sight: Sight) => boolean,
	): Promise<Outcome> {
		let sight = first;
		for (let turn = 0; turn < MOST_TURNS; turn++) {
			const current = sight;
			const { stored } = current;
			if (stored?.id !== key.id || !isStill(current)) {
				const remark = 'The store has changed while this run was at work: it revoked nothing more.';
				return this.outcome('inProgress', current, { key, remarks: [remark] });
			}
			const next = this.othersOf(current).find(
				(one) => !this.obstacle(one, current, this.wish.overlapMs),
			);
			if (!next || this.wish.dryRun) break;
			await this.remove(next);
			sight = await this.look();
		}
		const seen = sight;
		const kept = this.othersOf(seen).map(
			(one) =>
				this.obstacle(one, seen, this.wish.overlapMs) ?? {
					id: one.id,
					why: 'a dry run revokes nothing',
					until: seen.now,
				},
		);
		const isIdle = kept.length === 0 && this.deleted.length === 0;
		return this.outcome(isIdle ? 'nothingToDo' : 'resumed', seen, { key, kept });
	}

	private othersOf({ lineage, stored }: Sight): Member[] {
		return liveOnes(lineage).filter((one) => one !== stored);
	}

	/**
	 * What stands against revoking a key; nothing where it is provably of this lineage, old enough, and
	 * not the one that the credential uses.
	 *
	 * @param overlapMs How old the stored key must be before one that was made earlier goes.
	 */
	private obstacle(one: Member, { stored, now }: Sight, overlapMs: number): Kept | undefined {
		const { id, age } = one;
		const why = this.stuck.get(id) ?? this.reasonToKeep(one);
		if (why !== undefined || age === undefined) return { id, why: why ?? UNTOLD_AGE };
		const isOld = stored !== undefined && isOlder(one, stored);
		if (isOld && overlapMs > 0 && stored.age === undefined) {
			return { id, why: `of ${stored.id}, which took its place, ${UNTOLD_AGE}` };
		}
		const wait = Math.max(GRACE_MS - age, isOld ? overlapMs - (stored.age ?? overlapMs) : 0);
		return wait > 0
			? { id, why: 'it is too young, or its successor is', until: now + wait }
			: undefined;
	}

	private reasonToKeep({ id, age, ambiguous }: Member): string | undefined {
		if (ambiguous) {
			return 'another key bears the same mark: a person has to find out which one is which';
		}
		if (age === undefined) return UNTOLD_AGE;
		if (id === this.api.ownKeyId && this.api.hasOwnKey) {
			return 'the credential of this node uses it';
		}
		return undefined;
	}

	private async remove(one: Member): Promise<void> {
		const { fate, failure } = await removeKey(this.api, one.id);
		if (fate === 'gone') {
			this.deleted.push(one.id);
			return;
		}
		const why = failure?.message ?? 'Cortex XSIAM deleted no key';
		this.stuck.set(
			one.id,
			fate === 'there'
				? `it could not be revoked: ${why}`
				: `nobody knows if it was revoked: ${why}`,
		);
	}

	private outcome(
		status: Status,
		{ lineage, proof }: Pick<Sight, 'lineage'> & Partial<Sight>,
		more: Partial<Outcome> = {},
	): Outcome {
		const stuck = [...this.stuck].map(([id, why]) => ({ id, why }));
		return {
			status,
			lineage,
			...(proof && { proof }),
			deleted: this.deleted,
			kept: stuck,
			remarks: [],
			...more,
		};
	}
}

function outsider(id: string, lineage: Lineage): Failure {
	const ids = liveOnes(lineage)
		.map((one) => one.id)
		.join(', ');
	return new Failure(
		`'Stored Secret' opens the API key ${id}, which is not one of the lineage ${lineage.id}`,
		{
			kind: 'refused',
			description: `Its live keys are ${ids || 'none'}. Nothing was issued and nothing revoked. Either the wrong place of the store was read, or the key ${id} was put there by somebody: check which one its users need.`,
		},
	);
}
