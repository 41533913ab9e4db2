import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunction,
	ICredentialTestRequestData,
	ICredentialsHelper,
	IDataObject,
	INode,
	INodeCredentialTestResult,
	INodeType,
	ITaskDataConnections,
} from 'n8n-workflow';
import { createEmptyRunExecutionData, VersionedNodeType, Workflow } from 'n8n-workflow';
import get from 'lodash/get';
import { createAdditionalData } from './additionalData';
import type { CredentialTypeSource } from './credentials';
import { createMockNodeTypes, TestCredentialsHelper } from './credentials';
import type { NodeTypeMap } from './nodeTypes';
import { TestNodeTypes } from './nodeTypes';
import type { LogEntry } from './runtime';
import { captureLogs, getService, loadCore } from './runtime';

export interface CredentialTestOptions {
	credentialTypes?: CredentialTypeSource[];
	nodeTypes?: NodeTypeMap | TestNodeTypes;
	/** Receives what is logged during the test. */
	logs?: LogEntry[];
}

interface RequestFailure extends Error {
	cause?: { response?: { status: number; statusText: string }; code?: string };
}

type CredentialTest = ICredentialTestFunction | ICredentialTestRequestData;

function hasAccessToken({ data }: ICredentialsDecrypted): boolean {
	const token = data?.oauthTokenData;
	return typeof token === 'object' && token !== null && 'access_token' in token;
}

const testOAuth2: ICredentialTestFunction = async (credential) =>
	hasAccessToken(credential)
		? { status: 'OK', message: 'Connection Successful!' }
		: { status: 'Error', message: 'This OAuth2 credential was not connected to an account.' };

function findTest(
	typeName: string,
	{ credentialTypes }: TestCredentialsHelper,
	nodeTypes: TestNodeTypes,
): CredentialTest | undefined {
	const type = credentialTypes.getByName(typeName);
	if (type.test) return { testRequest: type.test };

	const isOAuth2 = [typeName, ...credentialTypes.getParentTypes(typeName)].includes('oAuth2Api');
	for (const nodeName of credentialTypes.getSupportedNodes(typeName)) {
		let node;
		try {
			node = nodeTypes.getByName(nodeName);
		} catch {
			continue;
		}
		const versions =
			node instanceof VersionedNodeType ? Object.values(node.nodeVersions) : [node as INodeType];
		for (const nodeType of versions) {
			for (const { name, testedBy } of nodeType.description.credentials ?? []) {
				if (name !== typeName) continue;
				if (isOAuth2) return testOAuth2;
				if (!testedBy) continue;
				if (typeof testedBy !== 'string') return { nodeType, testRequest: testedBy };
				for (const candidate of [...versions].reverse()) {
					const test = candidate.methods?.credentialTest?.[testedBy];
					if (test) return test;
				}
				return undefined;
			}
		}
	}
	return undefined;
}

/** Tests a credential as the server does when a user saves it or presses Retry. */
export async function testCredential(
	typeName: string,
	data: ICredentialDataDecryptedObject,
	options: CredentialTestOptions = {},
): Promise<INodeCredentialTestResult> {
	const { stop } = captureLogs(options.logs);
	try {
		const nodeTypes =
			options.nodeTypes instanceof TestNodeTypes
				? options.nodeTypes
				: new TestNodeTypes(options.nodeTypes);
		const helper = new TestCredentialsHelper({
			credentialTypes: options.credentialTypes,
			credentials: { [typeName]: data },
			nodeTypes,
		});
		const test = findTest(typeName, helper, nodeTypes);
		if (test === undefined) {
			return { status: 'Error', message: 'No testing function found for this credential.' };
		}

		const additionalData = createAdditionalData(helper);
		const credential: ICredentialsDecrypted = { id: typeName, name: typeName, type: typeName };
		try {
			credential.data = await helper.applyDefaultsAndOverwrites(
				additionalData,
				data,
				typeName,
				'internal',
			);
		} catch (error) {
			return { status: 'Error', message: (error as Error).message };
		}
		if (typeof test === 'function') {
			const { CredentialTestContext } = loadCore();
			return await test.call(new CredentialTestContext(additionalData), credential);
		}
		return await runRequestTest(typeName, credential, test, helper, nodeTypes);
	} finally {
		stop();
	}
}

async function runRequestTest(
	typeName: string,
	credential: ICredentialsDecrypted,
	test: ICredentialTestRequestData,
	storedCredentials: TestCredentialsHelper,
	nodeTypes: TestNodeTypes,
): Promise<INodeCredentialTestResult> {
	const { ErrorReporter, ExecuteContext, RoutingNode } = loadCore();
	const { description } = test.nodeType ?? nodeTypes.getByNameAndVersion('n8n-nodes-base.noOp');
	const { rules = [], request } = test.testRequest;
	const node: INode = {
		id: 'temp',
		parameters: {},
		name: 'Temp-Node',
		type: description.name,
		typeVersion: [description.version].flat().at(-1)!,
		position: [0, 0],
		credentials: { [typeName]: { id: credential.id, name: credential.name } },
	};
	const nodeType: INodeType = {
		description: {
			...description,
			credentials: [{ name: typeName, required: true }],
			properties: [
				{ displayName: 'Temp', name: 'temp', type: 'string', routing: { request }, default: '' },
			],
		},
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: createMockNodeTypes({ [description.name]: nodeType }),
	});

	const getDecrypted: ICredentialsHelper['getDecrypted'] = async (...args) => {
		const [helper, raw]: [ICredentialsHelper, unknown] = [storedCredentials, args[5]];
		return raw ? await helper.getDecrypted(...args) : (credential.data ?? {});
	};
	const credentialsHelper = new Proxy(storedCredentials, {
		get(target, property) {
			if (property === 'getDecrypted') return getDecrypted;
			const value: unknown = Reflect.get(target, property);
			return typeof value === 'function' ? (value.bind(target) as unknown) : value;
		},
	});
	const additionalData = createAdditionalData(credentialsHelper, {
		currentNodeParameters: node.parameters,
	});
	const inputData: ITaskDataConnections = { main: [[{ json: {} }]] };
	const executeData = { node, data: {}, source: null };
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		inputData,
		executeData,
		[],
	);

	let response;
	try {
		await workflow.expression.acquireIsolate();
		response = await new RoutingNode(context, nodeType, credential).runNode();
	} catch (error) {
		const failure = error as RequestFailure;
		getService(ErrorReporter).error(failure);
		if (failure.cause?.response) {
			const { status, statusText } = failure.cause.response;
			for (const rule of rules) {
				if (rule.type === 'responseCode' && status === rule.properties.value) {
					return { status: 'Error', message: rule.properties.message };
				}
			}
			if (status < 199 || status > 299) {
				return {
					status: 'Error',
					message: statusText || `Received HTTP status code: ${status}`,
				};
			}
		} else if (failure.cause?.code) {
			return { status: 'Error', message: failure.cause.code };
		}
		return { status: 'Error', message: failure.message };
	} finally {
		await workflow.expression.releaseIsolate();
	}

	const body = response?.[0]?.[0]?.json as IDataObject;
	for (const rule of rules) {
		if (rule.type !== 'responseSuccessBody') continue;
		if (get(body, rule.properties.key) === rule.properties.value) {
			return { status: 'Error', message: rule.properties.message };
		}
	}
	return { status: 'OK', message: 'Connection successful!' };
}
