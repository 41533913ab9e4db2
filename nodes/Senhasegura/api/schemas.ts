import { z } from 'zod';
import { unexpectedAnswer } from '../../shared/answer';
import type { Reply } from '../../shared/transport';

/** Ids are texts, and sometimes numbers (fact sheet 16). */
const id = z.union([z.string().trim().min(1), z.number()]).transform(String);

const optional = z
	.union([z.string(), z.number()])
	.transform((value) => String(value).trim() || undefined)
	.optional()
	.catch(undefined);

const device = z
	.object({ hostname: optional, ip: optional })
	.transform(({ hostname, ip }) => ({ hostname: hostname ?? null, ip: ip ?? null }));

/** The form of these elements is not documented: names, or objects with one. */
const rejectedDevice = z
	.union([z.string(), z.object({ hostname: z.string() }).transform(({ hostname }) => hostname)])
	.catch(({ input }) => JSON.stringify(input));

/** `tag` is the older name of `identifier` (fact sheet 4.2). */
const key = z
	.object({
		id,
		identifier: optional,
		tag: optional,
		devices: z.array(device).catch([]),
		devices_error: z.array(rejectedDevice).catch([]),
	})
	.transform(({ identifier, tag, devices_error: devicesError, ...rest }) => ({
		...rest,
		identifier: identifier ?? tag,
		devicesError,
	}));

export type StoredKey = Omit<z.output<typeof key>, 'identifier'> & { identifier?: string };

/** The `key` of an answer. */
export function keyReply(reply: Reply, body: Record<string, unknown>): StoredKey {
	const parsed = key.safeParse(body.key);
	if (parsed.success) return parsed.data;
	throw unexpectedAnswer(reply, 'senhasegura', 'the stored key');
}
