import { filters, param } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import { choice, ifGiven } from '../../../shared/input';
import { returnAllOrLimit } from '../../../shared/list';
import { first } from '../../../shared/paging';
import { identifierOf, listCredentials, listedName } from '../shared/credentialList';
import { fitsListed, listedFilters, olderThan } from '../shared/listFilters';
import { operation } from '../shared/operation';
import { automaticChangeOf } from './automaticChange';
import { DUE_AFTER_DAYS, listedKeyItem, listedKeys, rotationState } from './listedKey';
import type { ListedKey } from './listedKey';

const rotationParam = param(
	{
		displayName: 'Rotation',
		name: 'rotation',
		type: 'options',
		options: [
			{
				name: 'Due',
				value: 'due',
				description: "Older than 'Older Than (Days)', or of unknown age",
			},
			{
				name: 'Due or Unfinished',
				value: 'dueOrUnfinished',
				description: 'All keys that a rotation workflow has to work on',
			},
			{ name: 'Unfinished', value: 'unfinished', description: 'With a rotation that has begun' },
		],
		default: 'dueOrUnfinished',
		description: `Only keys whose rotation is due or has begun. A key is due at the age in 'Older Than (Days)', or else at ${DUE_AFTER_DAYS} days. A key that the vault rotates by itself, or may rotate, is never due.`,
	},
	ifGiven(choice(['due', 'dueOrUnfinished', 'unfinished'])),
);

const wanted = [...listedFilters, olderThan('keys'), rotationParam] as const;

/**
 * `GET pam/credential`, of which SSH keys are a part. Source: docs/api/senhasegura.md, "Listing
 * credentials" and "SSH keys".
 */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many SSH keys',
	description:
		'List SSH keys, without their secrets, and find those that have to be rotated. The helper records of rotations are left out.',
	readsKeys: true,
	params: [returnAllOrLimit, filters(...wanted)],
	async run(api, { most, filters: given }, { log }) {
		const zone = api.serverTimeZone;
		const days = given.olderThanDays ?? DUE_AFTER_DAYS;
		const all = listedKeys(await listCredentials(api), zone);
		const unclear = all.filter((key) => isLeftOutAsUnclear(key, given));
		const keys = all.filter((key) => fits(key, given));
		const ahead = keys.filter(({ isAhead }) => isAhead);
		const hints = [
			...(unclear.length > 0 ? [leftOut(unclear)] : []),
			...(ahead.length > 0 ? [inTheFuture(ahead)] : []),
		];
		// Where no item comes, the log is the only place.
		for (const hint of hints) log.warn(hint);
		if (given.rotation !== undefined) keys.sort(byUrgency);
		return first(keys, most).map((key) => ({
			item: listedKeyItem(key, zone, days),
			raw: key.record,
			hints,
		}));
	},
});

function fits(key: ListedKey, { rotation, ...others }: ValuesOf<typeof wanted>): boolean {
	if (rotation === undefined) return !key.isOrphan && fitsListed(key.record, others, key.age);
	// How old an unfinished one is does not matter.
	const { olderThanDays: days = DUE_AFTER_DAYS, ...texts } = others;
	const state = rotationState(key, days);
	const isWanted = rotation === 'dueOrUnfinished' ? state !== 'none' : state === rotation;
	return isWanted && fitsListed(key.record, { ...texts, olderThanDays: undefined }, key.age);
}

/**
 * What is unfinished first, beginning with what began last, so that a key that cannot go on does not hold
 * up the others; then by age.
 */
function byUrgency(one: ListedKey, other: ListedKey): number {
	const [[state, time], [otherState, otherTime]] = [urgency(one), urgency(other)];
	return otherState - state || otherTime - time;
}

function urgency({ rotation: { state, since }, age }: ListedKey): [number, number] {
	return state === 'unfinished' ? [1, since ?? 0] : [0, age ?? Number.MAX_VALUE];
}

function inTheFuture(keys: ListedKey[]): string {
	const named = keys.map(({ record }) => identifierOf(record) ?? listedName(record)).join(', ');
	return `A date of SSH keys lies in the future and does not count for their age: a clock was wrong when they were changed. ${named}.`;
}

/** Whether a key would be due if the vault told clearly that it does not change it. */
function isLeftOutAsUnclear(key: ListedKey, given: ValuesOf<typeof wanted>): boolean {
	if (automaticChangeOf(key.record) !== 'unclear' || fits(key, given)) return false;
	return fits({ ...key, record: { ...key.record, automatic_change: false } }, given);
}

function leftOut(keys: ListedKey[]): string {
	const named = keys.map(({ record }) => {
		const name = identifierOf(record) ?? listedName(record);
		return `${name} (${JSON.stringify(record.automatic_change)})`;
	});
	return `SSH keys were not counted as due, because it is not known if the vault changes them by itself: the list has 'automatic_change' in a form that the node does not understand. ${named.join(', ')}. Look at 'Enable automatic change' of these keys in the vault; where it is off, 'SSH Key: Rotate' takes 'Automatic Change Is Off'.`;
}
