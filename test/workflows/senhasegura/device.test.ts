import { describeOperation } from '../kit/operation';
import type { Refused } from '../kit/operation';
import type { Exchange } from '../kit/exchanges';
import { kit, refusal, success } from './kit';

/** The record of the vendor's page "GET | List a device". */
const record = {
	id: '14',
	hostname: 'API device',
	ip: '10.66.33.17',
	model: 'Gmail',
	type: 'Desktop',
	vendor: 'Linux',
	site: 'AWS',
	device_domain: 'my_device_domain',
	connectivities: 'HTTP:80,SSH:22,MySQL:65535',
	session_remote_config: 'HTTP::',
	device_tags: 'test',
};

const item = {
	vendor: 'senhasegura',
	type: 'device',
	id: '14',
	hostname: 'API device',
	ip: '10.66.33.17',
	model: 'Gmail',
	deviceType: 'Desktop',
	deviceVendor: 'Linux',
	site: 'AWS',
	domains: ['my_device_domain'],
	connectivities: ['HTTP:80', 'SSH:22', 'MySQL:65535'],
	sessionRemoteConfig: 'HTTP::',
	tags: ['test'],
};

const byId = { deviceId: { __rl: true, mode: 'id', value: '14' } };
const byName = (value: string) => ({ deviceId: { __rl: true, mode: 'name', value } });
const found: Exchange = {
	method: 'GET',
	path: '/api/pam/device/14',
	headers: { 'content-type': undefined },
	reply: success('Device 14', { device: record }),
};

const references: Refused[] = [
	['no device', { deviceId: '={{ "" }}' }, /^'Device' is required/],
	[
		'a name for an ID',
		{ deviceId: '={{ "API device" }}' },
		/^'Device' must be a number \| To give a host name, choose 'By Name'\./,
	],
	[
		'a host name that the vault would take for an ID',
		byName('14'),
		/^'Device' has a host name of digits only/,
	],
];

describeOperation(kit, 'device', 'get', {
	cases: [
		{ name: 'gives the record by ID', parameters: byId, exchanges: [found], items: item },
		{
			name: 'takes a host name, percent-encoded',
			parameters: byName('API/device test?ü'),
			exchanges: [{ ...found, path: '/api/pam/device/API%2Fdevice%20test%3F%C3%BC' }],
			items: item,
		},
		{
			name: 'gives null for what the vault leaves out',
			parameters: { deviceId: 17 },
			exchanges: [
				{
					method: 'GET',
					path: '/api/pam/device/17',
					reply: { response: { status: 200 }, device: { id: 17, hostname: 'a', ip: '' } },
				},
			],
			items: {
				...item,
				id: '17',
				hostname: 'a',
				ip: null,
				model: null,
				deviceType: null,
				deviceVendor: null,
				site: null,
				domains: null,
				connectivities: null,
				sessionRemoteConfig: null,
				tags: null,
			},
		},
	],
	refused: references,
	failures: [
		{
			name: 'a device that is not there',
			exchanges: [{ ...found, status: 400, reply: refusal(1011, 'Device not found') }],
			says: [/^The vault knows no device/, /1011: Device not found/],
		},
		{
			name: 'an answer without a device',
			exchanges: [{ ...found, reply: success('Device 14', { device: null }) }],
			says: [/^senhasegura answered without the device/],
		},
	],
});

const listed = (id: string, hostname: string, more: object = {}) => ({
	id,
	hostname,
	ip: '172.10.20.30',
	model: 'Windows Server 2012',
	type: 'Server',
	vendor: 'Microsoft',
	site: 'LAX',
	tags: 'tag001',
	...more,
});
const listedItem = (id: string, hostname: string, more: object = {}) => ({
	vendor: 'senhasegura',
	type: 'device',
	id,
	hostname,
	ip: '172.10.20.30',
	model: 'Windows Server 2012',
	deviceType: 'Server',
	deviceVendor: 'Microsoft',
	site: 'LAX',
	domains: null,
	connectivities: null,
	sessionRemoteConfig: null,
	tags: ['tag001'],
	...more,
});
const three = [
	listed('1', 'web-01'),
	listed('2', 'db-01', { tags: undefined, site: 'AWS' }),
	listed('3', 'WEB-02', { ip: '172.10.20.31' }),
];
const list = (devices: unknown): Exchange => ({
	method: 'GET',
	path: '/api/pam/device',
	reply: success(`${Array.isArray(devices) ? devices.length : 3} devices found`, { devices }),
});

describeOperation(kit, 'device', 'getAll', {
	cases: [
		{
			name: 'lists all there are',
			parameters: { returnAll: true },
			exchanges: [list(three)],
			items: [
				listedItem('1', 'web-01'),
				listedItem('2', 'db-01', { tags: null, site: 'AWS' }),
				listedItem('3', 'WEB-02', { ip: '172.10.20.31' }),
			],
			raw: three.map((device) => JSON.parse(JSON.stringify(device)) as typeof device),
		},
		{
			name: 'filters by host name with *, whatever the case, up to the limit',
			parameters: { limit: 1, filters: { hostname: 'web-*' } },
			exchanges: [list(three)],
			items: [listedItem('1', 'web-01')],
		},
		{
			name: 'filters by everything else, and takes a dot for a dot',
			parameters: {
				returnAll: true,
				filters: {
					ip: '172.10.20.3*',
					model: '*server*',
					site: 'lax',
					deviceType: 'server',
					deviceVendor: 'microsoft',
					hostname: 'web.02',
				},
			},
			exchanges: [list(three)],
			items: [],
		},
		{
			name: 'gives no item for an empty list',
			parameters: {},
			exchanges: [list([])],
			items: [],
		},
	],
	failures: [
		{
			name: 'an answer without a list',
			exchanges: [list(undefined)],
			says: [/^senhasegura answered without the list of devices/],
		},
	],
});

const six = {
	hostname: 'API device',
	ip: '10.66.33.17',
	model: 'Gmail',
	deviceType: 'Desktop',
	deviceVendor: 'Linux',
	site: 'AWS',
};
const post = (body: string, reply: object): Exchange => ({
	method: 'POST',
	path: '/api/pam/device',
	body,
	headers: { 'content-type': 'application/json' },
	reply,
});
const SIX =
	'{"ip":"10.66.33.17","hostname":"API device","model":"Gmail","type":"Desktop","vendor":"Linux","site":"AWS"}';
const registered = success('Device successfully registered!', { device: record }, 201);

describeOperation(kit, 'device', 'upsert', {
	cases: [
		{
			name: 'registers a device with the six fields that it needs',
			parameters: six,
			exchanges: [post(SIX, registered)],
			items: { ...item, created: true, changed: true },
		},
		{
			name: 'sends the rest as the vault wants it: domains without spaces',
			parameters: {
				...six,
				additionalFields: {
					deviceDomain: 'my_device_domain, senhasegura.lab',
					deviceTags: ['a', 'b&c'],
					connectivities: 'SSH:22,HTTPS:443',
					sessionRemoteConfig: 'SSH:EXPECT:FILL',
				},
			},
			exchanges: [
				post(
					`${SIX.slice(0, -1)},"device_domain":"my_device_domain,senhasegura.lab","device_tags":"a,b&c","connectivities":"SSH:22, HTTPS:443","session_remote_config":"SSH:EXPECT:FILL"}`,
					success('Device updated successfully!', { device: record }, 201),
				),
			],
			items: { ...item, created: false, changed: null },
		},
		{
			name: 'says that nothing was changed where the vault says so',
			parameters: six,
			exchanges: [
				post(SIX, {
					response: { status: 201, message: 'Device updated successfully!', changed: 'false' },
					device: record,
				}),
			],
			items: { ...item, created: false, changed: false },
		},
		{
			name: 'does not guess from the text of version 4',
			parameters: six,
			exchanges: [post(SIX, success('Device 14', { device: record }))],
			items: { ...item, created: null, changed: null },
			hints: ["It is not known whether the device was created or updated: 'created' is null."],
		},
	],
	refused: [
		['no site', { site: '={{ " " }}' }, /^'Site' is required/],
		[
			'an address that is none',
			{ ip: '10.66.33.256' },
			/^'IP' must be an IP address or a DNS name/,
		],
		[
			'a connectivity without its port',
			{ additionalFields: { connectivities: 'SSH' } },
			/^'Connectivities' must be protocols with their ports/,
		],
	],
	failures: [
		{
			name: 'a domain that is not registered',
			exchanges: [
				{
					...post(SIX, refusal(1029, 'It is not possible to enter a domain that has not been')),
					status: 400,
				},
			],
			says: [/^'Device Domains' names a domain/, /1029/],
		},
		...(
			[
				[1019, 'Site'],
				[1020, 'Model'],
				[1021, 'Vendor'],
				[1022, 'Type'],
			] as const
		).map(([code, field]) => ({
			name: `${code}`,
			exchanges: [{ ...post(SIX, refusal(code, 'was not informed')), status: 400 }],
			says: [new RegExp(`^'${field}' is missing`)],
		})),
	],
});

const state = (enabled: boolean, changed: boolean, id = '14') => ({
	vendor: 'senhasegura',
	type: 'device',
	id,
	enabled,
	changed,
});
const disableCall: Exchange = {
	method: 'DELETE',
	path: '/api/pam/device/14',
	headers: { 'content-type': undefined },
	reply: success('Device successfully deactivated'),
};
const notThere = { status: 400, reply: refusal(1011, 'Device not found') };

describeOperation(kit, 'device', 'disable', {
	cases: [
		{
			name: 'disables it',
			parameters: byId,
			exchanges: [disableCall],
			items: state(false, true),
		},
		{
			name: 'takes a device that is disabled already for a success where that is wanted',
			parameters: { ...byName('API device'), additionalFields: { succeedIfAlready: true } },
			exchanges: [
				{ ...disableCall, path: '/api/pam/device/API%20device', ...notThere },
				{ ...found, path: '/api/pam/device/API%20device' },
			],
			items: state(false, false, 'API device'),
		},
	],
	refused: references,
	failures: [
		{
			name: 'a device that is disabled already',
			exchanges: [{ ...disableCall, ...notThere }, found],
			says: [/^The device is disabled already/, /'Succeed If Already Disabled'/],
		},
		{
			name: 'a device that is not there, also where being disabled is a success',
			parameters: { additionalFields: { succeedIfAlready: true } },
			exchanges: [
				{ ...disableCall, ...notThere },
				{ ...found, ...notThere },
			],
			says: [/^The vault knows no device/],
		},
	],
});

const enableCall: Exchange = {
	method: 'PUT',
	path: '/api/pam/device/14',
	reply: success('Device successfully activated'),
};
const active = { status: 400, reply: refusal(1044, 'Device is already activated') };

describeOperation(kit, 'device', 'enable', {
	cases: [
		{
			name: 'enables it',
			parameters: byId,
			exchanges: [enableCall],
			items: state(true, true),
		},
		{
			name: 'takes a device that is enabled already for a success where that is wanted',
			parameters: { ...byId, additionalFields: { succeedIfAlready: true } },
			exchanges: [{ ...enableCall, ...active }],
			items: state(true, false),
			raw: active.reply as never,
		},
	],
	refused: references,
	failures: [
		{
			name: 'a device that is enabled already',
			exchanges: [{ ...enableCall, ...active }],
			says: [/^The device is enabled already/, /'Succeed If Already Enabled'/],
		},
	],
});
