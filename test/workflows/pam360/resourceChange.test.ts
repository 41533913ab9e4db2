import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import { inputData, kit, success } from './kit';
import { V1, FORM, byId, byName, lookUp } from './resourceSamples';

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
			mayHave: 'The resource may have been created',
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
