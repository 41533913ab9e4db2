import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import { inputData, kit, success } from './kit';
import { BOOT, FORM, TOTP, V1, byId, byName, ids, lookUp } from './accountSamples';

describeOperation(kit, 'account', 'update', {
	cases: [
		{
			name: 'sends what is to be changed',
			parameters: {
				...ids,
				updateFields: { accountName: 'admin', ownerName: 'admin', notes: 'edited' },
			},
			exchanges: [
				{
					method: 'PUT',
					path: `${V1}/resources/1/accounts/12`,
					headers: FORM,
					body: inputData({ NOTES: 'edited', ACCOUNTNAME: 'admin', OWNERNAME: 'admin' }),
					reply: success('EDIT ACCOUNT'),
				},
			],
			items: { vendor: 'pam360', type: 'account', id: '12', resourceId: '1', updated: true },
		},
		{
			name: 'spells the command set as an update wants it, and empties a text',
			parameters: {
				resourceId: byName('res1'),
				accountId: byName('admin'),
				updateFields: {
					commandSet: 1000,
					domainName: 'EXAMPLE',
					description: '',
					totpSecret: TOTP,
				},
			},
			exchanges: [
				lookUp('RESOURCENAME=res1&ACCOUNTNAME=admin'),
				{
					method: 'PUT',
					path: `${V1}/resources/1/accounts/12`,
					body: inputData({
						TOTP_SECRET: TOTP,
						COMMAND_SET: 1000,
						DOMAINNAME: 'EXAMPLE',
						DESCRIPTION: '',
					}),
					reply: success('EDIT ACCOUNT'),
				},
			],
			items: { vendor: 'pam360', type: 'account', id: '12', resourceId: '1', updated: true },
		},
	],
	secrets: [TOTP, BOOT],
	refused: [
		['an update of nothing', { updateFields: {} }, "'Update Fields' has nothing to change"],
		['an empty secret', { updateFields: { totpSecret: '' } }, "'TOTP Secret' is empty"],
	],
});

describeOperation(kit, 'account', 'delete', {
	cases: [
		{
			name: 'sends no body',
			parameters: ids,
			exchanges: [
				{
					method: 'DELETE',
					path: `${V1}/resources/1/accounts/12`,
					headers: { 'content-type': undefined },
					reply: success('DELETE ACCOUNT'),
				},
			],
			items: { vendor: 'pam360', type: 'account', id: '12', resourceId: '1', deleted: true },
		},
	],
});

const share = (sent: object): Exchange => ({
	method: 'PUT',
	path: `${V1}/resources/1/accounts/12/share`,
	headers: FORM,
	body: inputData(sent),
	reply: success('SHARE ACCOUNT'),
});

/** Of an account that somebody else can use now. */
const shared = {
	vendor: 'pam360',
	type: 'account',
	id: '12',
	name: null,
	resourceId: '1',
	userId: null,
	userName: null,
	userGroupId: null,
	userGroupName: null,
	shared: true,
};

describeOperation(kit, 'account', 'share', {
	cases: [
		{
			name: 'gives access',
			parameters: { ...ids, userId: byId('21'), accessType: 'modify' },
			exchanges: [share({ ACCESSTYPE: 'modify', USERID: '21' })],
			items: { ...shared, userId: '21', accessType: 'modify' },
		},
		{
			name: 'takes access back, all by name',
			parameters: {
				resourceId: byName('res1'),
				accountId: byName('admin'),
				userId: byName('jdoe'),
				accessType: 'revoke',
			},
			exchanges: [
				lookUp('RESOURCENAME=res1&ACCOUNTNAME=admin'),
				{
					method: 'GET',
					path: `${V1}/user/getUserId?USERNAME=jdoe`,
					reply: success('GET USER ID', { USERID: '21' }),
				},
				share({ ACCESSTYPE: 'revoke', USERID: '21' }),
			],
			items: {
				...shared,
				name: 'admin',
				userId: '21',
				userName: 'jdoe',
				accessType: 'revoke',
				shared: false,
			},
		},
		{
			name: 'gives access to a group, whatever the hidden field for a user holds',
			parameters: {
				...ids,
				shareWith: 'userGroup',
				userId: byId('not an ID'),
				userGroupId: byId('7'),
				accessType: 'view',
			},
			exchanges: [share({ ACCESSTYPE: 'view', USERGROUPID: '7' })],
			items: { ...shared, userGroupId: '7', accessType: 'view' },
		},
	],
	refused: [
		[
			'a group by an ID that is none',
			{ shareWith: 'userGroup', userGroupId: byId('={{ "ops" }}') },
			/'User Group' must be an ID, which consists of digits.*To give a name, choose 'By Name'/,
		],
	],
});
