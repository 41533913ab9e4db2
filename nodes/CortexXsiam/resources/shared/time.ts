import { instantOf } from '../../api/time';
import { epochTime } from '../../../shared/dates';
import { readWith } from '../../../shared/item';

/** A time of the vendor's as ISO 8601, for `itemOf`. */
export function readTime(value: unknown) {
	return readWith((time) => epochTime(instantOf(time)), value);
}
