import type { VendorContext } from '../shared/simulator';
import { databaseTime } from './dates';
import { senhaseguraDemo } from './demo';
import {
	newCredential,
	newItem,
	type SenhaseguraApplication,
	type SenhaseguraCertificate,
	type SenhaseguraCertificateRequest,
	type SenhaseguraCredential,
	type SenhaseguraDevice,
	type SenhaseguraInformation,
	type SenhaseguraKey,
	type SenhaseguraRelatedUser,
	type SenhaseguraSafeItem,
	type SenhaseguraSession,
	type SenhaseguraSessionUrl,
	type SenhaseguraToken,
} from './entities';
import type { Fields } from './input';
import type { SenhaseguraSettings } from './settings';

export interface SenhaseguraState {
	/** OAuth 2.0: client id → client secret. */
	clients: Map<string, string>;
	/** MySafe's own access keys: client id → client secret. */
	mySafeClients: Map<string, string>;
	/** Clients that may use less than the settings say: client id → resources. */
	restrictedClients: Map<string, string[]>;
	/** OAuth 1.0: `<consumer key>:<token>` → its secrets. */
	consumers: Map<string, { consumerSecret: string; tokenSecret: string }>;
	/** Bearer tokens handed out; clear it, and all are refused. */
	tokens: Map<string, SenhaseguraToken>;
	/** Calls of the token endpoint, refused ones too. */
	tokenCalls: number;
	/** `<timestamp>:<nonce>:<consumer key>:<token>` of all OAuth 1.0 calls. */
	nonces: Set<string>;
	/** Keys and credentials by id: one counter serves both, and devices too. */
	items: Map<string, SenhaseguraKey | SenhaseguraCredential>;
	devices: SenhaseguraDevice[];
	nextId: number;
	/** Domains that devices may name (1029). */
	domains: Set<string>;
	/** Plugins for password changes and JIT, each with its templates (1046, 1047). */
	plugins: Map<string, string[]>;
	/** Password changes under way, soonest first; `at` is milliseconds since the epoch. */
	passwordChanges: Array<{ id: string; at: number }>;
	information: SenhaseguraInformation[];
	sessions: SenhaseguraSession[];
	/** By the `_sr` of the URL. */
	sessionUrls: Map<string, SenhaseguraSessionUrl>;
	relatedUsers: SenhaseguraRelatedUser[];
	applications: SenhaseguraApplication[];
	/** Engines that a secret may name. */
	engines: Set<string>;
	/** SCIM resources by id. */
	scimUsers: Map<string, Fields>;
	mySafe: Record<'password' | 'note' | 'secretapi', SenhaseguraSafeItem[]>;
	certificates: SenhaseguraCertificate[];
	certificateRequests: SenhaseguraCertificateRequest[];
	publications: Array<{ id: string } & Fields>;
	publishProfiles: Array<{ id: string } & Fields>;
	agents: Array<{ id: string; name: string; port: string; fingerprint: string }>;
	/** Calls of API v2 in the minute that they were counted in. */
	v2Calls: { minute: number; count: number };
}

export type Context = VendorContext<SenhaseguraSettings, SenhaseguraState>;

function demoDevices(): SenhaseguraDevice[] {
	return senhaseguraDemo.devices.map((device, index) => ({
		...device,
		id: String(14 + index),
		model: index === 0 ? 'Windows Server 2016' : 'Ubuntu',
		type: 'Server',
		vendor: index === 0 ? 'Microsoft' : 'Linux',
		site: 'LAX',
		tags: '',
		active: true,
		domain: '',
		connectivities: index === 0 ? 'RDP:3389' : 'SSH:22',
		remoteConfig: '',
	}));
}

const demoSession = (): SenhaseguraSession => ({
	id: '540',
	user: 'Admin',
	originIp: '172.16.20.50',
	credential: 'win7',
	device: '127.0.0.1:27500',
	protocol: 'rdp',
	proxy: 'RDP Proxy',
	sessionId: '421c83a3b10be439d4da33b6c140f53eaf448207',
	start: '2020-11-17 15:29:21',
	end: '2020-11-17 15:29:41',
	governanceCode: 'governance code',
});

const demoApplication = (): SenhaseguraApplication => ({
	id: '5',
	name: 'postman',
	system: 'back',
	environment: 'test',
	description: null,
	tags: [''],
	authorizations: new Set([senhaseguraDemo.clientId, senhaseguraDemo.consumerKey]),
	secrets: [
		{
			id: '106',
			name: 'application5',
			identity: 'application5',
			expirationDate: '',
			engine: 'Generic',
			description: '',
			renewals: {},
			data: [{ USERNAME: 'demo-user', PASSWORD: 'demo-dsm-password' }, { my_key: 'my_value' }],
		},
	],
});

export function initialState(now: number): SenhaseguraState {
	const demo = senhaseguraDemo;
	const [device] = demo.devices;
	const credential = newCredential(
		newItem({
			id: '39',
			identifier: 'demo-credential',
			username: 'dleite',
			hostname: device.hostname,
			ip: device.ip,
			change: databaseTime(now, 0),
		}),
		{ content: 'demo-password', type: 'Local User' },
	);
	const fingerprint = 'demo:fingerprint';
	return {
		clients: new Map([[demo.clientId, demo.clientSecret]]),
		mySafeClients: new Map([[demo.mySafeClientId, demo.mySafeClientSecret]]),
		restrictedClients: new Map(),
		consumers: new Map([
			[
				`${demo.consumerKey}:${demo.token}`,
				{ consumerSecret: demo.consumerSecret, tokenSecret: demo.tokenSecret },
			],
		]),
		tokens: new Map(),
		tokenCalls: 0,
		nonces: new Set(),
		items: new Map([[credential.id, credential]]),
		devices: demoDevices(),
		nextId: 92,
		domains: new Set(['my_device_domain', 'senhasegura.lab']),
		plugins: new Map([
			['SSH', ['Linux - Change Password', 'Linux - Create User', 'Linux - Remove User']],
			['RPC', ['Windows - Change Password', 'Windows - Enable User', 'Windows - Disable User']],
		]),
		passwordChanges: [],
		information: [],
		sessions: [demoSession()],
		sessionUrls: new Map(),
		relatedUsers: [],
		applications: [demoApplication()],
		engines: new Set(['Generic', 'Kubernetes']),
		scimUsers: new Map(),
		mySafe: { password: [], note: [], secretapi: [] },
		certificates: [],
		certificateRequests: [],
		publications: [],
		publishProfiles: [],
		agents: [{ id: '1', name: 'agent-01', port: '51445', fingerprint }],
		v2Calls: { minute: 0, count: 0 },
	};
}
