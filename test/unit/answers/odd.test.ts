import type { IDataObject } from 'n8n-workflow';
import { itemsOf, recordedOf } from './recorded';
import type { VendorName } from './recorded';

/**
 * Answers as no source shows them: other spellings, types and words than those of the recorded ones. What can
 * be read is read, and the rest stands beside it as it came.
 */
async function read(vendor: VendorName, operation: string, ...replies: unknown[]) {
	const recorded = recordedOf(vendor).find((one) => one.operation === operation);
	if (!recorded) throw new Error(`There is no recording of ${operation}`);
	return await itemsOf(vendor, { ...recorded, answers: replies.map((reply) => ({ reply })) });
}

const pam360 = (Details: unknown) => ({
	operation: { name: 'X', result: { status: 'Success', message: 'Done' }, Details },
});

describe('odd answers of PAM360', () => {
	it.each<[string, string, unknown, IDataObject]>([
		[
			'resource groups under spaced names',
			'resourceGroup.getAll',
			pam360([{ 'RESOURCE GROUP ID': 8, 'RESOURCE GROUP NAME': 'Windows', DESCRIPTION: 'N/A' }]),
			{ id: '8', name: 'Windows', description: null },
		],
		[
			'an ID that is a number, and a list for a flag',
			'account.getAll',
			pam360({
				'RESOURCE ID': '1',
				'ACCOUNT LIST': [{ 'ACCOUNT ID': 14, IS_TICKETID_REQD_MANDATORY: ['odd'] }],
			}),
			{ id: '14', name: null, ticketRequired: null, ticketRequiredText: '["odd"]' },
		],
		[
			'an entry of another kind among custom fields',
			'account.getAll',
			pam360({
				'RESOURCE ID': '1',
				'ACCOUNT LIST': [
					{
						'ACCOUNT ID': '14',
						'CUSTOM FIELD': [
							{
								CUSTOMFIELDLABEL: 'Pin',
								CUSTOMFIELDTYPE: 'Password',
								CUSTOMFIELDVALUE: 'CANARY-pin',
							},
							'odd',
						],
					},
				],
			}),
			{
				customFields: [{ label: 'Pin', value: null, type: 'Password', column: null }],
				// The secret stays out of this, too.
				customFieldsText:
					'[{"CUSTOMFIELDLABEL":"Pin","CUSTOMFIELDTYPE":"Password","CUSTOMFIELDVALUE":null},"odd"]',
			},
		],
		[
			'a list of one request that is no list',
			'password.getAccessRequests',
			pam360([{ 'REQUESTED BY': 'ops', PASSWORDREQUESTLIST: { PASSWDID: 3, STATUS: '-' } }]),
			{ passwordId: '3', status: null, requestedBy: 'ops' },
		],
		[
			'an SSH key with other words',
			'sshKey.getAll',
			{
				name: 'getAllSSHKeys',
				result: { status: 'Success', message: 'Fetched' },
				details: [
					{ keyName: 'key2', isPassphraseAvailable: 'maybe', CreationTime: 'yesterday', KeyId: 4 },
				],
			},
			{
				id: '4',
				name: 'key2',
				hasPassphrase: null,
				hasPassphraseText: 'maybe',
				createdAt: null,
				createdAtText: 'yesterday',
			},
		],
		[
			'a user whose names stand at the top',
			'user.getAll',
			{
				totalResults: 1,
				Resources: [{ id: 7, givenName: 'Bo', emails: 'bo@example.com', active: 'True' }],
			},
			{ id: '7', firstName: 'Bo', email: 'bo@example.com', active: true },
		],
	])('are read: %s', async (_, operation, reply, expected) => {
		expect(await read('pam360', operation, reply)).toEqual([expect.objectContaining(expected)]);
	});
});

describe('odd answers of Cortex XSIAM', () => {
	it.each<[string, string, unknown, IDataObject]>([
		[
			'a date in words',
			'dataset.getAll',
			{ reply: [{ 'Dataset Name': 'keys', Type: 'LOOKUP', 'Last Updated': 'last week' }] },
			{ name: 'keys', lastUpdatedAt: null, lastUpdatedAtText: 'last week' },
		],
		[
			'nothing among nested groups',
			'userGroup.getAll',
			{ data: [{ group_id: 9, group_name: 'Empty', users: null, nested_groups: [null] }] },
			{ id: '9', users: [], nestedGroups: [] },
		],
		[
			'a nested group of which nothing is understood',
			'userGroup.getAll',
			{ data: [{ group_id: 9, group_name: 'Odd', nested_groups: [{ uuid: 'a' }] }] },
			{ nestedGroups: [], nestedGroupsText: '[{"uuid":"a"}]' },
		],
	])('are read: %s', async (_, operation, reply, expected) => {
		expect(await read('cortexXsiam', operation, reply)).toEqual([
			expect.objectContaining(expected),
		]);
	});

	it('are read: a role that a filter of keys cannot tell', async () => {
		const keys = recordedOf('cortexXsiam').find(({ operation }) => operation === 'apiKey.getAll');
		const row = { id: 7, roles: [{ uuid: 'a' }, 'Investigator'], expiration: null };
		const [item] = await itemsOf('cortexXsiam', {
			operation: 'apiKey.getAll',
			values: { ...keys?.values, filters: { roles: 'Auditor' } },
			answers: [{ reply: { reply: { DATA: [row], FILTER_COUNT: 1, TOTAL_COUNT: 1 } } }],
		});
		expect(item).toMatchObject({
			id: '7',
			roles: ['Investigator'],
			rolesText: '[{"uuid":"a"},"Investigator"]',
		});
	});
});

describe('odd answers of senhasegura', () => {
	it('are read: numbers for IDs, and a list of another kind', async () => {
		const session = { id: 541, session_id: 'a', prevent_purge: 'Sim', end: null, ITSM: '' };
		expect(
			await read('senhasegura', 'session.getAll', {
				response: { status: 200, error: false },
				remote_sessions: [session],
			}),
		).toEqual([expect.objectContaining({ id: '541', endedAt: null })]);
		const user = { Resources: [{ id: 7, userName: 'bare' }], totalResults: 1 };
		expect(await read('senhasegura', 'user.getAll', user)).toEqual([
			expect.objectContaining({ id: '7', username: 'bare', email: null }),
		]);
	});
});
