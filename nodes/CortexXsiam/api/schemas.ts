import { z } from 'zod';
import type { IDataObject } from 'n8n-workflow';
import { asBoolean, asObject, asRecords, asText } from '../../shared/read';
import { instantOf } from './time';

/** A list of records, of which some may be something else; none is all something else. */
export const recordList = z
	.array(z.unknown())
	.transform(asRecords)
	.pipe(z.array(z.custom<IDataObject>()));

/** Ids come as numbers, and as texts in some calls. */
const id = z.union([z.number(), z.string().trim().min(1)]).transform(String);

/** A time as epoch milliseconds; what is no time counts as absent, which is not null. */
const time = z.unknown().transform((value) => (value === null ? null : instantOf(value)));

/**
 * The answer to generate (docs/api/cortex-xsiam.md, "Generating an API key"): without a key it is no
 * success.
 */
export const generated = z.object({ reply: z.object({ id, key: z.string().regex(/\S/) }) });

/**
 * One key of a list (docs/api/cortex-xsiam.md, "Listing API keys"); an oddly typed field counts as
 * absent, which is not null.
 */
export const apiKeyRecord = z
	.object({
		id,
		creation_time: time,
		created_by: z.string().nullish().catch(undefined),
		user_name: z.string().nullish().catch(undefined),
		roles: z.array(z.string()).nullish().catch(undefined),
		security_level: z.string().nullish().catch(undefined),
		comment: z.string().nullish().catch(undefined),
		expiration: time,
	})
	.passthrough();

export type ApiKeyRecord = z.output<typeof apiKeyRecord>;

/** The security level of a key in small letters, as it must be asked for; null where it is not told. */
export function levelOf({ security_level: level }: { security_level?: unknown }): string | null {
	return asText(level)?.trim().toLowerCase() ?? null;
}

/**
 * How many were changed: a number or a text, by call and by tenant (docs/api/cortex-xsiam.md, "Deleting
 * API keys" and "Users and roles by the older calls").
 */
export const updated = z.object({
	reply: z.object({
		update_count: z.union([
			z.number().int().nonnegative(),
			z
				.string()
				.regex(/^\s*\d+\s*$/)
				.transform(Number),
		]),
	}),
});

/**
 * `GET /platform/iam/v1/api-key/{id}` (docs/api/cortex-xsiam.md, "Reading and changing one API key");
 * which key it is, was said in the question.
 */
export const oneKey = z.object({
	data: apiKeyRecord
		.extend({ id: id.optional().catch(undefined) })
		.refine((key) => key.id !== undefined || key.roles),
});

/** Whether an answer says by itself that nothing came of the call, in one of the forms in which others say yes. */
export function saysNo(json: unknown): boolean {
	const { reply, data, success, error } = asObject(json) ?? {};
	const within = [reply, data].map((part) => asObject(part)?.success);
	const isDenied = [reply, success, ...within].some((told) => asBoolean(told) === false);
	return isDenied || asBoolean(error) === true;
}

/** What a change answers that has nothing to tell but that it was made. */
export const done = z.record(z.unknown()).refine((body) => !saysNo(body));

/** A name for the editor's list; null where a record has none. */
const name = z.string().regex(/\S/).nullable().catch(null);

/**
 * `rbac/get_users` (docs/api/cortex-xsiam.md, "Users and roles by the older calls"), as display names
 * of roles.
 */
export const userRoles = z
	.object({ reply: z.array(z.object({ role_name: name }).nullable().catch(null)) })
	.transform(({ reply }) => reply.flatMap((user) => user?.role_name ?? []));
