import type { IDataObject } from 'n8n-workflow';
import { demandSame } from '../../api/sameRecord';
import type { SenhaseguraApi } from '../../api/client';
import { Failure } from '../../../shared/failure';
import { asBoolean } from '../../../shared/fields';
import type { Call } from '../../../shared/operation';
import { pathSegment } from '../../../shared/url';
import { creation } from '../shared/changes';
import { idOf, sharingHints } from '../shared/safeEntry';
import { ownKeys } from '../shared/safeFields';
import { operation } from '../shared/operation';
import {
	allApiSecrets,
	oneApiSecret,
	storedApiSecret,
	storedApiSecretFields,
	storedRaw,
} from './apiSecretItem';
import { keptEntry } from './fields';
import { updateApiSecret } from './store';

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
	async run(api, { identifierCode, body: entry }, { triedBefore }: Call) {
		api.claim(`'Identifier Code' ${identifierCode}`);
		const known = await identifierOf(api, identifierCode);
		const { value, body } =
			known === undefined ? await created(api, entry) : await updateApiSecret(api, known, entry);
		const stored = storedApiSecretFields(value);
		const item: IDataObject = {
			...stored,
			id: known ?? stored.id ?? null,
			// An earlier try may have created what was there before this one.
			created: known !== undefined && triedBefore ? null : known === undefined,
		};
		return { item, raw: storedRaw(body, value), hints: sharingHints(item) };
	},
});

/** Which entry has a code; undefined where none has that the access key may read. */
async function identifierOf(api: SenhaseguraApi, code: string): Promise<string | undefined> {
	const { value: listed } = await api.read({
		path: 'mysafe/secretapi',
		query: { identifier_code: code },
		answer: allApiSecrets,
		what: 'the entries',
	});
	if (listed.length > MOST_CANDIDATES) {
		throw new Failure(`MySafe lists ${listed.length} API secrets for 'Identifier Code' ${code}`, {
			kind: 'refused',
			description:
				"It seems not to filter by the code. Find the entry with 'Get Many', and use 'Update' with its number. Nothing was changed.",
		});
	}
	for (const row of listed) {
		const identifier = idOf(row);
		if (identifier === null || asBoolean(row.can_view) === false) continue;
		const { value } = await api.read({
			path: `mysafe/secretapi/${pathSegment(identifier)}`,
			answer: oneApiSecret,
			what: 'the entry',
		});
		demandSame(idOf(value), identifier, 'entry');
		if (value.identifier_code === code) return identifier;
	}
	return undefined;
}

/** No two entries have one code, so that the vault refuses a second one. */
async function created(api: SenhaseguraApi, entry: object) {
	const call = api.change({
		method: 'POST',
		path: 'mysafe/secretapi',
		body: entry,
		answer: storedApiSecret,
		what: 'the entry',
		repeatable: false,
	});
	return await creation(
		call,
		'The entry may have been made all the same. Running the node again with the same values updates it instead of making a second one.',
	);
}
