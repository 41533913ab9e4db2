import { request } from 'node:https';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { runNode } from '../harness';
import { credentialTypes, nodeTypes, runVendor } from '../workflows/vendors';
import type { Call, Case } from './cases';

/** Makes the call of a case for each item, in n8n's engine or without it. */
export type Client = (one: Case, items: IDataObject[], options: IDataObject) => Promise<Done>;

export interface Done {
	items: unknown[];
	nodeError?: { message: string };
}

/** As many at a time as the node allows itself at the most. */
const AT_A_TIME = 50;

/** The package's node. */
export const node: Client = async ({ vendor, credentials, options: own }, items, options) =>
	await runVendor({
		vendor,
		credentials,
		items,
		parameters: { options: { ...own, ...options } },
	});

/** n8n's HTTP Request node, which sends all at once, with the same credential. */
export const httpRequest: Client = async ({ credentials, call }, items) =>
	await run('n8n-nodes-base.httpRequest', 4.2, httpRequestParameters(call), credentials, items);

/** A node that makes the same call through n8n's helper and does nothing else. */
export const helper: Client = async ({ credentials, call }, items) =>
	await run('bare', 1, {}, credentials, items, bareNode(call));

/** The same call by Node.js alone, unsigned headers and all, each on a connection of its own. */
export const plain: Client = async ({ call }, items) => {
	const answers = await inParallel(items.length, async () => await plainCall(call));
	return { items: answers };
};

async function run(
	type: string,
	typeVersion: number,
	parameters: INodeParameters,
	credentials: Case['credentials'],
	items: IDataObject[],
	bare?: INodeType,
): Promise<Done> {
	return await runNode({
		node: { type, typeVersion, parameters },
		items: items.map((json) => ({ json })),
		nodeTypes: { ...nodeTypes, ...(bare && { bare }) },
		credentialTypes,
		credentials,
	});
}

function httpRequestParameters({ type, url, headers, body }: Call): INodeParameters {
	return {
		method: 'POST',
		url,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: type,
		sendBody: true,
		contentType: 'raw',
		rawContentType: headers['content-type'],
		body,
	};
}

function bareNode({ type, url, headers, body }: Call): INodeType {
	const description = {
		displayName: 'Bare',
		name: 'bare',
		group: ['transform'],
		version: 1,
		description: 'Makes the call',
		defaults: { name: 'Bare' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: type }],
		properties: [],
	} satisfies INodeTypeDescription;
	async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const done = await inParallel(this.getInputData().length, async (item) => {
			const json = (await this.helpers.httpRequestWithAuthentication.call(this, type, {
				method: 'POST',
				url,
				headers: { ...headers },
				body,
				skipSslCertificateValidation: true,
			})) as IDataObject;
			return { json, pairedItem: { item } };
		});
		return [done];
	}
	return { description, execute };
}

async function inParallel<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> {
	const done: T[] = [];
	let next = 0;
	const worker = async () => {
		while (next < count) {
			const index = next++;
			done[index] = await work(index);
		}
	};
	await Promise.all(Array.from({ length: AT_A_TIME }, worker));
	return done;
}

async function plainCall({ url, headers, body }: Call): Promise<number> {
	return await new Promise((resolve, reject) => {
		const options = { method: 'POST', headers, rejectUnauthorized: false, agent: false };
		const sent = request(url, options, (response) => {
			response.resume();
			response.on('end', () => resolve(response.statusCode ?? 0));
		});
		sent.on('error', reject);
		sent.end(body);
	});
}
