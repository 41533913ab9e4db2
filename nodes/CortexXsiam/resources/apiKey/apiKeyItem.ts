import type { IDataObject } from 'n8n-workflow';
import { bearsCopy } from '../../api/lineages';
import { markOf, userComment } from '../../api/mark';
import { apiKeyRecord, levelOf } from '../../api/schemas';
import type { ApiKeyRecord } from '../../api/schemas';
import { DAY_MS } from '../../../shared/dates';
import { asId, asText } from '../../../shared/read';
import { readId, readText, readTexts, readWith } from '../../../shared/item';
import type { Result } from '../../../shared/operation';
import { readTime } from '../shared/time';
import { item } from '../shared/operation';

/** How long a key has: whole days, negative when it has expired; null when it never does. */
export function daysLeft({ expiration }: Pick<ApiKeyRecord, 'expiration'>, now = Date.now()) {
	return typeof expiration === 'number' ? Math.floor((expiration - now) / DAY_MS) : null;
}

/** Whether a key works no more; null where the tenant does not tell when it expires. */
export function hasExpired({ expiration }: Pick<ApiKeyRecord, 'expiration'>, now = Date.now()) {
	if (expiration === undefined) return null;
	return expiration !== null && expiration <= now;
}

/**
 * One key as the tenant lists it; its secret is never among that (docs/api/cortex-xsiam.md, "Listing
 * API keys" and "Reading and changing one API key").
 */
export function apiKeyResult(row: IDataObject): Result {
	return { item: apiKeyItem(row), raw: row };
}

export function apiKeyItem(row: IDataObject): IDataObject {
	const key = apiKeyRecord.safeParse(row).data;
	const times = { creation_time: key?.creation_time, expiration: key?.expiration };
	const mark = markOf(asText(row.comment));
	const isSuccessor =
		mark?.kind === 'lineage' && !bearsCopy({ creation_time: key?.creation_time }, mark);
	return item('apiKey', {
		id: readId(row.id),
		// A comment may be nothing but a mark.
		comment: typeof row.comment === 'string' ? userComment(row.comment) : readText(row.comment),
		lineage: isSuccessor ? mark.first : asId(row.id),
		roles: readTexts([row.roles].flat()),
		securityLevel: readWith(() => levelOf(row), row.security_level),
		createdAt: readTime(row.creation_time),
		// What the vendor writes where a key was made by another key.
		createdBy: row.created_by === 'N/A' ? null : readText(row.created_by),
		createdByName: readText(row.user_name),
		expiresAt: readTime(row.expiration),
		daysLeft: daysLeft(times),
		expired: hasExpired(times),
	});
}
