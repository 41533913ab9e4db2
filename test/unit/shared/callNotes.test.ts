import fc from 'fast-check';
import type { IExecuteFunctions } from 'n8n-workflow';
import { callNotes } from '../../../nodes/shared/callNotes';
import type { NotesByNode } from '../../../nodes/shared/callNotes';
import { ProcessedDataTable, TestDeduplicator } from '../../harness/deduplication';
import { node } from './support';

let table: ProcessedDataTable;

beforeEach(() => {
	table = new ProcessedDataTable();
});

/** The context of one execution, whose helpers go to the table. */
function contextOf(workflowId = 'w', nodeId = 'n', more: object = {}): IExecuteFunctions {
	const deduplicator = new TestDeduplicator(table);
	const contextData = { workflow: { id: workflowId, active: true }, node: { ...node, id: nodeId } };
	const helpers = {
		checkProcessedAndRecord: async (
			...[items, scope, options]: Parameters<
				IExecuteFunctions['helpers']['checkProcessedAndRecord']
			>
		) => await deduplicator.checkProcessedAndRecord(items, scope, contextData, options),
		removeProcessed: async (
			...[items, scope]: Parameters<IExecuteFunctions['helpers']['removeProcessed']>
		) => await deduplicator.removeProcessed(items, scope, contextData),
	};
	return {
		helpers,
		getWorkflow: () => contextData.workflow,
		getNode: () => contextData.node,
		...more,
	} as unknown as IExecuteFunctions;
}

/** What one process of an n8n instance remembers. */
const startProcess = (): NotesByNode => new Map();
const notesOf = (process: NotesByNode, context = contextOf()) => callNotes(context, process)!;
const held = () => table.at('w', 'n:n').length;
const wait = async (milliseconds: number): Promise<void> =>
	await new Promise((resolve) => setTimeout(resolve, milliseconds));
const texts = (count: number, prefix = 't') => Array.from({ length: count }, (_, i) => prefix + i);

describe('a note', () => {
	it('is new once, for every process', async () => {
		expect(await notesOf(startProcess()).noteOnce('a')).toBe(false);
		expect(await notesOf(startProcess()).noteOnce('a')).toBe(true);
		expect(await notesOf(startProcess()).noteOnce('b')).toBe(false);
	});

	it('is that of one node of one workflow', async () => {
		const process = startProcess();
		expect(await notesOf(process).noteOnce('a')).toBe(false);
		expect(await notesOf(process, contextOf('w', 'other')).noteOnce('a')).toBe(false);
		expect(await notesOf(process, contextOf('other', 'n')).noteOnce('a')).toBe(false);
		expect(await notesOf(process).noteOnce('a')).toBe(true);
	});

	it('is new for one only of two that note it at once', async () => {
		const process = startProcess();
		const answers = await Promise.all(
			[1, 2, 3].map(async () => await notesOf(process).noteOnce('a')),
		);
		expect(answers).toEqual([false, true, true]);
		expect(held()).toBe(1);
	});

	it('is new again where it was taken back, and does not come back by itself', async () => {
		const notes = notesOf(startProcess());
		await notes.noteOnce('a');
		await notes.remove('a');
		await notes.noteOnce('b');
		await notes.settle();
		expect(held()).toBe(1);
		expect(await notes.noteOnce('a')).toBe(false);
	});

	it('is written together with others that wait', async () => {
		const notes = notesOf(startProcess());
		const answers = await Promise.all(texts(100).map(async (text) => await notes.noteOnce(text)));
		expect(answers).toEqual(Array(100).fill(false));
		expect(held()).toBe(100);
		expect(table.writes).toBe(1);
	});

	it('is one of so many that n8n keeps, the oldest go first', async () => {
		const notes = notesOf(startProcess());
		for (const part of [0, 1, 2, 3, 4, 5]) {
			await Promise.all(texts(1_000, `p${part}-`).map(async (text) => await notes.noteOnce(text)));
		}
		expect(held()).toBe(5_000);
		const other = notesOf(startProcess());
		expect(await other.noteOnce('p5-999')).toBe(true);
		expect(await other.noteOnce('p0-0')).toBe(false);
	});
});

describe('a database', () => {
	it('that gets in the way once is asked again', async () => {
		let failures = 2;
		table.access = async () => {
			failures -= 1;
			if (failures >= 0) throw new Error('database is locked');
		};
		expect(await notesOf(startProcess()).noteOnce('a')).toBe(false);
		expect(held()).toBe(1);
	});

	it('that is down is told to each who wait, and to none of those who come later', async () => {
		const notes = notesOf(startProcess());
		table.access = async () => {
			throw new Error('connection refused');
		};
		const answers = await Promise.allSettled(
			['a', 'b'].map(async (text) => await notes.noteOnce(text)),
		);
		expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		await expect(notes.remove('a')).rejects.toThrow('connection refused');
		table.access = async () => {};
		expect(await notes.noteOnce('c')).toBe(false);
		await expect(notes.settle()).resolves.toBeUndefined();
	});
});

it.each<[string, object]>([
	['a workflow that has no ID', { getWorkflow: () => ({ id: '', active: false }) }],
	['a workflow without any', { getWorkflow: () => ({ active: false }) }],
	['an n8n without the helpers', { helpers: {} }],
])('there are none for %s', (_, more) => {
	expect(callNotes(contextOf('w', 'n', more))).toBeUndefined();
});

describe('notes of many calls', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	/** Runs all of it, in a time of its own. */
	async function done<T>(work: Promise<T>): Promise<T> {
		let isDone = false;
		void work.then(
			() => (isDone = true),
			() => (isDone = true),
		);
		while (!isDone) await jest.advanceTimersByTimeAsync(1);
		return await work;
	}

	it('that one process makes soon after each other are written together', async () => {
		const notes = notesOf(startProcess());
		let noted = 0;
		const calls = texts(200).map(async (text, index) => {
			await wait(Math.floor(index / 2));
			expect(await notes.noteOnce(text)).toBe(false);
			noted += 1;
		});
		await done(Promise.all(calls));
		expect([noted, held()]).toEqual([200, 200]);
		// Ten of them in a tenth of a second, and those that look at them again.
		expect(table.writes).toBeLessThan(40);
	});

	it('are no trouble where processes make the first one at once', async () => {
		table.access = async () => await wait(2);
		const run = async (each: number) => {
			const notes = notesOf(startProcess());
			const known = await notes.noteOnce(`p${each}`);
			await wait(20);
			await notes.settle();
			return known;
		};
		expect(await done(Promise.all([1, 2, 3].map(run)))).toEqual([false, false, false]);
		expect(held()).toBe(3);
	});

	it('stand in the end, however processes overwrite each other', async () => {
		const milliseconds = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 50, maxLength: 50 });
		const counts = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 4 });
		let overwritten = 0;
		await fc.assert(
			fc.asyncProperty(milliseconds, counts, async (delays, numbers) => {
				table = new ProcessedDataTable();
				let turn = 0;
				table.access = async () => await wait(delays[turn++ % delays.length]!);
				const run = async (count: number, each: number) => {
					const notes = notesOf(startProcess());
					for (const text of texts(count, `p${each}-`)) {
						expect(await notes.noteOnce(text)).toBe(false);
						// The call that the note is of takes longer than a process takes to write.
						await wait(20);
					}
					await notes.settle();
				};
				await done(Promise.all(numbers.map(run)));
				overwritten += table.gone;
				expect(held()).toBe(numbers.reduce((sum, count) => sum + count, 0));
			}),
			{ numRuns: 200 },
		);
		// Else nothing was tried.
		expect(overwritten).toBeGreaterThan(0);
	});
});

it('is not looked at for ever where the time does not go on, or goes back', async () => {
	const notes = notesOf(startProcess());
	const clock = jest.spyOn(performance, 'now').mockReturnValue(1_000_000);
	const dates = jest.spyOn(Date, 'now');
	try {
		await notes.noteOnce('a');
		dates.mockReturnValue(0);
		await notes.settle();
		await new Promise((resolve) => setTimeout(resolve, 1_000));
		// The note, eight looks at it while its call is under way, and eight at the end of the run.
		expect(table.writes).toBeLessThanOrEqual(17);
	} finally {
		clock.mockRestore();
		dates.mockRestore();
	}
});
