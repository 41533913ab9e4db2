import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import { inputData, kit, success } from './kit';
import { V1, FORM, byId, byName, lookUp, nothing } from './resourceSamples';

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

const PASSWORD = ' A1@8ZnQx)mh&= ';
const created = (name: string, id: string | null) => ({
	vendor: 'pam360',
	type: 'resource',
	id,
	name,
	created: true,
});
/** The answer of docs/api/pam360.md, "Creating a resource": no Details. */
const added = {
	operation: {
		result: {
			message: 'Resource Windows Server has been added successfully',
			status: 'Success',
		},
		name: 'CREATE RESOURCE',
	},
};
const create = (sent: object, reply: object = added): Exchange => ({
	method: 'POST',
	path: `${V1}/resources`,
	headers: FORM,
	body: inputData(sent),
	reply,
});

describeOperation(kit, 'resource', 'create', {
	cases: [
		{
			name: 'looks the ID up, which the answer does not tell',
			parameters: { resourceName: 'Windows Server' },
			exchanges: [create({ RESOURCENAME: 'Windows Server' }), lookUp('Windows%20Server', '301')],
			items: created('Windows Server', '301'),
			raw: added,
		},
		{
			name: 'sends every field that is given, and takes the ID from newer answers',
			parameters: {
				resourceName: ' Windows Server ',
				additionalFields: {
					accountName: 'Administrator',
					resourceType: 'Windows',
					password: PASSWORD,
					notes: 'Testing API',
					resourceUrl: 'http://windowsserver/adminconsole',
					location: 'India',
					dnsName: 'localhost',
					department: 'IT',
					description: 'Resource',
					domainName: 'localhost',
					resourceGroupName: 'group',
					enablePrivateKey: true,
					resourcePolicy: 'Strong',
					accountPolicy: 'Strong',
					ownerName: 'admin',
					disableTabDuplication: false,
					websiteSessionRecording: 'true',
					gatewaySessionRecording: true,
					recordedUrl: 'https://localhost',
					sapUserType: 'A',
					resourceCustomFields: { field: [{ label: 'Secure Resource', value: 'YES' }] },
					accountCustomFields: {
						field: [
							{ label: 'Secure Account', value: 'YES' },
							{ label: ' Höhe ', value: 7 },
							{ label: 'Empty', value: '' },
						],
					},
				},
			},
			exchanges: [
				create(
					{
						RESOURCENAME: 'Windows Server',
						LOCATION: 'India',
						DNSNAME: 'localhost',
						DEPARTMENT: 'IT',
						RESOURCEURL: 'http://windowsserver/adminconsole',
						RESOURCEDESCRIPTION: 'Resource',
						OWNERNAME: 'admin',
						RESOURCETYPE: 'Windows',
						RESOURCEPASSWORDPOLICY: 'Strong',
						DISABLE_TAB_DUPLICATION: false,
						WEBSITE_SESSION_RECORDING: true,
						GATEWAY_SESSION_RECORDING: true,
						RESOURCECUSTOMFIELD: [{ CUSTOMLABEL: 'Secure Resource', CUSTOMVALUE: 'YES' }],
						ACCOUNTNAME: 'Administrator',
						PASSWORD,
						ACCOUNTPASSWORDPOLICY: 'Strong',
						NOTES: 'Testing API',
						ACCOUNTCUSTOMFIELD: [
							{ CUSTOMLABEL: 'Secure Account', CUSTOMVALUE: 'YES' },
							{ CUSTOMLABEL: 'Höhe', CUSTOMVALUE: '7' },
							{ CUSTOMLABEL: 'Empty', CUSTOMVALUE: '' },
						],
						DOMAINNAME: 'localhost',
						RESOURCEGROUPNAME: 'group',
						ENABLEPRIVATEKEY: true,
						RECORD_CONFIGURED_RESOURCE_URL: 'https://localhost',
						SAP_USER_TYPE: 'A',
					},
					success('CREATE RESOURCE', { RESOURCEID: 301 }),
				),
			],
			items: created('Windows Server', '301'),
		},
		{
			name: 'leaves out what was added and left empty',
			parameters: {
				resourceName: 'r',
				additionalFields: {
					location: '',
					enablePrivateKey: '',
					resourceCustomFields: {},
					accountCustomFields: { field: [] },
				},
			},
			exchanges: [
				create({ RESOURCENAME: 'r' }, success('CREATE RESOURCE', [{ 'RESOURCE ID': '7' }])),
			],
			items: created('r', '7'),
		},
		{
			name: 'takes custom fields from expressions',
			parameters: {
				resourceName: 'r',
				additionalFields: {
					resourceCustomFields: {
						field: [{ label: '={{ $json.label }}', value: '={{ $json.count }}' }],
					},
				},
			},
			input: { label: 'Racks', count: 7 },
			exchanges: [
				create(
					{ RESOURCENAME: 'r', RESOURCECUSTOMFIELD: [{ CUSTOMLABEL: 'Racks', CUSTOMVALUE: '7' }] },
					success('CREATE RESOURCE', { RESOURCEID: '7' }),
				),
			],
			items: created('r', '7'),
		},
		{
			name: 'is done even if the ID cannot be looked up',
			parameters: { resourceName: 'r' },
			exchanges: [create({ RESOURCENAME: 'r' }), { ...lookUp('r', ''), reply: kit.refusal.reply }],
			items: created('r', null),
			hints: ["The resource 'r' was created, but PAM360 did not return its ID"],
		},
	],
	secrets: [PASSWORD.trim()],
	refused: [
		['no name', { resourceName: ' ' }, "'Resource Name' is required"],
		[
			'a password that was added and left empty',
			{ additionalFields: { password: '' } },
			"'Password' is empty",
		],
		[
			'a custom field without a label',
			{
				additionalFields: { resourceCustomFields: { field: [{ label: '', value: 'x' }] } },
			},
			"'Label' is required",
		],
		[
			'a switch that is neither on nor off',
			{ additionalFields: { enablePrivateKey: 'perhaps' } },
			"'Enable Private Key' must be true or false",
		],
	],
	failures: [
		{
			name: 'a lost answer, and a resource of the name',
			exchanges: [
				{ ...create({ RESOURCENAME: 'Windows Server' }), reply: '<html>' },
				lookUp('Windows%20Server', '301'),
			],
			says: [
				'PAM360 answered with a web page',
				'The resource may have been created anyway',
				'with the ID 301. If it did not exist before, this run has most likely made it',
			],
		},
		{
			name: 'a lost answer, and no resource of the name',
			exchanges: [
				{ ...create({ RESOURCENAME: 'Windows Server' }), reply: '<html>' },
				{ ...lookUp('Windows%20Server', ''), reply: kit.refusal.reply },
			],
			says: ['a web page instead of JSON', 'PAM360 shows none of this name yet'],
		},
		{
			name: 'a lost answer, and another one',
			exchanges: [
				{ ...create({ RESOURCENAME: 'Windows Server' }), reply: '<html>' },
				{ ...lookUp('Windows%20Server', ''), reply: '' },
			],
			says: ['That failed: look for the resource in its console'],
		},
		{
			name: 'a refusal that repeats the password',
			parameters: { additionalFields: { accountName: 'a', password: PASSWORD } },
			exchanges: [
				create(
					{ RESOURCENAME: 'Windows Server', ACCOUNTNAME: 'a', PASSWORD },
					{
						operation: {
							result: {
								status: 'Failed',
								message: `'${PASSWORD}' does not obey the policy`,
								statusCode: 40000,
							},
						},
					},
				),
			],
			says: [/does not obey the policy/],
		},
	],
});

describeOperation(kit, 'resource', 'update', {
	cases: [
		{
			name: 'sends what is to be changed',
			parameters: {
				resourceId: byId('1'),
				updateFields: { resourceName: 'res1', location: 'Chennai', description: 'edited' },
			},
			exchanges: [
				{
					method: 'PUT',
					path: `${V1}/resources/1`,
					headers: FORM,
					body: inputData({
						LOCATION: 'Chennai',
						RESOURCEDESCRIPTION: 'edited',
						RESOURCENAME: 'res1',
					}),
					// The two spaces are PAM360's.
					reply: {
						operation: {
							result: { message: 'Resource  modified successfully.', status: 'Success' },
							name: 'EDIT RESOURCE',
						},
					},
				},
			],
			items: { vendor: 'pam360', type: 'resource', id: '1', updated: true },
		},
		{
			name: 'empties a text that was emptied, and takes all that only an update has',
			parameters: {
				resourceId: byName('res1'),
				updateFields: {
					location: '',
					department: '={{ null }}',
					resourceTypeId: 101,
					resourcePolicyId: '101',
					recordResourceUrl: true,
					resourceCustomFields: {
						field: [
							{ label: 'a', value: 'b' },
							{ label: 'c', value: '={{ null }}' },
						],
					},
				},
			},
			exchanges: [
				lookUp('res1', '1'),
				{
					method: 'PUT',
					path: `${V1}/resources/1`,
					body: inputData({
						LOCATION: '',
						DEPARTMENT: '',
						RESOURCECUSTOMFIELD: [
							{ CUSTOMLABEL: 'a', CUSTOMVALUE: 'b' },
							{ CUSTOMLABEL: 'c', CUSTOMVALUE: '' },
						],
						RESOURCETYPEID: 101,
						RESOURCEPASSWORDPOLICYID: '101',
						RECORD_CONFIGURED_RESOURCE_URL: true,
					}),
					reply: success('EDIT RESOURCE'),
				},
			],
			items: { vendor: 'pam360', type: 'resource', id: '1', updated: true },
		},
	],
	refused: [
		['an update of nothing', { updateFields: {} }, "'Update Fields' has nothing to change"],
		[
			'an update that comes to nothing',
			{ updateFields: { resourceCustomFields: {}, recordResourceUrl: '' } },
			"'Update Fields' has nothing to change",
		],
		[
			'an object in place of a text',
			{ updateFields: { location: '={{ { city: "Chennai" } }}' } },
			"'Location' must be a text",
		],
		[
			'a type that is no number',
			{ updateFields: { resourceTypeId: 'Linux' } },
			"'Resource Type ID' must be a whole number",
		],
	],
});

describeOperation(kit, 'resource', 'delete', {
	cases: [
		{
			name: 'sends no body',
			parameters: { resourceId: byId('1') },
			exchanges: [
				{
					method: 'DELETE',
					path: `${V1}/resources/1`,
					headers: { 'content-type': undefined },
					reply: success('DELETE RESOURCE'),
				},
			],
			items: { vendor: 'pam360', type: 'resource', id: '1', deleted: true },
		},
	],
});
