/**
 * 1,000 items through the operation that issues each vendor's key, beside n8n's HTTP Request node doing the same calls with the
 * same credential: seconds, their ratio, and the memory that is left behind. Prints figures, judges
 * nothing. Run: npx tsx --expose-gc test/bench/items.ts [items] [rounds]
 */
import '../setup';
import type { IDataObject } from 'n8n-workflow';
import { runNode } from '../harness';
import {
	startCortexXsiamSimulator,
	startPam360Simulator,
	startSenhaseguraSimulator,
} from '../simulators';
import {
	credentialFor,
	credentialTypes,
	nodeTypes,
	runVendor,
	seed,
	sshKey,
} from '../workflows/vendors';
import type { RunOptions } from '../workflows/vendors';

const [count = 1000, rounds = 3] = process.argv.slice(2).map(Number);
const items = Array.from({ length: count }, (_, index): IDataObject => ({ index }));

interface Case {
	options: RunOptions;
	httpRequest: IDataObject;
	reset(): void;
	close(): Promise<void>;
}

async function cases(): Promise<Record<string, Case>> {
	const pam360 = await startPam360Simulator();
	const cortexXsiam = await startCortexXsiamSimulator();
	const senhasegura = await startSenhaseguraSimulator();
	const json = (type: string, url: string, body: object): IDataObject => ({
		method: 'POST',
		url,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: type,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: JSON.stringify(body),
	});
	const { ip, hostname } = seed.senhasegura();
	const pair = sshKey('ed25519');
	return {
		pam360: {
			options: {
				vendor: 'pam360',
				credentials: { pam360Api: credentialFor.pam360Api(pam360.url) },
			},
			httpRequest: {
				...json('pam360Api', `${pam360.url}/restapi/json/v1/agents/agentkey`, {}),
				specifyBody: 'keypair',
				contentType: 'form-urlencoded',
				bodyParameters: {
					parameters: [
						{
							name: 'INPUT_DATA',
							value: '{"operation":{"details":{"generateAgentKey":"true"}}}',
						},
					],
				},
			},
			reset: () => pam360.reset(),
			close: () => pam360.close(),
		},
		cortexXsiam: {
			options: {
				vendor: 'cortexXsiam',
				parameters: { options: { perSecond: 100_000 } },
				credentials: { cortexXsiamApi: credentialFor.cortexXsiamApi(cortexXsiam.url) },
			},
			httpRequest: json('cortexXsiamApi', `${cortexXsiam.url}/public_api/v1/api_keys/generate`, {
				request_data: { roles: ['Investigator'], security_level: 'standard' },
			}),
			reset: () => cortexXsiam.reset(),
			close: () => cortexXsiam.close(),
		},
		'senhasegura, OAuth 2.0': {
			options: {
				vendor: 'senhasegura',
				credentials: { senhaseguraOAuth2Api: credentialFor.senhaseguraOAuth2Api(senhasegura.url) },
			},
			httpRequest: json('senhaseguraOAuth2Api', `${senhasegura.url}/api/pam/key`, {
				ip,
				hostname,
				private_key: pair.privateKey,
				public_key: pair.publicKey,
			}),
			reset: () => senhasegura.reset(),
			close: () => senhasegura.close(),
		},
	};
}

function collected(): number {
	globalThis.gc?.();
	return process.memoryUsage().heapUsed / 1e6;
}

async function seconds(
	task: () => Promise<{ items: unknown[]; nodeError?: Error }>,
): Promise<number> {
	const started = process.hrtime.bigint();
	const result = await task();
	if (result.items.length !== count) {
		throw new Error(`${result.items.length} items came out: ${result.nodeError?.message}`);
	}
	return Number(process.hrtime.bigint() - started) / 1e9;
}

function median(values: number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function main() {
	const table: Record<string, Record<string, string>> = {};
	for (const [name, { options, httpRequest, reset, close }] of Object.entries(await cases())) {
		const own: number[] = [];
		const other: number[] = [];
		const left: number[] = [];
		for (let round = 0; round < rounds; round++) {
			reset();
			own.push(await seconds(() => runVendor({ ...options, items })));
			reset();
			left.push(collected());
			other.push(
				await seconds(() =>
					runNode({
						node: {
							type: 'n8n-nodes-base.httpRequest',
							typeVersion: 4.2,
							parameters: httpRequest as never,
						},
						items: items.map((json) => ({ json })),
						nodeTypes,
						credentialTypes,
						credentials: options.credentials,
					}),
				),
			);
		}
		table[name] = {
			'node, s': median(own).toFixed(2),
			'HTTP Request, s': median(other).toFixed(2),
			ratio: median(own.map((value, i) => value / (other[i] ?? Number.NaN))).toFixed(2),
			'heap after each round, MB': left.map((value) => value.toFixed(0)).join(', '),
		};
		await close();
	}
	console.log(`${count} items, concurrency 5, median of ${rounds} rounds`);
	console.table(table);
}

void main();
