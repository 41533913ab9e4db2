import type { IDataObject } from 'n8n-workflow';
import type { SenhaseguraApi } from '../../api/client';
import { Refusal, isRefusedWith } from '../../api/refusals';
import { Failure } from '../../../shared/failure';
import type { SentOnce } from '../../../shared/sendOnce';
import { yesNo } from '../shared/coded';
import { idOf } from '../shared/safeEntry';
import { ownKeys, SHARING } from '../shared/safeFields';
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
	byPerson: { targets: ['identifierCode', ...SHARING] },
	params: [ownKeys, keptEntry],
	async run(api, { identifierCode, body: entry }, { triedBefore }) {
		api.claim(`'Identifier Code' ${identifierCode}`);
		const { known, unread } = await identifierOf(api, identifierCode);
		const { item, ...rest } =
			known === undefined
				? apiSecrets.storedResult(await createOnce(api, entry, unread))
				: await apiSecrets.update(api, known, entry);
		// An earlier try may have created what was there before this one.
		const created = known !== undefined && triedBefore ? null : known === undefined;
		return { ...rest, item: { ...item, created } };
	},
});

/** No two entries have one code, so that the vault refuses a second one. */
const IF_LOST: SentOnce = {
	mayHave: 'The entry may have been made',
	find: 'Run the node again: it updates the entry instead of making a second one',
	repeatable: false,
};

/** MySafe's words for a code that another entry has. */
const TAKEN = /already found in another api key/i;

async function createOnce(api: SenhaseguraApi, entry: object, unread: string[]) {
	return await apiSecrets.post(api, entry, IF_LOST).catch((failure: Failure) => {
		if (!(failure instanceof Refusal) || !TAKEN.test(failure.said)) throw failure;
		const closed =
			unread.length > 0
				? `It may be one of these, which are disabled, or not shared with the owner of the access key: ${unread.join(', ')}. Enable or share it, and run the node again.`
				: 'MySafe lists no entry that shows this code.';
		throw failure.with({
			description: `${closed} Or choose another code, or use 'MySafe API Secret: Update' with the number of the entry. Nothing was changed. senhasegura said: ${failure.said}.`,
		});
	});
}

/** What keeps an entry from being read, and others not: it is gone, closed, or disabled. */
const UNREADABLE = [1005, 1006, 1009];

/** The record of an entry; undefined where the access key may not read it. */
async function readable(api: SenhaseguraApi, identifier: string): Promise<IDataObject | undefined> {
	return await apiSecrets.read(api, identifier).then(
		({ value }) => value,
		(failure: unknown) => {
			if (isRefusedWith(failure, ...UNREADABLE)) return undefined;
			throw failure;
		},
	);
}

/** Which entry has a code, as far as the access key may read, and which it may not read. */
async function identifierOf(
	api: SenhaseguraApi,
	code: string,
): Promise<{ known?: string; unread: string[] }> {
	const listed = await apiSecrets.list(api, { identifier_code: code });
	if (listed.length > MOST_CANDIDATES) {
		throw new Failure(`MySafe lists ${listed.length} API secrets for 'Identifier Code' ${code}`, {
			kind: 'refused',
			description:
				"MySafe seems to ignore the filter by this code. Find the entry with 'MySafe API Secret: Get Many', and use 'MySafe API Secret: Update' with its number. Nothing was changed.",
		});
	}
	const unread: string[] = [];
	for (const { raw } of listed) {
		const identifier = idOf(raw);
		if (identifier === null) continue;
		const value = yesNo(raw.can_view) === false ? undefined : await readable(api, identifier);
		if (value === undefined) unread.push(identifier);
		else if (value.identifier_code === code) return { known: identifier, unread };
	}
	return { unread };
}
