import type { SenhaseguraApi } from '../../api/client';
import { Failure } from '../../../shared/failure';
import { asBoolean } from '../../../shared/fields';
import { idOf } from '../shared/safeEntry';
import { ownKeys } from '../shared/safeFields';
import { operation } from '../shared/operation';
import { apiSecrets } from './entries';
import { keptEntry } from './fields';

/** How many entries of the filtered list are looked into; a filter that works gives one or few. */
const MOST_CANDIDATES = 10;

/**
 * `GET`, then `PUT` or `POST mysafe/secretapi`. Source: docs/api/senhasegura.md, "MySafe API secrets". The
 * list does not tell the codes of its entries, and nobody says if its filter takes parts for matches: so the
 * entry is read before it is changed.
 */
export const upsert = operation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update MySafe API secret',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	issues: 'MySafe API secret',
	furtherTries: { are: 'resolved', by: 'its identifier code' },
	params: [ownKeys, keptEntry],
	async run(api, { identifierCode, body: entry }, { triedBefore }) {
		api.claim(`'Identifier Code' ${identifierCode}`);
		const known = await identifierOf(api, identifierCode);
		const { item, ...rest } =
			known === undefined
				? apiSecrets.storedResult(await apiSecrets.post(api, entry, UPDATED_BY_ANOTHER_RUN))
				: await apiSecrets.update(api, known, entry);
		// An earlier try may have created what was there before this one.
		const created = known !== undefined && triedBefore ? null : known === undefined;
		return { ...rest, item: { ...item, created } };
	},
});

/** No two entries have one code, so that the vault refuses a second one. */
const UPDATED_BY_ANOTHER_RUN =
	'The entry may have been made anyway. Running the node again with the same values updates it instead of making a second one.';

/** Which entry has a code; undefined where none has that the access key may read. */
async function identifierOf(api: SenhaseguraApi, code: string): Promise<string | undefined> {
	const listed = await apiSecrets.list(api, { identifier_code: code });
	if (listed.length > MOST_CANDIDATES) {
		throw new Failure(`MySafe lists ${listed.length} API secrets for 'Identifier Code' ${code}`, {
			kind: 'refused',
			description:
				"MySafe seems to ignore the filter by this code. Find the entry with 'Get Many', and use 'Update' with its number. Nothing was changed.",
		});
	}
	for (const { raw } of listed) {
		const identifier = idOf(raw);
		if (identifier === null || asBoolean(raw.can_view) === false) continue;
		const { value } = await apiSecrets.read(api, identifier);
		if (value.identifier_code === code) return identifier;
	}
	return undefined;
}
