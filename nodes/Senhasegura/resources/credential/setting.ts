import type { INodePropertyTypeOptions } from 'n8n-workflow';
import type { z } from 'zod';
import { flag, optionalText } from '../../../shared/input';
import { sentAs } from '../../../shared/param';
import type { Param } from '../../../shared/param';

/**
 * What the groups of settings of a credential are made of: fields under the console's names. What is
 * not given is not sent, and stays as it is in the vault (docs/api/senhasegura.md, "Storing a
 * credential").
 */

/** A setting that is a text: its name in the API, in the console, and as a parameter. */
export function text<const Wire extends string>(
	wire: Wire,
	displayName: string,
	name: string,
	more: { description: string; placeholder?: string; typeOptions?: INodePropertyTypeOptions },
) {
	return sentAs(wire, { displayName, name, type: 'string', default: '', ...more }, optionalText);
}

/** One that is on or off. */
export function toggle<const Wire extends string>(
	wire: Wire,
	displayName: string,
	name: string,
	description: string,
) {
	return sentAs(
		wire,
		{ displayName, name, type: 'boolean', default: true, description },
		flag.optional(),
	);
}

/** A group of which nothing is given is not sent. */
export function unlessEmpty<Group extends object>(values: Group): Group | undefined {
	return Object.keys(values).length > 0 ? values : undefined;
}

/** A list that has entries. */
export function filled<Entry>(list: Entry[] | undefined): Entry[] | undefined {
	return list && list.length > 0 ? list : undefined;
}

/** Adds an issue for each setting that is not given. */
export function demandAll(
	settings: readonly Param[],
	values: object,
	message: string,
	context: z.RefinementCtx,
): void {
	const names = settings.flatMap((setting) => Object.entries(setting.names));
	for (const [wire, name] of names) {
		if (!(wire in values)) context.addIssue({ code: 'custom', path: [name], message });
	}
}
