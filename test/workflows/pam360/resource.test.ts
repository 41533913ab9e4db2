import { describeOperation } from '../kit/operation';
import { inputData, kit, success } from './kit';
import { V1, byId, byName, lookUp, nothing } from './resourceSamples';

/** The list's row of docs/api/pam360.md, "Listing resources". */
const row = {
	'RESOURCE DESCRIPTION': 'Windows server resources reserved for testing API',
	'RESOURCE TYPE': 'Fortigate Firewall',
	'RESOURCE ID': '1',
	'RESOURCE NAME': 'SOUTH-FIN-WINSERQA-09',
	NOOFACCOUNTS: '1',
};
const listed = {
	vendor: 'pam360',
	type: 'resource',
	id: '1',
	name: 'SOUTH-FIN-WINSERQA-09',
	resourceType: 'Fortigate Firewall',
	description: 'Windows server resources reserved for testing API',
	owner: null,
	department: null,
	location: null,
	dnsName: null,
	domainName: null,
	url: null,
	passwordPolicy: null,
	accountCount: 1,
	customFields: [],
};

describeOperation(kit, 'resource', 'getAll', {
	cases: [
		{
			name: 'asks for no more than the limit',
			parameters: { returnAll: false, limit: 1 },
			exchanges: [
				{
					method: 'GET',
					path: `${V1}/resources?${inputData({ STARTINDEX: 0, LIMIT: 1 })}`,
					headers: { 'content-type': undefined, orgname: undefined },
					reply: success('GET RESOURCES', [row], { totalRows: 3 }),
				},
			],
			items: listed,
			raw: row,
		},
		{
			name: 'sends every filter',
			parameters: {
				returnAll: true,
				filters: {
					viewType: 'LINUXSSHPASSWORD',
					searchType: 'ACCOUNT',
					searchColumn: 'COLUMN_CHAR9',
					searchValue: ' a+b & "ü" ',
				},
			},
			exchanges: [
				{
					method: 'GET',
					path: `${V1}/resources?${inputData({
						SEARCHTYPE: 'ACCOUNT',
						SEARCHCOLUMN: 'COLUMN_CHAR9',
						VIEWTYPE: 'LINUXSSHPASSWORD',
						SEARCHVALUE: 'a+b & "ü"',
						STARTINDEX: 0,
						LIMIT: 500,
					})}`,
					reply: nothing,
				},
			],
			items: [],
		},
		{
			name: 'leaves it to PAM360 what a view is',
			parameters: { returnAll: true, filters: { viewType: '={{ "MINE" }}' } },
			exchanges: [
				{
					method: 'GET',
					path: `${V1}/resources?${inputData({ VIEWTYPE: 'MINE', STARTINDEX: 0, LIMIT: 500 })}`,
					reply: nothing,
				},
			],
			items: [],
		},
		{
			name: 'searches resources in all columns unless told otherwise',
			parameters: { returnAll: true, filters: { searchValue: 'web', viewType: '' } },
			exchanges: [
				{
					method: 'GET',
					path: `${V1}/resources?${inputData({
						SEARCHTYPE: 'RESOURCE',
						SEARCHCOLUMN: 'ALL',
						SEARCHVALUE: 'web',
						STARTINDEX: 0,
						LIMIT: 500,
					})}`,
					reply: success('GET RESOURCES', [{ ...row, 'RESOURCE ID': 1, NOOFACCOUNTS: 1 }]),
				},
			],
			items: listed,
		},
		{
			name: 'takes rows with fields that are absent or odd',
			parameters: { returnAll: true },
			exchanges: [
				{
					method: 'GET',
					path: `${V1}/resources?${inputData({ STARTINDEX: 0, LIMIT: 500 })}`,
					reply: success('GET RESOURCES', [
						{ 'RESOURCE ID': '1', 'RESOURCE DESCRIPTION': 'N/A', NOOFACCOUNTS: 'many' },
					]),
				},
			],
			items: {
				...listed,
				name: null,
				resourceType: null,
				description: null,
				accountCount: null,
				accountCountText: 'many',
			},
			hints: ["what came is in 'accountCountText'"],
		},
	],
	refused: [
		[
			'a column without a search value',
			{ filters: { searchColumn: 'LOCATION' } },
			"'Search Value' is required",
		],
		['a limit of nothing', { limit: 0 }, "'Limit' must be at least 1"],
	],
});

/**
 * The resource of docs/api/pam360.md, "Listing accounts"; with custom fields as older builds have them.
 */
const details = {
	LOCATION: '',
	'RESOURCE DESCRIPTION': '-',
	'RESOURCE TYPE': 'Linux',
	'RESOURCE ID': '1',
	'ACCOUNT LIST': [],
	DEPARTMENT: 'N/A',
	'RESOURCE OWNER': 'admin',
	'RESOURCE PASSWORD POLICY': 'Strong',
	'RESOURCE URL': 'http://res1/',
	NEWSSHTERMINAL: 'false',
	'DOMAIN NAME': '',
	ALLOWOPENURLINBROWSER: 'true',
	'RESOURCE NAME': 'res1',
	'DNS NAME': 'res1.example.com',
	'CUSTOM FIELD': [
		{
			CUSTOMFIELDVALUE: 'YES',
			CUSTOMFIELDTYPE: 'Character',
			CUSTOMFIELDLABEL: 'Secure Resource',
			CUSTOMFIELDCOLUMNNAME: 'COLUMN_CHAR1',
		},
		{
			CUSTOMFIELDVALUE: 'CANARY-custom-password',
			CUSTOMFIELDTYPE: 'Password',
			CUSTOMFIELDLABEL: 'Boot Password',
			CUSTOMFIELDCOLUMNNAME: 'COLUMN_SCHAR1',
		},
	],
};
const detailed = {
	vendor: 'pam360',
	type: 'resource',
	id: '1',
	name: 'res1',
	resourceType: 'Linux',
	description: null,
	owner: 'admin',
	department: null,
	location: null,
	dnsName: 'res1.example.com',
	domainName: null,
	url: 'http://res1/',
	passwordPolicy: 'Strong',
	accountCount: null,
	customFields: [
		{ label: 'Secure Resource', value: 'YES', type: 'Character', column: 'COLUMN_CHAR1' },
		{ label: 'Boot Password', value: null, type: 'Password', column: 'COLUMN_SCHAR1' },
	],
};
const firstAccount = inputData({ STARTINDEX: 0, LIMIT: 1 });
const answer = success('GET RESOURCE ACCOUNTLIST', details);

describeOperation(kit, 'resource', 'get', {
	cases: [
		{
			name: 'gives all but what custom fields of the type Password hold',
			parameters: { resourceId: byId('1') },
			exchanges: [
				{ method: 'GET', path: `${V1}/resources/1/accounts?${firstAccount}`, reply: answer },
			],
			items: detailed,
			raw: {
				...details,
				'CUSTOM FIELD': [
					details['CUSTOM FIELD'][0],
					{ ...details['CUSTOM FIELD'][1], CUSTOMFIELDVALUE: null },
				],
			},
		},
		{
			name: 'takes a bare ID, as an expression may give it',
			parameters: { resourceId: '={{ $json.id }}' },
			input: { id: 1 },
			exchanges: [
				{ method: 'GET', path: `${V1}/resources/1/accounts?${firstAccount}`, reply: answer },
			],
			items: detailed,
		},
		{
			name: 'looks a name up, however it is written',
			parameters: { resourceId: byName(' Bücher + 100% (neu) ') },
			exchanges: [
				lookUp('B%C3%BCcher%20%2B%20100%25%20%28neu%29', '1'),
				{ method: 'GET', path: `${V1}/resources/1/accounts?${firstAccount}`, reply: answer },
			],
			items: detailed,
		},
		{
			name: 'searches for a name that no path can carry, and takes it whole only',
			parameters: { resourceId: byName('rack/7') },
			exchanges: [
				{
					method: 'GET',
					path: `${V1}/resources?${inputData({
						SEARCHTYPE: 'RESOURCE',
						SEARCHCOLUMN: 'RESOURCENAME',
						SEARCHVALUE: 'rack/7',
						STARTINDEX: 0,
						LIMIT: 500,
					})}`,
					reply: success('GET RESOURCES', [
						{ 'RESOURCE ID': '70', 'RESOURCE NAME': 'rack/70' },
						{ 'RESOURCE ID': '1', 'RESOURCE NAME': 'rack/7' },
					]),
				},
				{ method: 'GET', path: `${V1}/resources/1/accounts?${firstAccount}`, reply: answer },
			],
			items: detailed,
		},
	],
	secrets: ['CANARY-custom-password'],
	refused: [
		['no resource', { resourceId: byId("={{ '' }}") }, "'PAM360 Resource' is required"],
		[
			'a path in place of an ID',
			{ resourceId: byId("={{ '1/share' }}") },
			"'PAM360 Resource' must be an ID, which consists of digits",
		],
		['a name in place of an ID', { resourceId: 'res1' }, "To give a name, choose 'By Name'"],
	],
	failures: [
		{
			name: 'no details',
			exchanges: [
				{ method: 'GET', path: `${V1}/resources/1/accounts?${firstAccount}`, reply: nothing },
			],
			says: ['PAM360 reported success but returned no details of the resource', 'shared'],
		},
		{
			name: 'a name that PAM360 does not know',
			parameters: { resourceId: byName('nowhere') },
			exchanges: [
				{
					...lookUp('nowhere', ''),
					reply: {
						operation: { result: { status: 'Failed', message: 'No such resource found' } },
					},
				},
			],
			says: [
				'PAM360 refused the request: No such resource found',
				"PAM360 was asked for the ID of the resource 'nowhere'",
			],
		},
		{
			name: 'a name without an ID in the answer',
			parameters: { resourceId: byName('res1') },
			exchanges: [{ ...lookUp('res1', ''), reply: success('GET_RESOURCEID') }],
			says: ["PAM360 reported success but returned no ID of the resource 'res1'"],
		},
		{
			name: 'a search that finds parts of names only',
			parameters: { resourceId: byName('..') },
			exchanges: [
				{
					method: 'GET',
					path: `${V1}/resources?${inputData({
						SEARCHTYPE: 'RESOURCE',
						SEARCHCOLUMN: 'RESOURCENAME',
						SEARCHVALUE: '..',
						STARTINDEX: 0,
						LIMIT: 500,
					})}`,
					reply: success('GET RESOURCES', [{ 'RESOURCE ID': '7', 'RESOURCE NAME': 'a..b' }]),
				},
			],
			says: ["PAM360 does not show the API user the resource '..'"],
		},
		{
			name: 'the input taken for an attack',
			exchanges: [
				{
					method: 'GET',
					path: `${V1}/resources/1/accounts?${firstAccount}`,
					status: 599,
					reply: '',
				},
			],
			says: [/security filter/],
		},
	],
});
