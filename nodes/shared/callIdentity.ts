import { createHash, randomUUID } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import { putNewest } from './newest';

/** Tries of a tool's call that n8n makes at most. */
const MOST_TRIES = 5;
const DEFAULT_TRIES = 3;

/** How many calls of tools this process remembers, of those that n8n is about to try again. */
const MOST_CALLS = 1_000;

interface ToolCall {
	/** Instance, workflow, execution, node and what the agent gave. */
	name: string;
	/** The index of the run that its first try was. */
	run: string;
	tries: number;
}

/** By name, the oldest first. */
const failedCalls = new Map<string, ToolCall>();

/**
 * What names the calls of a run of the node over all their tries.
 *
 * A node's tries have the same run index. Where an AI agent calls it as a tool, n8n counts each try as a
 * run of its own (n8n-core 2.41.1, `makeHandleToolInvocation`), so that only what the agent gave tells
 * that one is a further try of the call that has just failed.
 */
export class CallIdentity {
	private readonly parts: string[];

	private readonly toolCall: ToolCall | undefined;

	constructor(private readonly context: IExecuteFunctions) {
		this.parts = [
			context.getInstanceId(),
			context.getWorkflow().id ?? '',
			// Without an execution there is none that could be run again.
			context.getExecutionId() || randomUUID(),
			context.getNode().id,
		];
		// n8n's only word on it outside of expressions.
		const run = String(context.getWorkflowDataProxy(0).$runIndex);
		if (!isCalledAsTool(context)) {
			this.parts.push(run);
			return;
		}
		const given = context.getInputData().map(({ json }) => json);
		const digest = createHash('sha256').update(JSON.stringify(given), 'utf8').digest('base64url');
		const name = JSON.stringify([...this.parts, digest]);
		const failed = failedCalls.get(name);
		failedCalls.delete(name);
		this.toolCall = { name, run: failed?.run ?? run, tries: (failed?.tries ?? 0) + 1 };
		this.parts.push(`${this.toolCall.run} ${digest}`);
	}

	/** Instance, workflow, execution, node, run, item. */
	of(index: number): string[] {
		return [...this.parts, String(index)];
	}

	/** To be told where the node stops with an error: n8n may try again. */
	failed(): void {
		const { toolCall } = this;
		if (!toolCall || toolCall.tries >= this.mostTries()) return;
		putNewest(failedCalls, toolCall.name, toolCall, MOST_CALLS);
	}

	private mostTries(): number {
		const { retryOnFail, maxTries = DEFAULT_TRIES } = this.context.getNode();
		return retryOnFail === true ? Math.min(MOST_TRIES, Math.max(2, maxTries)) : 1;
	}
}

/** Whether n8n calls the node from within an agent; n8n 1 may not tell. */
function isCalledAsTool(context: Partial<IExecuteFunctions>): boolean {
	return context.isToolExecution?.() === true;
}
