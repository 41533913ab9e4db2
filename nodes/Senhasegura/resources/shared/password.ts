import { z } from 'zod';

/** Not trimmed, as the others of this file: a password may start or end with spaces. */
const text = z.string({ errorMap: () => ({ message: 'must be a text' }) });

export const requiredPassword = text.min(1, 'is required');

/** Empty, as the editor leaves it, is not given. */
export const optionalPassword = text.optional().transform((value) => value || undefined);
