import type { IDataObject } from 'n8n-workflow';
import type { RunNodeResult } from '../../harness';
import { findSecrets } from '../../harness';

/** Message and description of the error that stopped the node; empty where none did. */
export function said({ nodeError }: Pick<RunNodeResult, 'nodeError'>): string {
	return [nodeError?.message, nodeError?.description].filter(Boolean).join(' | ');
}

/** The hints above the node's output. */
export function hints({ run }: Pick<RunNodeResult, 'run'>): string[] {
	const [task] = run.data.resultData.runData.Node ?? [];
	return (task?.hints ?? []).map(({ message }) => message);
}

/** The data of the first item; no fields where no item came out. */
export function first({ items }: Pick<RunNodeResult, 'items'>): IDataObject {
	return items[0]?.json ?? {};
}

/** Where a result holds one of the secrets, its error and its logs included. */
export function leaks(result: RunNodeResult, secrets: string[]): string[] {
	const { run, nodeError, logs, items, errorOutput } = result;
	return findSecrets({ run, nodeError, logs, items, errorOutput }, secrets);
}
