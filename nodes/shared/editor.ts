import type { INodePropertyOptions } from 'n8n-workflow';

/** The parameter of a path such as `resourceId.value`. */
type ParameterOf<Path extends string> = Path extends `${infer Name}.value` ? Name : Path;

/** What the editor wants of a list. */
export interface ListRequest<Path extends string = never> {
	/** What the user types to search, as it was typed. */
	filter: string;
	/** How many entries come before the page. */
	from: number;
	/**
	 * What another parameter of the node holds at the moment, expressions evaluated as far as the editor
	 * can. Only those that the list declares, so that the editor knows when to ask anew.
	 */
	parameter(name: ParameterOf<Path>): unknown;
}

/** The entries of a list, and what a person should know of them. */
export interface Entries {
	entries: INodePropertyOptions[];
	/** Whether there are more after these, where their number does not tell. */
	more?: boolean;
	/** Why this is not all, and what to do: shown before the entries, and chosen it means nothing. */
	note?: string;
}

interface ListDeclaration<Api, Name extends string, Path extends string> {
	/** The name of the node's method that n8n calls. */
	name: Name;
	/**
	 * The parameters that the list reads, in the form of n8n's `loadOptionsDependsOn`: a locator as
	 * `resourceId.value`, since its plain name never changes for n8n.
	 */
	reads?: readonly Path[];
	/** What to do where the vendor refuses the list, as a sentence without its period. */
	wayOut?: string;
	/** @throws Failure */
	load(api: Api, request: ListRequest<Path>): Promise<INodePropertyOptions[] | Entries>;
}

/**
 * A list that the editor fills from the vendor. It is declared once, with its name: the parameter that
 * shows it and the method that n8n calls are both made of it.
 */
export interface EditorList<Api, Name extends string = string> {
	readonly name: Name;
	readonly kind: 'search' | 'options';
	readonly dependsOn: readonly string[];
	readonly wayOut: string;
	load(api: Api, request: ListRequest<string>): Promise<INodePropertyOptions[] | Entries>;
}

/** A list that fills a picker, whatever the vendor. */
export type AnyList = EditorList<never>;

/** A list for resource locators, with search and pages. */
export function searchList<Api, const Name extends string, const Path extends string = never>(
	declaration: ListDeclaration<Api, Name, Path>,
): EditorList<Api, Name> & { kind: 'search' } {
	const wayOut = "Choose 'By ID' in place of 'From List'";
	return { wayOut, ...declaration, kind: 'search', dependsOn: declaration.reads ?? [] };
}

/** A list to choose one or several of, which comes in one piece. */
export function optionList<Api, const Name extends string, const Path extends string = never>(
	declaration: ListDeclaration<Api, Name, Path>,
): EditorList<Api, Name> & { kind: 'options' } {
	const wayOut = 'Turn the field into an expression and give the IDs, separated by commas';
	return { wayOut, ...declaration, kind: 'options', dependsOn: declaration.reads ?? [] };
}

/** How many entries a page of a resource locator's list has. */
export const LIST_PAGE = 100;

/** How many entries of a list without search are shown; more would not make it better. */
export const MOST_OPTIONS = 1_000;

/** The entries of a list that comes in one piece, searched and cut into pages here. */
export function searched(
	entries: INodePropertyOptions[],
	filter: string,
	from: number,
): INodePropertyOptions[] {
	const wanted = filter.trim().toLowerCase();
	const fits = ({ name, value }: INodePropertyOptions) =>
		name.toLowerCase().includes(wanted) || String(value).toLowerCase() === wanted;
	return entries.filter(fits).slice(from, from + LIST_PAGE);
}
