import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { chosenByPerson, demandPerson, isCalledByAgent, wordGuard } from './agents';
import { Attempt } from './attempt';
import { CallIdentity } from './callIdentity';
import { callNotes } from './callNotes';
import type { CallNotes } from './callNotes';
import { Connections } from './connections';
import { secretFieldNames } from './description';
import { Failure, inputFailure, scrub, toNodeError, withoutSecrets } from './failure';
import { parseInput } from './input';
import { withServer } from './keyTypes';
import { Ledger } from './ledger';
import { issuesSecret, readsSecret } from './operation';
import type { Call, Operation, Result, Results, Vendor } from './operation';
import { ParameterReader, readParameter } from './parameters';
import { Pool } from './pool';
import { progressLog } from './progress';
import { shower } from './resultOutput';
import { readRunOptions } from './runOptions';
import { errorItem, inOneText, nameOf, notPutOut, saidAtOnce } from './runReport';
import { demandReceiver } from './secretOutput';
import type { SecretOptions } from './secretOptions';
import { TriedBefore } from './sendOnce';
import type { Work } from './work';

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
		const node = withoutSecrets(context.getNode(), secretFieldNames(vendor), []);
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

class Run<Api> {
	private readonly operation: Operation<Api>;

	private readonly pool: Pool;

	private readonly signal: AbortSignal | undefined;

	private readonly connections: Connections<Api>;

	private readonly hints = new Set<string>();

	private readonly parameters: ParameterReader<Api>;

	private readonly demandOwnWords: ReturnType<typeof wordGuard>;

	private readonly ledger: Ledger<Api>;

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
		demandPerson(context, this.operation, vendor.itemOptions?.fields);
		this.demandOwnWords = wordGuard(context, this.operation);
		this.parameters = new ParameterReader(context, this.operation);
		this.ledger = new Ledger(context, vendor, this.operation, count);
		if (this.operation.replacesCredential && count > 1) throw onlyOnce(this.operation.name, count);
		const options = readRunOptions(this.runOptions(), vendor.perSecond);
		this.pool = new Pool(options.concurrency);
		this.signal = context.getExecutionCancelSignal();
		const onWait = progressLog(context, count, () => this.done);
		this.connections = new Connections(context, vendor, {
			...options,
			signal: this.signal,
			onWait,
			onTold: (what) => void this.hints.add(what),
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
		if (this.signal?.aborted) this.ledger.logCancelled();
		let output: INodeExecutionData[] | undefined;
		try {
			output = this.ledger.collect();
			return output;
		} finally {
			// n8n drops the hints of a node that stops.
			if (!output) for (const hint of this.hints) this.log(hint);
		}
	}

	private goesOn(): boolean {
		if (this.signal?.aborted) return false;
		return !this.ledger.hasFailures || this.context.continueOnFail();
	}

	private async tried(index: number): Promise<void> {
		const work = this.ledger.begin(index);
		try {
			if (!(await this.item(index, work))) {
				this.ledger.withdraw(index);
				return;
			}
			work.attempt?.succeeded(work.issued);
			// Of a thousand items, only those that failed have texts to take secrets out of.
			work.typed = [];
			this.done += 1;
		} catch (error) {
			this.ledger.fail(index, error);
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

	/**
	 * @param work Filled as results come; what is in it stays when the item fails later.
	 * @returns false where it was not begun, since the run came to its end before
	 */
	private async item(index: number, work: Work<Api>): Promise<boolean> {
		const { context, operation } = this;
		const connection = async () => (work.connection ??= await this.connections.of(index));
		const values = await this.parameters.read(
			index,
			work.typed,
			async () => (await connection()).recipientPrivateKey,
		);
		this.demandOwnWords(values);
		const input: unknown = parseInput(operation.input, operation.fields, values);
		const options = this.options(index) as SecretOptions;
		// What an agent takes for a secret that nobody gets would be taken for nothing.
		const takes = operation.issues !== undefined && isCalledByAgent(context);
		const isForSecret = issuesSecret(operation) || (takes && readsSecret(operation));
		if (isForSecret && operation.givesSecret?.(input) !== false) demandReceiver(context, options);
		const show = await shower(context, operation, {
			index,
			options,
			typed: work.typed,
			ownKey: async () => (await connection()).recipientPrivateKey,
			hint: (text) => void this.hints.add(text),
		});
		const apply = this.itemOptions(options);
		const { lane } = await connection();
		return await this.pool.begin(lane, async () => {
			const { api, rejected } = await connection();
			if (rejected) throw rejected;
			const readAt = new Date().toISOString();
			const call = { ...this.call(index), credential: work.connection?.name ?? '' };
			work.attempt = new Attempt(operation, call);
			const triedBefore = work.attempt.earlier !== undefined;
			const own = apply(api);
			const server = operation.readsKeys ? this.vendor.serverOf?.(own) : undefined;
			const results = await operation.run(own, input, { ...call, triedBefore });
			for await (const bare of oneByOne(results)) {
				const result = server === undefined ? bare : withServer(bare, server);
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

	private logOf(index: number, text: string): void {
		this.log(text, `, item ${index}`);
	}

	private log(text: string, item = ''): void {
		this.context.logger.warn(`${this.context.getNode().name}${item}: ${text}`);
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

	/** Those of the first item whose options can be read. */
	private runOptions(): unknown {
		for (let index = 0; index < this.count; index++) {
			try {
				return this.options(index);
			} catch {
				// It is that item's failure, and comes when the item is worked on.
			}
		}
		return {};
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

	private findOperation(): Operation<Api> {
		const resource = chosenByPerson(this.context, 'resource');
		const operation = chosenByPerson(this.context, 'operation');
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
			.catch(() =>
				this.context.logger.warn("n8n's notes of what was issued may not have been saved"),
			);
	}

	private showHints(): void {
		for (const message of this.hints) {
			this.context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
		}
	}
}

async function* oneByOne(results: Results): AsyncGenerator<Result> {
	if (Symbol.asyncIterator in results || Array.isArray(results)) yield* results;
	else yield results;
}

function isRejection(thrown: unknown): thrown is Failure {
	return thrown instanceof Failure && thrown.declared?.cause === 'credential-invalid';
}

/** The second item would be refused, and a node that stops cannot return what the first one got. */
function onlyOnce(name: string, count: number): Failure {
	return inputFailure(
		`'${name}' works on one input item, and there are ${count}`,
		"It replaces the secret that the node's credential holds. Turn on 'Execute Once' in the node's settings, or limit the input to one item.",
	);
}
