import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { demandPerson, isCalledByAgent } from './agents';
import { Attempt } from './attempt';
import { CallIdentity } from './callIdentity';
import { callNotes } from './callNotes';
import type { CallNotes } from './callNotes';
import { readable } from './charset';
import { Connections } from './connections';
import type { Connection } from './connections';
import { outputFileField, secretFields } from './description';
import { Failure, inputFailure, scrub, toNodeError, withoutSecrets } from './failure';
import { parseInput } from './input';
import { unreadHints } from './item';
import { issuesSecret, readsSecret } from './operation';
import type { Call, Operation, OutputFile, Result, Results, Vendor } from './operation';
import { readParameter, readParameters } from './parameters';
import { Pool } from './pool';
import { progressLog } from './progress';
import { readRecipientKey, recipientOf } from './recipientKey';
import { readRunOptions } from './runOptions';
import {
	NESTED_HINT,
	accountOf,
	asData,
	errorItem,
	inOneText,
	keptFromRetry,
	nameOf,
	notPutOut,
	notStarted,
	saidAtOnce,
} from './runReport';
import { TriedBefore } from './sendOnce';
import { SECRET_FIELDS, demandReceiver, discloser, isForOwner } from './secretOutput';
import type { SecretOptions } from './secretOutput';

/** Runs a vendor's node: items in, one operation for each, items out in the same order. */
export async function runVendorNode<Api>(
	context: IExecuteFunctions,
	vendor: Vendor<Api>,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items.length === 0) return [[]];
	let run: Run<Api>;
	try {
		run = new Run(context, vendor, items.length);
	} catch (error) {
		// Settings that hold for the whole run.
		const node = withoutSecrets(context.getNode(), secretFields(vendor), []);
		const failure = toNodeError(node, error, 0);
		if (context.continueOnFail()) return [items.map((_, index) => errorItem(failure, index))];
		throw isCalledByAgent(context) ? saidAtOnce(failure) : failure;
	}
	return [
		await run.execute().catch((error: unknown) => {
			run.identity.failed();
			throw error;
		}),
	];
}

/** What became of one item so far. */
class Work<Api> {
	readonly output: INodeExecutionData[] = [];

	/** Names of what now exists at the vendor, for the error of a run that cannot return them. */
	readonly issued: string[] = [];

	/** Whether the output must not be lost. */
	irreplaceable = false;

	/** Known once its credential was read. */
	connection?: Connection<Api>;

	/** Known once it is certain that no earlier try stands against it. */
	attempt?: Attempt;

	/** What must not appear in any text, beside the credential. */
	typed: string[] = [];

	get secrets(): string[] {
		return [...(this.connection?.secrets ?? []), ...this.typed];
	}
}

class Run<Api> {
	private readonly operation: Operation<Api>;

	private readonly pool: Pool;

	private readonly signal: AbortSignal | undefined;

	private readonly connections: Connections<Api>;

	private readonly hints = new Set<string>();

	/** By the index of the item; of those that were begun. */
	private readonly works = new Map<number, Work<Api>>();

	private readonly failures = new Map<number, unknown>();

	private readonly notes: CallNotes | undefined;

	readonly identity: CallIdentity;

	private done = 0;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly vendor: Vendor<Api>,
		private readonly count: number,
	) {
		this.identity = new CallIdentity(context);
		this.notes = callNotes(context);
		this.operation = this.findOperation();
		demandPerson(context, this.operation);
		if (this.operation.replacesCredential && count > 1) throw onlyOnce(this.operation.name, count);
		const options = readRunOptions(this.options(0), vendor.perSecond);
		this.pool = new Pool(options.concurrency);
		this.signal = context.getExecutionCancelSignal();
		const onWait = progressLog(context, count, () => this.done);
		this.connections = new Connections(context, vendor, {
			...options,
			signal: this.signal,
			onWait,
		});
	}

	/**
	 * Works on the items with bounded concurrency. After a failure that stops the node no further item
	 * is started, and those under way are waited for: what they issue has to be accounted for.
	 */
	async execute(): Promise<INodeExecutionData[]> {
		const stop = () => this.pool.stop();
		this.signal?.addEventListener('abort', stop);
		if (this.signal?.aborted) stop();
		await this.pool.each(this.count, async (index) => {
			await this.tried(index);
			if (!this.goesOn()) stop();
		});
		this.signal?.removeEventListener('abort', stop);
		await this.settleNotes();
		this.showHints();
		if (this.signal?.aborted) this.logIssued('was cancelled', this.unknown());
		return this.collect();
	}

	private goesOn(): boolean {
		if (this.signal?.aborted) return false;
		return this.failures.size === 0 || this.context.continueOnFail();
	}

	private async tried(index: number): Promise<void> {
		const work = new Work<Api>();
		this.works.set(index, work);
		try {
			if (!(await this.item(index, work))) {
				this.works.delete(index);
				return;
			}
			work.attempt?.succeeded(work.issued);
			// Of a thousand items, only those that failed have texts to take secrets out of.
			work.typed = [];
			this.done += 1;
		} catch (error) {
			this.failures.set(index, error);
			if (this.operation.furtherTries) this.remember(index, work, error);
			if (isRejection(error) && work.connection) work.connection.rejected = error;
		}
	}

	/** What n8n may drop, and a further try has to know. */
	private remember(index: number, { attempt, secrets }: Work<Api>, thrown: unknown): void {
		const text = inOneText(toNodeError(this.context.getNode(), thrown, index, secrets));
		attempt?.failed(thrown, text);
		if (thrown instanceof TriedBefore) this.logOf(index, text);
	}

	private logOf(index: number, text: string): void {
		this.context.logger.warn(`${this.context.getNode().name}, item ${index}: ${text}`);
	}

	private collect(): INodeExecutionData[] {
		const { count } = this;
		const failed = [...this.failures.keys()].sort((a, b) => a - b);
		const [first] = failed;
		const outputs = Array.from({ length: count }, (_, index) => this.kept(index)?.output ?? []);
		if (first === undefined) return outputs.flat();
		const node = withoutSecrets(
			this.context.getNode(),
			secretFields(this.vendor),
			this.secretsOf(first),
		);
		const errors = failed.map((index) =>
			toNodeError(node, this.failures.get(index), index, this.secretsOf(index)),
		);
		failed.forEach((index, position) => {
			outputs[index]?.push(errorItem(errors[position] as NodeError, index));
		});
		if (!this.context.continueOnFail()) {
			const [error] = errors as [NodeError];
			if (!this.isIrreplaceable()) {
				this.accountFor(error, first);
				throw isCalledByAgent(this.context) ? saidAtOnce(error) : error;
			}
			this.sayWhyGoingOn(first, error.message);
			for (let index = 0; index < count; index++) {
				if (!this.works.has(index)) outputs[index]?.push(notStarted(index, first));
			}
		}
		const output = outputs.flat();
		return this.isRetried() && this.issued().length > 0 ? keptFromRetry(output) : output;
	}

	/** The work of an item whose output counts: a list that breaks off is none, unless it issued things. */
	private kept(index: number): Work<Api> | undefined {
		const work = this.works.get(index);
		return this.failures.has(index) && work?.issued.length === 0 ? undefined : work;
	}

	private isIrreplaceable(): boolean {
		return [...this.works.keys()].some((index) => this.kept(index)?.irreplaceable);
	}

	private issued(): string[] {
		const indexes = [...this.works.keys()].sort((a, b) => a - b);
		return indexes.flatMap((index) => this.works.get(index)?.issued ?? []);
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

	/** n8n drops the output of a cancelled node, and the error of a try that it repeats: its log is left. */
	private logIssued(fate: string, unknown: string[]): void {
		const issued = this.issued();
		if (issued.length + unknown.length === 0) return;
		this.context.logger.warn(
			`${this.context.getNode().name} ${fate}. Issued and not returned: ${issued.join('; ') || 'none'}. Not known: ${unknown.join('; ') || 'none'}.`,
		);
	}

	/** What is known of the failed items after which something may exist nevertheless. */
	private unknown(except?: number): string[] {
		if (!this.operation.issues) return [];
		return [...this.failures]
			.filter(([index, thrown]) => index !== except && mayHaveIssued(thrown))
			.sort(([a], [b]) => a - b)
			.map(([index, thrown]) => {
				const error = toNodeError(this.context.getNode(), thrown, index, this.secretsOf(index));
				return `item ${index}: ${inOneText(error).replace(/\.$/, '')}`;
			});
	}

	/** A node that stops returns nothing: whatever it issued until then must be in the error. */
	private accountFor(error: NodeError, index: number): void {
		const [issued, unknown] = [this.issued(), this.unknown(index)];
		if (issued.length + unknown.length === 0) return;
		const noun = this.operation.issues as string;
		error.description = accountOf(error.description, noun, issued, unknown);
		if (this.isRetried()) this.logIssued('failed', unknown);
	}

	/**
	 * @param work Filled as results come; what is in it stays when the item fails later.
	 * @returns false where it was not begun, since the run came to its end before
	 */
	private async item(index: number, work: Work<Api>): Promise<boolean> {
		const { context, operation } = this;
		const connection = async () => (work.connection ??= await this.connections.of(index));
		const values = await readParameters(
			context,
			operation,
			index,
			work.typed,
			async () => (await connection()).recipientPrivateKey,
		);
		const input: unknown = parseInput(operation.input, operation.fields, values);
		const options = this.options(index) as SecretOptions;
		if (issuesSecret(operation) && operation.givesSecret?.(input) !== false) {
			demandReceiver(context, options);
		}
		const show = await this.shower(index, options, work, connection);
		const apply = this.itemOptions(options);
		const { lane } = await connection();
		return await this.pool.begin(lane, async () => {
			const { api, rejected } = await connection();
			if (rejected) throw rejected;
			const readAt = new Date().toISOString();
			const call = { ...this.call(index), credential: work.connection?.name ?? '' };
			work.attempt = new Attempt(operation, call);
			const triedBefore = work.attempt.earlier !== undefined;
			const results = await operation.run(apply(api), input, { ...call, triedBefore });
			for await (const result of inTurn(results)) {
				const name = nameOf(result, index);
				const noun = result.issued === false ? undefined : operation.issues;
				for (const hint of result.hints ?? []) this.hints.add(scrub(hint, work.secrets));
				const found = this.found(index, work, result);
				const shown = await show(result).catch((error: Error) => {
					throw noun ? notPutOut(noun, name, error) : error;
				});
				if (readsSecret(operation)) Object.assign(shown.json, { readAt });
				if (found !== undefined) shown.json.earlierTry = found;
				work.output.push(shown);
				if (noun) work.issued.push(name);
				work.irreplaceable ||= result.irreplaceable === true;
			}
		});
	}

	private call(index: number): Call {
		const { context, notes, operation } = this;
		const { furtherTries: further } = operation;
		const isNoted = further?.are !== 'refused' || further.unlike === undefined;
		return {
			index,
			isRetry: context.getMode() === 'retry',
			identity: this.identity.of(index),
			log: context.logger,
			...(notes && isNoted && { notes }),
		};
	}

	/** What a further try has found of an earlier one: for the item, above the output and in n8n's log. */
	private found(index: number, { attempt, secrets }: Work<Api>, result: Result) {
		const found = attempt?.found(result);
		if (found === undefined) return undefined;
		const text = scrub(found, secrets);
		this.hints.add(text);
		this.logOf(index, text);
		return text;
	}

	/** How a result of an item leaves the node; made before anything is sent. */
	private async shower(
		index: number,
		options: SecretOptions,
		work: Work<Api>,
		connection: () => Promise<Connection<Api>>,
	) {
		const { context, operation } = this;
		const own =
			operation.secretPaths && isForOwner(options) ? (await connection()).recipientPrivateKey : '';
		const disclose = operation.secretPaths
			? discloser(
					context,
					options,
					operation.secretPaths,
					own === '' ? undefined : recipientOf(readRecipientKey(own)),
				)
			: undefined;
		const simplify = String(context.getNodeParameter('simplify', index, true)) !== 'false';
		const field = operation.download ? this.fileField(index) : '';
		return async (result: Result): Promise<INodeExecutionData> => {
			const json = simplify ? result.item : result.raw;
			if (simplify) for (const hint of unreadHints(result.item)) this.hints.add(hint);
			const secrets = secretsOf(result.item);
			for (const secret of Object.values(secrets)) readable(secret, 'The secret');
			const shown = disclose ? await disclose(json, secrets, work.typed) : { json };
			const file = result.file && { [field]: await this.binary(result.file) };
			const binary = { ...shown.binary, ...file };
			return {
				json: this.asData(shown.json),
				...(Object.keys(binary).length > 0 && { binary }),
				pairedItem: { item: index },
			};
		};
	}

	private asData(json: IDataObject): IDataObject {
		const data = asData(json);
		if (data !== json) this.hints.add(NESTED_HINT);
		return data;
	}

	private fileField(index: number): string {
		const field = readParameter(this.context, outputFileField, index);
		if (typeof field === 'string' && field.trim() !== '') return field.trim();
		throw inputFailure(`'${outputFileField.displayName}' must be the name of a field`);
	}

	private async binary({ content, name, type }: OutputFile) {
		return await this.context.helpers.prepareBinaryData(content, name, type);
	}

	private options(index: number): unknown {
		const field = { displayName: 'Options', name: 'options', default: {} };
		return readParameter(this.context, field, index);
	}

	private itemOptions(options: unknown): (api: Api) => Api {
		const { itemOptions } = this.vendor;
		if (!itemOptions) return (api) => api;
		const input: unknown = parseInput(itemOptions.input, itemOptions.fields, options);
		return (api) => itemOptions.apply(api, input);
	}

	private secretsOf(index: number): string[] {
		return this.works.get(index)?.secrets ?? [];
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

type NodeError = ReturnType<typeof toNodeError>;

async function* inTurn(results: Results): AsyncGenerator<Result> {
	if (Symbol.asyncIterator in results || Array.isArray(results)) yield* results;
	else yield results;
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
