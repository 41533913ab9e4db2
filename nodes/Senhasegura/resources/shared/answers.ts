import { z } from 'zod';
import type { IDataObject } from 'n8n-workflow';

/** A record under its name, whatever it holds. */
export const record = z.record(z.unknown()).transform((value) => value as IDataObject);

/** A list of records; PHP writes a list with gaps as a map. */
export const records = z.preprocess(
	(value) =>
		typeof value === 'object' && value !== null && !Array.isArray(value)
			? Object.values(value)
			: value,
	z.array(record),
);
