import type { IDataObject } from 'n8n-workflow';
import type { Pam360Api } from '../../api/client';
import type { Failure } from '../../../shared/failure';
import { refuse } from '../../../shared/input';
import type { Result } from '../../../shared/operation';
import { additionalFields, entries, kind, required } from '../../../shared/param';
import { sendOnce } from '../../../shared/sendOnce';
import { accountName, accountPassword } from '../shared/commonFields';
import { item, operation } from '../shared/operation';
import { resource } from '../shared/pickers';
import { addedOf, notAdded } from './added';
import { createFields } from './fields';

const account = kind(
	'Account',
	required(accountName()),
	accountPassword,
	additionalFields(createFields),
);

const accounts = entries(
	{
		displayName: 'Accounts',
		name: 'accounts',
		placeholder: 'Add Account',
		required: true,
		description: 'The accounts to add to the resource, all in one call',
	},
	{ account },
	(given = [], context) => {
		const names = given.map(({ ACCOUNTNAME }) => ACCOUNTNAME);
		if (names.length === 0) refuse(context, 'must hold at least one account');
		if (new Set(names).size < names.length) refuse(context, 'has two accounts of the same name');
		return given.map(({ additionalFields: more, ...own }) => ({ ...own, ...more }));
	},
).looking({ default: { account: [{ accountName: '', password: '', additionalFields: {} }] } });

/**
 * `POST /resources/{RESOURCEID}/accounts`. Source: docs/api/pam360.md, "Adding accounts".
 *
 * One item for each account that was added. PAM360 reports success for the whole even if it has added
 * none (docs/api/pam360.md, "Failures"): after the items of those that it has added, the others end in
 * an error. The frame keeps the items, or names them in the error.
 */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create accounts',
	description: 'Add one or several accounts to a resource',
	issues: 'account',
	furtherTries: { are: 'refused', unlike: 'an account of the same name in the resource' },
	params: [resource, accounts],
	async *run(api, { resourceId: given, accounts: wanted }, call) {
		const resourceId = await api.ids.resource(given);
		const names = wanted.map(({ ACCOUNTNAME }) => ACCOUNTNAME);
		const { outcomes, rest, body } = await sendOnce(call, LOST, async (change) => {
			const reply = await api
				.change({
					method: 'POST',
					path: `resources/${resourceId}/accounts`,
					details: { ACCOUNTLIST: wanted },
					...change,
				})
				.catch(async (failure: Failure) => {
					throw failure.kind === 'lost'
						? failure.plus(await whatIsThere(api, resourceId, names))
						: failure;
				});
			const outcomes = names.map((name) => addedOf(reply.details, name, names.length));
			const rest = outcomes.filter(({ isAdded }) => !isAdded);
			// Nothing was done then, unless PAM360 does not tell.
			if (rest.length === names.length) throw notAdded(rest, names.length);
			return { outcomes, rest, body: reply.body };
		});
		const added = outcomes.filter(({ isAdded }) => isAdded).map(({ name }) => name);
		const ids = await idsOf(api, resourceId, added);
		for (const name of added) yield created(name, resourceId, ids.get(name), body);
		if (rest.length > 0) throw notAdded(rest, names.length);
	},
});

const LOST = {
	mayHave: 'Accounts may have been created',
	find: 'It asked PAM360 for accounts of these names instead',
};

/** After a lost answer: names are unique in a resource, but an account may have been there before. */
async function whatIsThere(api: Pam360Api, resourceId: string, names: string[]): Promise<string> {
	const ids = await api.ids.accountsByName(resourceId, names).catch(() => undefined);
	if (ids === undefined) {
		return 'That failed: look at the accounts of the resource before you run the node again.';
	}
	const there = [...ids].map(([name, id]) => `${name} (ID ${id})`);
	const missing = names.filter((name) => !ids.has(name));
	const sentences = [
		there.length > 0 &&
			`The resource has now: ${there.join(', ')}. Those that did not exist before were most likely made by this run.`,
		missing.length > 0 && `It has no account named ${missing.join(' or ')} yet.`,
	];
	return sentences.filter(Boolean).join(' ');
}

/** The accounts are there whatever becomes of this look-up, so that it must not end the item. */
async function idsOf(api: Pam360Api, resourceId: string, names: string[]) {
	return await api.ids.accountsByName(resourceId, names).catch(() => new Map<string, string>());
}

function created(
	name: string,
	resourceId: string,
	id: string | undefined,
	body: IDataObject,
): Result {
	return {
		item: item('account', {
			id: id ?? null,
			name,
			resourceId,
			created: true,
		}),
		raw: body,
		...(id === undefined && {
			hints: [`The account '${name}' was created, but its ID could not be looked up.`],
		}),
	};
}
