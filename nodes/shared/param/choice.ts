import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { isShown } from '../shown';
import { group, namesOf, Param } from './param';
import type { Flat, Reader, ValuesOf } from './param';

type Shown = Record<string, Array<string | number | boolean>>;

/** Parameters that are there for some values of another one; hidden, they are not looked at. */
export function shown<const Params extends readonly Param[]>(
	show: Shown,
	...params: Params
): Param<Partial<ValuesOf<Params>>> {
	const all: Param<Partial<ValuesOf<Params>>> = group(...params);
	const displayOptions = { show };
	return all.readBy(
		(reader) =>
			z
				.unknown()
				.transform((given, context) =>
					isShown({ displayOptions }, Object(given) as object)
						? within(reader, given, context)
						: {},
				) as Reader<Partial<ValuesOf<Params>>>,
		all.fields.map((field) => conditioned(field, show)),
	);
}

function conditioned(field: INodeProperties, show: Shown): INodeProperties {
	return { ...field, displayOptions: { show: { ...field.displayOptions?.show, ...show } } };
}

/** What a schema reads, with its issues where the context stands. */
function within<Values>(reader: Reader<Values>, given: unknown, context: z.RefinementCtx): Values {
	const parsed = reader.safeParse(given);
	if (parsed.success) return parsed.data;
	for (const issue of parsed.error.issues) context.addIssue(issue);
	return z.NEVER;
}

type Cases<Choice extends string | boolean> = Record<`${Choice}`, readonly Param[]>;

/** A union of what is given for each choice. */
type Chosen<
	Name extends string,
	Choice extends string | boolean,
	ByChoice extends Cases<Choice>,
> = Choice extends unknown
	? Flat<Record<Name, Choice> & ValuesOf<ByChoice[`${Choice}`]>> & object
	: never;

/**
 * A choice, and the parameters that each choice has; those of the others are hidden and not looked at.
 * One that several choices have is named in each of them; of two with one name the user sees the first.
 */
export function oneOf<
	const Name extends string,
	const Choice extends string | boolean,
	const ByChoice extends Cases<Choice>,
>(selector: Param<Record<Name, Choice>>, cases: ByChoice): Param<Chosen<Name, Choice, ByChoice>> {
	const [field] = selector.fields as [INodeProperties];
	const entries = Object.entries<readonly Param[]>(cases);
	const params = [...new Set(entries.flatMap(([, own]) => own))];
	const fields = new Map<string, { look: INodeProperties; choices: string[] }>();
	for (const [choice, own] of entries) {
		for (const look of own.flatMap((one) => one.fields)) {
			const known = fields.get(look.name);
			fields.set(look.name, { look, ...known, choices: [...(known?.choices ?? []), choice] });
		}
	}
	const isSwitch = field.type === 'boolean';
	const hidden = [...fields.values()].map(({ look, choices }) => {
		const values = isSwitch ? choices.map((choice) => choice === 'true') : choices;
		return conditioned(look, { [field.name]: values });
	});
	const groups = new Map(entries.map(([choice, own]) => [choice, group(...own)]));
	const read = (given: unknown, context: z.RefinementCtx) => {
		const chosen = within(selector.reader, given, context) as Record<string, unknown> | undefined;
		const own = groups.get(String(Object.values(chosen ?? {})[0]));
		return own ? { ...chosen, ...within(own.reader, given, context) } : z.NEVER;
	};
	return new Param(
		[...selector.fields, ...hidden],
		() => z.unknown().transform(read) as unknown as Reader<Chosen<Name, Choice, ByChoice>>,
		[selector, ...params].flatMap(({ lists }) => lists),
		namesOf([selector, ...params]),
	);
}
