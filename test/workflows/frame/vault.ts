import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { Failure } from '../../../nodes/shared/failure';
import { jsonObject } from '../../../nodes/shared/input';
import type { Result, Vendor } from '../../../nodes/shared/operation';
import { runNode } from '../../harness';
import { additionalFields, operation } from '../../harness/declarations';
import { TOY_CREDENTIAL, withToyCredential, toyNode, field } from './support';

export const TYPE = 'n8n-nodes-privileged-keys.vault';

/** A vendor that stores secrets, gives them back and makes new ones. */
export class Vault {
	readonly secrets = ['canary-token'];

	/** What each operation was called with. */
	readonly calls: unknown[] = [];

	/** What `connect` was given. */
	readonly credentials: IDataObject[] = [];
}

let vault = new Vault();

export function newVault(): Vault {
	vault = new Vault();
	return vault;
}

const secret = (name: string, more: Partial<INodeProperties> = {}) =>
	field(name, { typeOptions: { password: true }, ...more });

const doors: INodeProperties = {
	displayName: 'Doors',
	name: 'doors',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	options: [
		{
			displayName: 'Door',
			name: 'door',
			values: [field('place'), secret('code'), additionalFields(secret('spare'))],
		},
	],
};

const store = operation({
	name: 'Store',
	value: 'store',
	action: 'Store secret',
	description: 'Store a secret',
	fields: [
		field('source', { default: 'own' }),
		secret('password', { required: true, displayOptions: { show: { source: ['own'] } } }),
		secret('hint'),
		secret('stored'),
		field('plain'),
		field('since', { type: 'dateTime' }),
		doors,
		additionalFields(secret('pin'), field('label')),
	],
	emptySecrets: ['stored'],
	input: z.object({}).passthrough(),
	async run(api: Vault, input): Promise<Result> {
		api.calls.push(input);
		if (input.plain === 'refuse') {
			throw new Failure(`Refused ${JSON.stringify(input)}`, { kind: 'refused' });
		}
		const hints = input.plain === 'hint' ? [`Took ${String(input.password)}`] : [];
		return { item: { id: '1', stored: true }, raw: { stored: true }, hints };
	},
});

const document = operation({
	...store,
	name: 'Store Document',
	value: 'document',
	fields: [secret('document', { required: true })],
	emptySecrets: undefined,
	input: z.object({ document: jsonObject }),
	async run(api: Vault, input): Promise<Result> {
		api.calls.push(input);
		const { password } = input.document;
		if (typeof password !== 'string') return { item: { id: '1' }, raw: {} };
		throw new Failure(`Refused ${password}`, { kind: 'refused' });
	},
});

const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get secret',
	description: 'Read a secret',
	secretPaths: ['answer.key'],
	fields: [],
	input: z.object({}),
	async run(api: Vault): Promise<Result> {
		api.calls.push({});
		return { item: { id: '1', secret: 'canary-kept' }, raw: { answer: { key: 'canary-kept' } } };
	},
});

const open = operation({
	...get,
	name: 'Open',
	value: 'open',
	issues: 'grant',
	readsSecret: true,
});

const issue = operation({
	...get,
	name: 'Issue',
	value: 'issue',
	issues: 'secret',
	fields: [field('dryRun', { type: 'boolean', default: false })],
	givesSecret: (input) => !input.dryRun,
	input: z.object({ dryRun: z.boolean() }),
	async run(api: Vault, input): Promise<Result> {
		api.calls.push(input);
		const { dryRun } = input;
		const key = dryRun ? null : 'canary-made';
		return { item: { id: '1', secret: key }, raw: { answer: { key } }, issued: !dryRun };
	},
});

const vendor: Vendor<Vault> = {
	resources: [{ name: 'Secret', value: 'secret', operations: [store, document, get, open, issue] }],
	credential: () => ({ type: TOY_CREDENTIAL }),
	connect: (_, credentials) => {
		vault.credentials.push(credentials);
		return vault;
	},
};

const VaultNode = toyNode('Vault', vendor);

export interface VaultRun {
	operation: 'store' | 'document' | 'get' | 'open' | 'issue';
	parameters?: IDataObject;
	options?: IDataObject;
	items?: IDataObject[];
	privateKey?: string;
	onError?: 'continueRegularOutput';
	/** Whether an AI agent calls the node. */
	isTool?: boolean;
}

/** One run of the node through the real engine. */
export function runVault(run: VaultRun) {
	const { operation: value, parameters = {}, options = {}, items = [{}], onError } = run;
	const type = run.isTool ? `${TYPE}Tool` : TYPE;
	return runNode({
		node: {
			type,
			parameters: { resource: 'secret', operation: value, options, ...parameters } as never,
			...(onError && { onError }),
		},
		items: items.map((json) => ({ json })),
		nodeTypes: { [type]: VaultNode },
		...withToyCredential({
			token: 'canary-token',
			...(run.privateKey !== undefined && { recipientPrivateKey: run.privateKey }),
		}),
	});
}
