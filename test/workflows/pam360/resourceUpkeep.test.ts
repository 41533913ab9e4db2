import type { IDataObject } from 'n8n-workflow';
import { describeOperation } from '../kit/operation';
import { inputData, kit, success } from './kit';
import { V1, FORM, byId, byName, lookUp, nothing } from './resourceSamples';

const share = (body: object) => ({
	method: 'PUT' as const,
	path: `${V1}/resources/1/share`,
	body: inputData(body),
	reply: success('SHARE RESOURCE'),
});
const sharedItem = {
	vendor: 'pam360',
	type: 'resource',
	id: '1',
	name: null,
	userId: '21',
	userName: null,
	userGroupId: null,
	userGroupName: null,
	accessType: 'fullaccess',
	shared: true,
};

describeOperation(kit, 'resource', 'share', {
	cases: [
		{
			name: 'gives access to a user by ID',
			parameters: { resourceId: byId('1'), userId: byId('21'), accessType: 'fullaccess' },
			exchanges: [{ ...share({ ACCESSTYPE: 'fullaccess', USERID: '21' }), headers: FORM }],
			items: sharedItem,
		},
		{
			name: 'knows the access in other letters',
			parameters: { resourceId: byId('1'), userId: byId('21'), accessType: 'View' },
			exchanges: [share({ ACCESSTYPE: 'view', USERID: '21' })],
			items: { ...sharedItem, accessType: 'view' },
		},
		{
			name: 'takes access back from a user by name',
			parameters: {
				resourceId: byName('res1'),
				userId: byName('j doe+1'),
				accessType: 'revoke',
			},
			exchanges: [
				lookUp('res1', '1'),
				{
					method: 'GET',
					path: `${V1}/user/getUserId?USERNAME=j%20doe%2B1`,
					reply: success('GET USER ID', { USERID: 21 }),
				},
				share({ ACCESSTYPE: 'revoke', USERID: '21' }),
			],
			items: {
				...sharedItem,
				name: 'res1',
				userName: 'j doe+1',
				accessType: 'revoke',
				shared: false,
			},
		},
		{
			name: 'gives access to a user group by name',
			parameters: {
				resourceId: byId('1'),
				shareWith: 'userGroup',
				userGroupId: byName('ops & co'),
				accessType: 'fullaccess',
			},
			exchanges: [
				{
					method: 'GET',
					path: `${V1}/user/getUserGroupId?USERGROUPNAME=ops%20%26%20co`,
					reply: success('GET USER GROUP ID', { USERGROUPID: '21' }),
				},
				share({ ACCESSTYPE: 'fullaccess', USERGROUPID: '21' }),
			],
			items: { ...sharedItem, userId: null, userGroupId: '21', userGroupName: 'ops & co' },
		},
	],
	refused: [
		[
			'no user group',
			{ shareWith: 'userGroup', userGroupId: byName("={{ '' }}") },
			"'User Group' is required",
		],
		['no user', { userId: byName("={{ '' }}") }, "'User' is required"],
		[
			'an access that there is none of',
			{ accessType: 'manage' },
			"'Access' must be one of view, modify, fullaccess, revoke",
		],
	],
	failures: [
		{
			name: 'a user without an ID',
			parameters: { userId: byName('jdoe') },
			exchanges: [
				{
					method: 'GET',
					path: `${V1}/user/getUserId?USERNAME=jdoe`,
					reply: success('GET USER ID', {}),
				},
			],
			says: ["returned no ID of the user 'jdoe'"],
		},
		{
			name: 'a user group that PAM360 does not know',
			parameters: { shareWith: 'userGroup', userGroupId: byName('ops') },
			exchanges: [
				{
					method: 'GET',
					path: `${V1}/user/getUserGroupId?USERGROUPNAME=ops`,
					reply: {
						operation: { name: 'x', result: { status: 'Failed', message: 'No such group' } },
					},
				},
			],
			says: ['No such group', "PAM360 was asked for the ID of the user group 'ops'"],
		},
	],
});

const restored = (type: string, id: string) => ({ vendor: 'pam360', type, id, restored: true });

const restoredAnswer: IDataObject = {
	operation: { name: 'RESTORE', result: { status: 'Success', message: 'Restored' } },
};

describeOperation(kit, 'resource', 'restoreFromTrash', {
	cases: [
		{
			name: 'gives an item for each',
			parameters: { trashType: 'resource', trashIds: '1, 2,1' },
			exchanges: [
				{
					method: 'PUT',
					path: `${V1}/trash/restore`,
					headers: FORM,
					body: inputData({ type: 'resource', trashIds: [1, 2] }),
					reply: restoredAnswer,
				},
			],
			items: [restored('resource', '1'), restored('resource', '2')],
			raw: [restoredAnswer, restoredAnswer],
		},
		{
			name: 'restores accounts, too',
			parameters: { trashType: 'account', trashIds: '={{ $json.ids }}' },
			input: { ids: [7] },
			exchanges: [
				{
					method: 'PUT',
					path: `${V1}/trash/restore`,
					body: inputData({ type: 'account', trashIds: [7] }),
					reply: success('RESTORE'),
				},
			],
			items: restored('account', '7'),
		},
	],
	refused: [
		['no IDs', { trashIds: ' ,' }, "'Trash IDs' is required"],
		['names', { trashIds: 'res1' }, "'Trash IDs' must hold IDs, which consist of digits"],
		[
			'an ID that would be rounded',
			{ trashIds: '9007199254740993' },
			"'Trash IDs' holds an ID that is too long",
		],
	],
});

const type = { 'RESOURCE TYPE ID': '3', 'RESOURCE TYPE': 'Brocade VDX' };

describeOperation(kit, 'resource', 'getTypes', {
	cases: [
		{
			name: 'sends the parts as a list',
			parameters: { nameContains: 'brocade, linux' },
			exchanges: [
				{
					method: 'GET',
					path: `${V1}/resources/resourcetypes?${inputData({
						RESOURCETYPE_CONTAINING: ['brocade', 'linux'],
					})}`,
					reply: success('GET RESOURCE TYPES', [type]),
				},
			],
			items: {
				vendor: 'pam360',
				type: 'resourceType',
				id: '3',
				name: 'Brocade VDX',
				details: type,
			},
			raw: type,
		},
		{
			name: 'takes entries of other forms',
			parameters: { nameContains: 'x' },
			exchanges: [
				{
					method: 'GET',
					path: `${V1}/resources/resourcetypes?${inputData({ RESOURCETYPE_CONTAINING: ['x'] })}`,
					reply: success('GET RESOURCE TYPES', ['Linux', { KIND: 'x' }]),
				},
			],
			items: [
				{
					vendor: 'pam360',
					type: 'resourceType',
					id: null,
					name: 'Linux',
					details: { 'RESOURCE TYPE': 'Linux' },
				},
				{ vendor: 'pam360', type: 'resourceType', id: null, name: null, details: { KIND: 'x' } },
			],
		},
		{
			name: 'gives no item where nothing is found',
			parameters: { nameContains: 'x' },
			exchanges: [
				{
					method: 'GET',
					path: `${V1}/resources/resourcetypes?${inputData({ RESOURCETYPE_CONTAINING: ['x'] })}`,
					reply: nothing,
				},
			],
			items: [],
		},
	],
	refused: [['no part', { nameContains: ' , ' }, "'Name Contains' is required"]],
});

const configured = {
	vendor: 'pam360',
	type: 'remotePasswordReset',
	id: null,
	resourceIds: ['4', '5', '6'],
	connectionMode: 'SSL',
	configured: true,
};

describeOperation(kit, 'resource', 'configurePasswordReset', {
	cases: [
		{
			name: 'names an account of the resources',
			parameters: {
				resourceIds: ['4', '5', '6'],
				resetAccount: 'local',
				accountName: 'administrator',
				connectionMode: 'SSL',
			},
			exchanges: [
				{
					method: 'POST',
					path: `${V1}/resources/configureremotepasswordreset`,
					headers: FORM,
					body: inputData({
						RESOURCETYPE: 'WindowsDomain',
						ISWINDOMAINLOCAL: 'true',
						ACCOUNTNAME: 'administrator',
						CONNECTION_MODE: 'SSL',
						RESOURCEIDS: ['4', '5', '6'],
					}),
					reply: success('CONFIGURE'),
				},
			],
			items: configured,
		},
		{
			name: 'looks an account of another domain up',
			parameters: {
				resourceIds: '4,5,6',
				resetAccount: 'domain',
				resourceId: byName('Domain A'),
				accountId: byName('reset er'),
				connectionMode: 'Non SSL',
			},
			exchanges: [
				{
					method: 'GET',
					path: `${V1}/resources/getResourceIdAccountId?RESOURCENAME=Domain%20A&ACCOUNTNAME=reset%20er`,
					reply: success('GET_RESOURCEACCOUNTID', { ACCOUNTID: '12', RESOURCEID: '11' }),
				},
				{
					method: 'POST',
					path: `${V1}/resources/configureremotepasswordreset`,
					body: inputData({
						RESOURCETYPE: 'WindowsDomain',
						ISWINDOMAINLOCAL: 'false',
						WDRESOURCEID: '11',
						WDACCOUNTID: '12',
						CONNECTION_MODE: 'Non SSL',
						RESOURCEIDS: ['4', '5', '6'],
					}),
					reply: success('CONFIGURE'),
				},
			],
			items: { ...configured, connectionMode: 'Non SSL' },
		},
	],
	refused: [
		['no resources', { resourceIds: '={{ [] }}' }, "'Resource Names or IDs' is required"],
		['no account of the resources', { accountName: ' ' }, "'Account Name' is required"],
		[
			'no account of the domain',
			{
				resetAccount: 'domain',
				resourceId: byId('11'),
				accountId: byName('={{ null }}'),
			},
			"'Domain Account' is required",
		],
	],
});
