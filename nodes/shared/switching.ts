import type { IDataObject } from 'n8n-workflow';
import type { Result } from './operation';

/**
 * What comes of a change to a state that a thing may have been in already.
 *
 * @param item With `changed`, where that is told: false if there was nothing to change, null if nobody
 * knows.
 */
export function switchedResult(item: IDataObject, raw: IDataObject): Result {
	return { item, raw, hints: item.changed === null ? [UNKNOWN_CHANGE] : [] };
}

const UNKNOWN_CHANGE =
	"It is not known whether there was anything to change, so 'changed' is null. The state is as it was asked for.";
