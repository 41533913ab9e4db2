import type { TlsIdentity } from '../shared/tls';

export interface Pam360AgentKey {
	agentKey: string;
	/** Milliseconds since the epoch. */
	endTime: number;
	/** The same, as answered: `dd/MM/yyyy HH:mm:ss` in the server's zone. */
	agentKeyEndTime: string;
	/** The organisation named in the `orgName` header; `null`: the user's own. */
	orgName: string | null;
	token: string;
}

export interface Pam360Token {
	/** `user@host`; a user who is not in `state.users` may do everything. */
	user: string;
	/** Milliseconds since the epoch; `null`: never. */
	expiresAt: number | null;
	/**
	 * Given when the user was created: good for nothing but regenerating it (docs/api/pam360.md, "API
	 * users").
	 */
	mustRegenerate?: boolean;
}

export interface Pam360User {
	id: string;
	userName: string;
	firstName: string;
	lastName: string;
	email: string;
	/** A name in `state.roles`. */
	role: string;
	/** Sees everything, whoever owns it. */
	superAdministrator: boolean;
	apiUser: boolean;
	locked: boolean;
	department: string;
	location: string;
	/** `yyyy-MM-dd`, the last day in the server's zone; `null`: never expires. */
	expiryDate: string | null;
	/** The only host that may call; `null`: any. Names below `.invalid` cannot be resolved. */
	hostName: string | null;
}

/** What the holders of a role may do beyond what is shared with them. */
export interface Pam360Role {
	id: string;
	manageUsers: boolean;
	manageResources: boolean;
}

export type Pam360AccessType = 'view' | 'modify' | 'fullaccess';

/** What is shared, and with whom. */
export interface Pam360Shares {
	/** By user id. */
	shares: Map<string, Pam360AccessType>;
	/** By user group id. */
	groupShares: Map<string, Pam360AccessType>;
}

export interface Pam360CustomField {
	label: string;
	value: string;
}

/**
 * Custom columns, in order: the first is COLUMN_CHAR1, a password COLUMN_SCHAR1 (docs/api/pam360.md,
 * "Listing accounts").
 */
export interface Pam360CustomColumn {
	label: string;
	type: 'Character' | 'Password';
}

export interface Pam360Totp {
	/** Base32; white space is ignored. */
	secret: string;
	algorithm: string;
	digits: number;
	/** Seconds. */
	validity: number;
}

export interface Pam360Account extends Pam360Shares {
	id: string;
	name: string;
	password: string;
	/** What RESETTYPE REMOTE has set on the target; `null`: nothing. */
	passwordOnTarget: string | null;
	/** NOTES and DESCRIPTION. */
	description: string;
	policy: string;
	/** A username. */
	owner: string;
	domainName: string;
	favourite: boolean;
	reasonRequired: boolean;
	ticketRequired: boolean;
	/** The password is out of reach without an approved access request. */
	approvalRequired: boolean;
	/** Milliseconds since the epoch; `null`: never. */
	lastAccessed: number | null;
	lastModified: number | null;
	/** What a File Store, Key Store or License Store holds instead of a password. */
	file: { name: string; content: Buffer } | null;
	totp: Pam360Totp | null;
	customFields: Pam360CustomField[];
	/** Other fields as they were sent: RECORD_RDP_SESSIONS, COMMAND_SET ... */
	options: Record<string, unknown>;
}

export interface Pam360Resource extends Pam360Shares {
	id: string;
	name: string;
	type: string;
	description: string;
	url: string;
	location: string;
	department: string;
	dnsName: string;
	domainName: string;
	policy: string;
	/** A username. */
	owner: string;
	/** A name in `state.organizations`. */
	organization: string;
	customFields: Pam360CustomField[];
	/** By account id, in the order of creation. */
	accounts: Map<string, Pam360Account>;
	options: Record<string, unknown>;
}

export type Pam360Trashed =
	| { type: 'resource'; resource: Pam360Resource }
	| { type: 'account'; resourceId: string; account: Pam360Account };

export interface Pam360AccessRequest {
	userId: string;
	accountId: string;
	resourceName: string;
	accountName: string;
	reason: string;
	/** `APPROVED` opens the password between `start` and `end`; other values do not. */
	status: string;
	/** Milliseconds since the epoch; `end` `null`: open. */
	requestedAt: number;
	start: number;
	end: number | null;
	/** RESOURCES_TO_BE_ACCESSED_OPTION `3`. */
	selectedResourceIds: string[];
}

export interface Pam360ResourceGroup extends Pam360Shares {
	id: string;
	name: string;
	description: string;
	ownerId: string;
	type: 'static' | 'dynamic';
	resourceIds: Set<string>;
}

export interface Pam360UserGroup {
	id: string;
	name: string;
	userIds: Set<string>;
}

export interface Pam360Organization {
	id: string;
	/** Who may manage it (docs/api/pam360.md, "Organizations"). */
	userIds: Set<string>;
	userGroupIds: Set<string>;
}

export interface Pam360AuditRecord {
	id: string;
	type: 'Resource' | 'User';
	operation: string;
	/** Milliseconds since the epoch. */
	time: number;
	operatedBy: string;
	ipAddress: string;
	resource: { id: string; name: string } | null;
	account: { id: string; name: string } | null;
	user: { userName: string; fullName: string } | null;
	reason: string;
	ticketId: string;
}

export interface Pam360Tunnel {
	sshId: number;
	resourceId: string;
	accountId: string;
	/** Local ports in use through this connection, with what they lead to. */
	ports: Map<number, { targetResourceId: string; protocol: string }>;
}

export interface Pam360SshKey {
	name: string;
	type: string;
	length: string;
	fingerprint: string;
	passphrase: string | null;
	createdBy: string;
	/** Milliseconds since the epoch. */
	createdAt: number;
	/** Accounts that the key opens. */
	users: Array<{ userName: string; resourceName: string }>;
}

export interface Pam360Certificate {
	id: string;
	commonName: string;
	passphrase: string;
	/** What was asked for: CNAME, ORG, StoreType ... without PASSWORD. */
	request: Record<string, string>;
	/** The common name of the certificate that it was signed with; its own where it is left out. */
	issuer?: string;
	/** Made on first use where it is costly. */
	material(): TlsIdentity;
}

export interface Pam360Csr {
	id: string;
	commonName: string;
	passphrase: string;
	/** What was asked for, without PASSWORD. */
	request: Record<string, string>;
}

export interface Pam360State {
	tokens: Map<string, Pam360Token>;
	users: Pam360User[];
	userGroups: Pam360UserGroup[];
	roles: Map<string, Pam360Role>;
	/** By display name, which the `orgName` header may carry. */
	organizations: Map<string, Pam360Organization>;
	/** The organisation that all users belong to. */
	ownOrganization: string;
	keys: Pam360AgentKey[];
	resources: Pam360Resource[];
	/** What agents have to do when they ask for it next. */
	queuedResets: Array<{ account: Pam360Account; password: string }>;
	/** In the order of deletion. */
	trash: Pam360Trashed[];
	resourceTypes: Array<Record<string, string>>;
	/** The configured default type (docs/api/pam360.md, "Creating a resource"). */
	defaultResourceType: string;
	customColumns: { resource: Pam360CustomColumn[]; account: Pam360CustomColumn[] };
	resourceGroups: Pam360ResourceGroup[];
	accessRequests: Pam360AccessRequest[];
	/** Oldest first. */
	audit: Pam360AuditRecord[];
	tunnels: Pam360Tunnel[];
	sshKeys: Pam360SshKey[];
	certificates: Pam360Certificate[];
	/** Requests for certificates that are not signed yet. */
	csrs: Pam360Csr[];
	/** Number of the next thing that is created. */
	nextId: number;
}

/** The name in a token's `user@host`. */
export function userNameOf({ user }: Pam360Token): string {
	return user.replace(/@[^@]*$/u, '');
}

/** Takes the next id. */
export function freshId(state: Pam360State): string {
	const id = String(state.nextId);
	state.nextId += 1;
	return id;
}
