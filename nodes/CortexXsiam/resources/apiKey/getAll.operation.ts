import type { IDataObject } from 'n8n-workflow';
import type { KeyQuery } from '../../api/apiKeys';
import type { Filter } from '../../api/calls';
import type { CortexXsiamApi } from '../../api/client';
import { lineagesOf, liveOnes } from '../../api/lineages';
import type { Lineage, Member } from '../../api/lineages';
import { DAY_MS } from '../../../shared/dates';
import { additionalFields, filters, group, param } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import { expiresWithin, expiresWithinParam } from '../../../shared/expiring';
import { asTexts } from '../../../shared/read';
import { choice, ifGiven, textList } from '../../../shared/input';
import { returnAllOrLimit } from '../../../shared/list';
import type { Result } from '../../../shared/operation';
import { FILTERED_HERE, hasPart, textFilterParam } from '../../../shared/textFilter';
import { operation } from '../shared/operation';
import { apiKeyItem } from './apiKeyItem';
import { anySecurityLevel, apiKeyIds, rolesParam, securityLevelParam } from './fields';
import { lineageResult, lineageState } from './lineageItem';
import type { LineageState } from './lineageItem';
import { roleNamesOf } from './roleNames';

const rotations = ['dueOrUnfinished', 'due', 'unfinished', 'all'] as const;

type Rotation = (typeof rotations)[number];

/** How many days before it expires a key is due, where nobody says. */
const DUE_DAYS = 14;

const expiries = ['expired', 'live', 'never'] as const;

const sorts = ['expirationAscending', 'expirationDescending', 'roles'] as const;

const SORTS: Record<(typeof sorts)[number], KeyQuery['sort']> = {
	expirationAscending: { field: 'expiration', keyword: 'asc' },
	expirationDescending: { field: 'expiration', keyword: 'desc' },
	roles: { field: 'roles', keyword: 'asc' },
};

const wanted = group(
	param(
		{
			displayName: 'API Key IDs',
			name: 'ids',
			type: 'string',
			default: '',
			placeholder: 'e.g. 4267, 4268',
			description: 'Only these keys: numbers, separated by commas',
		},
		apiKeyIds,
	),
	textFilterParam(
		{ displayName: 'Comment Contains', name: 'commentContains' },
		'A part of the comment',
	),
	textFilterParam(
		{ displayName: 'Created By', name: 'createdBy', placeholder: 'e.g. ada@example.com' },
		"A part of the creator's email address or name, which is 'Public API - ID' where another key made it",
	),
	expiresWithinParam('expiringWithinDays', 14, 'keys', 'Keys that never expire are left out.'),
	param(
		{
			displayName: 'Expiry',
			name: 'expiry',
			type: 'options',
			options: [
				{ name: 'Expired', value: 'expired', description: 'Keys that no longer work' },
				{
					name: 'Live',
					value: 'live',
					description: 'Keys that work, including those that never expire',
				},
				{ name: 'Never Expires', value: 'never', description: 'Keys without an expiration' },
			],
			default: 'live',
			description: `Only keys of this kind. ${FILTERED_HERE} for 'Live'.`,
		},
		ifGiven(choice(expiries)),
	),
	param(
		{
			displayName: 'Rotation',
			name: 'rotation',
			type: 'options',
			options: [
				{ name: 'All Lineages', value: 'all', description: 'Whatever their state' },
				{
					name: 'Due',
					value: 'due',
					description: 'A live key expires soon, or all have expired',
				},
				{
					name: 'Due or Unfinished',
					value: 'dueOrUnfinished',
					description: 'For a schedule that rotates what is due, and resumes what has stopped',
				},
				{
					name: 'Unfinished',
					value: 'unfinished',
					description: 'More than one key is live, or none is',
				},
			],
			default: 'dueOrUnfinished',
			description: `Returns one item for each lineage, which is a row of keys that replaced each other, instead of one item for each key. A key is due when it expires within 'Expires Within (Days)', or ${DUE_DAYS} if that is not set.`,
		},
		ifGiven(choice(rotations)),
	),
	rolesParam(
		`Only keys with at least one of these roles. Cortex XSIAM filters by one role. ${FILTERED_HERE} for several.`,
		textList,
	),
	securityLevelParam(ifGiven(anySecurityLevel), `Only keys of this level. ${FILTERED_HERE}.`),
);

type Wanted = ValuesOf<[typeof wanted]>;

/**
 * `POST /public_api/v1/api_keys/get_api_keys`. Source: docs/api/cortex-xsiam.md, "Listing API keys".
 */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many API keys',
	description: 'Get API keys, for example those that expire soon, without their secrets',
	readsKeys: true,
	params: [
		returnAllOrLimit,
		filters(wanted),
		additionalFields(
			param(
				{
					displayName: 'Sort',
					name: 'sort',
					type: 'options',
					options: [
						{ name: 'By Roles', value: 'roles' },
						{ name: 'Latest Expiration First', value: 'expirationDescending' },
						{ name: 'Soonest Expiration First', value: 'expirationAscending' },
					],
					default: 'expirationAscending',
					description: 'The order that Cortex XSIAM lists them in',
				},
				ifGiven(choice(sorts)),
			),
		),
	],
	async *run(api, { most, filters: wanted, additionalFields: { sort } }) {
		// In whatever letters a name is given here, it is found.
		const hasIds = wanted.roles.some((role) => role.includes('_'));
		const given = hasIds ? { ...wanted, roles: await roleNamesOf(api, wanted.roles) } : wanted;
		if (given.rotation !== undefined) {
			yield* (await lineages(api, given, given.rotation)).slice(0, most);
			return;
		}
		const now = Date.now();
		const query = {
			filters: serverFilters(given, now),
			sort: sort && SORTS[sort],
			most: isUnfiltered(given) ? most : Infinity,
		};
		let count = 0;
		for await (const row of api.keys(query)) {
			const item = apiKeyItem(row);
			if (!isWanted(item, given, now)) continue;
			yield { item, raw: row };
			if (++count >= most) return;
		}
	},
});

/** One result for each lineage in the state that was asked for, the most urgent first. */
async function lineages(api: CortexXsiamApi, given: Wanted, rotation: Rotation): Promise<Result[]> {
	const list = await api.listKeys();
	const now = list.clock.now();
	const { expiringWithinDays: days = DUE_DAYS, ...others } = given;
	// A lineage is wanted where one of its keys is.
	const isWantedNow = (key: Member['key']) =>
		isWanted(apiKeyItem(key as IDataObject), { ...others, expiringWithinDays: undefined }, now);
	return [...lineagesOf(list).values()]
		.map((lineage) => ({ lineage, state: lineageState(lineage, now, days) }))
		.filter(({ state: { due, unfinished } }) => {
			return { all: true, due, unfinished, dueOrUnfinished: due || unfinished }[rotation];
		})
		.filter(({ lineage }) => lineage.members.some(({ key }) => isWantedNow(key)))
		.sort((a, b) => urgency(a, now) - urgency(b, now))
		.map(({ lineage, state }) => lineageResult(lineage, state, now));
}

/** A rotation that has had no live key for so long was given up. */
const GIVEN_UP_MS = 30 * DAY_MS;

/**
 * When the first live key expires. Rotations that have none left come first; those that were given up, and
 * keys that nobody has rotated and that have expired, come last, since with a limit they would hold up all
 * others.
 */
function urgency({ lineage, state }: { lineage: Lineage; state: LineageState }, now: number) {
	const live = liveOnes(lineage);
	if (live.length > 0) return Math.min(...live.map(({ key }) => key.expiration ?? NEVER));
	const isRotated = lineage.members.some(({ id }) => id !== lineage.id);
	return isRotated && now - (state.unfinishedSince ?? 0) < GIVEN_UP_MS ? 0 : LAST;
}

const NEVER = Number.MAX_SAFE_INTEGER;

/** Behind keys that never expire. */
const LAST = Number.MAX_VALUE;

/**
 * What the tenant can filter by. What it makes of several roles, and of keys that never expire, is not
 * documented: those are chosen here.
 */
function serverFilters({ ids, roles, expiringWithinDays: days, expiry }: Wanted, now: number) {
	const until = days === undefined ? undefined : now + days * DAY_MS;
	const latest = expiry === 'expired' ? now : until;
	const list: Array<Filter | false> = [
		ids.length > 0 && { field: 'id', operator: 'in', value: ids.map(Number) },
		roles.length === 1 && { field: 'roles', operator: 'contains', value: roles },
		until !== undefined && { field: 'expiration', operator: 'gte', value: now },
		latest !== undefined && { field: 'expiration', operator: 'lte', value: latest },
	];
	return list.filter((entry) => entry !== false);
}

/** Then no more records are read than are wanted. */
function isUnfiltered(given: Wanted): boolean {
	return Object.values(given).every(
		(value) => value === undefined || (Array.isArray(value) && value.length === 0),
	);
}

function isWanted(item: IDataObject, given: Wanted, now: number): boolean {
	const { ids, roles, expiringWithinDays: days, expiry, securityLevel, createdBy } = given;
	const expires = typeof item.expiresAt === 'string' ? Date.parse(item.expiresAt) : undefined;
	const has = asTexts(item.roles).map(fold);
	return [
		// The tenant was asked for these two, and a step that changes what it gave must not meet others.
		ids.length === 0 || typeof item.id !== 'string' || ids.includes(item.id),
		roles.length === 0 ||
			has.length === 0 ||
			item.rolesText !== undefined ||
			roles.some((role) => has.includes(fold(role))),
		days === undefined ||
			expiresWithin(item.expired === null ? null : (expires ?? Infinity) - now, days),
		expiry !== 'expired' || item.expired === true,
		expiry !== 'live' || item.expired !== true,
		expiry !== 'never' || (item.expired === false && expires === undefined),
		securityLevel === undefined || item.securityLevel === securityLevel,
		hasPart(createdBy, item.createdBy, item.createdByName),
		hasPart(given.commentContains, item.comment),
	].every(Boolean);
}

function fold(text: string): string {
	return text.toLowerCase();
}
