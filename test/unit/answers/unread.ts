import { LOST } from './losses';
import { itemsOf, leavesOf, nameOf, valueAt, withValue } from './recorded';
import type { Recorded, VendorName } from './recorded';

/** Stands in no answer. */
const MARK = 'in a form that nobody knows';

/** What a value may come as some day, in place of one that is understood. */
function oddOnes(value: unknown): unknown[] {
	return typeof value === 'number' ? [{ odd: MARK }, MARK] : [{ odd: MARK }];
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
		for (const path of leavesOf(answer.reply)) {
			if (LOST[vendor].everywhere.some((pattern) => pattern.test(nameOf(path)))) continue;
			for (const odd of oddOnes(valueAt(answer.reply, path))) {
				const reply = withValue(answer.reply, path, odd);
				const answers = recorded.answers.with(index, { ...answer, reply });
				const after = await itemsOf(vendor, { ...recorded, answers }).then(
					(items) => JSON.stringify(items),
					() => MARK,
				);
				if (after !== before && !after.includes(MARK)) dropped.add(nameOf(path));
			}
		}
	}
	return [...dropped];
}

const LOOKED_UP = 'of what was looked up for an ID, which the item then has not';
const SECRET = "a secret, which in a field of that name would escape 'Secret Output'";
const KIND = 'tells keys from other credentials';
const CHOOSES = 'says which address is the one that the item has';

/** Where it may be, by operation, and why. */
export const MAY_BE_DROPPED: Record<VendorName, Record<string, Record<string, string>>> = {
	pam360: {
		'account.create': {
			'operation.Details.ACCOUNT LIST.*.ACCOUNT ID': LOOKED_UP,
			'operation.Details.ACCOUNT LIST.*.ACCOUNT NAME': LOOKED_UP,
		},
		'account.upsert': {
			'operation.Details.*.admin.STATUS':
				'nobody knows then what became of the account: it is looked for, and the item says so',
			'operation.Details.ACCOUNT LIST.*.ACCOUNT ID': LOOKED_UP,
			'operation.Details.ACCOUNT LIST.*.ACCOUNT NAME': LOOKED_UP,
		},
		'resource.create': { 'operation.Details.RESOURCEID': LOOKED_UP },
		'resource.upsert': {
			'operation.Details.*.RESOURCE ID': LOOKED_UP,
			'operation.Details.*.RESOURCE NAME': LOOKED_UP,
		},
		'user.create': { 'emails.*.primary': CHOOSES },
		'user.createLocalUser': { 'operation.Details.USERID': LOOKED_UP },
		'user.get': { 'emails.*.primary': CHOOSES },
		'user.getAll': { 'Resources.*.emails.*.primary': CHOOSES },
		'user.update': { 'emails.*.primary': CHOOSES },
	},
	cortexXsiam: {
		'apiKey.update': { 'data.comment': 'the operation was asked for another comment' },
		'role.get': {
			'reply.*.*.pretty_name':
				'whether the details are of this role is not known then: they stay out',
			'reply.*.pretty_name': 'as above',
		},
	},
	senhasegura: {
		'safeApiSecret.upsert': {
			'api_secret_entity.identifier_code': LOOKED_UP,
			'api_secret_on_list.*.identifier': LOOKED_UP,
		},
		'secret.upsert': { 'application.secrets.*.identity': LOOKED_UP },
		'sshKey.get': { 'key.password': SECRET },
		'sshKey.getAll': { 'credentials.*.type': KIND },
	},
};
