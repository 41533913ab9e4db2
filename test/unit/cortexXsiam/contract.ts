import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import type { ErrorObject, Options, ValidateFunction } from 'ajv';
import { z } from 'zod';
import type { RecordedRequest } from '../../simulators/shared';

const FIXTURES = join(__dirname, '../../fixtures/cortexXsiam');

const common: Options = {
	allErrors: true,
	strictTypes: false,
	formats: { int64: { type: 'number', validate: Number.isSafeInteger }, float: true },
};

const forBodies = new Ajv(common);

/** What stands in a path is text, whatever its type. */
const forPaths = new Ajv({ ...common, coerceTypes: true });

/** A JSON Schema, as far as this file looks into it. */
interface Schema {
	properties?: Record<string, Schema>;
	items?: Schema;
	oneOf?: Schema[];
	additionalProperties?: boolean | Schema;
	[keyword: string]: unknown;
}

const schema: z.ZodType<Schema> = z.lazy(() =>
	z
		.object({
			properties: z.record(schema).optional(),
			items: schema.optional(),
			oneOf: z.array(schema).optional(),
			additionalProperties: z.union([z.boolean(), schema]).optional(),
		})
		.passthrough(),
);

const operation = z.object({
	method: z.string(),
	path: z.string(),
	parameters: z.array(
		z.object({ name: z.string(), in: z.enum(['header', 'path']), required: z.boolean(), schema }),
	),
	body: z.object({ contentType: z.literal('application/json'), schema }).optional(),
});

const exception = z
	.object({
		/** Those that it is about, as `nameOf` says them. */
		operations: z.array(z.string()),
		/** What the contract says, what holds instead, and where that is known from. */
		published: z.string(),
		treated: z.string(),
		source: z.string(),
		/** Headers that are not required after all. */
		optionalHeaders: z.array(z.string()).default([]),
		/** A merge patch (RFC 7396) of the body's schema. */
		schema: z.record(z.unknown()).optional(),
		/** Bodies that the contract refuses and this takes, and the other way round. */
		accepts: z.array(z.unknown()).default([]),
		refuses: z.array(z.unknown()).default([]),
	})
	.strict();

type Operation = z.infer<typeof operation>;

type ContractException = z.infer<typeof exception>;

function fixture(name: string): unknown {
	return JSON.parse(readFileSync(join(FIXTURES, name), 'utf8'));
}

/** The calls that the vendor publishes, as far as a node may make them. */
export const publishedOperations: Operation[] = [
	'platform',
	'iam',
	'notifications',
	'later',
].flatMap(
	(name) => z.object({ operations: z.array(operation) }).parse(fixture(`${name}.json`)).operations,
);

/** Where the contract is wrong, or says less than the vendor says elsewhere. */
export const listedExceptions: ContractException[] = z
	.array(exception)
	.parse(fixture('exceptions.json'));

/** A call's name: `POST /public_api/v1/issue/{issue-id}`. */
export function nameOf({ method, path }: Pick<Operation, 'method' | 'path'>): string {
	return `${method} ${path}`;
}

/** What is needed of a request that a simulator has logged. */
export type LoggedRequest = Pick<RecordedRequest, 'method' | 'url' | 'headers' | 'body'>;

export interface ContractChecker {
	/**
	 * Where a call departs from the contract.
	 *
	 * @param path from `/public_api` or `/platform` on; one slash at its end changes nothing
	 * @param body the parsed JSON body; `undefined` where none is sent
	 * @returns one sentence for each departure, which holds no value of the body
	 */
	contractIssues(method: string, path: string, body?: unknown): string[];
	/** The same for a logged request, its headers and its body's text included. */
	requestIssues(request: LoggedRequest): string[];
}

/**
 * A checker that knows these exceptions. It is stricter than the contract in two things: a name that
 * the contract does not list is refused, so that a misspelt optional field does not pass; and a body
 * that is documented must be there (docs/api/cortex-xsiam.md, "Status codes": 415 where it is not).
 */
export function contractChecker(exceptions: ContractException[]): ContractChecker {
	const calls = publishedOperations.map((published) =>
		call(
			published,
			exceptions.filter(({ operations }) => operations.includes(nameOf(published))),
		),
	);
	// A path that has no parameter goes before one whose parameter would fit it.
	calls.sort((a, b) => a.path.split('{').length - b.path.split('{').length);

	function check(method: string, url: string, departures: (found: Call) => string[]): string[] {
		const [path = '', query] = url.split('?', 2);
		const fitting = calls.filter(({ matches }) => matches(path));
		const found = fitting.find((one) => one.method === method);
		if (!found) return [`${method} ${path}: not in the contract${otherMethods(fitting)}`];
		return [
			...(query === undefined ? [] : ['the contract knows no query parameters']),
			...found.pathIssues(path),
			...departures(found),
		].map((issue) => `${nameOf(found)}: ${issue}`);
	}

	return {
		contractIssues: (method, path, body) => check(method, path, (found) => found.bodyIssues(body)),
		requestIssues: ({ method, url, headers, body }) =>
			check(method, url, (found) => [
				...found.headerIssues(headers),
				...(body === ''
					? found.bodyIssues(undefined)
					: textIssues(body, headers['content-type'], found)),
			]),
	};
}

/** With all exceptions that are listed. */
export const { contractIssues, requestIssues } = contractChecker(listedExceptions);

interface Call {
	method: string;
	path: string;
	matches(path: string): boolean;
	pathIssues(path: string): string[];
	headerIssues(headers: LoggedRequest['headers']): string[];
	bodyIssues(body: unknown): string[];
}

function call(published: Operation, exceptions: ContractException[]): Call {
	const { method, path, parameters } = published;
	const pattern = new RegExp(`^${path.replace(/\{[^}]+\}/g, '([^/]+)')}/?$`);
	const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
	const inPath = parameters.filter((parameter) => parameter.in === 'path');
	const optional = exceptions.flatMap(({ optionalHeaders }) => optionalHeaders);
	const headers = parameters
		.filter((parameter) => parameter.in === 'header' && parameter.required)
		.map(({ name }) => name.toLowerCase())
		.filter((name) => !optional.includes(name));
	const patched = exceptions.reduce<unknown>(
		(merged, { schema: patch }) => (patch ? mergePatch(merged, patch) : merged),
		published.body?.schema,
	);
	const body = patched === undefined ? undefined : closed(schema.parse(patched));
	const bodyIssues = body && validator(forBodies, body, 'the body');
	const paramIssues = validator(
		forPaths,
		{ properties: Object.fromEntries(inPath.map(({ name, schema: form }) => [name, form])) },
		'the path',
	);
	return {
		method,
		path,
		matches: (actual) => pattern.test(actual),
		pathIssues: (actual) => {
			const values = pattern.exec(actual)?.slice(1).map(decoded) ?? [];
			if (values.includes(undefined)) return ['the path is not percent-encoded properly'];
			return paramIssues(Object.fromEntries(names.map((name, at) => [name, values[at]])));
		},
		headerIssues: (actual) =>
			headers
				.filter((name) => actual[name] === undefined)
				.map((name) => `the header ${name} is missing`),
		bodyIssues: (actual) => {
			if (!bodyIssues) return actual === undefined ? [] : ['the contract knows no body'];
			return actual === undefined ? ['the body is missing'] : bodyIssues(actual);
		},
	};
}

function decoded(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}

function parsed(text: string): { json: unknown } | undefined {
	try {
		return { json: JSON.parse(text) };
	} catch {
		return undefined;
	}
}

function textIssues(text: string, type: string | undefined, { bodyIssues }: Call): string[] {
	const body = parsed(text);
	return [
		...(/^application\/json\b/i.test(type ?? '')
			? []
			: ['the content type is not application/json']),
		...(body ? bodyIssues(body.json) : ['the body is not JSON']),
	];
}

function otherMethods(fitting: Call[]): string {
	return fitting.length > 0 ? `, which has ${fitting.map(nameOf).join(', ')}` : '';
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** RFC 7396. */
function mergePatch(target: unknown, patch: unknown): unknown {
	if (!isObject(patch)) return patch;
	const merged = isObject(target) ? { ...target } : {};
	for (const [name, value] of Object.entries(patch)) {
		if (value === null) delete merged[name];
		else merged[name] = mergePatch(merged[name], value);
	}
	return merged;
}

/** The same schema, in which an object has no other properties than those that are listed. */
function closed(open: Schema): Schema {
	const { properties, items, oneOf } = open;
	return {
		...open,
		...(properties && {
			additionalProperties: open.additionalProperties ?? false,
			properties: Object.fromEntries(
				Object.entries(properties).map(([name, property]) => [name, closed(property)]),
			),
		}),
		...(items && { items: closed(items) }),
		...(oneOf && { oneOf: oneOf.map(closed) }),
	};
}

/** Compiles when first used; `whole` is what the value itself is called. */
function validator(ajv: Ajv, form: Schema, whole: string): (value: unknown) => string[] {
	let validate: ValidateFunction | undefined;
	return (value) => {
		validate ??= ajv.compile(form);
		if (validate(value)) return [];
		// What each branch of a oneOf lacks says less than that none fits.
		return (validate.errors ?? [])
			.filter(({ schemaPath }) => !/\/oneOf\/\d+\//.test(schemaPath))
			.map((error) => sentence(error, whole));
	};
}

function sentence({ keyword, instancePath, message, params }: ErrorObject, whole: string): string {
	const { missingProperty, additionalProperty, allowedValues, passingSchemas }: ErrorParams =
		params;
	const at = (...names: string[]) => [...instancePath.split('/').slice(1), ...names].join('.');
	if (missingProperty !== undefined) return `${at(missingProperty)} is missing`;
	if (additionalProperty !== undefined) return `${at(additionalProperty)} is not in the contract`;
	const what =
		keyword === 'oneOf'
			? `fits ${passingSchemas ? 'several' : 'none'} of the forms in the contract`
			: (message ?? keyword);
	return `${at() || whole} ${what}${allowedValues ? `: ${allowedValues.join(', ')}` : ''}`;
}

/** What Ajv says besides, by keyword. */
interface ErrorParams {
	missingProperty?: string;
	additionalProperty?: string;
	allowedValues?: string[];
	passingSchemas?: number[] | null;
}
