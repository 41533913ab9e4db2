import type { IDataObject } from 'n8n-workflow';
import { isOlder, liveOnes } from '../../api/lineages';
import type { Member } from '../../api/lineages';
import { userComment } from '../../api/mark';
import { levelOf } from '../../api/schemas';
import { epochTime } from '../../../shared/dates';
import type { Result } from '../../../shared/operation';
import { item } from '../shared/operation';
import { expiryText, untoldExpiry } from './lineageItem';
import { deletedBefore } from './earlierTry';
import { DRY_RUN, UNKNOWN_FATE } from './rotationKept';
import type { Kept, Outcome, Status } from './rotationOutcome';
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
	const { status, lineage, issued, due, key, deleted, kept, proof } = outcome;
	const live = liveOnes(lineage);
	const about = key ?? live.at(-1) ?? due;
	const byHand = kept.filter(({ until }) => until === undefined);
	const details = detailsOf(outcome);
	const nextStep = nextStepOf(outcome);
	const hasIssued = status === 'rotated';
	const shown = item('apiKey', {
		id: issued?.id ?? key?.id ?? null,
		secret: hasIssued ? (issued?.secret ?? null) : null,
		status,
		needsAttention:
			NEEDS_ATTENTION.includes(status) || byHand.length > 0 || untoldExpiry(live).length > 0,
		lineage: lineage.id,
		comment: about ? userComment(about.key.comment) : null,
		roles: issued?.request.roles ?? about?.key.roles ?? [],
		securityLevel: issued?.request.security_level ?? (about ? levelOf(about.key) : null),
		expiresAt: issued ? expiryOf(issued) : epochTime(key?.key.expiration),
		oldId: due?.id ?? null,
		oldExpiresAt: epochTime(due?.key.expiration),
		storeOpens: proof?.opens === 'key' ? proof.id : null,
		liveKeys: [...live.map(({ id }) => id), ...(issued?.id ? [issued.id] : [])],
		deletedKeys: deleted,
		keptKeys: kept.map(({ id, why, until }) => ({ id, why, until: epochTime(until) })),
		scopeCopied: issued?.scopeCopied ?? false,
		details,
		nextStep,
	});
	return {
		item: shown,
		raw: {
			...(issued?.body as IDataObject | undefined),
			status,
			lineage: lineage.id,
			details,
			nextStep,
			keys: lineage.members.map((member) => member.key) as unknown as IDataObject[],
			deletedKeys: deleted,
		},
		...(outcome.deletedOfEarlierTry.length > 0 && {
			ofEarlierTry: deletedBefore(outcome.deletedOfEarlierTry),
		}),
		// Of what may exist a node that stops has to tell, too.
		issued: hasIssued || status === 'unknown',
		ifNotReturned: ifNotReturned(outcome),
		hints: shown.needsAttention ? [`Lineage ${lineage.id}: ${details} ${nextStep}`] : [],
	};
}

/** For where the node stops, and nobody gets the item. */
function ifNotReturned({ status, lineage, failure }: Outcome): string | undefined {
	if (status === 'unknown') {
		return `of the lineage ${lineage.id}, if it exists: ${failure?.description ?? 'its answer was lost'}`;
	}
	return status === 'rotated'
		? `of the lineage ${lineage.id}: nobody has its secret, so a later run revokes it when it is 12 hours old, and issues another one; no other key was revoked for it`
		: undefined;
}

function detailsOf(outcome: Outcome): string {
	const { lineage, deleted, kept, remarks, failure, issued } = outcome;
	const isNew = issued?.id !== undefined;
	const gone = deleted.filter((id) => kept.every((one) => one.id !== id));
	return together(
		storeText(outcome),
		isNew && `The key ${issued.id} was issued, and works until ${expiryOf(issued)}.`,
		`${isNew ? 'Beside it these keys of the lineage are live' : 'Live keys of the lineage'}: ${
			liveOnes(lineage).map(described).join(', ') || 'none'
		}.`,
		gone.length > 0 && `Revoked by this run: ${gone.join(', ')}.`,
		...kept.map(keptText),
		lineage.copies.length > 0 &&
			`Not touched, because their marks are copies: ${lineage.copies.join(', ')}.`,
		...untoldExpiry(liveOnes(lineage)),
		...remarks,
		failure && `${failure.message}. ${failure.description ?? ''}`,
	);
}

const ODD =
	" What it gave is no key as this node gives them out: 'Stored Secret' takes 'ID:key', or the key alone, with nothing around it.";

function storeText({ proof, due, key, status }: Outcome): string | false {
	if (!proof) return 'The store was not tried.';
	switch (proof.opens) {
		case 'key': {
			const isDue = due?.id === proof.id || (status === 'dueKeyStored' && key?.id === proof.id);
			return `The store opens the key ${proof.id}, which is ${isDue ? '' : 'not '}to be replaced.`;
		}
		case 'unclear':
			return 'It is not known which key the store opens.';
		default:
			return `The store opens no key of the lineage.${'odd' in proof && proof.odd ? ODD : ''}`;
	}
}

function described({ id, key }: Member): string {
	return `${id} (expires ${expiryText(key)})`;
}

function keptText({ id, why, until }: Kept): string {
	if (why.startsWith(UNKNOWN_FATE)) return `The key ${id}: ${why}.`;
	// Of one that could go already, a time says nothing.
	return until === undefined || until <= Date.now()
		? `The key ${id} stays: ${why}.`
		: `The key ${id} stays until ${epochTime(until)}: ${why}.`;
}

function nextStepOf(outcome: Outcome): string {
	const { status, proof, issued, due, key, kept, lineage, deleted } = outcome;
	const live = idsOf(liveOnes(lineage));
	const dry = idsOf(kept.filter(({ why }) => why === DRY_RUN));
	const waits = kept.filter(({ until, why }) => until !== undefined && why !== DRY_RUN);
	const byHand = idsOf(kept.filter(({ until }) => until === undefined));
	const look = byHand && ` Look at ${byHand} in the console.`;
	const times = waits.map(({ until = 0 }) => until);
	const turnOff = dry && `Turn off Dry Run: the run then revokes ${dry}.`;
	const rest = together(
		turnOff,
		waits.length > 0 &&
			`${dry ? 'A' : 'Nothing now: a'} run of 'API Key: Rotate' or 'API Key: Finish Rotation' after ${epochTime(Math.max(...times))} revokes ${idsOf(waits)}, if the store still opens ${key?.id ?? 'the new key'} then.`,
		look.trim(),
	);
	const nothing = deleted.length > 0 ? 'Nothing more' : 'Nothing';
	switch (status) {
		case 'rotated':
			return due && liveOnes(lineage).includes(due)
				? `Store the new secret now, in one write, in place of the stored one. The key ${due.id} stays until a later run sees that the store opens ${issued?.id}.${look}`
				: `Store the new secret now, in one write, in place of what is stored.${look}`;
		case 'planned':
			return `Turn off Dry Run: the run then ${dry && `revokes ${dry}, and `}issues the key.${look}`;
		case 'resumed':
		case 'nothingToDo':
		case 'finished':
		case 'waiting':
			return rest || 'Nothing: one key is left, and the store opens it.';
		case 'inProgress':
			// Without a due key the store has changed meanwhile.
			return due
				? `Nothing now: the key ${key?.id} is new, and another run may be about to store it. The next run takes over.`
				: 'Nothing now: the next run decides by what the store holds then.';
		case 'blocked':
			// There are as many keys as there may be.
			return proof?.opens === 'key'
				? together(
						turnOff,
						`No further key is issued while ${live} are live. Find out why new secrets do not reach the store, and correct that.`,
						waits.length > 0 &&
							`A run after ${epochTime(Math.min(...times))} revokes the first of them, and goes on.`,
						look.trim(),
					)
				: `No further key is issued while ${live} are live and the store opens none of them. Find out why new secrets do not reach the store. Put one that works into it by hand, or delete in the console those that nobody uses, and run again.`;
		case 'unclear':
			return `${nothing} was issued or revoked. Check the connection between n8n and the tenant, and run again.`;
		case 'staleRead':
			return `${nothing} was issued or revoked. Start a new execution, which reads the store again.`;
		case 'unknown':
			return `Run again in an hour or later: ${proof?.opens === 'key' ? 'the key that the store opens was kept' : 'the store still opens none, and that run repairs it'}. A key that turned up is revoked by a run that finds it 12 hours old, and another one in the store.`;
		case 'notProved':
			return "Nothing was revoked. Run 'API Key: Rotate': where the store opens no key, it issues one to be stored.";
		case 'dueKeyStored':
			return dueStoredText(outcome);
	}
}

/** Where the store opens the key that was to be replaced. */
function dueStoredText({ key, lineage }: Outcome): string {
	const newer = liveOnes(lineage).filter((one) => key && one !== key && isOlder(key, one));
	return newer.length > 0
		? `Nothing was revoked: the store still holds ${key?.id}, the key to be replaced. Run 'API Key: Rotate' again and store the new secret. If ${key?.id} is in fact the new key, choose the old key or the lineage in 'Which Key'.`
		: "Nothing was revoked, since there is no newer key. Run 'API Key: Rotate', store its secret, and read the store again before 'API Key: Finish Rotation'.";
}

function idsOf(keys: Array<Pick<Kept, 'id'>>): string {
	return keys.map(({ id }) => id).join(', ');
}

function together(...sentences: Array<string | false | undefined>): string {
	return sentences.filter(Boolean).join(' ').trim();
}
