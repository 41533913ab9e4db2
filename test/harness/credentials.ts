import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	ICredentials,
	ICredentialsExpressionResolveValues,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeParameters,
	INodeProperties,
	INodeType,
	INodeTypes,
	IRequestOptionsSimplified,
	IVersionedNodeType,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import {
	getCredentialOwnRequestAllowedDomains,
	ICredentialsHelper,
	injectDomainRestrictionFields,
	isExpression,
	jsonParse,
	NodeHelpers,
	UnexpectedError,
	UserError,
	Workflow,
} from 'n8n-workflow';
import type { TestNodeTypes } from './nodeTypes';
import { basePackagePath } from './nodeTypes';
import { loadCore, loadModule } from './runtime';

export type CredentialTypeSource = ICredentialType | (new () => ICredentialType);

export interface StoredCredential {
	id: string;
	name: string;
	type: string;
	data: ICredentialDataDecryptedObject;
}

/**
 * Either the data by credential type (then it serves every reference to a credential of that type,
 * whatever its id), or a list of credentials that are found by id and type like on a server.
 */
export type CredentialsInput = Record<string, ICredentialDataDecryptedObject> | StoredCredential[];

export interface Decryption {
	type: string;
	id: string | null;
	nodeName: string | undefined;
	/** Set where n8n asked for the stored data as they are, e.g. to compare the OAuth token. */
	raw: boolean;
}

type AdditionalData = IWorkflowExecuteAdditionalData;
type CredentialData = ICredentialDataDecryptedObject;

// The same lists as in the server's `oauth/dcr-managed-fields`.
const DCR_MANAGED_FIELDS = [
	'authUrl',
	'accessTokenUrl',
	'grantType',
	'authentication',
	'usePkce',
	'clientId',
	'clientSecret',
];
const OAUTH_PINNED_FIELDS = [
	'useDynamicClientRegistration',
	'authUrl',
	'accessTokenUrl',
	'grantType',
	'authentication',
	'usePkce',
	'requestTokenUrl',
	'signatureMethod',
];

interface KnownCredential {
	className: string;
	sourcePath: string;
	extends?: string[];
	supportedNodes?: string[];
}

function knownBaseCredentials(): Record<string, KnownCredential> {
	return loadModule(basePackagePath('dist/known/credentials.json')) as Record<
		string,
		KnownCredential
	>;
}

function prepare(type: ICredentialType): ICredentialType {
	type.properties = injectDomainRestrictionFields(type);
	return type;
}

/** The registered credential types, and behind them those of n8n-nodes-base. */
export class TestCredentialTypes {
	private readonly types = new Map<string, ICredentialType>();

	constructor(
		sources: CredentialTypeSource[] = [],
		public nodeTypes?: TestNodeTypes,
	) {
		for (const source of sources) {
			const type = prepare(typeof source === 'function' ? new source() : source);
			this.types.set(type.name, type);
		}
	}

	getByName(name: string): ICredentialType {
		const loaded = this.types.get(name);
		if (loaded) return loaded;
		const known = knownBaseCredentials()[name];
		if (!known) throw new (loadCore().UnrecognizedCredentialTypeError)(name);
		const exported = loadModule(basePackagePath(known.sourcePath)) as Record<
			string,
			new () => ICredentialType
		>;
		const type = prepare(new exported[known.className]!());
		this.types.set(name, type);
		return type;
	}

	getParentTypes(name: string): string[] {
		const parents = this.types.get(name)?.extends ?? knownBaseCredentials()[name]?.extends ?? [];
		return [...parents, ...parents.flatMap((parent) => this.getParentTypes(parent))];
	}

	getSupportedNodes(name: string): string[] {
		const base = knownBaseCredentials()[name]?.supportedNodes ?? [];
		return [
			...(this.nodeTypes?.supportedNodes(name) ?? []),
			...base.map((node) => `n8n-nodes-base.${node}`),
		];
	}
}

const mockNode: INode = {
	id: '',
	name: '',
	typeVersion: 1,
	type: 'mock',
	position: [0, 0],
	parameters: {},
};

/** The node types of the workflows that the server makes up to resolve and test credentials. */
export function createMockNodeTypes(nodeTypes: Record<string, INodeType> = {}): INodeTypes {
	const known: Record<string, INodeType | IVersionedNodeType> = {
		mock: { description: { properties: [] } } as unknown as INodeType,
		...nodeTypes,
	};
	return {
		getKnownTypes: () => ({}),
		getByName: (name) => known[name]!,
		getByNameAndVersion: (name, version) => {
			if (!known[name]) throw new UnexpectedError('Node not found', { tags: { nodeType: name } });
			return NodeHelpers.getVersionedNodeType(known[name], version);
		},
	};
}

function restrictToCredentialDomains(
	helpers: IHttpRequestHelper,
	credentials: CredentialData,
): IHttpRequestHelper {
	return {
		helpers: {
			httpRequest: async (requestOptions: IHttpRequestOptions): Promise<unknown> => {
				const allowedDomains = getCredentialOwnRequestAllowedDomains(credentials);
				if (allowedDomains === undefined) return await helpers.helpers.httpRequest(requestOptions);
				if (requestOptions.allowedDomains !== undefined) {
					throw new UserError(
						'This credential restricts requests to specific domains, which cannot be combined with the domains its authentication step asks for.',
					);
				}
				return await helpers.helpers.httpRequest({ ...requestOptions, allowedDomains });
			},
		},
	};
}

/**
 * The credentials helper of the n8n server over credentials held in memory. Left out are only the
 * parts that need a database or a licence: overwrites, dynamic credentials, external secrets.
 */
export class TestCredentialsHelper extends ICredentialsHelper {
	/** One entry for each time that n8n decrypted a credential. */
	readonly decryptions: Decryption[] = [];

	readonly credentialTypes: TestCredentialTypes;

	private readonly stored = new Map<string, StoredCredential>();

	private readonly byTypeOnly: boolean;

	constructor(options: {
		credentialTypes?: CredentialTypeSource[];
		credentials?: CredentialsInput;
		nodeTypes?: TestNodeTypes;
	}) {
		super();
		this.credentialTypes = new TestCredentialTypes(options.credentialTypes, options.nodeTypes);
		const credentials = options.credentials ?? {};
		this.byTypeOnly = !Array.isArray(credentials);
		const list = Array.isArray(credentials)
			? credentials
			: Object.entries(credentials).map(([type, data]) => ({ id: type, name: type, type, data }));
		for (const credential of list) this.store(credential);
	}

	/** What a node's `credentials` property would hold to use all credentials given here. */
	references(): Record<string, INodeCredentialsDetails> {
		return Object.fromEntries(
			[...this.stored.values()].map(({ type, id, name }) => [type, { id, name }]),
		);
	}

	/** Counts decryptions of a credential type (of all types without one), raw reads left out. */
	decryptCount(type?: string): number {
		return this.decryptions.filter((entry) => !entry.raw && (!type || entry.type === type)).length;
	}

	/** The data as they are stored now, e.g. with a token that n8n has saved meanwhile. */
	storedData(type: string, id?: string): CredentialData {
		return structuredClone(this.find({ id: id ?? null, name: type }, type, id === undefined).data);
	}

	override getParentTypes(typeName: string): string[] {
		return this.credentialTypes.getParentTypes(typeName);
	}

	override isCredentialUsableByNode(credentialType: string, nodeType: string): boolean {
		let type: ICredentialType;
		try {
			type = this.credentialTypes.getByName(credentialType);
		} catch {
			return true;
		}
		if (!type.restrictToSupportedNodes) return true;
		return this.credentialTypes.getSupportedNodes(credentialType).includes(nodeType);
	}

	override async authenticate(
		credentials: CredentialData,
		typeName: string,
		incomingRequestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const requestOptions = incomingRequestOptions as IHttpRequestOptions;
		const credentialType = this.credentialTypes.getByName(typeName);
		const { authenticate } = credentialType;
		if (!authenticate) return requestOptions;
		if (typeof authenticate === 'function') {
			return await authenticate.call(credentialType, credentials, requestOptions);
		}
		if (!workflow || !node) {
			throw new UnexpectedError(
				'Workflow and node are required for declarative credential authentication',
			);
		}
		requestOptions.headers ??= {};
		if (authenticate.type === 'generic') {
			const target = requestOptions as unknown as Record<string, Record<string, unknown>>;
			const resolve = (value: string) =>
				this.resolveValue(value, { $credentials: credentials }, workflow, node);
			for (const [outerKey, outerValue] of Object.entries(authenticate.properties)) {
				for (const [key, value] of Object.entries(outerValue as Record<string, string>)) {
					const [keyResolved, valueResolved] = [resolve(key), resolve(value)];
					target[outerKey] ||= {};
					target[outerKey][keyResolved] = valueResolved;
				}
			}
		}
		return requestOptions;
	}

	override async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: CredentialData,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<CredentialData | undefined> {
		const credentialType = this.credentialTypes.getByName(typeName);
		const expirable = credentialType.properties.find(
			({ type, typeOptions }) => type === 'hidden' && typeOptions?.expirable === true,
		);
		if (expirable?.name === undefined) return undefined;
		if (typeof credentialType.preAuthentication !== 'function') return undefined;
		const isTest = node?.parameters?.temp === '' && node?.type === 'n8n-nodes-base.noOp';
		if (credentials[expirable.name] !== '' && !credentialsExpired && !isTest) return undefined;

		const output = (await credentialType.preAuthentication.call(
			restrictToCredentialDomains(helpers, credentials),
			credentials,
		)) as CredentialData;
		if (output[expirable.name] === undefined || !node.credentials) return undefined;

		const nodeCredentials = node.credentials[credentialType.name]!;
		const stored = this.find(nodeCredentials, credentialType.name).data;
		const dataToPersist = { ...stored };
		for (const [key, value] of Object.entries(output)) {
			if (key === expirable.name || !isExpression(stored[key])) dataToPersist[key] = value;
		}
		await this.updateCredentials(nodeCredentials, credentialType.name, dataToPersist);
		return Object.assign(credentials, output);
	}

	override async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: CredentialData,
		typeName: string,
	): Promise<CredentialData | undefined> {
		const { preAuthentication } = this.credentialTypes.getByName(typeName);
		if (typeof preAuthentication !== 'function') return undefined;
		const output = await preAuthentication.call(
			restrictToCredentialDomains(helpers, credentials),
			credentials,
		);
		return (output as CredentialData | undefined) ?? undefined;
	}

	override async getCredentials(
		nodeCredential: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentials> {
		const { id, name, data } = this.find(nodeCredential, type);
		const credentials = new (loadCore().Credentials)({ id, name }, type);
		await credentials.setData(data);
		return credentials;
	}

	override getCredentialsProperties(type: string): INodeProperties[] {
		const credentialType = this.credentialTypes.getByName(type);
		if (credentialType.extends === undefined) {
			if (!['oAuth1Api', 'oAuth2Api'].includes(type)) return credentialType.properties;
			return [
				...credentialType.properties,
				{
					displayName: 'oauthTokenData',
					name: 'oauthTokenData',
					type: 'json',
					required: false,
					default: {},
				} as unknown as INodeProperties,
			];
		}
		const combined: INodeProperties[] = [];
		for (const parent of credentialType.extends) {
			NodeHelpers.mergeNodeProperties(combined, this.getCredentialsProperties(parent));
		}
		NodeHelpers.mergeNodeProperties(combined, credentialType.properties);
		return combined;
	}

	override async getDecrypted(
		additionalData: AdditionalData,
		nodeCredentials: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		expressionResolveValues?: ICredentialsExpressionResolveValues,
	): Promise<CredentialData> {
		this.decryptions.push({
			type,
			id: nodeCredentials.id,
			nodeName: (expressionResolveValues?.node ?? executeData?.node)?.name,
			raw: raw === true,
		});
		const data = structuredClone(this.find(nodeCredentials, type).data);
		if (raw === true) return data;
		return await this.applyDefaultsAndOverwrites(
			additionalData,
			data,
			type,
			mode,
			executeData,
			expressionResolveValues,
		);
	}

	async applyDefaultsAndOverwrites(
		additionalData: AdditionalData,
		original: CredentialData,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		expressionResolveValues?: ICredentialsExpressionResolveValues,
	): Promise<CredentialData> {
		const properties = this.getCredentialsProperties(type);
		const storedData = { ...original };
		for (const field of OAUTH_PINNED_FIELDS) {
			if (properties.some(({ name, type: kind }) => name === field && kind === 'hidden')) {
				delete storedData[field];
			}
		}
		let decrypted = NodeHelpers.getNodeParameters(
			properties,
			storedData as INodeParameters,
			true,
			false,
			null,
			null,
		) as CredentialData;
		if (original.oauthTokenData !== undefined) decrypted.oauthTokenData = original.oauthTokenData;
		for (const field of ['allowedHttpRequestDomains', 'allowedDomains']) {
			if (decrypted[field] === undefined && original[field] !== undefined) {
				decrypted[field] = original[field];
			}
		}
		if (decrypted.useDynamicClientRegistration) {
			for (const field of DCR_MANAGED_FIELDS) decrypted[field] = original[field]!;
		}

		const jsonFields = parseJsonLeafFields(properties, decrypted);
		const additionalKeys = loadCore().getAdditionalKeys(additionalData, mode, null, {
			isCredential: true,
		});
		if (expressionResolveValues) {
			const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } =
				expressionResolveValues;
			try {
				decrypted = workflow.expression.getParameterValue(
					decrypted as INodeParameters,
					runExecutionData,
					runIndex,
					itemIndex,
					node.name,
					connectionInputData,
					mode,
					additionalKeys,
					executeData,
					false,
					decrypted,
				) as CredentialData;
			} catch (error) {
				(error as Error).message += ' [Error resolving credentials]';
				throw error;
			}
		} else {
			const workflow = new Workflow({
				nodes: [mockNode],
				connections: {},
				active: false,
				nodeTypes: createMockNodeTypes(),
			});
			await workflow.expression.acquireIsolate();
			try {
				decrypted = resolveExpressions(workflow, properties, decrypted, mode, additionalKeys);
			} finally {
				await workflow.expression.releaseIsolate();
			}
		}
		for (const [name, value] of jsonFields) {
			decrypted[name] = JSON.stringify(decrypted[name]) ?? value;
		}
		return decrypted;
	}

	override async updateCredentials(
		nodeCredentials: INodeCredentialsDetails,
		type: string,
		data: CredentialData,
	): Promise<void> {
		this.store({ ...this.find(nodeCredentials, type), data });
	}

	override async updateCredentialsOauthTokenData(
		nodeCredentials: INodeCredentialsDetails,
		type: string,
		data: CredentialData,
	): Promise<void> {
		const credential = this.find(nodeCredentials, type);
		this.store({
			...credential,
			data: { ...credential.data, oauthTokenData: data.oauthTokenData! },
		});
	}

	private resolveValue(
		value: string,
		additionalKeys: { $credentials: CredentialData },
		workflow: Workflow,
		node: INode,
	): string {
		if (!isExpression(value)) return value;
		const resolved = workflow.expression.getSimpleParameterValue(
			node,
			value,
			'internal',
			additionalKeys,
			undefined,
			'',
		);
		return resolved ? resolved.toString() : '';
	}

	private store(credential: StoredCredential): void {
		// A round trip through JSON is what encryption does to the data, dates and undefined included.
		const data = JSON.parse(JSON.stringify(credential.data)) as CredentialData;
		this.stored.set(`${credential.type}:${credential.id}`, { ...credential, data });
	}

	private find(
		{ id, name }: INodeCredentialsDetails,
		type: string,
		anyId = this.byTypeOnly,
	): StoredCredential {
		if (anyId) {
			const found = [...this.stored.values()].find((credential) => credential.type === type);
			if (found) return found;
		}
		if (!id) {
			throw new UnexpectedError('Found credential with no ID.', {
				extra: { credentialName: name },
				tags: { credentialType: type },
			});
		}
		const found = this.stored.get(`${type}:${id}`);
		if (found) return found;
		throw new UserError(`Credential with ID "${id}" does not exist for type "${type}".`);
	}
}

type AdditionalKeys = ReturnType<ReturnType<typeof loadCore>['getAdditionalKeys']>;

function resolveExpressions(
	workflow: Workflow,
	properties: INodeProperties[],
	data: CredentialData,
	mode: WorkflowExecuteMode,
	additionalKeys: AdditionalKeys,
): CredentialData {
	const resolve = (values: CredentialData) =>
		workflow.expression.getComplexParameterValue(
			mockNode,
			values as INodeParameters,
			mode,
			additionalKeys,
			undefined,
			undefined,
			data,
		) as CredentialData;
	try {
		return resolve(data);
	} catch (originalError) {
		const resolved: CredentialData = {};
		for (const [name, value] of Object.entries(data)) {
			try {
				const property = resolve({ [name]: value });
				if (Object.hasOwn(property, name)) resolved[name] = property[name]!;
			} catch {
				const property = properties.find((candidate) => candidate.name === name);
				if (property?.typeOptions?.ignoreCredentialExpressionResolveError === true) continue;
				throw originalError;
			}
		}
		return resolved;
	}
}

function parseJsonLeafFields(
	properties: INodeProperties[],
	data: CredentialData,
): Map<string, string> {
	const parsedFields = new Map<string, string>();
	for (const { name, typeOptions } of properties) {
		if (!typeOptions?.resolveCredentialJsonLeaves) continue;
		const value = data[name];
		if (typeof value !== 'string' || value === '') continue;
		const invalid = Symbol('invalid');
		const parsed = jsonParse<CredentialData[string] | symbol>(value, { fallbackValue: invalid });
		if (parsed === invalid) continue;
		parsedFields.set(name, value);
		data[name] = parsed as CredentialData[string];
	}
	return parsedFields;
}
