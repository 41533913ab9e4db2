import { Listr, PRESET_TIMER, type ListrTask } from 'listr2';

export type Step = ListrTask<object>;
/** A step while it runs: what it says is shown beside it. */
export type Task = Parameters<Step['task']>[1];

/** How often a step that says nothing of its own shows that it is still at work. */
const heartbeatMs = process.stdout.isTTY ? 1_000 : 15_000;

/** Runs the steps one after the other; plain lines where there is no terminal. */
export async function runSteps(steps: Step[]) {
	const list = createList(steps, true);
	await list.run().catch((error: Error) => {
		shown.add(error);
		throw error;
	});
}

/** Runs the steps at the same time; every one runs, whatever failed. True if all succeeded. */
export async function runAllSteps(steps: Step[]): Promise<boolean> {
	const list = createList(steps, false);
	await list.run();
	return list.errors.length === 0;
}

/** Steps that run one after the other, as one of those that run at the same time. */
export function inTurn(title: string, steps: Step[]): Step {
	return { title, task: (_, task) => task.newListr(steps, { concurrent: false }) };
}

/** Steps that run at the same time, as one of those that run one after the other. */
export function atOnce(title: string, steps: Step[]): Step {
	return { title, task: (_, task) => task.newListr(steps, { concurrent: true }) };
}

function createList(steps: Step[], exitOnError: boolean) {
	return new Listr<object, 'default', 'simple'>(steps, {
		exitOnError,
		concurrent: !exitOnError,
		collectErrors: 'minimal',
		fallbackRenderer: 'simple',
		rendererOptions: { timer: PRESET_TIMER, collapseErrors: false },
		fallbackRendererOptions: { timer: PRESET_TIMER },
	});
}

/** Shows the elapsed time, and what `detail` says, for as long as the work goes on. */
export async function withHeartbeat<T>(
	task: Task,
	work: Promise<T>,
	detail: () => string = () => 'at work',
): Promise<T> {
	const started = Date.now();
	// In plain lines nothing else says which of several steps it is.
	const step = process.stdout.isTTY ? '' : `${String(task.title)}: `;
	const timer = setInterval(() => {
		task.output = `${step}${detail()}, ${Math.round((Date.now() - started) / 1000)} s`;
	}, heartbeatMs);
	try {
		return await work;
	} finally {
		clearInterval(timer);
	}
}

/** How long the user's command has run, as `3 min 42 s`; with what run.mjs did before this program. */
export function timeTaken(): string {
	const started = Number(process.env.COMMAND_STARTED ?? performance.timeOrigin);
	const seconds = Math.round((Date.now() - started) / 1000);
	return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** A failure that a user can act on: its message is all there is to say. */
export class PlainError extends Error {
	override name = 'PlainError';
}

/** Errors whose message already stands beside the step that failed. */
const shown = new WeakSet<Error>();

export function printFailure(error: unknown) {
	if (!(error instanceof PlainError)) console.error(error);
	else if (!shown.has(error)) console.error(error.message);
}
