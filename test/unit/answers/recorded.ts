import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { CortexXsiamApi } from '../../../nodes/CortexXsiam/api/client';
import { cortexXsiam } from '../../../nodes/CortexXsiam/resources';
import { Pam360Api } from '../../../nodes/Pam360/api/client';
import { pam360 } from '../../../nodes/Pam360/resources';
import { SenhaseguraApi } from '../../../nodes/Senhasegura/api/client';
import { senhasegura } from '../../../nodes/Senhasegura/resources';
import { simplified } from '../../../nodes/shared/item';
import type { Operation, Result, Vendor } from '../../../nodes/shared/operation';
import type { Reply, Transport } from '../../../nodes/shared/transport';
import { success } from '../../workflows/senhasegura/kit';
import { call } from '../shared/support';

/** Answers of a vendor in its own form, and what an operation is asked for when it gets them. */
export interface Recorded {
	/** `account.getAll`. */
	operation: string;
	/** Which of several forms it is, where the vendor has more than one, by version or by page. */
	form?: string;
	/** Section of docs/api, with what the section says of it. */
	source: string;
	values: IDataObject;
	answers: Array<{ status?: number; reply: unknown }>;
}

/** As it stands in the file: an answer of senhasegura that confirms, and no more, by its text alone. */
type Written = Omit<Recorded, 'answers'> & {
	answers: Array<{ status?: number; reply: unknown } | { success: string }>;
};

const FIXTURES = join(__dirname, '../../fixtures/answers');

const apis = {
	pam360: (transport: Transport) =>
		new Pam360Api(transport, {
			url: 'https://pam360.example.com:8282',
			authToken: 't',
			serverTimeZone: 'Asia/Kolkata',
		}),
	cortexXsiam: (transport: Transport) =>
		new CortexXsiamApi(transport, {
			url: 'https://api-acme.xdr.us.paloaltonetworks.com',
			apiKey: 'k'.repeat(128),
			apiKeyId: '7',
			securityLevel: 'standard',
		}),
	senhasegura: (transport: Transport) =>
		new SenhaseguraApi(transport, {
			url: 'https://vault.example.com',
			serverTimeZone: 'America/Sao_Paulo',
		}),
};

export type VendorName = keyof typeof apis;

export const vendorNames = Object.keys(apis) as VendorName[];

const vendors: Record<VendorName, Pick<Vendor<never>, 'resources'>> = {
	pam360,
	cortexXsiam,
	senhasegura,
};

/** All operations of a vendor, by `resource.operation`. */
export function operationsOf(vendor: VendorName): Map<string, Operation<never>> {
	return new Map(
		vendors[vendor].resources.flatMap(({ value, operations }) =>
			operations.map((operation) => [`${value}.${operation.value}`, operation] as const),
		),
	);
}

export function recordedOf(vendor: VendorName): Recorded[] {
	const written = JSON.parse(readFileSync(join(FIXTURES, `${vendor}.json`), 'utf8')) as Written[];
	return written.map((one) => ({
		...one,
		answers: one.answers.map((answer) =>
			'success' in answer ? { reply: success(answer.success) } : answer,
		),
	}));
}

/** `account.getAll`, or `account.getAll, of 2024`. */
export function recordingName({ operation, form }: Pick<Recorded, 'operation' | 'form'>): string {
	return form === undefined ? operation : `${operation}, ${form}`;
}

/** Gives the answers in turn, and after the last one breaks off. */
function answering(answers: Recorded['answers']): Transport {
	const rest = [...answers];
	const transport = {
		send: async (): Promise<Reply> => {
			const next = rest.shift();
			if (!next) throw new Error('There is no further answer');
			const { reply, status = 200 } = next;
			const text = typeof reply === 'string' ? reply : JSON.stringify(reply);
			return await Promise.resolve({
				status,
				text,
				bytes: Buffer.from(text),
				headers: {},
				repeated: false,
			});
		},
		pause: async () => await Promise.resolve(),
		evenIfCancelled: () => transport,
		within: () => transport,
		withCredentials: () => transport,
	};
	return transport as unknown as Transport;
}

/** Each run is an execution of its own: what is done once in an execution is done. */
let executions = 0;

type Asked = Pick<Recorded, 'operation' | 'values' | 'answers'>;

/**
 * What an operation makes of answers, as it is under Simplify.
 *
 * @throws what the operation throws
 */
export async function itemsOf(vendor: VendorName, asked: Asked): Promise<IDataObject[]> {
	return (await resultsOf(vendor, asked)).map(simplified);
}

/** The same with the vendor's own answer, and with what the user should know. */
export async function resultsOf(
	vendor: VendorName,
	{ operation: name, values, answers }: Asked,
): Promise<Result[]> {
	const operation = operationsOf(vendor).get(name);
	if (!operation) throw new Error(`There is no operation ${name}`);
	const api = apis[vendor](answering(answers)) as never;
	const input: unknown = operation.input.parse(structuredClone(values));
	const results = await operation.run(api, input, {
		...call,
		identity: ['instance', 'workflow', `execution ${++executions}`, 'node', '0', '0'],
	});
	if (!(Symbol.asyncIterator in results)) return [results].flat();
	const all: Result[] = [];
	for await (const result of results) all.push(result);
	return all;
}

type Path = Array<string | number>;

/** The places in an answer that hold a value, or nothing. */
export function* leavesOf(value: unknown, path: Path = []): Generator<Path> {
	const isEmpty = typeof value !== 'object' || value === null || Object.keys(value).length === 0;
	if (isEmpty) {
		yield path;
		return;
	}
	for (const [key, entry] of Object.entries(value)) {
		yield* leavesOf(entry, [...path, Array.isArray(value) ? Number(key) : key]);
	}
}

/** Every place in an answer, lists and records among them, but for the whole. */
export function* placesOf(value: unknown, path: Path = []): Generator<Path> {
	if (path.length > 0) yield path;
	if (typeof value !== 'object' || value === null) return;
	for (const [key, entry] of Object.entries(value)) {
		yield* placesOf(entry, [...path, Array.isArray(value) ? Number(key) : key]);
	}
}

export function valueAt(value: unknown, path: Path): unknown {
	return path.reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], value);
}

export function withValue(value: unknown, path: Path, replacement: unknown): unknown {
	const copy = structuredClone({ value });
	const whole: Path = ['value', ...path];
	const parent = valueAt(copy, whole.slice(0, -1)) as Record<string | number, unknown>;
	parent[whole.at(-1) as string | number] = replacement;
	return copy.value;
}

const MARK = 'another value';

/** Another value of the same type: one that the vendor may send there. */
function otherThan(value: unknown): unknown {
	if (typeof value === 'number') return value + 1;
	if (typeof value === 'boolean') return !value;
	if (typeof value === 'string') return `${value} ${MARK}`;
	if (Array.isArray(value)) return [MARK];
	return value === null ? MARK : { other: MARK };
}

/** `operation.Details.*.NAME`. */
export function nameOf(path: Path): string {
	return path.map((key) => (typeof key === 'number' ? '*' : key)).join('.');
}

/**
 * The places in the answers of which an item tells nothing, in one row of a list at least: whatever stands
 * there, it stays the same. A value that leads to an error was read, too.
 *
 * @returns `data.*.name`; of several answers with their number, as `2: data.*.name`
 */
export async function lostIn(vendor: VendorName, recorded: Recorded): Promise<string[]> {
	const before = JSON.stringify(await itemsOf(vendor, recorded));
	const lost = new Set<string>();
	for (const [index, answer] of recorded.answers.entries()) {
		if (typeof answer.reply !== 'object') continue;
		for (const path of leavesOf(answer.reply)) {
			const reply = withValue(answer.reply, path, otherThan(valueAt(answer.reply, path)));
			const answers = recorded.answers.with(index, { ...answer, reply });
			const after = await itemsOf(vendor, { ...recorded, answers }).then(
				(items) => JSON.stringify(items),
				() => undefined,
			);
			const number = recorded.answers.length > 1 ? `${index + 1}: ` : '';
			if (after === before) lost.add(number + nameOf(path));
		}
	}
	return [...lost];
}
