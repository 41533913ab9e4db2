import { serverIdentity } from '../shared/tls';
import { pam360Demo } from './demo';
import {
	freshId,
	type Pam360Account,
	type Pam360AuditRecord,
	type Pam360Resource,
	type Pam360Shares,
	type Pam360State,
	type Pam360User,
} from './state';

/** Of what is shared with nobody. */
export const noShares = (): Pam360Shares => ({ shares: new Map(), groupShares: new Map() });

/** Puts a resource into a state as an administrator would; what is left out is empty. */
export function addPam360Resource(
	state: Pam360State,
	fields: Partial<Pam360Resource> & { name: string },
): Pam360Resource {
	const resource: Pam360Resource = {
		id: fields.id ?? freshId(state),
		type: state.defaultResourceType,
		description: '',
		url: '',
		location: '',
		department: '',
		dnsName: '',
		domainName: '',
		policy: 'Strong',
		owner: 'admin',
		organization: state.ownOrganization,
		customFields: [],
		accounts: new Map(),
		...noShares(),
		options: {},
		...fields,
	};
	state.resources.push(resource);
	return resource;
}

/** Writes a record into the audit trail; what is left out is of a password that somebody has read. */
export function addPam360AuditRecord(
	state: Pam360State,
	fields: Partial<Pam360AuditRecord> & { id: string; time: number },
): void {
	state.audit.push({
		type: 'Resource',
		operation: 'Password Retrieved',
		operatedBy: 'jdoe',
		ipAddress: '127.0.0.1',
		resource: null,
		account: null,
		user: null,
		reason: '',
		ticketId: '',
		...fields,
	});
}

/** Puts an account into a resource; what is left out is empty, no reason or approval is required. */
export function addPam360Account(
	state: Pam360State,
	resource: Pam360Resource,
	fields: Partial<Pam360Account> & { name: string },
): Pam360Account {
	const account: Pam360Account = {
		id: fields.id ?? freshId(state),
		password: '',
		passwordOnTarget: null,
		description: '',
		policy: 'Strong',
		owner: resource.owner,
		domainName: '',
		favourite: false,
		reasonRequired: false,
		ticketRequired: false,
		approvalRequired: false,
		lastAccessed: null,
		lastModified: null,
		file: null,
		totp: null,
		customFields: [],
		...noShares(),
		options: {},
		...fields,
	};
	resource.accounts.set(account.id, account);
	return account;
}

/** A user of whom nothing is known but the name. */
export const newUser = (
	id: string,
	userName: string,
	fields: Partial<Pam360User> = {},
): Pam360User => ({
	id,
	userName,
	firstName: userName,
	lastName: '',
	email: `${userName}@example.com`,
	role: 'Privileged Administrator',
	superAdministrator: false,
	apiUser: false,
	locked: false,
	department: '',
	location: '',
	expiryDate: null,
	hostName: null,
	...fields,
});

const resourceTypes = [
	'Windows',
	'Linux',
	'Brocade VDX',
	'WindowsDomain',
	'Mac',
	'Solaris',
	'Cisco IOS',
	'Fortigate Firewall',
	'MS SQL server',
	'MySQL Server',
	'Oracle DB Server',
	'VMware ESXi',
	'Web Site Accounts',
	'File Store',
	'Key Store',
	'License Store',
];

const sshKey = {
	name: 'key1',
	type: 'ssh-rsa',
	length: '2048',
	fingerprint: '9f:2c:41:d0:73:e8:5b:16:aa:3d:90:c7:04:be:68:f1',
	passphrase: 'key1-passphrase',
	createdBy: 'admin',
	createdAt: Date.UTC(2021, 11, 1, 15, 30),
	users: [{ userName: 'root', resourceName: 'WEB-LINUX-01' }],
};

function addDemoResources(state: Pam360State): void {
	const add = (id: string, account: string, fields: Partial<Pam360Resource> & { name: string }) =>
		addPam360Account(state, addPam360Resource(state, { id, ...fields }), {
			id,
			name: account,
			password: `Demo ${id}: A1@8ZnQx)mh&=`,
		});
	const finance = { type: 'Windows', description: 'Finance, file server' };
	const web = { type: 'Linux', description: 'Web front end' };
	add('1', 'administrator', { name: 'FIN-WINSERVER-09', ...finance });
	add('301', 'root', { name: 'WEB-LINUX-01', ...web });
	add('302', 'root', { name: 'WEB-LINUX-02', ...web });
}

export function initialState(now: number): Pam360State {
	const token = (userName: string) => ({ user: `${userName}@localhost`, expiresAt: null });
	const superUser = { superAdministrator: true, apiUser: true };
	const organization = (id: string) => ({
		id,
		userIds: new Set<string>(),
		userGroupIds: new Set<string>(),
	});
	const state: Pam360State = {
		tokens: new Map([
			[pam360Demo.authToken, token('api-user')],
			[pam360Demo.applicationToken, token('application')],
			[pam360Demo.passwordUserToken, token('jdoe')],
		]),
		users: [
			newUser('1', 'admin'),
			newUser('2', 'api-user', superUser),
			newUser('3', 'application', superUser),
			newUser('21', 'jdoe', {
				firstName: 'Jane',
				lastName: 'Doe',
				role: 'Password User',
				apiUser: true,
			}),
		],
		userGroups: [{ id: '1', name: 'Web team', userIds: new Set(['21']) }],
		roles: new Map([
			['Privileged Administrator', { id: '1', manageUsers: true, manageResources: true }],
			['Administrator', { id: '2', manageUsers: true, manageResources: true }],
			['Password Administrator', { id: '3', manageUsers: false, manageResources: true }],
			['Password Auditor', { id: '4', manageUsers: false, manageResources: false }],
			['Password User', { id: '5', manageUsers: false, manageResources: false }],
		]),
		organizations: new Map([
			['Example MSP', organization('1')],
			[pam360Demo.orgName, organization('2')],
		]),
		ownOrganization: 'Example MSP',
		keys: [],
		queuedResets: [],
		resources: [],
		trash: [],
		resourceTypes: resourceTypes.map((name, index) => ({
			'RESOURCE TYPE ID': String(index + 1),
			'RESOURCE TYPE': name,
		})),
		defaultResourceType: 'Windows',
		customColumns: { resource: [], account: [] },
		resourceGroups: [
			{
				id: '1',
				name: 'Linux Servers',
				description: 'All that run Linux',
				ownerId: '1',
				type: 'static',
				resourceIds: new Set(['301', '302']),
				...noShares(),
			},
		],
		accessRequests: [],
		audit: [],
		tunnels: [],
		sshKeys: [{ ...sshKey, createdAt: Math.min(sshKey.createdAt, now) }],
		certificates: [
			{
				id: '1',
				commonName: 'localhost',
				passphrase: 'localhost-passphrase',
				request: { CNAME: 'localhost', ALG: 'RSA', LEN: '2048', SIGALG: 'SHA256' },
				material: serverIdentity,
			},
		],
		csrs: [],
		nextId: 1_001,
	};
	addDemoResources(state);
	return state;
}
