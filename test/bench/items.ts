/**
 * 1,000 items through the operation that issues each vendor's key, beside n8n's HTTP Request node doing
 * the same calls with the same credential: seconds, processor time, their ratios, and the memory that is
 * left behind. Prints figures, judges nothing.
 * Run: npx tsx --expose-gc test/bench/items.ts [items] [rounds] [milliseconds of latency] [items at a time]
 */
import '../setup';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
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
import {
	credentialFor,
	credentialTypes,
	nodeTypes,
	runVendor,
	seed,
	sshKey,
} from '../workflows/vendors';
import type { RunOptions } from '../workflows/vendors';

const [count = 1000, rounds = 3, latency = 0, concurrency = 5] = process.argv.slice(2).map(Number);
const items = Array.from({ length: count }, (_, index): IDataObject => ({ index }));

interface Case {
	options: RunOptions;
	call: Call;
}

interface Urls {
	pam360: string;
	cortexXsiam: string;
	senhasegura: string;
}

interface Call {
	type: string;
	url: string;
	headers: Record<string, string>;
	body: string;
}

const JSON_BODY = { 'content-type': 'application/json' };
const FORM_BODY = { 'content-type': 'application/x-www-form-urlencoded' };

function cases(urls: Urls): Record<string, Case> {
	const { ip, hostname } = seed.senhasegura();
	const pair = sshKey('ed25519');
	const agentKey = '{"operation":{"details":{"generateAgentKey":"true"}}}';
	return {
		pam360: {
			options: {
				vendor: 'pam360',
				parameters: { options: { concurrency } },
				credentials: { pam360Api: credentialFor.pam360Api(urls.pam360) },
			},
			call: {
				type: 'pam360Api',
				url: `${urls.pam360}/restapi/json/v1/agents/agentkey`,
				headers: FORM_BODY,
				body: new URLSearchParams({ INPUT_DATA: agentKey }).toString(),
			},
		},
		cortexXsiam: {
			options: {
				vendor: 'cortexXsiam',
				parameters: { options: { concurrency, perSecond: 100_000 } },
				credentials: { cortexXsiamApi: credentialFor.cortexXsiamApi(urls.cortexXsiam) },
			},
			call: {
				type: 'cortexXsiamApi',
				url: `${urls.cortexXsiam}/public_api/v1/api_keys/generate`,
				headers: JSON_BODY,
				body: JSON.stringify({
					request_data: { roles: ['Investigator'], security_level: 'standard' },
				}),
			},
		},
		'senhasegura, OAuth 2.0': {
			options: {
				vendor: 'senhasegura',
				parameters: { options: { concurrency } },
				credentials: { senhaseguraOAuth2Api: credentialFor.senhaseguraOAuth2Api(urls.senhasegura) },
			},
			call: {
				type: 'senhaseguraOAuth2Api',
				url: `${urls.senhasegura}/api/pam/key`,
				headers: JSON_BODY,
				body: JSON.stringify({
					ip,
					hostname,
					private_key: pair.privateKey,
					public_key: pair.publicKey,
				}),
			},
		},
	};
}

function httpRequest({ type, url, headers, body }: Call): INodeParameters {
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

function collected(): number {
	globalThis.gc?.();
	return process.memoryUsage().heapUsed / 1e6;
}

/**
 * A node that makes the same call and does nothing else, as many at a time: what n8n's helper and the
 * connections take by themselves.
 */
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
		const done: INodeExecutionData[] = [];
		let next = 0;
		const work = async () => {
			while (next < count) {
				const item = next++;
				const json = (await this.helpers.httpRequestWithAuthentication.call(this, type, {
					method: 'POST',
					url,
					headers: { ...headers },
					body,
					skipSslCertificateValidation: true,
				})) as IDataObject;
				done[item] = { json, pairedItem: { item } };
			}
		};
		await Promise.all(Array.from({ length: concurrency }, work));
		return [done];
	}
	return { description, execute };
}

interface Spent {
	seconds: number;
	/** Of all threads of this process. */
	processor: number;
}

async function spent(task: () => Promise<{ items: unknown[]; nodeError?: Error }>): Promise<Spent> {
	const started = process.hrtime.bigint();
	const before = process.cpuUsage();
	const result = await task();
	if (result.items.length !== count) {
		throw new Error(`${result.items.length} items came out: ${result.nodeError?.message}`);
	}
	const { user, system } = process.cpuUsage(before);
	return {
		seconds: Number(process.hrtime.bigint() - started) / 1e9,
		processor: (user + system) / 1e6,
	};
}

function median(values: number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function emptied(servers: ChildProcess): Promise<void> {
	servers.send({ latency });
	await once(servers, 'message');
}

const CLIENTS = ['node', 'HTTP Request', 'bare'] as const;
type Rounds = Record<(typeof CLIENTS)[number], Spent[]>;

function row(spents: Rounds): Record<string, string> {
	const said = (client: keyof Rounds, unit: keyof Spent) =>
		median(spents[client].map((each) => each[unit])).toFixed(2);
	const ratio = (other: keyof Rounds, unit: keyof Spent) =>
		median(
			spents.node.map((each, i) => each[unit] / (spents[other][i]?.[unit] ?? Number.NaN)),
		).toFixed(2);
	return Object.fromEntries([
		...CLIENTS.map((client) => [
			`${client}: s (CPU s)`,
			`${said(client, 'seconds')} (${said(client, 'processor')})`,
		]),
		...(['HTTP Request', 'bare'] as const).map((other) => [
			`to ${other}`,
			`${ratio(other, 'seconds')} (${ratio(other, 'processor')})`,
		]),
	]) as Record<string, string>;
}

async function main() {
	const table: Record<string, Record<string, string>> = {};
	const servers = fork(join(__dirname, 'servers.ts'));
	const [[pam360, cortexXsiam, senhasegura]] = (await once(servers, 'message')) as [
		[string, string, string],
	];
	const all = cases({ pam360, cortexXsiam, senhasegura });
	for (const [name, { options, call }] of Object.entries(all)) {
		const run = (type: string, parameters: INodeParameters) =>
			runNode({
				node: { type, typeVersion: type === 'bare' ? 1 : 4.2, parameters },
				items: items.map((json) => ({ json })),
				nodeTypes: { ...nodeTypes, bare: bareNode(call) },
				credentialTypes,
				credentials: options.credentials,
			});
		const clients = {
			node: () => runVendor({ ...options, items }),
			'HTTP Request': () => run('n8n-nodes-base.httpRequest', httpRequest(call)),
			bare: () => run('bare', {}),
		};
		const spents: Rounds = { node: [], 'HTTP Request': [], bare: [] };
		const left: number[] = [];
		for (let round = 0; round < rounds; round++) {
			for (const client of CLIENTS) {
				await emptied(servers);
				spents[client].push(await spent(clients[client]));
				if (client === 'node') left.push(collected());
			}
		}
		table[name] = {
			...row(spents),
			'heap after each round, MB': left.map((value) => value.toFixed(0)).join(', '),
		};
	}
	servers.disconnect();
	console.log(
		`${count} items, ${concurrency} at a time, ${latency} ms latency, median of ${rounds} rounds`,
	);
	console.table(table);
}

void main();
