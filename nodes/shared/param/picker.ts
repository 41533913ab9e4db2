import type { z } from 'zod';
import type { AnyList } from '../editor';
import { located, locator, optionalLocated } from '../locator';
import type { Located, LocatorOptions } from '../locator';
import { declared } from './param';
import type { Named, Param } from './param';

/** A parameter whose entries the editor takes from a list: the name of n8n's method is that of the list. */
export function filledBy<Values extends object>(
	list: AnyList,
	paramOf: (method: string) => Param<Values>,
): Param<Values> {
	const one = paramOf(list.name);
	return one.with({ lists: [...one.lists, list] });
}

/**
 * A parameter to pick one thing, with the list that is searched; see `locator`.
 *
 * @param schema Where it is not any ID or name that is taken.
 */
export function picker<const Name extends string, const Required extends boolean = true>(
	options: LocatorOptions & { name: Name; required?: Required },
): Param<Named<Name, true extends Required ? Located : Located | undefined>>;
export function picker<const Name extends string, Schema extends z.ZodTypeAny>(
	options: LocatorOptions & { name: Name },
	schema: Schema,
): Param<Named<Name, z.output<Schema>>>;
export function picker(
	options: LocatorOptions,
	schema: z.ZodTypeAny = options.required === false ? optionalLocated : located,
): Param {
	const { name, list } = options;
	return declared(locator(options), name, schema).with({ lists: list ? [list] : [] });
}
