import { levelOf } from '../../api/schemas';
import type { ApiKeyRecord } from '../../api/schemas';
import { noSuchKey } from '../../api/client';
import { commentFor } from '../../api/rotation';
import { DAY_MS, epochTime } from '../../../shared/dates';
import { Failure } from '../../../shared/failure';
import { hasExpired } from './apiKeyItem';

/** Which keys are to be rotated. */
export type Choice =
	| { by: 'apiKey'; id: string }
	| { by: 'comment'; comment: string }
	| { by: 'expiring'; days: number };

/**
 * The keys that are to be rotated; the credential's own comes last, since it may end the run.
 *
 * @throws Failure where one key is named, and there is none, or more than one
 */
export function chosenKeys(keys: ApiKeyRecord[], choice: Choice, ownKeyId: string): ApiKeyRecord[] {
	if (choice.by === 'apiKey') {
		const key = keys.find(({ id }) => id === choice.id);
		if (!key) throw noSuchKey(choice.id);
		return [key];
	}
	const live = keys.filter((key) => hasExpired(key) !== true);
	if (choice.by === 'comment') return [onlyOne(live, choice.comment)];
	const latest = Date.now() + choice.days * DAY_MS;
	const isOwn = ({ id }: ApiKeyRecord) => Number(id === ownKeyId);
	return live
		.filter(({ expiration }) => typeof expiration === 'number' && expiration <= latest)
		.sort((a, b) => isOwn(a) - isOwn(b) || (a.expiration ?? 0) - (b.expiration ?? 0));
}

function onlyOne(live: ApiKeyRecord[], comment: string): ApiKeyRecord {
	const found = live.filter((key) => key.comment?.trim() === comment);
	const [key, ...others] = found;
	if (!key) {
		throw new Failure(`No API key that works has the comment '${comment}'`, {
			kind: 'refused',
			description: "'Comment' must be the whole comment, in the same letters as in the console.",
		});
	}
	if (others.length === 0) return key;
	const listed = found.map(
		({ id, creation_time: created, expiration }) =>
			`${id} (created ${epochTime(created) ?? 'nobody knows when'}, expires ${epochTime(expiration) ?? 'never'})`,
	);
	throw new Failure(`${found.length} API keys that work have the comment '${comment}'`, {
		kind: 'refused',
		description: `Which one is meant cannot be told: ${listed.join(', ')}. Choose it by ID. An older one that was rotated already can be deleted.`,
	});
}

/**
 * The newest key that has taken the place of another one: with its comment, roles and level, made later,
 * and not expiring before it. A key without a comment is known by what its successor's comment says.
 */
export function successorOf(old: ApiKeyRecord, keys: ApiKeyRecord[]): ApiKeyRecord | undefined {
	const comment = old.comment?.trim() || commentFor(old.id);
	return keys
		.filter(
			(key) =>
				key.id !== old.id &&
				key.comment?.trim() === comment &&
				hasExpired(key) !== true &&
				isNewer(key, old) &&
				mayDoTheSame(key, old) &&
				(typeof old.expiration !== 'number' || (key.expiration ?? Infinity) > old.expiration),
		)
		.sort((a, b) => (isNewer(a, b) ? -1 : 1))[0];
}

/** A comment alone may stand on keys for different things. */
function mayDoTheSame(a: ApiKeyRecord, b: ApiKeyRecord): boolean {
	const traits = (key: ApiKeyRecord) =>
		JSON.stringify([[...(key.roles ?? [])].sort(), levelOf(key)]);
	return traits(a) === traits(b);
}

function isNewer(a: ApiKeyRecord, b: ApiKeyRecord): boolean {
	const isTold = typeof a.creation_time === 'number' && typeof b.creation_time === 'number';
	if (isTold && a.creation_time !== b.creation_time) {
		return Number(a.creation_time) > Number(b.creation_time);
	}
	return Number(a.id) > Number(b.id);
}
