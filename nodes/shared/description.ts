import type {
	IDisplayOptions,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
} from 'n8n-workflow';
import { modelMayChoose } from './agents';
import { issuesSecret, readsSecret } from './operation';
import type { Operation, Resource, Vendor } from './operation';
import { concurrency, perSecond, rateLimitWait, timeout } from './runOptions';
import { secretOptions } from './secretOptions';
import { SECRET_FIELDS, secretNotices } from './secretOutput';
import { sortedBy } from './sorted';

/** Where the file of an operation that gives one out goes, as n8n words it. */
export const outputFileField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	required: true,
	default: 'data',
	hint: 'The name of the output binary field to put the file in',
};

/** The collection that every operation has, with what concerns the run and not the vendor. */
function runOptions<Api>(vendor: Vendor<Api>, more: INodeProperties[]): INodeProperties {
	const options = [
		concurrency,
		rateLimitWait,
		timeout,
		...(vendor.perSecond === undefined ? [] : [{ ...perSecond, default: vendor.perSecond }]),
		...more,
		...(vendor.itemOptions?.fields ?? []),
	];
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: sortedBy(options, ({ displayName }) => displayName),
	};
}

export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** All parameters of a vendor's node: resource, operation, and the fields of each operation. */
export function nodeProperties<Api>(vendor: Vendor<Api>): INodeProperties[] {
	const { resources } = vendor;
	const resourceSelector: INodeProperties = {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: sortedBy(
			resources.map(({ name, value }) => ({ name, value })),
			({ name }) => name,
		),
		default: '',
	};
	const withList = resources.find(({ operations }) =>
		operations.some(
			({ value, fields }) => value === 'getAll' && !fields.some(({ required }) => required),
		),
	);
	return [
		{ ...resourceSelector, default: (withList ?? resources[0])?.value },
		...resources.map(operationSelector),
		...resources
			.flatMap((resource) => fieldsOf(vendor, resource))
			.map((field) => askedAnew(field, listSelectors(vendor))),
	];
}

/** The parameters by which the lists of a vendor's node are those of one place or of another. */
function listSelectors<Api>({ credentialParameters = [], itemOptions }: Vendor<Api>): string[] {
	return [
		...credentialParameters,
		...(itemOptions?.fields ?? []).map(({ name }) => `options.${name}`),
	];
}

/** The field, and those inside it, so that n8n asks for its list anew when one of these changes. */
function askedAnew<Field extends Part>(field: Field, paths: string[]): Field {
	if (paths.length === 0) return field;
	if ('values' in field) {
		return { ...field, values: field.values.map((inner) => askedAnew(inner, paths)) };
	}
	if (!('type' in field)) return field;
	const inner = field.options && {
		options: field.options.map((option) => askedAnew(option, paths)) as typeof field.options,
	};
	if (!hasList(field)) return { ...field, ...inner };
	const own = field.typeOptions?.loadOptionsDependsOn ?? [];
	const typeOptions = { ...field.typeOptions, loadOptionsDependsOn: [...own, ...paths] };
	return { ...field, ...inner, typeOptions };
}

type Part = INodeProperties | INodePropertyOptions | INodePropertyCollection;

function hasList({ typeOptions, modes = [] }: INodeProperties): boolean {
	return (
		typeOptions?.loadOptionsMethod !== undefined ||
		modes.some((mode) => mode.typeOptions?.searchListMethod !== undefined)
	);
}

/**
 * The fields of a resource's operations, and what they have in common. That stands once for a resource,
 * since n8n goes through the whole list for each value that it reads.
 */
function fieldsOf<Api>(vendor: Vendor<Api>, resource: Resource<Api>): INodeProperties[] {
	const { operations } = resource;
	const common = (field: INodeProperties, has: (operation: Operation<Api>) => boolean) => {
		const those = operations.filter(has);
		return those.length > 0 ? [shownFor(resource, those, field)] : [];
	};
	return [
		...operations.flatMap((operation) =>
			operation.fields.map((field) => shownFor(resource, [operation], field)),
		),
		...common(outputFileField, ({ download }) => download === true),
		...secretNotices.flatMap((notice) =>
			common(notice, ({ secretPaths }) => secretPaths !== undefined),
		),
		...common(simplify, () => true),
		...[false, true].flatMap((ends) => {
			const leave = ends ? [modelMayChoose] : [];
			const options = (more: INodeProperties[], has: (operation: Operation<Api>) => boolean) =>
				common(runOptions(vendor, [...leave, ...more]), (operation) => {
					return (operation.byPerson?.targets !== undefined) === ends && has(operation);
				});
			return [
				...options([], ({ secretPaths }) => secretPaths === undefined),
				...options(secretOptions(false), readsSecret),
				...options(secretOptions(true), issuesSecret),
			];
		}),
	];
}

function operationSelector<Api>({ value, operations }: Resource<Api>): INodeProperties {
	const selector: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: sortedBy(operations, ({ name }) => name).map(
			({ name, value: operation, action, description }) => ({
				name,
				value: operation,
				action,
				description,
			}),
		),
		default: '',
	};
	return { ...selector, default: defaultOperation(operations) };
}

/** A node that somebody has just dropped, or given to an agent, reads: it issues and ends nothing. */
function defaultOperation<Api>(operations: Array<Operation<Api>>): string | undefined {
	const called = (name: RegExp) => operations.find(({ value }) => name.test(value));
	return (called(/^getAll$/) ?? called(/^get/) ?? operations[0])?.value;
}

function shownFor<Api>(
	resource: Resource<Api>,
	operations: Array<Operation<Api>>,
	field: INodeProperties,
): INodeProperties {
	const displayOptions: IDisplayOptions = {
		...field.displayOptions,
		show: {
			resource: [resource.value],
			operation: operations.map(({ value }) => value),
			...field.displayOptions?.show,
		},
	};
	return { ...field, displayOptions };
}

/** Every path below an item's `json` that can hold a secret, for `sensitiveOutputFields`. */
export function sensitiveOutputFields<Api>({ resources }: Vendor<Api>): string[] {
	const paths = resources.flatMap(({ operations }) =>
		operations.flatMap(({ secretPaths }) => secretPaths ?? []),
	);
	return [...new Set([...SECRET_FIELDS, ...paths])];
}

/** The names of all parameters that people type secrets into. */
export function secretFieldNames<Api>({ resources }: Vendor<Api>): string[] {
	const operations = resources.flatMap((resource) => resource.operations);
	return operations.flatMap((operation) => [...secretFieldNamesOf(operation)]);
}

/** The same of one operation. */
export function secretFieldNamesOf<Api>({ fields }: Operation<Api>): Set<string> {
	const secret = allFields(fields).filter(({ typeOptions }) => typeOptions?.password === true);
	return new Set(secret.map(({ name }) => name));
}

/** The fields of a list of parameters and of everything inside them. */
export function allFields(fields: Part[]): INodeProperties[] {
	return fields.flatMap((field) => {
		if ('values' in field) return allFields(field.values);
		if (!('type' in field)) return [];
		return [field, ...allFields(field.options ?? [])];
	});
}
