import type {
	IDisplayOptions,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
} from 'n8n-workflow';
import type { Operation, Resource, Vendor } from './operation';
import { SECRET_FIELDS, secretOptions } from './secretOutput';

export const concurrency: INodeProperties = {
	displayName: 'Max Concurrent Items',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 50, numberPrecision: 0 },
	default: 5,
	description: 'How many input items are worked on at the same time',
};

export const timeout: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 60000,
	description:
		'How long to wait for an answer of the server, in milliseconds. A call that may be repeated is tried up to four times.',
};

export const perSecond: INodeProperties = {
	displayName: 'Requests per Second',
	name: 'perSecond',
	type: 'number',
	typeOptions: { minValue: 0.1 },
	default: 8,
	description: 'The most requests to send in one second, over all items of a run',
};

/** The collection that every operation has, with what concerns the run and not the vendor. */
function runOptions<Api>(vendor: Vendor<Api>, operation: Operation<Api>): INodeProperties {
	const options = [
		concurrency,
		timeout,
		...(vendor.perSecond === undefined ? [] : [{ ...perSecond, default: vendor.perSecond }]),
		...(operation.secretPaths ? secretOptions : []),
	];
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: options.sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

const simplify: INodeProperties = {
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
		options: resources.map(({ name, value }) => ({ name, value })),
		default: '',
	};
	return [
		{ ...resourceSelector, default: resources[0]?.value },
		...resources.map(operationSelector),
		...resources.flatMap((resource) =>
			resource.operations.flatMap((operation) =>
				[...operation.fields, simplify, runOptions(vendor, operation)].map((field) =>
					shownFor(resource, operation, field),
				),
			),
		),
	];
}

function operationSelector<Api>({ value, operations }: Resource<Api>): INodeProperties {
	const selector: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: operations.map(({ name, value: operation, action, description }) => ({
			name,
			value: operation,
			action,
			description,
		})),
		default: '',
	};
	return { ...selector, default: operations[0]?.value };
}

function shownFor<Api>(
	resource: Resource<Api>,
	operation: Operation<Api>,
	field: INodeProperties,
): INodeProperties {
	const displayOptions: IDisplayOptions = {
		...field.displayOptions,
		show: {
			resource: [resource.value],
			operation: [operation.value],
			...field.displayOptions?.show,
		},
	};
	return { ...field, displayOptions };
}

/** A collection for the optional fields of an operation, sorted by name as n8n wants them. */
export function additionalFields(...fields: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [...fields].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

/** Every path below an item's `json` that can hold a secret, for `sensitiveOutputFields`. */
export function sensitiveOutputFields<Api>({ resources }: Vendor<Api>): string[] {
	const paths = resources.flatMap(({ operations }) =>
		operations.flatMap(({ secretPaths }) => secretPaths ?? []),
	);
	return [...new Set([...SECRET_FIELDS, ...paths])];
}

/** The names of all parameters that people type secrets into. */
export function secretFields<Api>({ resources }: Vendor<Api>): string[] {
	return resources
		.flatMap(({ operations }) => operations.flatMap(({ fields }) => allFields(fields)))
		.filter(({ typeOptions }) => typeOptions?.password === true)
		.map(({ name }) => name);
}

/** The fields of a list of parameters and of everything inside them. */
export function allFields(
	fields: Array<INodeProperties | INodePropertyOptions | INodePropertyCollection>,
): INodeProperties[] {
	return fields.flatMap((field) => {
		if ('values' in field) return allFields(field.values);
		if (!('type' in field)) return [];
		return [field, ...allFields(field.options ?? [])];
	});
}
