import type { INodeExecutionData } from 'n8n-workflow';
import type { Attempt } from './attempt';
import type { Connection } from './connections';

/** What became of one item so far. */
export class Work<Api> {
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
