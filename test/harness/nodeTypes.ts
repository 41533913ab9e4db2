import { dirname, join } from 'node:path';
import type {
	IExecuteFunctions,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
	INodeTypes,
	IVersionedNodeType,
	VersionedNodeType,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { loadCore, loadModule } from './runtime';

export type AnyNodeType = INodeType | IVersionedNodeType;
export type NodeTypeSource = AnyNodeType | (new () => AnyNodeType);
/** Full node type name, e.g. `n8n-nodes-privileged-keys.pam360`, to its class or an instance. */
export type NodeTypeMap = Record<string, NodeTypeSource>;

interface LoaderConstants {
	commonPollingParameters: INodeProperties[];
}

const BASE_PACKAGE = 'n8n-nodes-base';
const prepared = new WeakSet<object>();
const instances = new WeakMap<new () => AnyNodeType, AnyNodeType>();
const baseNodes = new Map<string, AnyNodeType>();

let basePackage: string | undefined;

export function basePackagePath(...segments: string[]): string {
	basePackage ??= dirname(require.resolve(`${BASE_PACKAGE}/package.json`));
	return join(basePackage, ...segments);
}

/** As n8n makes one of each class when it starts, whose description takes longer than most runs. */
function theOne(source: new () => AnyNodeType): AnyNodeType {
	const known = instances.get(source) ?? new source();
	instances.set(source, known);
	return known;
}

function versionsOf(nodeType: AnyNodeType): INodeType[] {
	return 'nodeVersions' in nodeType ? Object.values(nodeType.nodeVersions) : [nodeType];
}

/** What n8n's directory loader and its node registry add to a node type before it is run. */
function prepare(nodeType: AnyNodeType): AnyNodeType {
	const { DirectoryLoader, RoutingNode } = loadCore();
	for (const version of versionsOf(nodeType)) {
		if (prepared.has(version)) continue;
		prepared.add(version);
		const description: INodeTypeDescription = {
			...version.description,
			properties: [...version.description.properties],
		};
		version.description = description;
		if (description.polling) {
			const { commonPollingParameters } = loadModule(
				'n8n-core/dist/nodes-loader/constants',
			) as LoaderConstants;
			description.properties.unshift(...commonPollingParameters);
		}
		DirectoryLoader.applyDeclarativeNodeOptionParameters(version);
		if (isDeclarative(version)) {
			version.execute = async function (this: IExecuteFunctions) {
				const context = this as unknown as ConstructorParameters<typeof RoutingNode>[0];
				return (await new RoutingNode(context, version).runNode()) ?? [];
			};
		}
	}
	return nodeType;
}

function isDeclarative(nodeType: INodeType): boolean {
	const hasRequestDefaults = nodeType.description.requestDefaults !== undefined;
	return (
		!nodeType.execute &&
		!nodeType.supplyData &&
		!nodeType.poll &&
		!nodeType.trigger &&
		(!nodeType.webhook || hasRequestDefaults) &&
		(!nodeType.methods || hasRequestDefaults)
	);
}

function loadBaseNode(name: string): AnyNodeType | undefined {
	const cached = baseNodes.get(name);
	if (cached) return cached;
	loadCore();
	const known = loadModule(basePackagePath('dist/known/nodes.json')) as Record<
		string,
		{ className: string; sourcePath: string }
	>;
	const entry = known[name];
	if (!entry) return undefined;
	const exported = loadModule(basePackagePath(entry.sourcePath)) as Record<
		string,
		new () => AnyNodeType
	>;
	const nodeType = prepare(new exported[entry.className]!());
	baseNodes.set(name, nodeType);
	return nodeType;
}

/** The registered node types, and behind them those of n8n-nodes-base, loaded when first used. */
export class TestNodeTypes implements INodeTypes {
	private readonly own = new Map<string, AnyNodeType>();

	constructor(nodeTypes: NodeTypeMap = {}) {
		for (const [name, source] of Object.entries(nodeTypes)) this.register(name, source);
	}

	register(name: string, source: NodeTypeSource): void {
		this.own.set(name, prepare(typeof source === 'function' ? theOne(source) : source));
	}

	/** A copy that knows further types, which leaves this one as it is. */
	with(nodeTypes: NodeTypeMap): TestNodeTypes {
		return new TestNodeTypes({ ...Object.fromEntries(this.own), ...nodeTypes });
	}

	getByName(name: string): AnyNodeType {
		const separator = name.lastIndexOf('.');
		const [packageName, shortName] = [name.slice(0, separator), name.slice(separator + 1)];
		const nodeType =
			this.own.get(name) ?? (packageName === BASE_PACKAGE ? loadBaseNode(shortName) : undefined);
		if (!nodeType) throw new (loadCore().UnrecognizedNodeTypeError)(packageName, shortName);
		return nodeType;
	}

	getByNameAndVersion(name: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(name), version);
	}

	getKnownTypes(): Record<string, never> {
		return {};
	}

	defaultVersion(name: string): number {
		const nodeType = this.getByName(name);
		if ('nodeVersions' in nodeType) return (nodeType as VersionedNodeType).currentVersion;
		const { version, defaultVersion } = nodeType.description;
		return defaultVersion ?? [version].flat().at(-1)!;
	}

	/** Full names of the registered node types that list the credential type. */
	supportedNodes(credentialType: string): string[] {
		return [...this.own]
			.filter(([, nodeType]) =>
				versionsOf(nodeType).some(({ description }) =>
					description.credentials?.some(({ name }) => name === credentialType),
				),
			)
			.map(([name]) => name);
	}
}
