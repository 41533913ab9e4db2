import { DateTime } from 'luxon';
import { z } from 'zod';
import { Failure, inputFailure } from '../../shared/failure';
import { isClosed, refusalsOfNewKey } from './apiKeyErrors';
import { nothingIssuedYet } from './lost';
import type { CortexXsiamApi } from './client';
import type { IssuedKey, KeyRequest } from './issuance';
import { deletedAgain, removeKey } from './removal';
import { levelOf } from './schemas';
import type { ApiKeyRecord } from './schemas';
import { differences } from './scope';
import type { Scope } from './scope';

/** How keys are rotated. */
export interface RotationWish {
	/** Days that the new key is valid for; without them, as long as the old one was. */
	days?: number;
	/** Whether the new key gets the scope of the old one, and what if it cannot be read. */
	scope: 'copy' | 'copyIfReadable' | 'leaveOut';
	revoke: boolean;
	/** Whether even the key that the credential uses may be revoked. */
	allowOwnKey: boolean;
}

/** What is going to be done for one key. */
export interface RotationPlan {
	old: ApiKeyRecord;
	request: KeyRequest & { expiration: number };
	/** Undefined where none is to be copied. */
	scope?: Scope;
	/** What the user should know of it. */
	remarks: string[];
}

export interface Rotated {
	issued: IssuedKey;
	/** Whether the old key had a scope, which the new one has now. */
	scopeCopied: boolean;
	/** Null where nobody knows. */
	oldKeyRevoked: boolean | null;
	remarks: string[];
}

/**
 * The longest life of a new key. The vendor's limit is six months, and it does not say in days what
 * that is (fact sheet 4.2): these are within any six months.
 */
export const LONGEST_DAYS = 180;

/** A new key may take a moment until it is accepted everywhere. */
const SETTLING_MS = [0, 1_000, 2_000, 4_000];

const health = z.object({ status: z.string() });

const MEANINGS = refusalsOfNewKey({
	roles: 'the key that is rotated',
	expiration: "'New Key Valid For (Days)'",
});

/**
 * Puts new keys in the place of old ones: issue, copy the scope, try the new key, revoke the old one if
 * asked. Whatever goes wrong on the way, the new key is deleted again and the old one left alone.
 */
export class Rotation {
	constructor(private readonly api: CortexXsiamApi) {}

	/**
	 * Finds out what has to be done for a key; changes nothing.
	 *
	 * @throws Failure where the key cannot or must not be rotated
	 */
	async plan(old: ApiKeyRecord, wish: RotationWish): Promise<RotationPlan> {
		const { id } = old;
		if (wish.revoke && id === this.api.ownKeyId && !wish.allowOwnKey) {
			throw inputFailure(
				`The API key ${id} is the one that the credential uses, and is not revoked`,
				"Put the new key into the credential first and revoke the old one then; or turn on 'Allow Own Key'.",
			);
		}
		const roles = old.roles ?? [];
		const level = levelOf(old);
		if (roles.length === 0 || (level !== 'standard' && level !== 'advanced')) {
			throw inputFailure(
				`The API key ${id} has no ${roles.length === 0 ? 'roles' : 'known security level'}, so there can be no new one like it`,
				"Give it what it lacks with the operation 'Update', or issue a key with 'Generate'.",
			);
		}
		const { expiration, remark } = expirationFor(old, wish.days);
		const { scope, remark: scopeRemark } = await this.scopeOf(id, wish.scope);
		return {
			old,
			request: {
				roles,
				security_level: level,
				expiration,
				comment: old.comment?.trim() ? old.comment : commentFor(id),
			},
			...(scope && { scope }),
			remarks: [remark, scopeRemark].filter((text) => text !== undefined),
		};
	}

	/** @throws Failure that says what was rolled back, or what has to be deleted by hand */
	async carryOut(
		{ old, request, scope, remarks }: RotationPlan,
		revoke: boolean,
	): Promise<Rotated> {
		const issued = await this.api.issueKey(request, { instead: old.id, meanings: MEANINGS });
		const newKey = { id: issued.id, old: old.id };
		const scopeCopied = await this.orRollBack(newKey, async () => {
			const copied = scope !== undefined && (await this.copyScope(scope, issued.id));
			await this.tryOut(issued, request.security_level);
			return copied;
		});
		const { oldKeyRevoked, remark } = revoke
			? await this.revokeOld(newKey)
			: { oldKeyRevoked: false, remark: undefined };
		return {
			issued,
			scopeCopied,
			oldKeyRevoked,
			remarks: [...remarks, ...(remark ? [remark] : [])],
		};
	}

	/**
	 * The scope to copy. A new key has none by itself, and would see more than the old one (fact sheet
	 * 4.5): where it cannot be read, going on is for the user to decide.
	 */
	private async scopeOf(
		id: string,
		wish: RotationWish['scope'],
	): Promise<{ scope?: Scope; remark?: string }> {
		if (wish === 'leaveOut') return {};
		return await this.api.scope('api-key', id).then(
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
					description: `Nothing was issued. Let the credential's key read scopes (Access Management: View/Edit), or choose in 'Scope' to go on without. ${failure.description ?? ''}`,
				});
			},
		);
	}

	/** @returns whether there was anything to copy */
	private async copyScope(scope: Scope, newId: string): Promise<boolean> {
		const read = async () => await this.api.scope('api-key', newId);
		const fresh = await this.patiently(read, ['401', '403']);
		const missing = differences(scope, fresh);
		if (Object.keys(missing).length === 0) return false;
		await this.api.setScope('api-key', newId, missing);
		const now = await this.api.scope('api-key', newId);
		if (Object.keys(differences(scope, now)).length === 0) return true;
		throw new Failure(`The scope of the new API key ${newId} is not that of the old one`, {
			kind: 'refused',
			description: 'Cortex XSIAM took it, and gave back another.',
		});
	}

	/** Makes a call with the new key. A refusal for lack of a permission comes after it was accepted. */
	private async tryOut({ id, key }: IssuedKey, level: KeyRequest['security_level']): Promise<void> {
		const withKey = this.api.withKey(id, key, level);
		await this.patiently(
			async () =>
				await withKey.read({
					method: 'GET',
					path: 'public_api/v1/healthcheck',
					answer: health,
					what: 'the status of the tenant',
				}),
			['403'],
		).catch((failure: Failure) => {
			if (failure.code === '403') return;
			throw failure.with({
				message: `The new API key ${id} does not work: ${failure.message}`,
				// It is not the credential's key that was refused.
				declared: undefined,
			});
		});
	}

	/** @param final Codes of failures that waiting does not change. */
	private async patiently<T>(attempt: () => Promise<T>, final: string[]): Promise<T> {
		let last: unknown;
		for (const wait of SETTLING_MS) {
			await this.api.pause(wait);
			try {
				return await attempt();
			} catch (failure) {
				last = failure;
				if (failure instanceof Failure && final.includes(failure.code ?? '')) break;
			}
		}
		throw last;
	}

	private async orRollBack<T>(
		{ id, old }: { id: string; old: string },
		step: () => Promise<T>,
	): Promise<T> {
		try {
			return await step();
		} catch (thrown) {
			const failure =
				thrown instanceof Failure
					? thrown
					: new Failure(`The new API key ${id} could not be made ready`, { kind: 'lost' });
			if (await deletedAgain(this.api, id)) {
				throw failure
					.with({ kind: 'refused' })
					.plus(`The new API key ${id} was deleted again; the old one, ${old}, is as it was.`);
			}
			throw failure
				.with({ kind: 'unusable', declared: undefined })
				.plus(
					`The new API key ${id} could not be deleted again, and nobody has its secret: delete it in the console. The old one, ${old}, is as it was.`,
				);
		}
	}

	/**
	 * The new key works by now. Where the old one cannot be revoked, the new one goes, so that all is as
	 * before; where that cannot be done either, it is better known than lost.
	 *
	 * @throws Failure where all is as before
	 */
	private async revokeOld({ id, old }: { id: string; old: string }) {
		const { fate, failure } = await removeKey(this.api, old);
		if (fate === 'gone') return { oldKeyRevoked: true };
		const why = failure?.message ?? 'Cortex XSIAM deleted no key';
		if (fate === 'there' && (await deletedAgain(this.api, id))) {
			throw (failure ?? new Failure(why, { kind: 'refused' }))
				.with({ kind: 'refused', message: `The API key ${old} could not be revoked: ${why}` })
				.plus(`The new API key ${id} was deleted again; the old one, ${old}, is as it was.`);
		}
		return fate === 'there'
			? {
					oldKeyRevoked: false,
					remark: `The API key ${old} could not be revoked (${why}), nor the new one, ${id}, deleted again: both work. Revoke the old one.`,
				}
			: {
					oldKeyRevoked: null,
					remark: `Whether the API key ${old} was revoked is not known (${why}). The new one, ${id}, works. Look in the console.`,
				};
	}
}

/** Identifies the key that takes the place of one without a comment. */
export function commentFor(id: string): string {
	return `Replaces API key ${id}`;
}

function expirationFor(
	{ id, creation_time: created, expiration }: ApiKeyRecord,
	days: number | undefined,
): { expiration: number; remark?: string } {
	const now = DateTime.utc();
	if (days !== undefined) return { expiration: now.plus({ days }).toMillis() };
	const longest = now.plus({ days: LONGEST_DAYS }).toMillis();
	const isKnown = typeof expiration === 'number' && typeof created === 'number';
	const life = isKnown ? expiration - created : 0;
	if (life > 0 && now.toMillis() + life <= longest) return { expiration: now.toMillis() + life };
	const old =
		expiration === null ? 'never expires' : 'was valid for longer, or nobody knows how long';
	return {
		expiration: longest,
		remark: `The API key ${id} ${old}. The new one is valid for ${LONGEST_DAYS} days, since Cortex XSIAM issues none for more than six months.`,
	};
}
