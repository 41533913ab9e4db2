import type { IDataObject } from 'n8n-workflow';
import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import { inputData, kit, success } from './kit';

const V1 = '/restapi/json/v1';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const byName = (value: string) => ({ __rl: true, mode: 'name', value });
const ids = { resourceId: byId('1'), accountId: byId('12') };

/**
 * `GET /resources/getResourceIdAccountId`, docs/api/pam360.md, "Looking up a resource and an account".
 */
const lookUp = (query: string): Exchange => ({
	method: 'GET',
	path: `${V1}/resources/getResourceIdAccountId?${query}`,
	reply: success('GET_RESOURCEACCOUNTID', { ACCOUNTID: '12', RESOURCEID: '1' }),
});

/** `GET /resources/{RESOURCEID}/accounts` for the accounts of a name. */
const search = (name: string, rows: object[]): Exchange => ({
	method: 'GET',
	path: `${V1}/resources/1/accounts?${inputData({
		SEARCHTYPE: 'ACCOUNT',
		SEARCHCOLUMN: 'LOGINNAME',
		SEARCHVALUE: name,
		STARTINDEX: 0,
		LIMIT: 500,
	})}`,
	reply: success('GET RESOURCE ACCOUNTLIST', { 'RESOURCE ID': '1', 'ACCOUNT LIST': rows }),
});

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
const listOf = (...rows: unknown[]) =>
	success('GET RESOURCE ACCOUNTLIST', {
		LOCATION: '',
		'RESOURCE ID': '1',
		'ACCOUNT LIST': rows,
		'RESOURCE NAME': 'res1',
	});

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

const PASSWORD = 'Pa$$ Word@124 ';
const TOTP = '829 198 CANARY';
const BOOT = ' CANARY boot "1" ';
const added = (name: string, status = 'Account added successfully') => ({
	[name]: { STATUS: status },
});
const TAKEN = 'Account is not added  as it already exists';
const create = (list: object[], reply?: unknown): Exchange => ({
	method: 'POST',
	path: `${V1}/resources/1/accounts`,
	headers: FORM,
	body: inputData({ ACCOUNTLIST: list }),
	reply: success('ADD ACCOUNTS', reply),
});
const created = (name: string, id: string | null): IDataObject => ({
	vendor: 'pam360',
	type: 'account',
	id,
	name,
	resourceId: '1',
	created: true,
});
const accounts = (...account: IDataObject[]) => ({ resourceId: byId('1'), accounts: { account } });
const found = (name: string, id: string) => ({ 'ACCOUNT ID': id, 'ACCOUNT NAME': name });
const listAll = (...rows: object[]): Exchange => ({
	method: 'GET',
	path: `${V1}/resources/1/accounts?${inputData({ STARTINDEX: 0, LIMIT: 500 })}`,
	reply: listOf(...rows),
});

describeOperation(kit, 'account', 'create', {
	cases: [
		{
			name: 'looks the ID up, which the answer does not tell',
			parameters: accounts({ accountName: 'admin', password: PASSWORD }),
			exchanges: [
				create([{ ACCOUNTNAME: 'admin', PASSWORD }], [added('admin')]),
				search('admin', [found('admin2', '11'), found('admin', '12')]),
			],
			items: created('admin', '12'),
			raw: success('ADD ACCOUNTS', [added('admin')]) as IDataObject,
		},
		{
			name: 'adds several in one call, with every field',
			parameters: accounts(
				{
					accountName: ' admin ',
					password: PASSWORD,
					additionalFields: {
						policy: 'Strong',
						policyId: 101,
						commandSet: 1000,
						recordRdpSessions: true,
						recordCliSessions: false,
						disablePasswordResets: 'false',
						configurePasswordReset: true,
						resourceGroupIds: '3002, 3003',
						iisWebConfigReset: true,
						iisAppPoolRestart: true,
						iisAppPoolReset: true,
						servicesRestart: true,
						servicesReset: true,
						scheduledTaskReset: true,
						notes: 'created by API',
						totpSecret: TOTP,
						totpAlgorithm: 'SHA256',
						totpDigits: '6',
						totpValidity: 30,
						sapUserType: 'A',
						customFields: {
							field: [{ label: 'Owner', value: 'ops' }],
							passwordField: [{ label: 'Boot Password', password: BOOT }],
						},
						websiteSessionRecording: true,
						gatewaySessionRecording: true,
					},
				},
				{ accountName: 'Übung/1', password: '' },
			),
			exchanges: [
				create(
					[
						{
							ACCOUNTNAME: 'admin',
							PASSWORD,
							ACCOUNTPASSWORDPOLICY: 'Strong',
							ACCOUNTPASSWORDPOLICYID: 101,
							RECORD_RDP_SESSIONS: true,
							RECORD_CLI_SESSIONS: false,
							WEBSITE_SESSION_RECORDING: true,
							GATEWAY_SESSION_RECORDING: true,
							DISABLE_PASSWORD_RESETS: false,
							CONFIGURE_PASSWORD_RESET: true,
							SERVICES_RESET: true,
							SERVICES_RESTART: true,
							SCHEDULED_TASK_RESET: true,
							IIS_APP_POOL_RESET: true,
							IIS_APP_POOL_RESTART: true,
							IIS_WEB_CONFIG_RESET: true,
							ACCOUNT_RESOURCE_GROUP_IDS: ['3002', '3003'],
							NOTES: 'created by API',
							TOTP_SECRET: TOTP,
							TOTP_ALGORITHM: 'SHA256',
							TOTP_DIGITS: '6',
							TOTP_VALIDITY: '30',
							SAP_USER_TYPE: 'A',
							ACCOUNTCUSTOMFIELD: [
								{ CUSTOMLABEL: 'Owner', CUSTOMVALUE: 'ops' },
								{ CUSTOMLABEL: 'Boot Password', CUSTOMVALUE: BOOT },
							],
							COMMAN_SET: 1000,
						},
						{ ACCOUNTNAME: 'Übung/1' },
					],
					[added('Übung/1'), added('admin')],
				),
				listAll(found('old', '1'), found('Übung/1', '13'), found('admin', '12')),
			],
			items: [created('admin', '12'), created('Übung/1', '13')],
		},
		{
			name: 'takes an only answer for the only account, and goes on without its ID',
			parameters: accounts({ accountName: 'Admin' }),
			exchanges: [
				create([{ ACCOUNTNAME: 'Admin' }], added('admin')),
				{ ...search('Admin', []), reply: '' },
			],
			items: created('Admin', null),
			hints: ["The account 'Admin' was created, but its ID could not be looked up"],
		},
	],
	secrets: [PASSWORD.trim(), TOTP, BOOT.trim()],
	refused: [
		['no account', { accounts: { account: [] } }, "'Accounts' must hold at least one account"],
		[
			'a custom field of the type Password without a value',
			accounts({
				accountName: 'a',
				additionalFields: {
					customFields: { passwordField: [{ label: 'Boot', password: '={{ $json.none }}' }] },
				},
			}),
			"'Password' is empty",
		],
		[
			'an account without a name',
			accounts({ accountName: ' ', password: 'x' }),
			"'Account Name' is required",
		],
		[
			'two accounts of the same name',
			accounts({ accountName: 'a' }, { accountName: ' a ' }),
			"'Accounts' has two accounts of the same name",
		],
		[
			'a field that is wrong inside an account',
			accounts({ accountName: 'a', additionalFields: { totpValidity: 'soon' } }),
			"'TOTP Validity' must be a whole number of seconds",
		],
		[
			'groups by name',
			accounts({ accountName: 'a', additionalFields: { resourceGroupIds: 'Web' } }),
			"'Resource Group IDs' must hold IDs",
		],
	],
	failures: [
		{
			name: 'an account that exists, hidden under a success',
			parameters: accounts({ accountName: 'admin' }),
			exchanges: [create([{ ACCOUNTNAME: 'admin' }], [added('admin', TAKEN)])],
			says: [
				'PAM360 did not add the account admin: Account is not added as it already exists',
				"'Account Name'",
			],
		},
		{
			name: 'an account that exists, as a refusal of the whole',
			parameters: accounts({ accountName: 'admin' }),
			exchanges: [
				{
					...create([{ ACCOUNTNAME: 'admin' }]),
					reply: { operation: { result: { status: 'Failed', message: TAKEN } } },
				},
			],
			says: ['The resource has an account of this name already'],
		},
		{
			name: 'some of several, with those that were added named in the error',
			parameters: accounts({ accountName: 'a' }, { accountName: 'b' }, { accountName: 'c' }),
			exchanges: [
				create(
					[{ ACCOUNTNAME: 'a' }, { ACCOUNTNAME: 'b' }, { ACCOUNTNAME: 'c' }],
					[added('a'), added('b', TAKEN), added('c')],
				),
				listAll(found('a', '21')),
			],
			says: [
				'PAM360 did not add 1 of 3 accounts: b: Account is not added as it already exists',
				'the node issued 2 accounts that it cannot return now: item 0: id 21; item 0: c',
			],
		},
		{
			name: 'a success that says nothing of the account',
			parameters: accounts({ accountName: 'admin' }),
			exchanges: [create([{ ACCOUNTNAME: 'admin' }])],
			says: [
				'PAM360 did not add the account admin: PAM360 said nothing of it',
				"'Account: Get Many' shows which accounts the resource has",
			],
		},
		{
			name: 'a lost answer, and an account of the name',
			parameters: accounts({ accountName: 'admin' }),
			exchanges: [
				{ ...create([{ ACCOUNTNAME: 'admin' }]), reply: '<html>' },
				search('admin', [found('admin', '12')]),
			],
			says: [
				'Accounts may have been created anyway',
				'The node did not send the request again. It asked PAM360 for accounts of these names instead.',
				'The resource has now: admin (ID 12). What did not exist before this run is new.',
			],
		},
		{
			name: 'a lost answer, and one of two accounts',
			parameters: accounts({ accountName: 'a' }, { accountName: 'b' }),
			exchanges: [
				{ ...create([{ ACCOUNTNAME: 'a' }, { ACCOUNTNAME: 'b' }]), reply: '<html>' },
				listAll(found('a', '21')),
			],
			says: ['The resource has now: a (ID 21).', 'It has no account named b yet.'],
		},
		{
			name: 'a lost answer, and no account of the name',
			parameters: accounts({ accountName: 'admin' }),
			exchanges: [{ ...create([{ ACCOUNTNAME: 'admin' }]), reply: '<html>' }, search('admin', [])],
			says: ['It has no account named admin yet.'],
		},
		{
			name: 'a lost answer, and another one',
			parameters: accounts({ accountName: 'admin' }),
			exchanges: [
				{ ...create([{ ACCOUNTNAME: 'admin' }]), reply: '<html>' },
				{ ...search('admin', []), reply: '' },
			],
			says: ['That failed: look at the accounts of the resource'],
		},
		{
			name: 'a status that repeats the password',
			exchanges: [
				create([{ ACCOUNTNAME: 'admin', PASSWORD }], [added('admin', `${PASSWORD} is too weak`)]),
			],
			says: [/is too weak/],
		},
	],
});

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

describeOperation(kit, 'account', 'share', {
	cases: [
		{
			name: 'gives access',
			parameters: { ...ids, userId: byId('21'), accessType: 'modify' },
			exchanges: [share({ ACCESSTYPE: 'modify', USERID: '21' })],
			items: {
				vendor: 'pam360',
				type: 'account',
				id: '12',
				name: null,
				resourceId: '1',
				userId: '21',
				userName: null,
				userGroupId: null,
				userGroupName: null,
				accessType: 'modify',
				shared: true,
			},
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
				vendor: 'pam360',
				type: 'account',
				id: '12',
				name: 'admin',
				resourceId: '1',
				userId: '21',
				userName: 'jdoe',
				userGroupId: null,
				userGroupName: null,
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
			items: {
				vendor: 'pam360',
				type: 'account',
				id: '12',
				name: null,
				resourceId: '1',
				userId: null,
				userName: null,
				userGroupId: '7',
				userGroupName: null,
				accessType: 'view',
				shared: true,
			},
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

const BYTES = Buffer.from([0, 1, 2, 0xff, 0xfe, 0x80, 0x0d, 0x0a, 0x7b]);
const download = (more: Partial<Exchange>, query = ''): Exchange => ({
	method: 'GET',
	path: `${V1}/resources/1/accounts/12/downloadfile${query}`,
	replyHeaders: {
		'Content-Type': 'application/octet-stream',
		'Content-Disposition': 'attachment; filename="licence \\"1\\".key"',
	},
	reply: BYTES,
	...more,
});
const file = (fileName: string, mimeType: string, fileSize: number) => ({
	vendor: 'pam360',
	type: 'file',
	id: '12',
	resourceId: '1',
	fileName,
	mimeType,
	fileSize,
});
const LOGIN = '<!DOCTYPE html><html><body>Sign in</body></html>';

describeOperation(kit, 'account', 'downloadFile', {
	cases: [
		{
			name: 'keeps every byte, and the name that the server gives',
			parameters: ids,
			exchanges: [download({})],
			items: file('licence "1".key', 'application/octet-stream', BYTES.length),
			raw: { fileName: 'licence "1".key', contentType: 'application/octet-stream' },
			binary: {
				data: {
					content: BYTES,
					fileName: 'licence "1".key',
					mimeType: 'application/octet-stream',
				},
			},
		},
		{
			name: 'sends reason and ticket, and takes a name out of a folder and of its encoding',
			parameters: {
				resourceId: byName('res1'),
				accountId: byName('cert'),
				binaryPropertyName: 'key',
				additionalFields: { reason: 'renewal & more', ticketId: 7 },
			},
			exchanges: [
				lookUp('RESOURCENAME=res1&ACCOUNTNAME=cert'),
				download(
					{
						replyHeaders: {
							'Content-Type': 'text/plain; charset=utf-8',
							'Content-Disposition':
								"attachment; filename=plain.pem; filename*=UTF-8''..%2F..%2Fschl%C3%BCssel.pem",
						},
						reply: '{"kind": "a file that is JSON"}',
					},
					`?${inputData({ REASON: 'renewal & more', TICKETID: '7' })}`,
				),
			],
			items: file('schlüssel.pem', 'text/plain', 31),
			binary: { key: { content: '{"kind": "a file that is JSON"}', fileName: 'schlüssel.pem' } },
		},
		{
			name: 'names a file that the server does not name',
			parameters: ids,
			exchanges: [download({ replyHeaders: { 'Content-Type': '' } })],
			items: file('pam360-account-12', 'application/octet-stream', BYTES.length),
			binary: { data: { content: BYTES, fileName: 'pam360-account-12' } },
		},
		{
			name: 'takes a web page and nothing for a file where the server calls it one',
			parameters: ids,
			exchanges: [
				download({
					replyHeaders: {
						'Content-Type': 'text/html',
						'Content-Disposition': 'attachment; filename=page.html',
					},
					reply: LOGIN,
				}),
			],
			items: file('page.html', 'text/html', LOGIN.length),
			binary: { data: { content: LOGIN, fileName: 'page.html', mimeType: 'text/html' } },
		},
	],
	refused: [
		[
			'no field for the file',
			{ binaryPropertyName: ' ' },
			"'Put Output File in Field' must be the name of a field",
		],
	],
	failures: [
		{
			name: 'a failure with the content type of a file',
			exchanges: [download({ reply: JSON.stringify(kit.refusal.reply) })],
			says: ['PAM360 knows no such account', "add 'Reason' or 'Ticket ID'"],
		},
		{
			name: 'a success in JSON, without a file',
			exchanges: [download({ reply: success('GET FILE') })],
			says: ['PAM360 reported success but sent no file'],
		},
		{
			name: 'a login page',
			exchanges: [download({ replyHeaders: { 'Content-Type': 'text/html' }, reply: LOGIN })],
			says: ['PAM360 answered with a web page instead of JSON'],
		},
		{
			name: 'nothing, as where the API user’s host cannot be resolved',
			exchanges: [download({ replyHeaders: {}, reply: '' })],
			says: ['PAM360 answered with an empty body', 'host name'],
		},
		{
			name: 'a file with the status of a failure',
			exchanges: [download({ status: 403 })],
			says: ['PAM360 answered with something that is not JSON (HTTP 403)'],
		},
	],
});
