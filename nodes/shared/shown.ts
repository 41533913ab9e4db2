import { NodeHelpers } from 'n8n-workflow';
import type { INodeParameters, INodeProperties } from 'n8n-workflow';

type Conditioned = Pick<INodeProperties, 'displayOptions'>;

/**
 * Whether a field belongs to what was chosen, as the editor shows it.
 *
 * @param values Of the fields beside it, expressions evaluated.
 * @param root Those of all parameters, which a field in a collection may refer to.
 */
export function isShown(
	field: Conditioned & Partial<INodeProperties>,
	values: object,
	root: object = values,
): boolean {
	if (field.displayOptions === undefined) return true;
	const offered = asOffered(values, field);
	const around = root === values ? offered : asOffered(root, field);
	return NodeHelpers.displayParameter(offered, field as INodeProperties, null, null, around);
}

/** A choice that is written in other letters than it is offered. */
export interface Misspelled {
	name: string;
	offered: string;
}

/**
 * The choice that hides a shown field after all: written by hand in other letters than it is offered.
 * n8n has then dropped what was given for the field, and its default says nothing.
 *
 * @param written As the workflow has them: n8n keeps all fields of a choice that is an expression.
 */
export function misspelled(
	field: INodeProperties,
	written: INodeParameters,
): Misspelled | undefined {
	if (NodeHelpers.displayParameter(written, field, null, null)) return undefined;
	const offered = asOffered(written, field);
	const name = Object.keys(offered).find((one) => offered[one] !== written[one]);
	return name === undefined ? undefined : { name, offered: String(offered[name]) };
}

/**
 * Values as the editor offers them, since n8n compares them to the letter: AI agents and expressions give
 * `true` as text, and a word in other letters than the choice has them.
 */
function asOffered(values: object, { displayOptions }: Conditioned): INodeParameters {
	const offered = Object.values(displayOptions?.show ?? {}).flat();
	const entries = Object.entries(values) as Array<[string, unknown]>;
	return Object.fromEntries(
		entries.map(([name, value]) => {
			if (value === 'true' || value === 'false') return [name, value === 'true'];
			if (typeof value !== 'string') return [name, value];
			const same = offered.find((one) => typeof one === 'string' && folded(one) === folded(value));
			return [name, same ?? value];
		}),
	) as INodeParameters;
}

/** For comparing choices: AI agents and people write them in other letters than they are offered. */
export function folded(text: string): string {
	return text.trim().toLowerCase();
}
