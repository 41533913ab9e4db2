import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isCalledByAgent } from './agents';
import { secretFieldNames } from './description';
import { Failure, toNodeError, withoutSecrets } from './failure';
import type { Operation, Vendor } from './operation';
import {
	accountOf,
	errorItem,
	inOneText,
	keptFromRetry,
	notStarted,
	saidAtOnce,
} from './runReport';
import { Work } from './work';

type NodeError = ReturnType<typeof toNodeError>;

/** What became of the items of a run, and what people are told of those that it cannot return. */
export class Ledger<Api> {
	/** By the index of the item; of those that were begun. */
	private readonly works = new Map<number, Work<Api>>();

	private readonly failures = new Map<number, unknown>();

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly vendor: Vendor<Api>,
		private readonly operation: Operation<Api>,
		private readonly count: number,
	) {}

	begin(index: number): Work<Api> {
		const work = new Work<Api>();
		this.works.set(index, work);
		return work;
	}

	/** For an item that was not begun after all. */
	withdraw(index: number): void {
		this.works.delete(index);
	}

	fail(index: number, error: unknown): void {
		this.failures.set(index, error);
	}

	get hasFailures(): boolean {
		return this.failures.size > 0;
	}

	/**
	 * The output, in the order of the items.
	 *
	 * @throws n8n's error of the first item that failed, where the node stops
	 */
	collect(): INodeExecutionData[] {
		const { count } = this;
		const failed = [...this.failures.keys()].sort((a, b) => a - b);
		const [first] = failed;
		const outputs = Array.from({ length: count }, (_, index) => this.kept(index)?.output ?? []);
		if (first === undefined) return outputs.flat();
		const node = withoutSecrets(
			this.context.getNode(),
			secretFieldNames(this.vendor),
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
			message: `Item ${index} failed: ${message}. The node did not stop, because that would have lost a new ${noun} whose predecessor may be gone.`,
			type: 'warning',
			location: 'outputPane',
		});
	}

	/** What a cancelled node cannot return. */
	logCancelled(): void {
		this.logIssued('was cancelled', this.unknown());
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

	private secretsOf(index: number): string[] {
		return this.works.get(index)?.secrets ?? [];
	}
}

function mayHaveIssued(thrown: unknown): boolean {
	return thrown instanceof Failure && (thrown.kind === 'lost' || thrown.kind === 'unusable');
}
