import type { IDataObject, INode } from 'n8n-workflow';
import type { CortexXsiamSimulator } from '../simulators';
import { addFirst, storedFormOf } from './cortexXsiam/lineage';
import { credentialFor, runVendor } from './vendors';

/** Many executions that use one tenant of Cortex XSIAM at the same time. */

/** What each item of each execution does. */
export type Deed = 'generate' | 'generateOnce' | 'get' | 'rotate';

export const DEEDS: Deed[] = ['generate', 'generateOnce', 'get', 'rotate'];

/** The executions of one process. */
export interface Crowd {
	url: string;
	deed: Deed;
	/** The items of each execution. */
	executions: IDataObject[][];
	options: IDataObject;
	onError?: INode['onError'];
}

export interface Tally {
	/** Ids of the keys that came out, in the order of the items of each execution. */
	ids: string[][];
	/** What the errors said. */
	failures: string[];
}

const PARAMETERS: Record<Deed, IDataObject> = {
	generate: {
		resource: 'apiKey',
		operation: 'generate',
		roles: ['Investigator'],
		securityLevel: 'standard',
	},
	generateOnce: {
		resource: 'apiKey',
		operation: 'generate',
		roles: ['Investigator'],
		securityLevel: 'standard',
		additionalFields: { idempotencyKey: '={{ $json.name }}' },
	},
	get: {
		resource: 'apiKey',
		operation: 'get',
		apiKey: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
	},
	rotate: {
		resource: 'apiKey',
		operation: 'rotate',
		rotate: 'lineage',
		lineage: '={{ $json.id }}',
		dueWithinDays: 14,
		storedSecret: '={{ $json.stored }}',
		readAt: '={{ $now.toISO() }}',
	},
};

/** Ids of keys that are there before, far from those that the tenant gives. */
const FIRST_ID = 100_000;

/** Items for so many executions, with what each needs in the tenant. */
export function itemsFor(
	sim: CortexXsiamSimulator,
	deed: Deed,
	executions: number,
	items: number,
): IDataObject[][] {
	return Array.from({ length: executions }, (_, execution) =>
		Array.from({ length: items }, (__, item): IDataObject => {
			const name = `${execution}-${item}`;
			if (deed === 'generate' || deed === 'generateOnce') return { name };
			const key = addFirst(sim, {
				id: FIRST_ID + execution * items + item,
				comment: `Collector ${name}`,
			});
			return { name, id: String(key.id), stored: storedFormOf(key) };
		}),
	);
}

/** Runs all executions at the same time. */
export async function runCrowd({ url, deed, executions, options, onError }: Crowd): Promise<Tally> {
	const results = await Promise.all(
		executions.map(
			async (items, index) =>
				await runVendor({
					vendor: 'cortexXsiam',
					onlyTheseParameters: true,
					parameters: { ...PARAMETERS[deed], options },
					credentials: { cortexXsiamApi: credentialFor.cortexXsiamApi(url) },
					items,
					executionId: `${process.pid}${index}`,
					node: { ...(onError && { onError }) },
				}),
		),
	);
	return {
		ids: results.map(({ items }) =>
			items
				.filter(({ json }) => json.error === undefined)
				.map(({ json }) => String(json.id as string)),
		),
		failures: results.flatMap(({ items, nodeError }) => [
			...(nodeError ? [`${nodeError.message} ${nodeError.description}`] : []),
			...items.flatMap(({ json }) =>
				json.error === undefined ? [] : String(json.message as string),
			),
		]),
	};
}
