import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeParameters,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { CortexXsiamApi } from '../../credentials/CortexXsiamApi.credentials';
import { Pam360Api } from '../../credentials/Pam360Api.credentials';
import { SenhaseguraOAuth1Api } from '../../credentials/SenhaseguraOAuth1Api.credentials';
import { SenhaseguraOAuth2Api } from '../../credentials/SenhaseguraOAuth2Api.credentials';
// With their ending, because a codex file of the same name stands beside each.
import { CortexXsiam } from '../../nodes/CortexXsiam/CortexXsiam.node.ts';
import { CortexXsiamTrigger } from '../../nodes/CortexXsiam/CortexXsiamTrigger.node.ts';
import { KeyReport } from '../../nodes/KeyReport/KeyReport.node.ts';
import { Pam360 } from '../../nodes/Pam360/Pam360.node.ts';
import { Pam360Trigger } from '../../nodes/Pam360/Pam360Trigger.node.ts';
import { Senhasegura } from '../../nodes/Senhasegura/Senhasegura.node.ts';
import { SenhaseguraTrigger } from '../../nodes/Senhasegura/SenhaseguraTrigger.node.ts';
import { createEditorContext, runNode } from '../harness';
import { cortexXsiamDemo, pam360Demo, senhaseguraDemo } from '../simulators';

const PACKAGE = 'n8n-nodes-privileged-keys';

/** The package's node types, as n8n names them. */
export const nodeTypes = {
	[`${PACKAGE}.pam360`]: Pam360,
	[`${PACKAGE}.pam360Trigger`]: Pam360Trigger,
	[`${PACKAGE}.cortexXsiam`]: CortexXsiam,
	[`${PACKAGE}.cortexXsiamTrigger`]: CortexXsiamTrigger,
	[`${PACKAGE}.senhasegura`]: Senhasegura,
	[`${PACKAGE}.senhaseguraTrigger`]: SenhaseguraTrigger,
	[`${PACKAGE}.keyReport`]: KeyReport,
};

export const credentialTypes = [
	Pam360Api,
	CortexXsiamApi,
	SenhaseguraOAuth2Api,
	SenhaseguraOAuth1Api,
];

/** A key pair from `test/fixtures/sshKeys`. */
export function sshKey(name: string): { privateKey: string; publicKey: string } {
	const read = (file: string) => readFileSync(join(__dirname, '../fixtures/sshKeys', file), 'utf8');
	return { privateKey: read(name), publicKey: read(`${name}.pub`).trim() };
}

/** Credentials that a simulator accepts, by type. */
export const credentialFor = {
	pam360Api: (url: string): ICredentialDataDecryptedObject => ({
		url,
		authToken: pam360Demo.authToken,
		ignoreSslIssues: true,
	}),
	cortexXsiamApi: (
		url: string,
		securityLevel: 'standard' | 'advanced' = 'advanced',
	): ICredentialDataDecryptedObject => ({
		url,
		...cortexXsiamDemo[securityLevel],
		securityLevel,
		ignoreSslIssues: true,
	}),
	senhaseguraOAuth2Api: (url: string): ICredentialDataDecryptedObject => ({
		url,
		clientId: senhaseguraDemo.clientId,
		clientSecret: senhaseguraDemo.clientSecret,
		ignoreSSLIssues: true,
	}),
	senhaseguraOAuth1Api: (url: string): ICredentialDataDecryptedObject => ({
		url,
		consumerKey: senhaseguraDemo.consumerKey,
		consumerSecret: senhaseguraDemo.consumerSecret,
		token: senhaseguraDemo.token,
		tokenSecret: senhaseguraDemo.tokenSecret,
		ignoreSslIssues: true,
	}),
};

/** The parameters of the operation that issues each vendor's key, at the least. */
export const seed = {
	pam360: (): IDataObject => ({
		resource: 'agentKey',
		operation: 'generate',
		generateAgentKey: true,
	}),
	cortexXsiam: (): IDataObject => ({
		resource: 'apiKey',
		operation: 'generate',
		roles: ['Investigator'],
		securityLevel: 'standard',
	}),
	senhasegura: (): IDataObject => ({
		resource: 'sshKey',
		operation: 'create',
		...senhaseguraDemo.devices[0],
		keySource: 'provide',
		...sshKey('ed25519'),
	}),
};

export interface RunOptions {
	vendor: keyof typeof seed;
	/** Parameters beside those of the seed operation, or instead of them. */
	parameters?: IDataObject;
	/** Leaves out the parameters of the seed operation. */
	onlyTheseParameters?: boolean;
	credentials: Record<string, ICredentialDataDecryptedObject>;
	items?: IDataObject[];
	node?: Partial<INode>;
	/** Cancels the execution when aborted. */
	signal?: AbortSignal;
	/** Of an execution that n8n runs again. */
	executionId?: string;
	mode?: WorkflowExecuteMode;
}

/** Runs one node of the package through the real engine. */
export function runVendor({
	vendor,
	parameters,
	onlyTheseParameters = false,
	credentials,
	items,
	node,
	signal,
	executionId,
	mode,
}: RunOptions) {
	return runNode({
		node: {
			type: `${PACKAGE}.${vendor}`,
			parameters: {
				...(!onlyTheseParameters && seed[vendor]()),
				...parameters,
			} as INode['parameters'],
			...node,
		},
		items: (items ?? [{}]).map((json) => ({ json })),
		nodeTypes,
		credentialTypes,
		credentials,
		...(signal && { signal }),
		...(executionId !== undefined && { executionId }),
		...(mode && { mode }),
	});
}

/** What n8n calls a method of a vendor's node with that fills a list in the editor. */
export function inEditor(
	vendor: keyof typeof seed,
	credentials: Record<string, ICredentialDataDecryptedObject>,
	parameters: INodeParameters = {},
) {
	return createEditorContext({
		type: `${PACKAGE}.${vendor}`,
		nodeTypes,
		credentialTypes,
		credentials,
		parameters,
	});
}
