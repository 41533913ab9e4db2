import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import { inputData, kit, success } from './kit';
import { V1, byId, byName, ids, listOf, lookUp, search } from './accountSamples';

/** The row of docs/api/pam360.md, "Listing accounts". */
const row = {
	ACCOUNT_DESCRIPTION: '',
	ISFAVPASS: 'false',
	'ACCOUNT ID': '12',
	AUTOLOGONLIST: ['SSH', 'Telnet'],
	'ACCOUNT NAME': 'admin',
	PASSWORDREQUEST_REASON_MANDATORY: 'true',
	'PASSWORD STATUS': '****',
	ISREMOTEAPPONLY: 'false',
	'ACCOUNT PASSWORD POLICY': 'Strong',
	IS_USER_WITH_COMMAND_CONTROL_ROLE: 'false',
	AUTOLOGONSTATUS: 'ALLOWED',
	IS_TICKETID_REQD_ACW: 'false',
	IS_COMMAND_CONTROL_CONFIGURED: 'false',
	PASSWDID: '13',
	IS_TICKETID_REQD_MANDATORY: 'false',
	IS_TICKETID_REQD: 'false',
	ISREASONREQUIRED: 'true',
};
const listed = {
	vendor: 'pam360',
	type: 'account',
	id: '12',
	name: 'admin',
	resourceId: '1',
	resourceName: null,
	passwordId: '13',
	description: null,
	passwordPolicy: 'Strong',
	passwordStatus: '****',
	reasonRequired: true,
	ticketRequired: false,
	compliant: null,
	complianceReason: null,
	expiryStatus: null,
	lastAccessedAt: null,
	lastAccessedAtServerTime: null,
	lastModifiedAt: null,
	lastModifiedAtServerTime: null,
	customFields: [],
};

describeOperation(kit, 'account', 'getAll', {
	cases: [
		{
			name: 'asks for no more than the limit',
			parameters: { resourceId: byId('1'), limit: 1 },
			exchanges: [
				{
					method: 'GET',
					path: `${V1}/resources/1/accounts?${inputData({ STARTINDEX: 0, LIMIT: 1 })}`,
					reply: listOf(row),
				},
			],
			items: listed,
			raw: row,
		},
		{
			name: 'sends every filter',
			parameters: {
				resourceId: byName('res 1'),
				returnAll: true,
				filters: {
					groupId: 1,
					viewType: 'FAVOURITEPASSWORD',
					searchType: 'RESOURCE',
					searchColumn: 'ALL',
					searchValue: 'administrator',
				},
			},
			exchanges: [
				{
					method: 'GET',
					path: `${V1}/resources/resourcename/res%201`,
					reply: success('GET_RESOURCEID', { RESOURCEID: '1' }),
				},
				{
					method: 'GET',
					path: `${V1}/resources/1/accounts?${inputData({
						SEARCHTYPE: 'RESOURCE',
						SEARCHCOLUMN: 'ALL',
						VIEWTYPE: 'FAVOURITEPASSWORD',
						SEARCHVALUE: 'administrator',
						GROUPID: 1,
						STARTINDEX: 0,
						LIMIT: 500,
					})}`,
					reply: listOf(row),
				},
			],
			items: { ...listed, resourceName: 'res 1' },
		},
		{
			name: 'takes rows of older and newer builds, with other types',
			parameters: { resourceId: byId('1'), returnAll: true },
			exchanges: [
				{
					method: 'GET',
					path: `${V1}/resources/1/accounts?${inputData({ STARTINDEX: 0, LIMIT: 500 })}`,
					reply: listOf(
						{ 'ACCOUNT ID': 12, 'ACCOUNT NAME': 'admin', ISREASONREQUIRED: true },
						{
							'ACCOUNT ID': '14',
							'PASSWORD POLICY': 'Strong',
							'CUSTOM FIELD': [
								{
									CUSTOMFIELDLABEL: 'Pin',
									CUSTOMFIELDTYPE: 'Password',
									CUSTOMFIELDVALUE: 'CANARY-pin',
								},
								'odd',
							],
							IS_TICKETID_REQD_MANDATORY: ['odd'],
						},
					),
				},
			],
			items: [
				{
					...listed,
					passwordId: null,
					passwordPolicy: null,
					passwordStatus: null,
					ticketRequired: null,
				},
				{
					...listed,
					id: '14',
					name: null,
					passwordId: null,
					passwordStatus: null,
					reasonRequired: null,
					ticketRequired: null,
					ticketRequiredText: '["odd"]',
					customFields: [{ label: 'Pin', value: null, type: 'Password', column: null }],
					customFieldsText:
						'[{"CUSTOMFIELDLABEL":"Pin","CUSTOMFIELDTYPE":"Password","CUSTOMFIELDVALUE":null},"odd"]',
				},
			],
			hints: [
				"what came is in 'ticketRequiredText'",
				"A part of 'customFields' came in a form that the node does not understand",
			],
		},
		{
			name: 'gives no item where there are no accounts',
			parameters: { resourceId: byId('1'), returnAll: true },
			exchanges: [
				{
					method: 'GET',
					path: `${V1}/resources/1/accounts?${inputData({ STARTINDEX: 0, LIMIT: 500 })}`,
					reply: success('GET RESOURCE ACCOUNTLIST', undefined, { totalRows: 0 }),
				},
			],
			items: [],
		},
	],
	secrets: ['CANARY-pin'],
	refused: [
		[
			'a group that is no number',
			{ filters: { groupId: 'Web' } },
			"'Resource Group ID' must be a whole number",
		],
	],
});

/** The details of docs/api/pam360.md, "Details of an account". */
const details = {
	DESCRIPTION: 'N/A',
	PASSWDID: '13',
	'LAST MODIFIED TIME': 'N/A',
	'EXPIRY STATUS': 'Valid',
	'COMPLIANT REASON': '-',
	PASSWORDREQUEST_REASON_MANDATORY: 'true',
	'PASSWORD STATUS': '****',
	'PASSWORD POLICY': 'Strong',
	'COMPLIANT STATUS': 'Compliant',
	'LAST ACCESSED TIME': 'Dec 1, 2021 09:00 PM',
};
const detailed = {
	...listed,
	name: null,
	reasonRequired: null,
	ticketRequired: null,
	compliant: true,
	expiryStatus: 'Valid',
	lastAccessedAtServerTime: '2021-12-01T21:00:00',
};
const ofAccount = (reply: object): Exchange => ({
	method: 'GET',
	path: `${V1}/resources/1/accounts/12`,
	reply,
});

describeOperation(kit, 'account', 'get', {
	cases: [
		{
			name: 'gives the details of PAM360’s documentation',
			parameters: ids,
			exchanges: [ofAccount(success('GET RESOURCE ACCOUNT DETAILS', details))],
			items: detailed,
		},
		{
			name: 'takes both names, encoded, and has them in the item',
			parameters: { resourceId: byName('rack/7 ü'), accountId: byName('svc+a&b=c') },
			exchanges: [
				lookUp('RESOURCENAME=rack%2F7%20%C3%BC&ACCOUNTNAME=svc%2Ba%26b%3Dc'),
				ofAccount(
					success('GET RESOURCE ACCOUNT DETAILS', [
						{
							...details,
							'COMPLIANT STATUS': 'Non-Compliant',
							'COMPLIANT REASON': 'Minimum length must be 8',
							'LAST ACCESSED TIME': 'Jan 9, 2026 12:05 AM',
							'LAST MODIFIED TIME': 'yesterday',
						},
					]),
				),
			],
			items: {
				...detailed,
				name: 'svc+a&b=c',
				resourceName: 'rack/7 ü',
				compliant: false,
				complianceReason: 'Minimum length must be 8',
				lastAccessedAtServerTime: '2026-01-09T00:05:00',
				lastModifiedAtText: 'yesterday',
			},
			hints: ["what came is in 'lastModifiedAtText'"],
		},
		{
			name: 'takes a resource by ID and its account by name',
			parameters: { resourceId: byId('1'), accountId: byName('admin') },
			exchanges: [
				search('admin', [{ ...row, 'ACCOUNT ID': '11', 'ACCOUNT NAME': 'admin2' }, row]),
				ofAccount(success('GET RESOURCE ACCOUNT DETAILS', details)),
			],
			items: { ...detailed, name: 'admin' },
		},
		{
			name: 'takes a resource by name and its account by ID',
			parameters: { resourceId: byName('res1'), accountId: byId('12') },
			exchanges: [
				{
					method: 'GET',
					path: `${V1}/resources/resourcename/res1`,
					reply: success('GET_RESOURCEID', { RESOURCEID: '1' }),
				},
				ofAccount(success('GET RESOURCE ACCOUNT DETAILS', details)),
			],
			items: { ...detailed, resourceName: 'res1' },
		},
	],
	refused: [['no account', { accountId: byId("={{ '' }}") }, "'Account' is required"]],
	failures: [
		{
			name: 'no details',
			exchanges: [ofAccount(success('GET RESOURCE ACCOUNT DETAILS'))],
			says: ['PAM360 reported success but returned no details of the account'],
		},
		{
			name: 'an account name that the resource does not have',
			parameters: { accountId: byName('root') },
			exchanges: [search('root', [row])],
			says: ["PAM360 does not show the API user the account 'root' of the resource with the ID 1"],
		},
		{
			name: 'names that PAM360 does not know',
			parameters: { resourceId: byName('a'), accountId: byName('b') },
			exchanges: [{ ...lookUp('RESOURCENAME=a&ACCOUNTNAME=b'), reply: kit.refusal.reply }],
			says: [
				'PAM360 knows no such account, or does not show it to the API user',
				"asked for the ID of the account 'b' of the resource 'a'",
			],
		},
	],
});
