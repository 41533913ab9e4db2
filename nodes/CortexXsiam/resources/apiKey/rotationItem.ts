import type { IDataObject } from 'n8n-workflow';
import { liveOnes } from '../../api/lineages';
import type { Member } from '../../api/lineages';
import { userComment } from '../../api/mark';
import { levelOf } from '../../api/schemas';
import { epochTime } from '../../../shared/dates';
import type { Result } from '../../../shared/operation';
import type { Kept, Outcome, Status } from './rotation';
import { expiryOf } from './successor';

/** After these, somebody has to look: the next run will not come further by itself. */
const NEEDS_ATTENTION: Status[] = [
	'blocked',
	'dueKeyStored',
	'notProved',
	'staleRead',
	'unclear',
	'unknown',
];

/** What a run over one lineage came to, as one item that says what to do next. */
export function rotationResult(outcome: Outcome): Result {
	const { status, lineage, issued, due, key, deleted, kept, failure } = outcome;
	const about = key ?? liveOnes(lineage).at(-1) ?? due;
	const left = [...liveOnes(lineage).map(({ id }) => id), ...(issued?.id ? [issued.id] : [])];
	const byHand = kept.filter(({ until }) => until === undefined);
	const details = detailsOf(outcome);
	const nextStep = nextStepOf(outcome);
	const item: IDataObject = {
		vendor: 'cortexXsiam',
		type: 'apiKey',
		id: issued?.id ?? key?.id ?? null,
		secret: status === 'rotated' ? (issued?.secret ?? null) : null,
		status,
		needsAttention: NEEDS_ATTENTION.includes(status) || byHand.length > 0,
		lineage: lineage.id,
		comment: about ? userComment(about.key.comment) : null,
		roles: issued?.request.roles ?? about?.key.roles ?? [],
		securityLevel: issued?.request.security_level ?? (about ? levelOf(about.key) : null),
		expiresAt: issued ? expiryOf(issued) : epochTime(key?.key.expiration),
		oldId: due?.id ?? null,
		oldExpiresAt: epochTime(due?.key.expiration),
		storeOpens: outcome.proof?.opens === 'key' ? outcome.proof.id : null,
		liveKeys: left.filter((id) => !deleted.includes(id)),
		deletedKeys: deleted,
		keptKeys: kept.map(({ id, why, until }) => ({ id, why, until: epochTime(until) })),
		scopeCopied: issued?.scopeCopied ?? false,
		details,
		nextStep,
	};
	const hasIssued = status === 'rotated';
	return {
		item,
		raw: {
			...(issued?.body as IDataObject | undefined),
			status,
			lineage: lineage.id,
			details,
			nextStep,
			keys: lineage.members.map((member) => member.key) as unknown as IDataObject[],
			deletedKeys: deleted,
		},
		issued: hasIssued,
		...(hasIssued && { ifLost: `in the lineage ${lineage.id}; ${nextStep}` }),
		hints: item.needsAttention || failure ? [`Lineage ${lineage.id}: ${details} ${nextStep}`] : [],
	};
}

function detailsOf(outcome: Outcome): string {
	const { proof, lineage, deleted, kept, remarks, failure, status } = outcome;
	const live = liveOnes(lineage).filter(({ id }) => !deleted.includes(id));
	const sentences = [
		proof && `The store ${openedBy(outcome)}.`,
		`Live keys of the lineage before anything was issued: ${live.map(described).join(', ') || 'none'}.`,
		deleted.length > 0 && `Revoked: ${deleted.join(', ')}.`,
		...kept.map(keptText),
		lineage.copies.length > 0 &&
			`The comments of these keys end with a copy of the lineage's mark, so that they are no part of it, and are left alone: ${lineage.copies.join(', ')}.`,
		...remarks,
		status === 'unknown' && failure && `${failure.message}. ${failure.description ?? ''}`,
	];
	return sentences.filter(Boolean).join(' ').trim();
}

function openedBy({ proof, due }: Outcome): string {
	switch (proof?.opens) {
		case 'key':
			return `opens the key ${proof.id}${due?.id === proof.id ? ', which is due' : ''}`;
		case 'unclear':
			return 'holds a value of which nobody can say what it opens';
		default:
			return 'opens no key of the lineage';
	}
}

function described({ id, key }: Member): string {
	return `${id} (expires ${epochTime(key.expiration) ?? 'never'})`;
}

function keptText({ id, why, until }: Kept): string {
	return until === undefined
		? `The key ${id} stays: ${why}.`
		: `The key ${id} stays until ${epochTime(until)}: ${why}.`;
}

function nextStepOf({ status, issued, due, key, kept }: Outcome): string {
	const waits = kept.filter(({ until }) => until !== undefined);
	const byHand = kept.filter(({ until }) => until === undefined);
	const later = waits.length > 0 && `A run after ${latest(waits)} revokes what is left.`;
	const hand = byHand.length > 0 && `Look at ${idsOf(byHand)} in the console.`;
	const rest = [later, hand].filter(Boolean).join(' ');
	switch (status) {
		case 'rotated':
			return `Store 'secret' now, in one write, in the place of what is stored. ${due ? `The key ${due.id} stays until a later run has seen that the store opens ${issued?.id}.` : ''}`.trim();
		case 'planned':
			return 'Turn off Dry Run to issue the key.';
		case 'resumed':
			return rest || 'Nothing: one key is left, and the store opens it.';
		case 'nothingToDo':
		case 'finished':
			return rest || 'Nothing: one key is left, and the store opens it.';
		case 'waiting':
			return rest;
		case 'inProgress':
			return `Nothing now: the key ${key?.id ?? 'issued last'} is young, and another run may be about to store it. The next run takes over.`;
		case 'blocked':
			return 'Find out why the store does not take new keys, mend that, and run again. Keys that nobody uses are revoked by a later run when they are 12 hours old.';
		case 'unclear':
			return 'Nothing was issued or revoked. Check the connection to the tenant, and run again.';
		case 'staleRead':
			return 'Nothing was issued or revoked. Start a new execution that reads the store again.';
		case 'unknown':
			return 'Run again later: a key that turned up is revoked then when it is 12 hours old, and a new one is issued.';
		case 'notProved':
			return 'Nothing was revoked. Run Rotate again: it issues a key for a store that opens none.';
		case 'dueKeyStored':
			return `Nothing was revoked: the new key did not reach the store. Run Rotate again and store its 'secret'.`;
	}
}

function latest(waits: Kept[]): string | null {
	return epochTime(Math.max(...waits.map(({ until }) => until ?? 0)));
}

function idsOf(kept: Kept[]): string {
	return kept.map(({ id }) => id).join(', ');
}
