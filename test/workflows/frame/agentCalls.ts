import type { IDataObject } from 'n8n-workflow';
import { cortexXsiam } from '../../../nodes/CortexXsiam/resources';
import { pam360 } from '../../../nodes/Pam360/resources';
import { senhasegura } from '../../../nodes/Senhasegura/resources';
import type { Operation } from '../../../nodes/shared/operation';
import { useVendors } from '../examples/support';
import { credentialFor, nodeTypes, runVendor } from '../vendors';

export const PACKAGE = 'n8n-nodes-privileged-keys';

export type VendorName = 'pam360' | 'cortexXsiam' | 'senhasegura';
type AnyOperation = Operation<never>;

const vendors = { pam360, cortexXsiam, senhasegura };

/** Every operation of every vendor. */
export const operations = (Object.keys(vendors) as VendorName[]).flatMap((vendor) =>
	vendors[vendor].resources.flatMap((resource) =>
		(resource.operations as AnyOperation[]).map((operation) => ({
			name: `${vendor}: ${resource.value}, ${operation.value}`,
			vendor,
			resource: resource.value,
			operation,
		})),
	),
);

interface Call {
	vendor: VendorName;
	parameters: IDataObject;
	/** What the model passes. */
	args?: IDataObject;
	/** Not as a tool, but as a step of a workflow. */
	isStep?: boolean;
}

/** The simulators of a test file, called by an AI agent. */
export function useAgents() {
	const sims = useVendors();

	beforeAll(() => {
		for (const name of Object.keys(vendors) as VendorName[]) {
			Object.assign(nodeTypes, { [`${PACKAGE}.${name}Tool`]: nodeTypes[`${PACKAGE}.${name}`] });
		}
	});

	const credentials = () => ({
		pam360: { pam360Api: credentialFor.pam360Api(sims.pam360.url) },
		cortexXsiam: { cortexXsiamApi: credentialFor.cortexXsiamApi(sims.cortexXsiam.url) },
		senhasegura: { senhaseguraOAuth2Api: credentialFor.senhaseguraOAuth2Api(sims.senhasegura.url) },
	});

	/** All that a run sent, but for tokens. */
	const sent = (vendor: VendorName) =>
		sims[vendor].log.filter(({ url }) => !url.includes('/oauth2/token'));

	const call = async ({ vendor, parameters, args = {}, isStep = false }: Call) =>
		await runVendor({
			vendor,
			onlyTheseParameters: true,
			parameters,
			credentials: credentials()[vendor],
			items: [args],
			node: { type: `${PACKAGE}.${vendor}${isStep ? '' : 'Tool'}` },
		});

	return { sims, credentials, sent, call };
}
