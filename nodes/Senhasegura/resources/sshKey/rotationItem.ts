import type { IDataObject } from 'n8n-workflow';
import { KEY_SECRETS } from '../../api/schemas';
import { nullAt } from '../../../shared/secretOutput';
import type { Result } from '../../../shared/operation';
import { keyKind } from '../../sshKeys/algorithm';
import { lineageOf, lineageTag, plainComment, readTag } from '../../sshKeys/lineage';
import { publicLine } from '../../sshKeys/publicKey';
import { helperIdentifier, stamp } from '../shared/helperRecords';
import type { RotationStep } from '../shared/helperRecords';
import { item } from '../shared/operation';
import { commentOf, fingerprintOf } from './keyRecord';
import type { Pair } from './keyRecord';
import type { Rotation } from './rotation';

/** What came of a run, or would come of it. */
export interface Outcome {
	status: string;
	/** What is to be done on the hosts now; null for nothing. */
	step: RotationStep | null;
	/** Whole sentences: where the rotation stands, and what comes next. */
	details: string;
	/** The key that hosts must accept after the step. */
	key?: Pair;
	/** The key whose line goes. */
	removed?: Pair;
	/** When the step began, in epoch milliseconds. */
	since?: number | undefined;
	/** Further fields of the item. */
	more?: IDataObject;
}

/** No private key is in it: the vault keeps them, and 'Get' reads them by the identifiers. */
export function rotationResult(rotation: Rotation, outcome: Outcome): Result {
	const { id, identifier, present, hosts } = rotation;
	const { status, step, details, key, removed, since, more } = outcome;
	const { record, body } = present.read;
	const told = {
		status,
		step,
		publicKey: key ? hostLine(key, rotation) : null,
		fingerprint: key ? fingerprintOf(key) : null,
		removePublicKey: removed ? hostLine(removed, rotation) : null,
		removeFingerprint: removed ? fingerprintOf(removed) : null,
	};
	return {
		item: item('sshKey', {
			id,
			identifier,
			...told,
			secret: null,
			expiresAt: null,
			algorithm: key ? keyKind(key.blob).name : null,
			presentPublicKey: hostLine(present.pair, rotation),
			presentFingerprint: fingerprintOf(present.pair),
			presentIdentifier: identifier,
			previousIdentifier: helperIdentifier(identifier, 'previous'),
			nextIdentifier: helperIdentifier(identifier, 'next'),
			username: String(record.username ?? '') || null,
			hosts,
			since: since === undefined ? null : new Date(since).toISOString(),
			details,
			...more,
		}),
		raw: { ...(nullAt(body, KEY_SECRETS) as IDataObject), identifier, ...told, details, ...more },
	};
}

/**
 * A line for `authorized_keys`, of plain characters only: it becomes part of a shell command. A key that
 * a rotation has made ends with its tag, also where the vault has not kept the comment.
 */
function hostLine(pair: Pair, { id, identifier, next }: Rotation): string {
	const comment = commentOf(pair);
	const isNext = next?.record !== undefined && pair.blob.equals(next.record.pair.blob);
	const at = isNext && next.mark?.state === 'next' ? next.mark.at : undefined;
	const tag =
		readTag(comment) === undefined && at !== undefined
			? lineageTag(lineageOf(id, identifier), stamp(at))
			: '';
	return [publicLine(pair.blob), plainComment(comment), tag]
		.filter((part) => part !== '')
		.join(' ');
}
