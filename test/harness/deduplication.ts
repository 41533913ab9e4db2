import { createHash } from 'node:crypto';
import type {
	DeduplicationItemTypes,
	DeduplicationScope,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
	IDeduplicationOutput,
} from 'n8n-workflow';
import { UnexpectedError } from 'n8n-workflow';
import { ofTheProcess } from './shared';

interface Row {
	mode: string;
	data: string[];
}

/** n8n's table `processed_data`: one row for each workflow and context, read and written whole. */
export class ProcessedDataTable {
	private readonly rows = new Map<string, string>();

	/** What was written last, for the test's own count: n8n does nothing of the kind. */
	private readonly entries = new Map<string, string[]>();

	/** How often a row was written. */
	writes = 0;

	/** How many entries were gone after a write: taken back, pruned or overwritten. */
	gone = 0;

	/** Waits before each access; rejects where the database is down. */
	access: () => Promise<void> = async () => {};

	clear(): void {
		this.rows.clear();
		this.entries.clear();
		this.writes = 0;
		this.gone = 0;
		this.access = async () => {};
	}

	/** What a row holds, by workflow and context. */
	at(workflowId: string, context: string): string[] {
		return this.read(`${workflowId} ${context}`)?.data ?? [];
	}

	async find(key: string): Promise<Row | undefined> {
		await this.access();
		return this.read(key);
	}

	async insert(key: string, row: Row): Promise<void> {
		await this.access();
		if (this.rows.has(key)) throw new UnexpectedError('UNIQUE constraint failed: processed_data');
		this.write(key, row);
	}

	async update(key: string, row: Row): Promise<void> {
		await this.access();
		this.write(key, row);
	}

	private read(key: string): Row | undefined {
		const text = this.rows.get(key);
		return text === undefined ? undefined : (JSON.parse(text) as Row);
	}

	private write(key: string, row: Row): void {
		this.writes += 1;
		const before = this.entries.get(key) ?? [];
		if (before.some((entry, index) => entry !== row.data[index])) {
			const kept = new Set(row.data);
			this.gone += before.filter((entry) => !kept.has(entry)).length;
		}
		this.entries.set(key, [...row.data]);
		this.rows.set(key, JSON.stringify(row));
	}
}

/**
 * What n8n's server gives to n8n-core, in the mode 'entries': the same steps over the same table, none
 * of them atomic. Source: n8n 1.123.81 and 2.41.1, `dist/deduplication/deduplication-helper.js`, which
 * are equal.
 */
export class TestDeduplicator implements IDataDeduplicator {
	constructor(private readonly table: ProcessedDataTable) {}

	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
		{ mode, maxEntries }: ICheckProcessedOptions,
	): Promise<IDeduplicationOutput> {
		const key = keyOf(scope, contextData);
		const found = await this.table.find(key);
		const hashes = items.map(hashOf);
		if (!found) {
			if (maxEntries) hashes.splice(0, hashes.length - maxEntries);
			await this.table.insert(key, { mode, data: hashes });
			return { new: items, processed: [] };
		}
		const known = new Set(found.data);
		const output: IDeduplicationOutput = { new: [], processed: [] };
		hashes.forEach((hash, index) => {
			const item = items[index] as DeduplicationItemTypes;
			if (known.has(hash)) {
				output.processed.push(item);
			} else {
				output.new.push(item);
				found.data.push(hash);
			}
		});
		if (maxEntries) found.data.splice(0, found.data.length - maxEntries);
		await this.table.update(key, found);
		return output;
	}

	async removeProcessed(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
	): Promise<void> {
		const key = keyOf(scope, contextData);
		const found = await this.table.find(key);
		if (!found) return;
		for (const hash of items.map(hashOf)) {
			const index = found.data.indexOf(hash);
			if (index !== -1) found.data.splice(index, 1);
		}
		await this.table.update(key, found);
	}

	async clearAllProcessedItems(): Promise<void> {
		throw new UnexpectedError('The test harness does not clear notes');
	}

	async getProcessedDataCount(
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
	): Promise<number> {
		return (await this.table.find(keyOf(scope, contextData)))?.data.length ?? 0;
	}
}

function keyOf(scope: DeduplicationScope, { workflow, node }: ICheckProcessedContextData): string {
	if (!workflow.id) throw new UnexpectedError('The expression evaluated to a falsy value');
	return `${workflow.id} ${scope === 'node' ? `n:${node?.id}` : ''}`;
}

function hashOf(item: DeduplicationItemTypes): string {
	return createHash('md5').update(item.toString()).digest('base64');
}

/** The table of the server that the harness stands for. */
export const processedData = ofTheProcess('processed data', () => new ProcessedDataTable());
