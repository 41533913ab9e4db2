import type {
	Call,
	ItemOptions,
	Operation,
	OperationBase,
	Resource,
	Result,
	Results,
} from './operation';
import { group } from './param';
import type { Param, ValuesOf } from './param';
import type { EventBase, Look, Memory, TriggerEvent } from './trigger';

/** An operation as its file declares it, read top to bottom: what is seen and taken, and what it does. */
export interface ParamOperation<Api, Params extends readonly Param[]> extends Omit<
	OperationBase,
	'fields'
> {
	/** What the user sees and it takes, in the order of the editor; the first fault is the one named. */
	params: Params;
	/** For operations that issue a secret: whether they do for this input. Undefined, for all. */
	givesSecret?(input: ValuesOf<Params>): boolean;
	run(api: Api, input: ValuesOf<Params>, call: Call): Promise<Results> | AsyncIterable<Result>;
}

/** For a vendor to declare its operations by, so that none of them has to name the type of the API. */
export function operationsOf<Api>() {
	return <const Params extends readonly Param[]>({
		params,
		...declaration
	}: ParamOperation<Api, Params>): Operation<Api> => {
		const all = group(...params);
		const { fields, lists } = all;
		return {
			...declaration,
			fields,
			lists,
			get input() {
				return all.reader;
			},
		} as Operation<Api>;
	};
}

/** For a vendor to declare its resources by, so that none of them has to name the type of the API. */
export function resourcesOf<Api>() {
	return (declaration: Resource<Api>): Resource<Api> => declaration;
}

/** An event as its file declares it: what is seen and taken, and what is looked for. */
export interface ParamEvent<Api, Params extends readonly Param[]> extends Omit<
	EventBase,
	'fields'
> {
	params: Params;
	/**
	 * What happened since the last look.
	 *
	 * @param memory Undefined at the first look, and after the event or the credential was changed.
	 */
	look(api: Api, input: ValuesOf<Params>, memory: Memory | undefined): Promise<Look>;
	/** The latest that there are, newest first, for a test run in the editor. */
	latest(api: Api, input: ValuesOf<Params>, count: number): Promise<Result[]>;
}

/** For a vendor to declare its events by, so that none of them has to name the type of the API. */
export function eventsOf<Api>() {
	return <const Params extends readonly Param[]>({
		params,
		...declaration
	}: ParamEvent<Api, Params>): TriggerEvent<Api> => {
		const { fields, reader, lists } = group(...params);
		return { ...declaration, fields, input: reader, lists } as TriggerEvent<Api>;
	};
}

/** Options of a vendor that change how the calls of one item are made. */
export function itemOptions<Api, Values extends object>(
	{ fields, reader }: Param<Values>,
	apply: (api: Api, options: Values) => Api,
): ItemOptions<Api> {
	return { fields, input: reader, apply: (api, options) => apply(api, options as Values) };
}
