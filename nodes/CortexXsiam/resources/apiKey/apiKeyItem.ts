import type { IDataObject } from 'n8n-workflow';
import { bearsCopy } from '../../api/lineages';
import { markOf, userComment } from '../../api/mark';
import { apiKeyRecord, levelOf } from '../../api/schemas';
import type { ApiKeyRecord } from '../../api/schemas';
import { DAY_MS, epochTime } from '../../../shared/dates';
import { asId, asText, asTexts } from '../../../shared/fields';
import type { Result } from '../../../shared/operation';

/** How long a key has: whole days, negative when it has expired; null when it never does. */
export function daysLeft({ expiration }: Pick<ApiKeyRecord, 'expiration'>, now = Date.now()) {
	return typeof expiration === 'number' ? Math.floor((expiration - now) / DAY_MS) : null;
}

/** Whether a key works no more; null where the tenant does not tell when it expires. */
export function hasExpired({ expiration }: Pick<ApiKeyRecord, 'expiration'>, now = Date.now()) {
	if (expiration === undefined) return null;
	return expiration !== null && expiration <= now;
}

/** One key as the tenant lists it; its secret is never among that (fact sheet 4.1, 4.4). */
export function apiKeyResult(row: IDataObject): Result {
	return { item: apiKeyItem(row), raw: row };
}

export function apiKeyItem(row: IDataObject): IDataObject {
	const key = apiKeyRecord.safeParse(row).data;
	const times = { creation_time: key?.creation_time, expiration: key?.expiration };
	const creator = asText(row.created_by);
	const mark = markOf(asText(row.comment));
	const isSuccessor =
		mark?.kind === 'lineage' && !bearsCopy({ creation_time: key?.creation_time }, mark);
	return {
		vendor: 'cortexXsiam',
		type: 'apiKey',
		id: asId(row.id),
		comment: userComment(asText(row.comment)),
		lineage: isSuccessor ? mark.first : asId(row.id),
		roles: asTexts(Array.isArray(row.roles) ? row.roles : []),
		securityLevel: levelOf(row),
		createdAt: epochTime(times.creation_time),
		// What the vendor writes where a key was made by another key.
		createdBy: creator === 'N/A' ? null : creator,
		createdByName: asText(row.user_name),
		expiresAt: epochTime(times.expiration),
		daysLeft: daysLeft(times),
		expired: hasExpired(times),
	};
}
