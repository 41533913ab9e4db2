import type { SenhaseguraAnswer, SenhaseguraChange } from '../../api/calls';
import type { SenhaseguraApi } from '../../api/client';
import { wasChanged, wasCreated } from '../../api/upsertAnswer';
import type { Call } from '../../../shared/operation';
import type { z } from 'zod';

export interface Upserted<Value> extends SenhaseguraAnswer<Value> {
	/** Null where it cannot be told. */
	created: boolean | null;
	/** False where the vault says that nothing was changed; null where it does not tell. */
	changed: boolean | null;
}

type Upsert<Schema extends z.ZodTypeAny> = Omit<SenhaseguraChange<Schema>, 'method' | 'repeatable'>;

/**
 * Creates a record or updates the one that is there already: sent again where its answer is lost.
 *
 * @param noun What is stored, for messages.
 * @throws Failure; a lost one says that the record may be there
 */
export async function upserted<Schema extends z.ZodTypeAny>(
	api: SenhaseguraApi,
	{ triedBefore = false }: Pick<Call, 'triedBefore'>,
	noun: string,
	call: Upsert<Schema>,
): Promise<Upserted<z.output<Schema>>> {
	const mayHave = `The ${noun} may have been stored`;
	const answer = await api.change({ ...call, method: 'POST', mayHave, repeatable: true });
	const created = wasCreated(answer.message, answer.repeated || triedBefore);
	const changed = created === true ? true : wasChanged(answer.body);
	const hints =
		created === null
			? [
					...answer.hints,
					`It is not known whether the ${noun} was created or updated: 'created' is null.`,
				]
			: answer.hints;
	return { ...answer, created, changed, hints };
}
