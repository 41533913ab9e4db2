import { asObject } from '../../../nodes/shared/read';
import { LOST } from './losses';
import { itemsOf, resultsOf, placesOf, nameOf, valueAt, withValue } from './recorded';
import type { Recorded, VendorName } from './recorded';

/** Stands in no answer. */
const MARK = 'in a form that nobody knows';

/** What a value may come as some day, in place of one that is understood, whether it holds others or not. */
function oddOnes(value: unknown): unknown[] {
	if (Array.isArray(value)) return [MARK, [MARK], { odd: MARK }];
	if (typeof value === 'object' && value !== null) return [MARK, [MARK]];
	return typeof value === 'number' ? [{ odd: MARK }, MARK] : [{ odd: MARK }];
}

/** Whether a place is in what stands around every answer, or is all of that. */
function isEnvelope(vendor: VendorName, path: Array<string | number>): boolean {
	const name = nameOf(path);
	return LOST[vendor].everywhere.some((one) => one.test(name) || one.test(`${name}.x`));
}

/**
 * The lists and records in the last answer, its envelope apart, where a form that nobody knows changes
 * the answer as it is with Simplify off and stands nowhere in it.
 */
export async function droppedRawIn(vendor: VendorName, recorded: Recorded): Promise<string[]> {
	const index = recorded.answers.length - 1;
	const { reply: whole, ...answer } = recorded.answers[index] ?? { reply: undefined };
	const rawWith = async (reply: unknown) =>
		await resultsOf(vendor, {
			...recorded,
			answers: recorded.answers.with(index, { ...answer, reply }),
		}).then(
			(results) => JSON.stringify(results.map(({ raw }) => raw)),
			() => MARK,
		);
	const before = await rawWith(whole);
	const dropped = new Set<string>();
	for (const path of placesOf(whole)) {
		const value = valueAt(whole, path);
		if (typeof value !== 'object' || value === null || isEnvelope(vendor, path)) continue;
		for (const odd of [MARK, [MARK]]) {
			const after = await rawWith(withValue(whole, path, odd));
			if (after !== before && !after.includes(MARK)) dropped.add(nameOf(path));
		}
	}
	return [...dropped];
}

/**
 * The places in the answers, their envelope apart, where a value in a form that nobody knows changes the
 * item and stands nowhere in it. One that leads to an error is not lost.
 */
export async function droppedIn(vendor: VendorName, recorded: Recorded): Promise<string[]> {
	const before = JSON.stringify(await itemsOf(vendor, recorded));
	const dropped = new Set<string>();
	for (const [index, answer] of recorded.answers.entries()) {
		if (typeof answer.reply !== 'object') continue;
		for (const path of placesOf(answer.reply)) {
			if (isEnvelope(vendor, path)) continue;
			for (const odd of oddOnes(valueAt(answer.reply, path))) {
				const itemsWith = async (value: unknown) => {
					const reply = withValue(answer.reply, path, value);
					const answers = recorded.answers.with(index, { ...answer, reply });
					return await itemsOf(vendor, { ...recorded, answers }).then(
						(items) => JSON.stringify(items),
						() => MARK,
					);
				};
				const after = await itemsWith(odd);
				if (after === before || after.includes(MARK)) continue;
				// A single record may stand for a list of one: what it has under other names, no item has.
				const isRecord = Array.isArray(valueAt(answer.reply, path)) && asObject(odd) !== null;
				if (isRecord && after === (await itemsWith([odd]))) continue;
				dropped.add(nameOf(path));
			}
		}
	}
	return [...dropped];
}

const LOOKED_UP = 'of what was looked up for an ID, which the item then has not';
const SECRET = "a secret, which in a field of that name would escape 'Secret Output'";
const VALUES = 'may be a value of a secret';
const KIND = 'tells keys from other credentials';
const CHOOSES = 'says which address is the one that the item has';
const OTHER_ADDRESS = 'the item has one address, and another one is there';

const all = (reason: string, ...places: string[]): Record<string, string> =>
	Object.fromEntries(places.map((place) => [place, reason]));

/** Of what DevOps Secret Manager stores. */
const LISTED_VALUES = all(VALUES, 'application.secrets.*.data', 'application.secrets.*.data.*');
const STORED_VALUES = {
	...LISTED_VALUES,
	...all(VALUES, 'application', 'application.secrets', 'application.secrets.*'),
};

const addresses = (user = ''): Record<string, string> => ({
	[`${user}emails.*`]: OTHER_ADDRESS,
	[`${user}emails.*.primary`]: CHOOSES,
});

const accountLookedUp = all(
	LOOKED_UP,
	'operation',
	'operation.Details',
	'operation.Details.ACCOUNT LIST',
	'operation.Details.ACCOUNT LIST.*',
	'operation.Details.ACCOUNT LIST.*.ACCOUNT ID',
	'operation.Details.ACCOUNT LIST.*.ACCOUNT NAME',
);

/** Where it may be, by operation, and why. */
export const MAY_BE_DROPPED: Record<VendorName, Record<string, Record<string, string>>> = {
	pam360: {
		'account.create': accountLookedUp,
		'account.upsert': {
			...accountLookedUp,
			...all(
				'nobody knows then what became of the account: it is looked for, and the item says so',
				'operation.Details.*',
				'operation.Details.*.admin',
				'operation.Details.*.admin.STATUS',
			),
		},
		'password.reset': { operation: 'the outcome is unknown then, and the item says so' },
		'resource.create': all(
			LOOKED_UP,
			'operation',
			'operation.Details',
			'operation.Details.RESOURCEID',
		),
		'resource.upsert': all(
			LOOKED_UP,
			'operation',
			'operation.Details',
			'operation.Details.*',
			'operation.Details.*.RESOURCE ID',
			'operation.Details.*.RESOURCE NAME',
		),
		'user.create': addresses(),
		'user.createLocalUser': all(
			LOOKED_UP,
			'operation',
			'operation.Details',
			'operation.Details.USERID',
		),
		'user.get': addresses(),
		'user.getAll': addresses('Resources.*.'),
		'user.update': addresses(),
	},
	cortexXsiam: {
		'apiKey.update': { 'data.comment': 'the operation was asked for another comment' },
	},
	senhasegura: {
		'safeApiSecret.upsert': {
			'api_secret_entity.identifier_code': LOOKED_UP,
			'api_secret_on_list.*.identifier': LOOKED_UP,
		},
		'secret.getAll': LISTED_VALUES,
		'secret.upsert': {
			...STORED_VALUES,
			'application.secrets.*.identity': LOOKED_UP,
		},
		'sshKey.get': { 'key.password': SECRET },
		'sshKey.getAll': { 'credentials.*.type': KIND },
	},
};

/** The same with Simplify off. */
export const MAY_BE_DROPPED_RAW: Record<VendorName, Record<string, Record<string, string>>> = {
	pam360: { 'password.reset': { operation: 'the outcome is unknown then, and the item says so' } },
	cortexXsiam: {},
	senhasegura: {
		'secret.getAll': LISTED_VALUES,
		'secret.upsert': STORED_VALUES,
	},
};
