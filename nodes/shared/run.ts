import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { z } from 'zod';
import {
	concurrency,
	outputFileField,
	perSecond,
	secretFields,
	secretFieldsOf,
	timeout,
} from './description';
import { callNotes } from './callNotes';
import type { CallNotes } from './callNotes';
import { withOffset } from './dates';
import { Failure, inputFailure, toNodeError, withoutSecrets } from './failure';
import { parseInput } from './input';
import { LONGEST_TIMER_MS } from './pace';
import type { ApiSecrets, Call, Operation, OutputFile, Result, Results, Vendor } from './operation';
import { SECRET_FIELDS, discloser, isCalledByAgent } from './secretOutput';
import type { SecretOptions } from './secretOutput';

const runOptions = z.object({
	concurrency: z.coerce
		.number({ invalid_type_error: 'must be a number' })
		.int('must be a whole number')
		.min(1, 'must be at least 1')
		.max(50, 'must be at most 50')
		.default(Number(concurrency.default)),
	timeout: z.coerce
		.number({ invalid_type_error: 'must be a number of milliseconds' })
		.positive('must be a number of milliseconds greater than 0')
		.max(LONGEST_TIMER_MS, `must be at most ${LONGEST_TIMER_MS} milliseconds`)
		.default(Number(timeout.default)),
	perSecond: z.coerce
		.number({ invalid_type_error: 'must be a number' })
		.positive('must be greater than 0')
		.optional(),
});

/** Runs a vendor's node: items in, one operation for each, items out in the same order. */
export async function runVendorNode<Api>(
	context: IExecuteFunctions,
	vendor: Vendor<Api>,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items.length === 0) return [[]];
	try {
		return [await new Run(context, vendor).execute(items.length)];
	} catch (error) {
		// The items' errors are n8n's own by now; left are settings that hold for the whole run.
		const node = withoutSecrets(context.getNode(), secretFields(vendor), []);
		const failure = toNodeError(node, error, 0);
		if (context.continueOnFail()) return [items.map((_, index) => errorItem(failure, index))];
		throw failure;
	}
}

interface Done {
	output: INodeExecutionData[];
	/** Names of what now exists at the vendor, for the error of a run that cannot return them. */
	issued: string[];
	/** Whether the output must not be lost. */
	irreplaceable?: boolean;
}

class Run<Api> {
	private readonly operation: Operation<Api>;

	/** Names of the operation's parameters that secrets are typed into. */
	private readonly secretNames: Set<string>;

	private readonly settings: ReturnType<Run<Api>['readSettings']>;

	private readonly signal: AbortSignal | undefined;

	private readonly hints = new Set<string>();

	/** What must not appear in any text: of the credential, and of each item that is not done. */
	private readonly credentialSecrets: string[] = [];

	private readonly itemSecrets = new Map<number, string[]>();

	private api?: Promise<Api>;

	/** A credential that was refused once is refused a thousand times, and may get locked. */
	private rejected?: Failure;

	private readonly notes: CallNotes | undefined;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly vendor: Vendor<Api>,
	) {
		this.notes = callNotes(context);
		this.operation = this.findOperation();
		this.secretNames = secretFieldsOf(this.operation);
		this.settings = this.readSettings();
		this.signal = context.getExecutionCancelSignal();
	}

	/**
	 * Works on the items with bounded concurrency. After a failure that stops the node no further item
	 * is started, and those under way are waited for: what they issue has to be accounted for.
	 */
	async execute(count: number): Promise<INodeExecutionData[]> {
		if (this.operation.replacesCredential && count > 1) throw onlyOnce(this.operation.name, count);
		const done: Array<Done | undefined> = new Array<undefined>(count).fill(undefined);
		const failed = new Map<number, unknown>();
		const workers = Math.min(this.settings.concurrency, count);
		let next = 0;
		const work = async () => {
			while (
				next < count &&
				!this.signal?.aborted &&
				(failed.size === 0 || this.context.continueOnFail())
			) {
				const index = next++;
				const made: Done = { output: [], issued: [] };
				try {
					await this.item(index, made);
					done[index] = made;
					this.itemSecrets.delete(index);
				} catch (error) {
					// What was issued before the item failed is there to stay, and its secrets are in `made`.
					if (made.issued.length > 0) done[index] = made;
					failed.set(index, error);
					if (isRejection(error)) this.rejected = error;
				}
			}
		};
		await Promise.all(Array.from({ length: workers }, work));
		await this.settleNotes();
		this.showHints();
		if (this.signal?.aborted) this.logCancelled(done, failed);
		return this.collect(done, failed);
	}

	private collect(
		done: Array<Done | undefined>,
		failed: Map<number, unknown>,
	): INodeExecutionData[] {
		const outputs = done.map((item) => item?.output ?? []);
		if (failed.size === 0) return outputs.flat();
		const indexes = [...failed.keys()].sort((a, b) => a - b);
		const secrets = this.secretsOfItem(indexes[0] as number);
		const node = withoutSecrets(this.context.getNode(), secretFields(this.vendor), secrets);
		const errors = indexes.map((index) => ({
			index,
			error: toNodeError(node, failed.get(index), index, this.secretsOfItem(index)),
		}));
		const [first] = errors;
		for (const { index, error } of errors) {
			outputs[index] = [...(done[index]?.output ?? []), errorItem(error, index)];
		}
		if (!first || this.context.continueOnFail()) return this.keptFromRetry(outputs.flat(), done);
		if (done.some((item) => item?.irreplaceable)) {
			this.sayWhyGoingOn(first.index, first.error.message);
			const all = outputs.map((output, index) =>
				done[index] || failed.has(index) ? output : [notStarted(index, first.index)],
			);
			return this.keptFromRetry(all.flat(), done);
		}
		this.accountFor(first.error, done, this.unknown(failed, first.index));
		throw first.error;
	}

	/**
	 * n8n's Retry On Fail drops the output of a node whose first item has an error, and runs it again:
	 * where something was issued, another item comes first.
	 */
	private keptFromRetry(
		output: INodeExecutionData[],
		done: Array<Done | undefined>,
	): INodeExecutionData[] {
		if (!this.isRetried() || issuedBy(done).length === 0) return output;
		const index = output.findIndex(({ json }) => json.error === undefined);
		const [kept] = output.slice(Math.max(index, 0));
		return kept ? [kept, ...output.filter((item) => item !== kept)] : output;
	}

	private isRetried(): boolean {
		return this.context.getNode().retryOnFail === true;
	}

	private sayWhyGoingOn(index: number, message: string): void {
		const noun = this.operation.issues ?? 'result';
		this.context.addExecutionHints({
			message: `Item ${index} failed: ${message}. The node did not stop, since that would have lost a new ${noun} whose predecessor may be gone.`,
			type: 'warning',
			location: 'outputPane',
		});
	}

	/** n8n drops the output of a cancelled node: its log is the only place left for what was issued. */
	private logCancelled(done: Array<Done | undefined>, failed: Map<number, unknown>): void {
		this.logIssued('was cancelled', issuedBy(done), this.unknown(failed));
	}

	private logIssued(fate: string, issued: string[], unknown: string[]): void {
		if (issued.length + unknown.length === 0) return;
		this.context.logger.warn(
			`${this.context.getNode().name} ${fate}. Issued and not returned: ${issued.join('; ') || 'none'}. Not known: ${unknown.join('; ') || 'none'}.`,
		);
	}

	/** The failed items after which something may exist nevertheless. */
	private unknown(failed: Map<number, unknown>, except?: number): string[] {
		if (!this.operation.issues) return [];
		return [...failed]
			.filter(([index, thrown]) => index !== except && mayHaveIssued(thrown))
			.sort(([a], [b]) => a - b)
			.map(([index, thrown]) => {
				const secrets = this.secretsOfItem(index);
				const error = toNodeError(this.context.getNode(), thrown, index, secrets);
				return `item ${index}: ${inOneText(error.message, error.description).replace(/\.$/, '')}`;
			});
	}

	/** A node that stops returns nothing: whatever it issued until then must be in the error. */
	private accountFor(
		error: { description?: string | null },
		done: Array<Done | undefined>,
		unknown: string[],
	): void {
		const issued = issuedBy(done);
		if (issued.length + unknown.length === 0) return;
		const noun = this.operation.issues as string;
		const sentences = [
			error.description,
			issued.length > 0 &&
				`Before it stopped, the node issued ${issued.length} ${noun}${issued.length > 1 ? 's' : ''} that it cannot return now: ${issued.join('; ')}.`,
			unknown.length > 0 && `What became of other items is not known: ${unknown.join('; ')}.`,
			"To keep the results of other items, set 'On Error' in the node's settings to continue.",
		];
		error.description = sentences.filter(Boolean).join(' ');
		// n8n drops the error of a try that it repeats.
		if (this.isRetried()) this.logIssued('failed', issued, unknown);
	}

	/** @param done Filled as results come; what is in it stays when the item fails later. */
	private async item(index: number, done: Done): Promise<void> {
		const { context, operation } = this;
		const values = this.parameters(index);
		const input = parseInput(operation.input, operation.fields, values);
		const options = context.getNodeParameter('options', index, {}) as SecretOptions;
		if (operation.replacesCredential || operation.replacesSecret?.(input))
			this.demandSecret(options);
		const show = this.shower(index, options);
		const apply = this.itemOptions(options);
		if (this.rejected) throw this.rejected;
		const api = apply(await this.connect());
		for await (const result of inTurn(await operation.run(api, input, this.call(index)))) {
			const what = [nameOf(result.item), result.ifLost].filter(Boolean).join(', ');
			const name = `item ${index}: ${what}`;
			const noun = result.issued === false ? undefined : operation.issues;
			for (const hint of result.hints ?? []) this.hints.add(hint);
			const shown = await show(result).catch((error: Error) => {
				throw noun ? notPutOut(noun, name, error) : error;
			});
			done.output.push(shown);
			if (noun) done.issued.push(name);
			done.irreplaceable ||= result.irreplaceable;
		}
	}

	private call(index: number): Call {
		const { context } = this;
		return {
			index,
			isRetry: context.getMode() === 'retry',
			identity: [
				context.getInstanceId(),
				context.getWorkflow().id ?? '',
				context.getExecutionId(),
				context.getNode().id,
				// n8n's only word on it outside of expressions.
				String(context.getWorkflowDataProxy(index).$runIndex),
				String(index),
			],
			log: context.logger,
			...(this.notes && { notes: this.notes }),
		};
	}

	/** @throws Failure where the new secret would be left out unasked */
	private demandSecret(options: SecretOptions): void {
		if ('secretOutput' in options || !isCalledByAgent(this.context)) return;
		throw inputFailure(
			"'Secret Output' is not set, so that the new secret would be lost",
			'Without this option the secret is left out where an AI agent calls the node, and the one that it replaces would be dead. Choose where the secret goes.',
		);
	}

	/** How a result of an item leaves the node; made before anything is sent. */
	private shower(index: number, options: SecretOptions) {
		const { context, operation } = this;
		const disclose = operation.secretPaths
			? discloser(context, options, operation.secretPaths)
			: undefined;
		const simplify = String(context.getNodeParameter('simplify', index, true)) !== 'false';
		const field = operation.download ? this.fileField(index) : '';
		return async (result: Result): Promise<INodeExecutionData> => {
			const json = simplify ? result.item : result.raw;
			const typed = this.itemSecrets.get(index);
			const shown = disclose ? await disclose(json, secretsOf(result.item), typed) : { json };
			const file = result.file && { [field]: await this.binary(result.file) };
			const binary = { ...shown.binary, ...file };
			return {
				json: shown.json,
				...(Object.keys(binary).length > 0 && { binary }),
				pairedItem: { item: index },
			};
		};
	}

	private fileField(index: number): string {
		const { name, default: fallback, displayName } = outputFileField;
		const field: unknown = this.context.getNodeParameter(name, index, fallback);
		if (typeof field === 'string' && field.trim() !== '') return field.trim();
		throw inputFailure(`'${displayName}' must be the name of a field`);
	}

	private async binary({ content, name, type }: OutputFile) {
		return await this.context.helpers.prepareBinaryData(content, name, type);
	}

	private itemOptions(options: unknown): (api: Api) => Api {
		const { itemOptions } = this.vendor;
		if (!itemOptions) return (api) => api;
		const input: unknown = parseInput(itemOptions.input, itemOptions.fields, options);
		return (api) => itemOptions.apply(api, input);
	}

	private secretsOfItem(index: number): string[] {
		return [...this.credentialSecrets, ...(this.itemSecrets.get(index) ?? [])];
	}

	private parameters(index: number): IDataObject {
		const values: IDataObject = {};
		const secrets: string[] = [];
		this.itemSecrets.set(index, secrets);
		const timeZone = this.context.getTimezone();
		for (const field of this.operation.fields) {
			if (field.type === 'notice') continue;
			const value = this.context.getNodeParameter(field.name, index, field.default);
			values[field.name] = fieldValue(value, field, timeZone) as IDataObject[string];
		}
		secrets.push(...typedSecrets(values, this.secretNames));
		return values;
	}

	private readSettings() {
		const { context, vendor } = this;
		const fields = [concurrency, timeout, perSecond];
		const options = parseInput(runOptions, fields, context.getNodeParameter('options', 0, {}));
		return { ...options, perSecond: options.perSecond ?? vendor.perSecond ?? 0 };
	}

	/** One object for the whole run: the credential is read once, limiter and look-ups are shared. */
	private async connect(): Promise<Api> {
		this.api ??= this.vendor
			.connect(this.context, { ...this.settings, signal: this.signal })
			.then((api: Api & ApiSecrets) => {
				this.credentialSecrets.push(...api.secrets);
				return api;
			});
		return await this.api;
	}

	private findOperation(): Operation<Api> {
		const resource = this.context.getNodeParameter('resource', 0) as string;
		const operation = this.context.getNodeParameter('operation', 0, '') as string;
		const found = this.vendor.resources
			.find(({ value }) => value === resource)
			?.operations.find(({ value }) => value === operation);
		if (found) return found;
		throw inputFailure(
			`The operation '${operation}' of the resource '${resource}' does not exist`,
			'Choose the resource and the operation again.',
		);
	}

	/** Nothing that was made is lost for a note that does not stand. */
	private async settleNotes(): Promise<void> {
		await this.notes
			?.settle()
			.catch(() => this.context.logger.warn("n8n's notes of what was issued may not stand"));
	}

	private showHints(): void {
		for (const message of this.hints) {
			this.context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
		}
	}
}

function issuedBy(done: Array<Done | undefined>): string[] {
	return done.flatMap((item) => item?.issued ?? []);
}

async function* inTurn(results: Results): AsyncGenerator<Result> {
	if (Symbol.asyncIterator in results || Array.isArray(results)) yield* results;
	else yield results;
}

/** The texts that were given for secret fields, wherever in a collection they stand. */
function typedSecrets(value: unknown, names: Set<string>, name = ''): string[] {
	if (typeof value === 'string' || typeof value === 'number') {
		return names.has(name) && value !== '' ? [String(value).trim()] : [];
	}
	if (Array.isArray(value)) return value.flatMap((entry) => typedSecrets(entry, names, name));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, entry]) => typedSecrets(entry, names, key));
}

/**
 * What happened as `error`, and that with what to do about it as `message`. By these two keys, and with
 * no `error` beside `json`, every n8n knows an item of the error output and keeps the input's fields in it.
 */
function errorItem(
	{ message, description }: { message: string; description?: string | null },
	index: number,
): INodeExecutionData {
	return {
		json: { error: message, message: inOneText(message, description) },
		pairedItem: { item: index },
	};
}

function inOneText(message: string, description?: string | null): string {
	return description ? `${message.replace(/\.$/, '')}. ${description}` : message;
}

function notStarted(index: number, cause: number): INodeExecutionData {
	const message = 'Nothing was done for this item';
	return errorItem({ message, description: `Item ${cause} had failed before.` }, index);
}

/**
 * A parameter's value as operations and events take it. n8n's date picker gives a local time without
 * offset, meant in the workflow's time zone: the offset is added to each date-time in the value.
 */
export function fieldValue(value: unknown, field: INodeProperties, zone: string): unknown {
	if (field.type === 'dateTime') return withOffset(value, zone);
	if (field.type !== 'collection' || typeof value !== 'object' || value === null) return value;
	const inner = field.options as INodeProperties[];
	return Object.fromEntries(
		Object.entries(value).map(([key, entry]) => {
			const known = inner.find(({ name }) => name === key);
			return [key, known ? fieldValue(entry, known, zone) : entry];
		}),
	);
}

function secretsOf(item: IDataObject): Record<string, string> {
	return Object.fromEntries(
		SECRET_FIELDS.flatMap((field) => {
			const value = item[field];
			return typeof value === 'string' && value !== '' ? [[field, value]] : [];
		}),
	);
}

function isRejection(thrown: unknown): thrown is Failure {
	return thrown instanceof Failure && thrown.declared?.cause === 'credential-invalid';
}

function mayHaveIssued(thrown: unknown): boolean {
	return thrown instanceof Failure && (thrown.kind === 'lost' || thrown.kind === 'unusable');
}

/** The second item would be refused, and a node that stops cannot return what the first one got. */
function onlyOnce(name: string, count: number): Failure {
	return inputFailure(
		`'${name}' works on one input item, and there are ${count}`,
		"It replaces the secret that the node's credential holds. Turn on 'Execute Once' in the node's settings, or limit the input to one item.",
	);
}

/** The work was done; only the item could not be made, for example because a disk is full. */
function notPutOut(noun: string, name: string, { message }: Error): Failure {
	return new Failure(`The ${noun} was issued, but cannot be put out: ${message}`, {
		kind: 'unusable',
		description: `It exists, and its secret is lost: ${name}.`,
	});
}

/** What a person can find the issued thing by; never its secret. */
function nameOf(item: IDataObject): string {
	const { id, name, externalId, expiresAt, expiresAtServerTime } = item;
	// What is known to other systems, or to people, where there is no ID yet.
	const identifier = item.identifier ?? externalId ?? (id ? undefined : name);
	if (id) return `id ${String(id)}${identifier ? ` (${String(identifier)})` : ''}`;
	if (identifier) return String(identifier);
	const until = expiresAt ?? expiresAtServerTime;
	return until ? `valid until ${String(until)}` : 'without an id';
}
