import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';
import { z } from 'zod';
import type { EditorList } from './editor';

/** What a resource locator holds: how the thing is named, and by what. */
export interface Located {
	by: 'id' | 'name';
	value: string;
}

export interface LocatorOptions {
	displayName: string;
	name: string;
	description: string;
	/** The list that is searched. */
	list?: EditorList<never> & { kind: 'search' };
	/** What a list needs that not every server has: shown with it. The name comes first then. */
	listHint?: string;
	/** How an ID looks, where one does. */
	id?: { regex: string; errorMessage: string; placeholder: string };
	/** Where a name does as well. */
	byName?: { placeholder: string; hint?: string };
	required?: boolean;
}

/**
 * A parameter to pick one thing: from a list with search, by name or by ID, as far as it has them, the first
 * of them chosen. n8n clears it when a parameter changes that the list reads.
 */
export function locator(options: LocatorOptions): INodeProperties {
	const { displayName, name, description, required } = options;
	const dependsOn = options.list?.dependsOn ?? [];
	const modes = modesOf(options);
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: modes[0]?.name, value: '' },
		...(required !== false && { required: true }),
		description,
		...(dependsOn.length > 0 && { typeOptions: { loadOptionsDependsOn: [...dependsOn] } }),
		modes,
	};
}

function modesOf({ list, listHint: hint, byName, id }: LocatorOptions): INodePropertyMode[] {
	const modes: INodePropertyMode[] = [];
	if (list) {
		modes.push({
			displayName: 'From List',
			name: 'list',
			type: 'list' as const,
			...(hint && { hint }),
			typeOptions: { searchListMethod: list.name, searchable: true },
		});
	}
	if (byName) {
		const mode = { displayName: 'By Name', name: 'name', type: 'string' as const, ...byName };
		modes.splice(hint ? 0 : modes.length, 0, mode);
	}
	if (id) {
		const { placeholder, ...properties } = id;
		const validation = [{ type: 'regex', properties }];
		const mode = { displayName: 'By ID', name: 'id', type: 'string' as const };
		modes.push({ ...mode, placeholder, validation });
	}
	return modes;
}

/**
 * A resource locator's value; a bare text or number, as an expression for the whole parameter or an AI
 * agent gives it, counts as an ID.
 *
 * @returns undefined when nothing was chosen
 */
export const optionalLocated = z
	.union(
		[
			z.object({
				mode: z.string().catch('id'),
				value: z.union([z.string(), z.number(), z.null()]).optional(),
			}),
			z.string(),
			z.number(),
			z.null(),
		],
		{ errorMap: () => ({ message: 'must be chosen from the list or given as text' }) },
	)
	.optional()
	.transform((given): Located | undefined => {
		const isObject = typeof given === 'object' && given !== null;
		const value = String((isObject ? given.value : given) ?? '').trim();
		if (value === '') return undefined;
		return { by: isObject && given.mode === 'name' ? 'name' : 'id', value };
	});

/** The same, and something must be chosen. */
export const located = optionalLocated.transform((value, context): Located => {
	if (value) return value;
	context.addIssue({ code: 'custom', message: 'is required' });
	return z.NEVER;
});

/**
 * A resource locator without names: the ID as text.
 *
 * @param looksRight What IDs of this vendor look like; they end up in paths.
 * @param message Completes a sentence that starts with the parameter's name.
 */
export function locatedId(looksRight: RegExp, message: string) {
	return located.transform(({ value }, context): string => {
		if (looksRight.test(value)) return value;
		context.addIssue({ code: 'custom', message });
		return z.NEVER;
	});
}
