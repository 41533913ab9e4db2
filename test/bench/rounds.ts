import type { IDataObject } from 'n8n-workflow';
import { lanes } from '../../nodes/shared/lanes';
import type { Case } from './cases';
import { helper, httpRequest, node, plain } from './clients';
import type { Client } from './clients';
import { measure, quantile } from './measure';
import type { Figures } from './measure';
import type { Servers } from './servers';

export const CLIENTS = { node, 'HTTP Request': httpRequest, helper, plain } satisfies Record<
	string,
	Client
>;
export type ClientName = keyof typeof CLIENTS;

/** One comparison: every client makes the same calls, in turn, round after round. */
export interface Comparison {
	items: number;
	/** Milliseconds that the server waits before each answer. */
	latency: number;
	rounds: number;
	clients: ClientName[];
	/** Options of the node. */
	options?: IDataObject;
}

export interface Compared extends Comparison {
	case: string;
	/** Of each round. */
	figures: Partial<Record<ClientName, Figures[]>>;
	/** Why a client could not do it. */
	errors: Partial<Record<ClientName, string>>;
}

/** Says each line of progress. */
type Tell = (line: string) => void;

export async function compare(
	one: Case,
	comparison: Comparison,
	servers: Servers,
	tell: Tell,
): Promise<Compared> {
	const { items: count, latency, rounds, clients, options = {} } = comparison;
	const items = Array.from({ length: count }, (_, index): IDataObject => ({ index }));
	// What was learnt of the server at another latency would be taken for the time without load.
	lanes.clear();
	const compared: Compared = { ...comparison, case: one.name, figures: {}, errors: {} };
	for (let round = 0; round < rounds; round++) {
		for (const client of clients) {
			if (compared.errors[client]) continue;
			await servers.empty({ latency });
			try {
				const figures = await measure(async () => {
					const done = await CLIENTS[client](one, items, options);
					if (done.items.length !== count) throw new Error(done.nodeError?.message ?? 'incomplete');
				});
				(compared.figures[client] ??= []).push(figures);
			} catch (error) {
				compared.errors[client] = (error as Error).message;
			}
		}
		tell(`${one.name}, ${count} items, ${latency} ms: round ${round + 1} of ${rounds}`);
	}
	return compared;
}

/** The middle of several values, and the range that they lie in. */
export interface Spread {
	median: number;
	min: number;
	max: number;
}

export function spreadOf(values: number[]): Spread {
	const sorted = [...values].sort((a, b) => a - b);
	return {
		median: quantile(sorted, 0.5),
		min: sorted[0] ?? Number.NaN,
		max: sorted.at(-1) ?? Number.NaN,
	};
}

/** How many times as much the node takes as another client, round by round. */
export function ratioOf(
	{ figures }: Compared,
	unit: keyof Figures,
	other: ClientName = 'HTTP Request',
): Spread {
	const others = figures[other] ?? [];
	return spreadOf(
		(figures.node ?? []).flatMap((each, round) => {
			const beside = others[round];
			return beside ? [each[unit] / beside[unit]] : [];
		}),
	);
}
