import type { ILoadOptionsFunctions, INode, INodeParameters } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { createAdditionalData } from './additionalData';
import type { CredentialsInput, CredentialTypeSource } from './credentials';
import { TestCredentialsHelper } from './credentials';
import type { NodeTypeMap } from './nodeTypes';
import { TestNodeTypes } from './nodeTypes';
import { loadCore } from './runtime';

export interface EditorOptions {
	/** The node type whose list is filled. */
	type: string;
	nodeTypes: NodeTypeMap;
	credentialTypes?: CredentialTypeSource[];
	credentials?: CredentialsInput;
	/** What the node's parameters hold at the moment. */
	parameters?: INodeParameters;
}

/** What n8n calls a method with that fills a list in the editor. */
export function createEditorContext(options: EditorOptions): ILoadOptionsFunctions {
	const { LoadOptionsContext } = loadCore();
	const { type, credentialTypes, credentials, parameters = {} } = options;
	const nodeTypes = new TestNodeTypes(options.nodeTypes);
	const helper = new TestCredentialsHelper({ credentialTypes, nodeTypes, credentials });
	const node: INode = {
		id: 'node-in-the-editor',
		name: 'Node',
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: helper.references(),
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additionalData = createAdditionalData(helper, { currentNodeParameters: parameters });
	return new LoadOptionsContext(workflow, node, additionalData, 'parameters.any');
}
