import { z } from 'zod';

/** Ids are texts, and sometimes numbers (docs/api/senhasegura.md, "Versions"). */
const id = z.union([z.string().trim().min(1), z.number()]).transform(String);

const optional = z
	.union([z.string(), z.number()])
	.transform((value) => String(value).trim() || undefined)
	.optional()
	.catch(undefined);

/** PHP writes a list with gaps as a map, and one entry may stand without its list. */
function list<Entry extends z.ZodTypeAny>(entry: Entry) {
	return z.preprocess((value) => {
		if (Array.isArray(value)) return value;
		if (typeof value === 'object') return Object.values(value ?? {});
		return typeof value === 'string' && value !== '' ? [value] : [];
	}, z.array(entry));
}

/** The form of these elements is not documented: names, or objects with one. */
const rejectedDevice = z
	.union([z.string(), z.object({ hostname: z.string() }).transform(({ hostname }) => hostname)])
	.catch(({ input }) => JSON.stringify(input));

/** `tag` is the older name of `identifier` (docs/api/senhasegura.md, "Storing an SSH key"). */
const key = z
	.object({
		id,
		identifier: optional,
		tag: optional,
		devices_error: list(rejectedDevice),
	})
	.transform(({ identifier, tag, devices_error: devicesError, ...rest }) => ({
		...rest,
		identifier: identifier ?? tag,
		devicesError,
	}));

/** Where an answer with a key can hold secrets. */
export const KEY_SECRETS = ['key.private_key', 'key.password'];

export type StoredKey = Omit<z.output<typeof key>, 'identifier'> & { identifier?: string };

/** An answer with the stored key. */
export const keyReply = z.object({ key });
