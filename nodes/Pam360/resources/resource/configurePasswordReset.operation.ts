import type { IDataObject } from 'n8n-workflow';
import type { Pam360Api } from '../../api/client';
import { choice } from '../../../shared/input';
import { oneOf, param, required } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import { accountName } from '../shared/commonFields';
import { domainResourceOptions } from '../shared/lists';
import { item, operation } from '../shared/operation';
import { account, idList, resource, resourcesParam } from '../shared/pickers';

const RESET_TYPE = 'WindowsDomain';

const resetAccount = oneOf(
	param(
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
		choice(['local', 'domain']),
	),
	{
		local: [
			required(accountName()).looking({ description: 'The name of the account in the resources' }),
		],
		domain: [
			resource.looking({
				displayName: 'Domain Resource',
				description: 'The resource that has the account',
			}),
			account.looking({
				displayName: 'Domain Account',
				description: 'The account that resets the passwords',
			}),
		],
	},
).as((given) => ({ account: given }));

/**
 * `POST /resources/configureremotepasswordreset`. Source: docs/api/pam360.md, "Configuring remote
 * resets". Other types than a Windows domain exist by name only.
 */
export const configurePasswordReset = operation({
	name: 'Configure Remote Password Reset',
	value: 'configurePasswordReset',
	action: 'Configure remote password reset',
	description: 'Name the account with which PAM360 resets passwords of Windows domain resources',
	byPerson: { targets: ['resourceIds', 'accountName', 'resourceId', 'accountId'] },
	params: [
		resourcesParam(
			domainResourceOptions,
			'Resources of the type WindowsDomain',
			idList.refine((ids) => ids.length > 0, 'is required'),
		),
		resetAccount,
		param(
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
			choice(['SSL', 'Non SSL']),
		),
	],
	async run(api, { resourceIds, connectionMode, account: chosen }) {
		const ids = [...new Set(resourceIds)];
		const { body } = await api.change({
			method: 'POST',
			path: 'resources/configureremotepasswordreset',
			details: {
				RESOURCETYPE: RESET_TYPE,
				...(await resetWith(api, chosen)),
				CONNECTION_MODE: connectionMode,
				RESOURCEIDS: ids,
			},
			repeatable: true,
			mayHave: 'The password reset may have been configured',
		});
		return {
			item: item('remotePasswordReset', {
				id: null,
				resourceIds: ids,
				connectionMode,
				configured: true,
			}),
			raw: body,
		};
	},
});

type Chosen = ValuesOf<[typeof resetAccount]>['account'];

async function resetWith(api: Pam360Api, chosen: Chosen): Promise<IDataObject> {
	if (chosen.resetAccount === 'local') {
		return { ISWINDOMAINLOCAL: 'true', ACCOUNTNAME: chosen.ACCOUNTNAME };
	}
	const { resourceId, accountId } = await api.ids.account(chosen.resourceId, chosen.accountId);
	return { ISWINDOMAINLOCAL: 'false', WDRESOURCEID: resourceId, WDACCOUNTID: accountId };
}
