import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { CortexXsiamApi } from '../../../nodes/CortexXsiam/api/client';
import { cortexXsiam } from '../../../nodes/CortexXsiam/resources';
import { Pam360Api } from '../../../nodes/Pam360/api/client';
import { pam360 } from '../../../nodes/Pam360/resources';
import { SenhaseguraApi } from '../../../nodes/Senhasegura/api/client';
import { senhasegura } from '../../../nodes/Senhasegura/resources';
import type { Transport } from '../../../nodes/shared/transport';
import { runNode } from '../../harness';
import type { CortexXsiamSimulator } from '../../simulators';
import { cortexXsiamDemo, startCortexXsiamSimulator } from '../../simulators';
import { foreignKey } from '../../unit/cortexXsiam/support';
import { said } from '../kit/result';
import { credentialFor, nodeTypes, runVendor } from '../vendors';

/** Sends nothing. */
const transport = {} as Transport;

const xsiam = (credentials: ICredentialDataDecryptedObject) =>
	new CortexXsiamApi(transport, { apiKey: 'k', apiKeyId: '7', ...credentials });

describe('the server that a key is on', () => {
	it.each<[ICredentialDataDecryptedObject, string]>([
		[{ url: 'https://PAM.example.com:8282/restapi/json/v1/' }, 'pam.example.com:8282'],
		[{ url: 'https://gate.example.com/pam-2' }, 'gate.example.com/pam-2'],
		[{ url: 'pam.example.com:443', orgName: ' Finance ' }, 'pam.example.com Finance'],
	])('is PAM360’s address and the organization: %j', (credentials, name) => {
		expect(pam360.serverOf?.(new Pam360Api(transport, { authToken: 't', ...credentials }))).toBe(
			name,
		);
	});

	it('is the tenant’s address and the child tenant, that of the credential or of the item', () => {
		const url = 'https://acme.xdr.us.paloaltonetworks.com/public_api/v1';
		const name = 'api-acme.xdr.us.paloaltonetworks.com';
		expect(cortexXsiam.serverOf?.(xsiam({ url }))).toBe(name);
		expect(cortexXsiam.serverOf?.(xsiam({ url, childTenantId: '91' }))).toBe(`${name} 91`);
		const child = xsiam({ url, childTenantId: '91' }).inTenant('92');
		expect(cortexXsiam.serverOf?.(child)).toBe(`${name} 92`);
	});

	it.each(['/api', '/iso'])(
		'is the vault’s address, whether calls go to %s or not',
		(apiPrefix) => {
			for (const [url, name] of [
				[`https://vault.example.com${apiPrefix}`, 'vault.example.com'],
				['https://gate.example.com:8443/vault-2', 'gate.example.com:8443/vault-2'],
			]) {
				const api = new SenhaseguraApi(transport, { url, apiPrefix } as IDataObject &
					ICredentialDataDecryptedObject);
				expect(senhasegura.serverOf?.(api)).toBe(name);
			}
		},
	);

	it('is the tenant as well, where a vault has several at one address', () => {
		const nameOf = (tenant: string) =>
			senhasegura.serverOf?.(new SenhaseguraApi(transport, { url: 'https://10.0.0.7', tenant }));
		expect(nameOf(' berlin ')).toBe('10.0.0.7 berlin');
		expect(nameOf('oslo')).toBe('10.0.0.7 oslo');
		expect(nameOf('')).toBe('10.0.0.7');
	});
});

describe('two tenants whose keys have the same IDs', () => {
	const made = { creationTime: Date.now() - 86_400_000, comment: 'SIEM collector' };
	const { childTenantId } = cortexXsiamDemo;
	let tenants: CortexXsiamSimulator[];

	beforeAll(async () => {
		tenants = [await startCortexXsiamSimulator(), await startCortexXsiamSimulator()];
	});
	afterAll(async () => await Promise.all(tenants.map(async (tenant) => await tenant.close())));

	const listOf = async (url: string, parameters: IDataObject) => {
		const result = await runVendor({
			vendor: 'cortexXsiam',
			onlyTheseParameters: true,
			parameters: { resource: 'apiKey', operation: 'getAll', returnAll: true, ...parameters },
			credentials: { cortexXsiamApi: credentialFor.cortexXsiamApi(url) },
		});
		expect(said(result)).toBe('');
		return result.items.map(({ json }) => json);
	};

	it('are all in the report, each once, and share no risk', async () => {
		const lists: IDataObject[] = [];
		for (const { url, state } of tenants) {
			state.keys.set(5, foreignKey({ id: 5, ...made }));
			lists.push(...(await listOf(url, {})));
			lists.push(...(await listOf(url, { filters: { rotation: 'all' } })));
		}
		const children = await listOf(tenants[0]!.url, { options: { childTenantId } });
		const places = tenants.map(({ url }) => new URL(url).host);
		expect(new Set(lists.map(({ server }) => server))).toEqual(new Set(places));
		const child = `${places[0]} ${childTenantId}`;
		expect(new Set(children.map(({ server }) => server))).toEqual(new Set([child]));

		const { items } = await runNode({
			node: {
				type: 'n8n-nodes-privileged-keys.keyReport',
				parameters: { output: 'keys' },
			},
			items: lists.map((json) => ({ json })),
			nodeTypes,
		});
		const own = items.map(({ json }) => json).filter(({ id }) => id === '5');
		expect(own.map(({ server }) => server).sort()).toEqual([...places].sort());
		for (const row of own) {
			expect(row).toMatchObject({
				name: 'SIEM collector',
				rotation: 'due',
				risks: ['expiresSoon'],
			});
		}
	});
});
