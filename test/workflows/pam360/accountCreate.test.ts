import type { IDataObject } from 'n8n-workflow';
import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import { inputData, kit, success } from './kit';
import { BOOT, FORM, TOTP, V1, byId, listOf, search } from './accountSamples';

const PASSWORD = 'Pa$$ Word@124 ';

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
			mayHave: 'Accounts may have been created',
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
				'PAM360 did not confirm that it added the account admin: PAM360 said nothing of it',
				"'Account: Get Many' shows which accounts the resource has",
			],
		},
		{
			name: 'a success that says of the account what nobody knows',
			parameters: accounts({ accountName: 'a' }, { accountName: 'b' }),
			exchanges: [
				create(
					[{ ACCOUNTNAME: 'a' }, { ACCOUNTNAME: 'b' }],
					[added('a', 'Konto angelegt'), added('b', TAKEN)],
				),
			],
			says: [
				'PAM360 did not confirm that it added 2 of 2 accounts: a: Konto angelegt; b: Account is not added',
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
				'The resource has now: admin (ID 12). Those that did not exist before were most likely made by this run.',
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
