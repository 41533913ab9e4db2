import { additionalFields, param, required } from '../../../shared/param';
import { accountName } from '../shared/commonFields';
import { item, operation } from '../shared/operation';
import { resource } from '../shared/pickers';
import { RUN_AGAIN, upsert as createOrUpdate } from '../shared/upsert';
import { addedOf, notAdded } from './added';
import { SAFEGUARDS, upsertFields } from './fields';

/**
 * `GET /resources/{RESOURCEID}/accounts`, then `POST` on the same path or `PUT
 * /resources/{RESOURCEID}/accounts/{ACCOUNTID}`. Source: docs/api/pam360.md, "Listing accounts", "Adding
 * accounts" and "Changing an account".
 */
export const upsert = operation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update account',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	issues: 'account',
	furtherTries: { are: 'resolved', by: 'the name of the account in its resource' },
	byPerson: { targets: SAFEGUARDS },
	params: [
		resource,
		required(accountName()).looking({
			description:
				'The name to log in with. If the API user sees an account of this name in the resource, that account is updated.',
		}),
		param({
			displayName: 'Password of a New Account',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				"The password of a new account, white space at its ends included. Without it, PAM360 makes one by policy. The password of an existing account stays as it is: use 'Password: Reset' to change it.",
		}),
		additionalFields(upsertFields),
	],
	async run(
		api,
		{ resourceId: given, ACCOUNTNAME: name, password, additionalFields: fields },
		{ triedBefore },
	) {
		const resourceId = await api.ids.resource(given);
		const accounts = `resources/${resourceId}/accounts`;
		const create = async () => {
			// The vendor spells it like this for new accounts.
			const { COMMAND_SET: COMMAN_SET, ...more } = fields;
			const account = {
				ACCOUNTNAME: name,
				...(password !== undefined && { PASSWORD: password }),
				...more,
				...(COMMAN_SET !== undefined && { COMMAN_SET }),
			};
			const reply = await api.change({
				method: 'POST',
				path: accounts,
				details: { ACCOUNTLIST: [account] },
				repeatable: false,
				mayHave: 'The account may have been created',
				find: RUN_AGAIN,
			});
			const outcome = addedOf(reply.details, name, 1);
			if (!outcome.isAdded) throw notAdded([outcome], 1);
			return reply;
		};
		const update = async (accountId: string) =>
			await api.change({
				method: 'PUT',
				path: `${accounts}/${accountId}`,
				subject: { resourceId, accountId },
				details: fields,
				repeatable: true,
				mayHave: 'The account may have been changed',
			});
		const { id, created, updated, raw, hints } = await api.inTurn(
			`account/${resourceId}/${name.toLowerCase()}`,
			async () =>
				await createOrUpdate({
					noun: 'account',
					find: async () => await api.ids.findAccount(resourceId, name),
					create,
					update: Object.keys(fields).length > 0 ? update : undefined,
					triedBefore,
					unknown:
						password === undefined
							? undefined
							: "Its password may differ from the one that was given: 'Password: Get' shows it, and 'Password: Reset' sets it.",
				}),
		);
		return {
			item: item('account', { id, name, resourceId, created, updated }),
			raw,
			hints,
			issued: created !== false,
		};
	},
});
