import { isClosed, refusalsOfNewKey } from '../../api/apiKeyErrors';
import type { CortexXsiamApi } from '../../api/client';
import { issueKey } from '../../api/issuance';
import type { IssuedKey, KeyRequest, Marking } from '../../api/issuance';
import { notAsSent } from '../../api/lineages';
import type { Member, ServerClock } from '../../api/lineages';
import { userComment } from '../../api/mark';
import type { KeyMark } from '../../api/mark';
import { NEITHER, storedForm } from '../../api/proof';
import { takeBack } from '../../api/removal';
import { levelOf } from '../../api/schemas';
import type { ApiKeyRecord } from '../../api/schemas';
import { differences } from '../../api/scope';
import type { Scope } from '../../api/scope';
import { DAY_MS, epochTime } from '../../../shared/dates';
import { Failure, inputFailure, nothingIssuedYet } from '../../../shared/failure';
import type { RotateWish } from './rotationWish';

/**
 * The longest life of a new key. The vendor's limit is six months, and it does not say in days what
 * that is (docs/api/cortex-xsiam.md, "Generating an API key"): these are within any six months.
 */
export const LONGEST_DAYS = 180;

/** A new key may take a moment until it is accepted everywhere. */
const TRIED_AFTER_MS = [0, 1_000, 2_000, 4_000];

const MEANINGS = refusalsOfNewKey({
	roles: 'the key that is rotated',
	expiration: "'New Key Valid For (Days)'",
});

/** A key that is going to be issued. */
export interface Plan {
	request: KeyRequest & { expiration: number };
	/** The id of the lineage's first key. */
	lineage: string;
	/** Undefined where none is to be copied. */
	scope?: Scope;
	remarks: string[];
}

/** A key that was issued, or would be. */
export interface Successor extends Plan {
	id?: string;
	/** The text to store; null in a dry run. */
	secret: string | null;
	/** The tenant's record of it. */
	record?: ApiKeyRecord;
	/** What the tenant answered. */
	body?: object;
	scopeCopied?: boolean;
}

/**
 * Finds out what a successor is to be like; changes nothing.
 *
 * @param lineage The id of the lineage's first key.
 * @throws Failure where none can be issued, or where it would be due again at once
 */
export async function planSuccessor(
	api: CortexXsiamApi,
	{ id, key }: Member,
	lineage: string,
	wish: RotateWish,
	clock: ServerClock,
): Promise<Plan> {
	const roles = key.roles ?? [];
	const level = levelOf(key);
	if (roles.length === 0 || (level !== 'standard' && level !== 'advanced')) {
		throw inputFailure(
			`The API key ${id} has no ${roles.length === 0 ? 'roles' : 'known security level'}, so the node cannot issue a new one like it`,
			"Add what it lacks with 'API Key: Update', or issue a key with 'API Key: Generate'.",
		);
	}
	const { expiration, remark } = expirationFor(key, wish.validDays, clock.now());
	demandLife(expiration - clock.now(), wish);
	const { scope, remark: scopeRemark } = await scopeOf(api, id, wish.scope);
	return {
		request: {
			roles,
			security_level: level,
			expiration,
			comment: userComment(key.comment) ?? undefined,
		},
		lineage,
		...(scope && { scope }),
		remarks: [remark, scopeRemark].filter((text) => text !== undefined),
	};
}

/**
 * Issues the key, reads it back, gives it the scope and tries it. What does not hold is taken back
 * before anybody has it.
 *
 * @throws Failure; of kind `lost` where a key may exist that nobody has
 */
export async function issueSuccessor(
	api: CortexXsiamApi,
	old: Member,
	plan: Plan,
	wish: RotateWish,
	marking: Omit<Marking, 'purpose'>,
): Promise<Successor> {
	const { request, lineage: first, scope } = plan;
	const issued = await issueKey(api, request, {
		marking: { ...marking, purpose: { kind: 'lineage', first } },
		meanings: MEANINGS,
	});
	const { record, scopeCopied } = await orTakeBack(api, issued.id, old.id, async () => {
		const listed = await readBack(api, issued, plan, wish);
		const copied = scope !== undefined && (await copyScope(api, scope, issued.id));
		await tryOut(api, issued, request.security_level);
		return { record: listed, scopeCopied: copied };
	});
	const removed = issued.removed
		? [`The answer to a first request was lost; its key, ${issued.removed}, was deleted again.`]
		: [];
	return {
		...plan,
		id: issued.id,
		secret: storedForm(issued.id, issued.key, wish.secretForm),
		record,
		body: issued.body,
		scopeCopied,
		remarks: [...plan.remarks, ...removed],
	};
}

function expirationFor(
	{ id, creation_time: created, expiration }: ApiKeyRecord,
	days: number | undefined,
	now: number,
): { expiration: number; remark?: string } {
	if (days !== undefined) return { expiration: now + days * DAY_MS };
	const longest = now + LONGEST_DAYS * DAY_MS;
	const isKnown = typeof expiration === 'number' && typeof created === 'number';
	const life = isKnown ? expiration - created : 0;
	if (life > 0 && now + life <= longest) return { expiration: now + life };
	const old =
		expiration === null ? 'never expires' : 'was valid for longer, or for an unknown time';
	return {
		expiration: longest,
		remark: `The API key ${id} ${old}. The new one is valid for ${LONGEST_DAYS} days, because Cortex XSIAM issues no key for more than six months.`,
	};
}

/** A key that is chosen again as soon as it is stored would be replaced by every run. */
function demandLife(life: number, wish: RotateWish): void {
	const days = dueAtOnce(life, wish);
	if (days === undefined) return;
	throw inputFailure(
		`A new key would be valid for ${Math.round(life / DAY_MS)} days, and would be due again at once`,
		`Keys are due ${days} days before they expire. Set 'New Key Valid For (Days)' to more than that, or 'Due Within (Days)' to less. Nothing was issued.`,
	);
}

/** The days before its end within which a key of so short a life is due, as it always is. */
function dueAtOnce(life: number, { target }: RotateWish): number | undefined {
	return 'days' in target && life <= target.days * DAY_MS ? target.days : undefined;
}

/**
 * The scope to copy. A new key has none by itself, and would see more than the old one
 * (docs/api/cortex-xsiam.md, "Scope of an API key"): where it cannot be read, going on is for the user
 * to decide.
 */
async function scopeOf(
	api: CortexXsiamApi,
	id: string,
	wish: RotateWish['scope'],
): Promise<{ scope?: Scope; remark?: string }> {
	if (wish === 'leaveOut') return {};
	return await api.scope('api-key', id).then(
		(scope) => ({ scope }),
		(failure: unknown) => {
			if (!isClosed(failure)) return nothingIssuedYet(failure);
			if (wish === 'copyIfReadable') {
				return {
					remark: `The scope of API key ${id} could not be read: the new key has none, whatever the old one had.`,
				};
			}
			throw failure.with({
				message: `The scope of API key ${id} cannot be read, and a new key without it might see more`,
				description: `Nothing was issued. Let the credential's key read scopes (Access Management: View; to copy one, View/Edit), or choose in 'Scope' to go on without. ${failure.description ?? ''}`,
			});
		},
	);
}

/**
 * The new key as the tenant lists it. If the tenant cut its mark off, or changed it, nobody could tell
 * the key from others later.
 */
async function readBack(
	api: CortexXsiamApi,
	{ id, mark }: IssuedKey,
	{ request }: Plan,
	wish: RotateWish,
): Promise<ApiKeyRecord> {
	const read = async () => {
		const { keys, clock } = await api.listKeys([id]);
		const record = keys.find((key) => key.id === id);
		if (record) return { record, now: clock.now() };
		throw new Failure(`The new API key ${id} is not in the list of keys`, { kind: 'refused' });
	};
	const { record, now } = await patiently(api, read, ['401', '403']);
	const where = 'the comment of the key that is rotated';
	const wrong = notAsSent(record, mark as KeyMark, request.comment, where);
	if (wrong) throw wrong;
	const life = (record.expiration ?? Infinity) - now;
	const days = dueAtOnce(life, wish);
	if (days !== undefined) {
		throw new Failure(`The new API key ${id} expires earlier than was asked for`, {
			kind: 'refused',
			description: `It is valid until ${epochTime(record.expiration)}, and keys are due ${days} days before they expire: it would be replaced again at once.`,
		});
	}
	return record;
}

/** @returns whether there was anything to copy */
async function copyScope(api: CortexXsiamApi, scope: Scope, newId: string): Promise<boolean> {
	const read = async () => await api.scope('api-key', newId);
	const fresh = await patiently(api, read, ['401', '403']);
	const missing = differences(scope, fresh);
	if (Object.keys(missing).length === 0) return false;
	await api.setScope('api-key', newId, missing);
	const now = await api.scope('api-key', newId);
	if (Object.keys(differences(scope, now)).length === 0) return true;
	throw new Failure(`The scope of the new API key ${newId} is not that of the old one`, {
		kind: 'refused',
		description:
			'Cortex XSIAM accepted the scope, but shows a different one when it is read. Compare the scopes of both keys in the console.',
	});
}

async function tryOut(
	api: CortexXsiamApi,
	{ id, key }: IssuedKey,
	level: KeyRequest['security_level'],
): Promise<void> {
	const withKey = api.withKey(id, key, level);
	await patiently(api, async () => {
		const verdict = await withKey.probe();
		if (verdict === 'accepted') return;
		throw new Failure(`The new API key ${id} does not work`, {
			kind: 'refused',
			description:
				verdict === 'refused' ? 'Cortex XSIAM refuses it.' : `A call with it was ${NEITHER}`,
		});
	}, []);
}

/** @param final Codes of failures that waiting does not change. */
async function patiently<T>(
	api: CortexXsiamApi,
	attempt: () => Promise<T>,
	final: string[],
): Promise<T> {
	let last: unknown;
	for (const wait of TRIED_AFTER_MS) {
		await api.pause(wait);
		try {
			return await attempt();
		} catch (failure) {
			last = failure;
			if (failure instanceof Failure && final.includes(failure.code ?? '')) break;
		}
	}
	throw last;
}

async function orTakeBack<T>(
	api: CortexXsiamApi,
	id: string,
	old: string,
	step: () => Promise<T>,
): Promise<T> {
	try {
		return await step();
	} catch (thrown) {
		const failure =
			thrown instanceof Failure
				? thrown
				: new Failure(`The new API key ${id} could not be made ready`, { kind: 'refused' });
		if (await takeBack(api, id)) {
			throw failure
				.with({ kind: 'refused', declared: undefined })
				.plus(`The new API key ${id} was deleted again; the old one, ${old}, is as it was.`);
		}
		throw failure
			.with({ kind: 'unusable', declared: undefined })
			.plus(
				`The new API key ${id} could not be deleted again, and nobody has its secret: a later run revokes it, or delete it in the console. The old one, ${old}, is as it was.`,
			);
	}
}

/** When a key stops working, ISO 8601. */
export function expiryOf({ record, request }: Successor): string | null {
	return epochTime(record?.expiration ?? request.expiration);
}
