import { noSuchKey, withoutOwnKey } from '../../api/apiKeys';
import type { CortexXsiamApi } from '../../api/client';
import { isOlder, lineageWith, liveOnes } from '../../api/lineages';
import type { Lineage, Member } from '../../api/lineages';
import { userComment } from '../../api/mark';
import { DAY_MS, epochTime } from '../../../shared/dates';
import { Failure, inputFailure } from '../../../shared/failure';
import { expiryText } from './lineageItem';
import type { Target } from './rotationWish';

/** A key that was made less than this ago is not rotated again by its comment. */
const REPEATED_RUN_MS = 60 * 60_000;

/**
 * The lineage that is meant.
 *
 * @throws Failure where there is none, or more than one
 */
export function chosenLineage(
	lineages: Map<string, Lineage>,
	target: Target,
	api: Pick<CortexXsiamApi, 'ownKeyId' | 'hasOwnKey'>,
): Lineage {
	switch (target.by) {
		case 'lineage': {
			const lineage = lineages.get(target.lineage) ?? lineageWith(lineages, target.lineage);
			if (lineage) return lineage;
			throw new Failure(`The tenant has no API key of the lineage ${target.lineage}`, {
				kind: 'refused',
				description:
					"'Lineage' is the field 'lineage' of the items of 'API Key: Get Many': the ID of the first key. All its keys may have been deleted.",
			});
		}
		case 'ownKey': {
			if (!api.hasOwnKey) {
				throw inputFailure(
					"The credential's own key is not one of the child tenant",
					"Remove 'Child Tenant ID' from the options or the credential, or choose another key in 'Which Key'.",
				);
			}
			const lineage = lineageWith(lineages, api.ownKeyId);
			if (lineage) return lineage;
			throw withoutOwnKey();
		}
		case 'apiKey': {
			// Of a key that is gone by now, its successors remain.
			const lineage = lineageWith(lineages, target.id) ?? lineages.get(target.id);
			if (lineage) return lineage;
			throw noSuchKey(target.id);
		}
		case 'comment':
			return onlyOne([...lineages.values()], target.comment);
	}
}

function onlyOne(lineages: Lineage[], comment: string): Lineage {
	const bears = ({ key }: Member) => userComment(key.comment) === comment;
	const live = lineages.filter((lineage) => liveOnes(lineage).some(bears));
	const found = live.length > 0 ? live : lineages.filter(({ members }) => members.some(bears));
	const [lineage, ...others] = found;
	if (!lineage) {
		throw new Failure(`No API key has the comment '${comment}'`, {
			kind: 'refused',
			description:
				"'Comment' must be the whole comment, in the same letters as in the console, without the mark in brackets that this node adds.",
		});
	}
	if (others.length === 0) return lineage;
	const listed = found.flatMap(({ members }) =>
		members
			.filter(bears)
			.map(
				({ id, key }) =>
					`${id} (created ${epochTime(key.creation_time) ?? 'at an unknown time'}, expires ${expiryText(key)})`,
			),
	);
	throw new Failure(
		`Several API keys that do not replace each other have the comment '${comment}'`,
		{
			kind: 'refused',
			description: `It is not clear which one is meant: ${listed.join(', ')}. Choose it by ID, or give each a comment of its own.`,
		},
	);
}

/**
 * What a new key is made like where the store opens none: never like one of which nobody knows if it
 * belongs to the lineage, since its roles may be others.
 */
export function templateOf(lineage: Lineage, target: Target): Member {
	const certain = lineage.members.filter(({ ambiguous }) => !ambiguous);
	const named = target.by === 'apiKey' && certain.find(({ id }) => id === target.id);
	const newest = certain.filter(({ live }) => live).at(-1) ?? certain.at(-1);
	const template = named || newest;
	if (template) return template;
	const ids = lineage.members.map(({ id }) => id).join(', ');
	throw new Failure(`It is not clear which of the API keys ${ids} belongs to the lineage`, {
		kind: 'refused',
		description:
			'Their comments end with the same mark: somebody copied the comment of one key to another. Nothing was issued. Find out which key is used, and delete the other one or change its comment.',
	});
}

/**
 * Whether a key that a store opens is one to be replaced. By the date or by what was asked for, never
 * by its mark.
 *
 * @param now The server's time, epoch milliseconds.
 */
export function isDue(member: Member, target: Target, now: number): boolean {
	const { expiration } = member.key;
	switch (target.by) {
		case 'lineage':
		case 'ownKey':
			return typeof expiration === 'number' && expiration <= now + target.days * DAY_MS;
		case 'apiKey':
			return member.id === target.id;
		case 'comment':
			return (member.age ?? Infinity) >= REPEATED_RUN_MS;
	}
}

/** The same for a key whose store was read back: by comment it is the one that has a successor. */
export function isDueAtFinish(
	member: Member,
	lineage: Lineage,
	target: Target,
	now: number,
): boolean {
	if (target.by !== 'comment') return isDue(member, target, now);
	return liveOnes(lineage).some((other) => other !== member && isOlder(member, other));
}
