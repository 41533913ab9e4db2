import type { CortexXsiamApi } from '../../api/client';
import { mayStillCome, openMarksOf, resolveMark, wasLostBy } from '../../api/issuance';
import { lineagesOf, liveOnes } from '../../api/lineages';
import type { Member } from '../../api/lineages';
import { callHash } from '../../api/mark';
import { prove } from '../../api/proof';
import type { Proof } from '../../api/proof';
import { removeKey } from '../../api/removal';
import { Failure, nothingIssuedYet } from '../../../shared/failure';
import { NotInTime } from '../../../shared/tooMany';
import type { Call } from '../../../shared/operation';
import { DRY_RUN, UNKNOWN_FATE, obstacleTo } from './rotationKept';
import type { Kept, Outcome, Status } from './rotationOutcome';
import { FRESH_MS, othersOf, outsider, staleRead } from './rotationSight';
import type { Sight } from './rotationSight';
import { chosenLineage, isDue, isDueAtFinish, templateOf } from './rotationTarget';
import type { RotateWish, Wish } from './rotationWish';
import { issueSuccessor, planSuccessor } from './successor';

/** A lineage with so many live keys is not given another one. */
const MOST_LIVE = 3;

/** The same where the store opens none of them, so that another one is the only repair. */
const MOST_LIVE_UNSTORED = 5;

/** A proof is good for a deletion that is sent so soon after it; else everything is looked at again. */
const PROVED_MS = 5 * 60_000;

/** How often a deletion may come too late. */
const MOST_LATE = 3;

const LISTED_STILL = 'the tenant answered that it was revoked, and still lists it';

/** One run over one lineage, which may die at any call: the next one finds out where it stopped. */
export class Rotation {
	private readonly deleted: string[] = [];

	/** Those of them whose answers an earlier try of this call had lost. */
	private readonly deletedOfEarlierTry: string[] = [];

	/** Keys that could not be deleted, and why. */
	private readonly stuck = new Map<string, string>();

	/** Those of the deleted ones that the last list still had. */
	private listedStill: string[] = [];

	/** By `performance.now()`; what was looked at then is what a deletion rests on. */
	private lookedAt = 0;

	/** How often the queue has kept a deletion up for too long. */
	private late = 0;

	/** Known from the first look on: the key that named it may be revoked by then. */
	private lineageId?: string;

	constructor(
		private readonly api: CortexXsiamApi,
		private readonly wish: Wish,
		private readonly call: Pick<Call, 'isRetry' | 'identity'>,
	) {}

	/**
	 * Issues a successor where the key that the store opens is due, or where it opens none; else takes
	 * up what an earlier run left.
	 *
	 * @throws Failure where the store opens a key outside the lineage, where no key can be issued, or
	 * where one that was issued does not work
	 */
	async rotate(wish: RotateWish): Promise<Outcome> {
		return await this.accounted(async () => {
			for (;;) {
				const seen = await this.look();
				if ('status' in seen) return seen;
				const { lineage, stored, now } = seen;
				if (stored && !isDue(stored, wish.target, now)) {
					return await this.retire(seen, stored, ({ stored: one, now: later }) => {
						return one !== undefined && !isDue(one, wish.target, later);
					});
				}
				const due = stored ?? templateOf(lineage, wish.target);
				const others = othersOf(seen);
				const lost = wish.dryRun ? undefined : this.lostByCall(others);
				if (lost) {
					await this.removeLost(lost);
					continue;
				}
				const open = openMarksOf(this.callName, this.api);
				if (open.length > 0) {
					return this.outcome('unknown', seen, { due, failure: mayStillCome(open) });
				}
				const young = others.find(({ age }) => (age ?? Infinity) < wish.takenOverAfterMs);
				if (young) return this.outcome('inProgress', seen, { key: young, due });
				// Where the store opens nothing, each of them may be the one that somebody uses.
				const abandoned = stored ? others.filter((one) => !this.obstacle(one, seen)) : [];
				const [next] = abandoned;
				if (next && !wish.dryRun) {
					await this.remove(next);
					continue;
				}
				// Those of which nobody knows if they are of the lineage wait for a person, and it goes on.
				const known = liveOnes(lineage).filter((one) => one === stored || !one.ambiguous);
				const left = known.length - abandoned.length;
				if (left >= (stored ? MOST_LIVE : MOST_LIVE_UNSTORED)) {
					return this.outcome('blocked', seen, { due, ...(stored && { kept: this.keptOf(seen) }) });
				}
				return await this.issue(wish, seen, due);
			}
		});
	}

	/**
	 * Revokes the keys of a lineage that the stored one replaced, or that were never stored.
	 *
	 * @throws Failure where the store opens a key outside the lineage
	 */
	async finish(): Promise<Outcome> {
		return await this.accounted(async () => {
			const seen = await this.look();
			if ('status' in seen) return seen;
			const { stored } = seen;
			if (!stored) return this.outcome('notProved', seen);
			const isOver = ({ stored: one, lineage, now }: Sight) =>
				one !== undefined && !isDueAtFinish(one, lineage, this.wish.target, now);
			if (!isOver(seen)) return this.outcome('dueKeyStored', seen, { key: stored, due: stored });
			const outcome = await this.retire(seen, stored, isOver);
			if (!['resumed', 'nothingToDo'].includes(outcome.status)) return outcome;
			return { ...outcome, status: outcome.kept.length > 0 ? 'waiting' : 'finished' };
		});
	}

	/** What was revoked, or may have been, before a run failed is said with the failure. */
	private async accounted(run: () => Promise<Outcome>): Promise<Outcome> {
		return await run().catch((thrown: unknown) => {
			if (!(thrown instanceof Failure)) throw thrown;
			const revoked =
				this.deleted.length > 0 &&
				`Before that, this run revoked ${this.deleted.join(', ')}, which the stored key has replaced or which were never stored.`;
			const others = [...this.stuck].map(([id, why]) => `The key ${id}: ${why}.`);
			throw thrown.plus([revoked, ...others].filter(Boolean).join(' '));
		});
	}

	/**
	 * The keys of the lineage, and what the store opens now.
	 *
	 * @returns the outcome where nothing may be done by what the store answered
	 */
	private async look(): Promise<Sight | Outcome> {
		const { api, wish } = this;
		this.lookedAt = performance.now();
		const listed = await this.list();
		const stale = staleRead(wish.stored, this.call.isRetry);
		if (stale !== undefined) return this.outcome('staleRead', listed, { remarks: [stale] });
		const { list, lineage } = listed;
		const proof: Proof =
			wish.target.by === 'ownKey'
				? // The list was read with it.
					{ opens: 'key', id: api.ownKeyId }
				: wish.stored?.value === undefined
					? { opens: 'nothing' }
					: await prove(api, wish.stored.value, lineage, list).catch(nothingIssuedYet);
		if (proof.opens === 'outsider') throw outsider(proof, lineage);
		const sight = { ...listed, proof };
		if (proof.opens === 'unclear') return this.outcome('unclear', sight, { remarks: [proof.why] });
		const stored =
			proof.opens === 'key' ? lineage.members.find(({ id }) => id === proof.id) : undefined;
		return { ...sight, ...(stored && { stored }) };
	}

	private async list(): Promise<Pick<Sight, 'list' | 'now' | 'lineage'>> {
		const list = await this.api.listKeys().catch(nothingIssuedYet);
		// What this run has revoked is not revoked again, however long the tenant lists it.
		const keys = list.keys.filter(({ id }) => !this.deleted.includes(id));
		this.listedStill = this.deleted.filter((id) => list.keys.some((key) => key.id === id));
		const lineages = lineagesOf({ ...list, keys });
		const known = this.lineageId === undefined ? undefined : lineages.get(this.lineageId);
		const lineage = known ?? chosenLineage(lineages, this.wish.target, this.api);
		this.lineageId = lineage.id;
		return { list, now: list.clock.atLeast(), lineage };
	}

	private async issue(wish: RotateWish, sight: Sight, old: Member): Promise<Outcome> {
		const { lineage, list } = sight;
		const plan = await planSuccessor(this.api, old, lineage.id, wish, list.clock);
		// Beside a stored key; of others, those that wait for a person.
		const kept = this.keptOf(sight).filter(
			({ until }) => until === undefined || (wish.dryRun && sight.stored),
		);
		if (wish.dryRun) {
			const planned = { ...plan, secret: null };
			return this.outcome('planned', sight, {
				due: old,
				issued: planned,
				kept,
				remarks: plan.remarks,
			});
		}
		const marking = { clock: list.clock, call: this.callName };
		const issued = await issueSuccessor(this.api, old, plan, wish, marking).catch(
			(failure: unknown) => {
				// It may come to be, and the next run finds it by then.
				if (failure instanceof Failure && failure.kind === 'lost') return failure;
				throw failure;
			},
		);
		return issued instanceof Failure
			? this.outcome('unknown', sight, { due: old, failure: issued })
			: this.outcome('rotated', sight, { due: old, issued, kept, remarks: issued.remarks });
	}

	/**
	 * Revokes what the stored key replaced, one key after the other: listing and proving again
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
		for (;;) {
			const { stored } = sight;
			if (stored?.id !== key.id || !isStill(sight)) {
				const remark = 'The store has changed while this run was at work: it revoked nothing more.';
				return this.outcome('inProgress', sight, { key, remarks: [remark] });
			}
			const current = sight;
			const next = othersOf(sight).find((one) => !this.obstacle(one, current));
			if (!next || this.wish.dryRun) break;
			await this.remove(next);
			const seen = await this.look();
			if ('status' in seen) return seen;
			sight = seen;
		}
		const kept = this.keptOf(sight);
		const isIdle = kept.length === 0 && this.deleted.length === 0;
		return this.outcome(isIdle ? 'nothingToDo' : 'resumed', sight, { key, kept });
	}

	/** The keys beside the stored one, and why each is still there. */
	private keptOf(sight: Sight): Kept[] {
		return othersOf(sight).map(
			(one) => this.obstacle(one, sight) ?? { id: one.id, why: DRY_RUN, until: sight.now },
		);
	}

	/** What stands against revoking a key. */
	private obstacle(one: Member, sight: Sight): Kept | undefined {
		const { overlapMs } = this.wish;
		return obstacleTo(one, sight, { overlapMs, ownKeyId: this.api.ownKeyId, stuck: this.stuck });
	}

	/** What names this call in a record of lost answers. */
	private get callName(): string {
		return callHash('rotation', ...this.call.identity);
	}

	/** A key that nobody can know the secret of, since an earlier try of this very call lost its answer. */
	private lostByCall(others: Member[]): Member | undefined {
		return others.find(
			({ id, mark, ambiguous }) =>
				mark && !ambiguous && !this.stuck.has(id) && wasLostBy(this.callName, mark),
		);
	}

	private async removeLost(one: Member): Promise<void> {
		await this.remove(one);
		if (!this.deleted.includes(one.id)) return;
		if (one.mark) resolveMark(one.mark);
		this.deletedOfEarlierTry.push(one.id);
	}

	private async remove(one: Member): Promise<void> {
		const inTime = this.api.within(this.provedFor());
		const { fate, failure } = await removeKey(inTime, one.id);
		if (failure instanceof NotInTime && ++this.late < MOST_LATE) return;
		if (fate === 'gone') {
			this.deleted.push(one.id);
			return;
		}
		const why = failure?.message ?? 'Cortex XSIAM deleted no key';
		this.stuck.set(
			one.id,
			fate === 'there' ? `it could not be revoked: ${why}` : `${UNKNOWN_FATE}: ${why}`,
		);
	}

	/**
	 * For how many milliseconds a deletion may be sent by what was looked at: requests of others can keep it
	 * in the queue for hours, and what the store answered must not be an hour old by then.
	 */
	private provedFor(): number {
		const { stored } = this.wish;
		const fresh = stored ? stored.readAt + FRESH_MS - Date.now() : PROVED_MS;
		return Math.min(PROVED_MS - (performance.now() - this.lookedAt), fresh);
	}

	private outcome(
		status: Status,
		{ lineage, proof }: Pick<Sight, 'lineage'> & Partial<Sight>,
		more: Partial<Outcome> = {},
	): Outcome {
		const { kept = [] } = more;
		// Those that the list lacks as well: nobody knows if they are gone.
		const stuck = [...this.stuck].filter(([id]) => !kept.some((one) => one.id === id));
		return {
			status,
			lineage,
			...(proof && { proof }),
			remarks: [],
			...more,
			deleted: this.deleted,
			deletedOfEarlierTry: this.deletedOfEarlierTry,
			kept: [
				...kept,
				...stuck.map(([id, why]) => ({ id, why })),
				...this.listedStill.map((id) => ({ id, why: LISTED_STILL, until: Date.now() })),
			],
		};
	}
}
