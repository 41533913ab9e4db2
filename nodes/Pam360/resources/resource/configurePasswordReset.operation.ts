import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { choice, refuse, requiredText } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import { domainResourceOptions } from '../shared/lists';
import { accountPicker, idList, picked, resourcePicker } from '../shared/pickers';

const RESET_TYPE = 'WindowsDomain';

const accounts = {
	local: z.object({ accountName: requiredText }),
	domain: z.object({ resourceId: picked, accountId: picked }),
};

const input = z
	.object({
		resourceIds: idList.superRefine((ids, context) => {
			if (ids.length === 0) refuse(context, 'is required');
		}),
		resetAccount: choice(['local', 'domain'] as const),
		connectionMode: choice(['SSL', 'Non SSL'] as const),
		accountName: z.unknown(),
		resourceId: z.unknown(),
		accountId: z.unknown(),
	})
	.transform(({ resetAccount, accountName, resourceId, accountId, ...rest }, context) => {
		// Only the parameters of the chosen kind are shown, and what the others hold does not matter.
		const parsed = accounts[resetAccount].safeParse({ accountName, resourceId, accountId });
		if (parsed.success) return { ...rest, account: parsed.data };
		for (const issue of parsed.error.issues) context.addIssue(issue);
		return z.NEVER;
	});

/**
 * `POST /resources/configureremotepasswordreset`. Source: docs/api/pam360.md, "Configuring remote
 * resets". Other types than a Windows domain exist by name only.
 */
export const configurePasswordReset = operation({
	name: 'Configure Remote Password Reset',
	value: 'configurePasswordReset',
	action: 'Configure remote password reset',
	description: 'Name the account with which PAM360 resets passwords of Windows domain resources',
	fields: [
		{
			displayName: 'Resource Names or IDs',
			name: 'resourceIds',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: domainResourceOptions.name },
			required: true,
			default: [],
			description:
				'Resources of the type WindowsDomain. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		{
			displayName: 'Reset With',
			name: 'resetAccount',
			type: 'options',
			options: [
				{
					name: 'Account of the Same Resource',
					value: 'local',
					description: 'An account that each of the resources has',
				},
				{
					name: 'Account of Another Domain Resource',
					value: 'domain',
					description: 'One account for all of the resources',
				},
			],
			default: 'local',
			description: 'Which account may reset the passwords of others',
		},
		{
			displayName: 'Account Name',
			name: 'accountName',
			type: 'string',
			required: true,
			displayOptions: { show: { resetAccount: ['local'] } },
			default: '',
			placeholder: 'e.g. administrator',
			description: 'The name of the account in the resources',
		},
		{
			...resourcePicker,
			displayName: 'Domain Resource',
			displayOptions: { show: { resetAccount: ['domain'] } },
			description: 'The resource that has the account',
		},
		{
			...accountPicker,
			displayName: 'Domain Account',
			displayOptions: { show: { resetAccount: ['domain'] } },
			description: 'The account that resets the passwords',
		},
		{
			displayName: 'Connection Mode',
			name: 'connectionMode',
			type: 'options',
			options: [
				{ name: 'Non SSL', value: 'Non SSL' },
				{ name: 'SSL', value: 'SSL' },
			],
			default: 'SSL',
			description: 'How PAM360 connects to the domain controller',
		},
	],
	input,
	async run(api: Pam360Api, { resourceIds, connectionMode, account }) {
		const ids = [...new Set(resourceIds)];
		const { body } = await api.change({
			method: 'POST',
			path: 'resources/configureremotepasswordreset',
			details: {
				RESOURCETYPE: RESET_TYPE,
				...(await resetWith(api, account)),
				CONNECTION_MODE: connectionMode,
				RESOURCEIDS: ids,
			},
			repeatable: true,
			mayHave: 'It may have been configured',
		});
		return {
			item: {
				vendor: 'pam360',
				type: 'remotePasswordReset',
				id: null,
				resourceIds: ids,
				connectionMode,
				configured: true,
			},
			raw: body,
		};
	},
});

type Account = z.output<(typeof accounts)['local']> | z.output<(typeof accounts)['domain']>;

async function resetWith(api: Pam360Api, account: Account): Promise<IDataObject> {
	if ('accountName' in account) {
		return { ISWINDOMAINLOCAL: 'true', ACCOUNTNAME: account.accountName };
	}
	const { resourceId, accountId } = await api.ids.place(account.resourceId, account.accountId);
	return { ISWINDOMAINLOCAL: 'false', WDRESOURCEID: resourceId, WDACCOUNTID: accountId };
}
