import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { RunNodeResult } from '../../harness';
import { senhaseguraDemo } from '../../simulators';
import type { SenhaseguraCredential, SenhaseguraSimulator } from '../../simulators';
import { credentialsFor } from '../../unit/senhasegura/support';
import type { Authentication } from '../../unit/senhasegura/support';
import { recordedOf } from '../../unit/answers/recorded';
import { asParameters } from '../kit/tenants';
import { runVendor, sshKey } from '../vendors';

/** How one operation is run against a simulator that has just been reset. */
export interface OperationRun {
	/** Runs that come first, each as `resource.operation` of this table. */
	after?: string[];
	prepare?(simulator: SenhaseguraSimulator): void;
	/**
	 * By default those of the recorded answer.
	 *
	 * @param first The item of the last run that came first.
	 */
	parameters?(first: IDataObject, simulator: SenhaseguraSimulator): IDataObject;
	/** By default both. */
	authentications?: Authentication[];
	/** Fields of the credential instead of the usual ones. */
	credential?: ICredentialDataDecryptedObject;
}

const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });
const all = { returnAll: true };
const [device] = senhaseguraDemo.devices;

/** The credential that the simulator starts with. */
export function demoCredential({ state }: SenhaseguraSimulator): SenhaseguraCredential {
	return state.items.get('39') as SenhaseguraCredential;
}

function disabled(simulator: SenhaseguraSimulator): void {
	demoCredential(simulator).active = false;
}

/** As if it had been read before, by each of the clients. */
function inCustody(simulator: SenhaseguraSimulator): void {
	const { custody } = demoCredential(simulator);
	const until = simulator.now() + 60_000;
	for (const client of [senhaseguraDemo.clientId, senhaseguraDemo.consumerKey]) {
		custody.set(client, until);
	}
}

/** Custody, when it ends, sets off a change of the password. */
export function changesAutomatically(simulator: SenhaseguraSimulator): void {
	Object.assign(demoCredential(simulator).executionSettings, {
		automatic_change: true,
		change_plugin: 'SSH',
		change_template: 'Linux - Change Password',
	});
}

const created = ['sshKey.create'];
const key = (first: IDataObject) => ({ sshKeyId: byId(first.id) });
const credential = () => ({ credentialId: byId(39) });
const firstDevice = () => ({ deviceId: byId(14) });

/** The operations of keys, credentials and devices. */
const core: Record<string, OperationRun> = {
	'sshKey.create': {
		parameters: () => ({
			...device,
			...sshKey('ed25519'),
			additionalFields: { identifier: 'web-01' },
		}),
	},
	'sshKey.upsert': {
		parameters: () => ({ identifier: 'web-01', ...device, keySource: 'generate' }),
	},
	'sshKey.get': { after: created, parameters: key },
	'sshKey.getAll': { after: created, parameters: () => all },
	'sshKey.disable': { after: created, parameters: key },
	'sshKey.enable': { after: ['sshKey.disable'], parameters: key },
	'sshKey.rotate': { after: created, parameters: key },
	'sshKey.finishRotation': {
		after: ['sshKey.rotate'],
		parameters: (first) => ({
			...key(first),
			step: first.step,
			fingerprint: first.fingerprint,
			hosts: first.hosts,
		}),
	},
	'credential.get': { parameters: () => ({ ...credential(), releaseCustody: true }) },
	'credential.upsert': {
		parameters: () => ({ ...device, username: 'root', additionalFields: { content: 'canary' } }),
	},
	'credential.disable': { parameters: credential },
	'credential.enable': { prepare: disabled, parameters: credential },
	'credential.releaseCustody': { prepare: inCustody, parameters: credential },
	'credential.changePassword': { prepare: changesAutomatically, parameters: credential },
	'device.get': { parameters: firstDevice },
	'device.upsert': {
		parameters: () => ({
			hostname: 'new & old',
			ip: '10.0.0.9',
			model: 'Ubuntu',
			deviceType: 'Server',
			deviceVendor: 'Linux',
			site: 'LAX',
		}),
	},
	'device.disable': { parameters: firstDevice },
	'device.enable': { after: ['device.disable'], parameters: firstDevice },
};

const person = { name: 'Ana', username: 'ana' };
const relatedUser = ({ id }: IDataObject) => ({ relatedUserId: byId(id) });
const user = ({ id }: IDataObject) => ({ userId: byId(id) });

const people: Record<string, OperationRun> = {
	'relatedUser.create': { parameters: () => person },
	'relatedUser.get': { after: ['relatedUser.create'], parameters: relatedUser },
	'relatedUser.getAll': { parameters: () => all },
	'relatedUser.update': {
		after: ['relatedUser.create'],
		parameters: (first) => ({ ...relatedUser(first), updateFields: { name: 'Ana Lima' } }),
	},
	'relatedUser.delete': { after: ['relatedUser.create'], parameters: relatedUser },
	'user.create': {
		parameters: () => ({ ...person, email: 'ana@example.com', externalId: '1' }),
	},
	'user.get': { after: ['user.create'], parameters: user },
	'user.getAll': { parameters: () => all },
	'user.update': {
		after: ['user.create'],
		parameters: (first) => ({ ...user(first), updateFields: { active: false } }),
	},
	'user.delete': { after: ['user.create'], parameters: user },
};

const information = () => ({ informationId: 'bank' });
const secret = { mode: 'name', value: 'application5' };
const credentialId = byId(39);
const { mySafeClientId: clientId, mySafeClientSecret: clientSecret } = senhaseguraDemo;
const mySafe = {
	credential: { clientId, clientSecret },
	authentications: ['oAuth2'] as Authentication[],
};
const entry = { name: 'Bank', username: 'ana', password: 'canary' };

const others: Record<string, OperationRun> = {
	'session.createWebProxySession': {
		parameters: () => ({ user: 'ana', credential: 'root', device: 'linux-01', protocol: 'SSH' }),
	},
	'session.get': { parameters: () => ({ session: byId(540) }) },
	'session.drop': {
		prepare: ({ state }) => {
			for (const session of state.sessions) session.end = null;
		},
		parameters: (_, { state }) => ({ session: state.sessions[0]?.id }),
	},
	'protectedInformation.create': {
		parameters: () => ({
			name: 'Bank',
			content: 'canary',
			additionalFields: { identifier: 'bank' },
		}),
	},
	'protectedInformation.get': { after: ['protectedInformation.create'], parameters: information },
	'protectedInformation.disable': {
		after: ['protectedInformation.create'],
		parameters: information,
	},
	'secret.get': { parameters: () => ({ secret, content: 'whole' }) },
	'secret.deprovision': {
		prepare: ({ state }) => {
			const made = { id: '213', identity: 'production/shop/pod-1' };
			Object.assign(state.applications[0]?.secrets[0] ?? {}, made);
		},
	},
	'secret.provision': { parameters: () => ({ identity: 'application5' }) },
	'secret.upsert': {
		parameters: () => ({ identity: 'db', content: 'credential', user: 'app', password: 'canary' }),
	},
	'application.create': {
		parameters: () => ({ name: 'shop', system: 'backend', environment: 'production' }),
	},
	'credentialV2.get': { parameters: () => ({ credentialId }) },
	'credentialV2.getAll': {
		parameters: () => ({ filters: { username: 'dleite', active: true } }),
	},
	'certificate.import': {
		parameters: (_, { certificate }) => ({ certificate, extension: 'pem' }),
	},
	'certificate.getAll': { after: ['certificate.import'], parameters: () => all },
	'certificate.download': {
		after: ['certificate.import'],
		parameters: ({ id }) => ({ certificateId: id, format: 'crt' }),
	},
	'certificate.publish': {
		after: ['certificate.import'],
		parameters: ({ id }) => ({ certificateId: id, profileId: 22, devices: '14', reason: 3 }),
	},
	'certificatePublication.getAll': { after: ['certificate.publish'], parameters: () => all },
	'certificateRequest.create': {
		parameters: () => ({ commonName: 'www.example.com', organization: 42, validityDays: 365 }),
	},
	'certificateRequest.getAll': { after: ['certificateRequest.create'], parameters: () => all },
	'certificateRequest.sign': {
		after: ['certificateRequest.create'],
		parameters: ({ id }) => ({ requestId: id, selfSigned: false, ca: 5, reason: 3 }),
	},
};

const number = ({ identifier, id }: IDataObject) => ({ identifier: identifier ?? id });
const apiSecret = {
	name: 'Billing',
	url: 'https://billing.example.com',
	clientId: 'abc',
	clientSecret: 'canary',
};

/** The operations of one kind of entry of MySafe, apart from the creation. */
function entriesOf(resource: string, updateFields: IDataObject): Record<string, OperationRun> {
	const after = [`${resource}.create`];
	return {
		[`${resource}.get`]: { ...mySafe, after, parameters: number },
		[`${resource}.getAll`]: { ...mySafe, after, parameters: () => all },
		[`${resource}.update`]: {
			...mySafe,
			after,
			parameters: (first) => ({ ...number(first), updateFields }),
		},
		[`${resource}.disable`]: { ...mySafe, after, parameters: number },
		[`${resource}.enable`]: { ...mySafe, after: [`${resource}.disable`], parameters: number },
	};
}

const safe: Record<string, OperationRun> = {
	'safePassword.create': { ...mySafe, parameters: () => entry },
	...entriesOf('safePassword', { password: 'canary-two' }),
	'safeNote.create': { ...mySafe, parameters: () => ({ name: 'Alarm', note: 'canary' }) },
	...entriesOf('safeNote', { note: 'canary-two' }),
	'safeApiSecret.create': { ...mySafe, parameters: () => apiSecret },
	...entriesOf('safeApiSecret', { clientSecret: 'canary-two' }),
	'safeApiSecret.upsert': {
		...mySafe,
		parameters: () => ({ ...apiSecret, identifierCode: 'billing-1' }),
	},
};

/** By the names of operations, what the first recorded answer of each was asked for. */
const recorded = new Map(
	recordedOf('senhasegura')
		.reverse()
		.map(({ operation, values }) => [operation, asParameters(values)]),
);

/**
 * Every operation of the node. It needs a line above only where the simulator cannot answer what its
 * recorded answer was asked for.
 */
export const operationRuns: Record<string, OperationRun> = {
	...Object.fromEntries([...recorded.keys()].map((name) => [name, {}])),
	...core,
	...people,
	...others,
	...safe,
};

/** Runs one operation, and before it those that it needs; the simulator's log is of itself only. */
export async function performOperation(
	simulator: SenhaseguraSimulator,
	name: string,
	{ authentication, apiPrefix }: { authentication: Authentication; apiPrefix: string },
	more: IDataObject = {},
): Promise<RunNodeResult> {
	const run = operationRuns[name];
	if (!run) throw new Error(`There is no run of ${name}`);
	let first: IDataObject = {};
	for (const earlier of run.after ?? []) {
		const { items } = await performOperation(simulator, earlier, { authentication, apiPrefix });
		first = items[0]?.json ?? {};
	}
	run.prepare?.(simulator);
	simulator.log.length = 0;
	const [resource, operation] = name.split('.');
	const parameters = { ...(run.parameters?.(first, simulator) ?? recorded.get(name)), ...more };
	return await runVendor({
		vendor: 'senhasegura',
		onlyTheseParameters: true,
		parameters: { authentication, resource, operation, ...parameters },
		credentials: credentialsFor(authentication, simulator.url, { ...run.credential, apiPrefix }),
	});
}
