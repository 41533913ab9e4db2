/**
 * Loads an unpacked package the way n8n does, in a process of its own, and prints what was found.
 * Run: node load.cjs <folder of the package>
 */
const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'n8n-loader-'));
process.env.N8N_ENCRYPTION_KEY = 'a-key-for-tests-only';
require('reflect-metadata');
const { PackageDirectoryLoader, loadOutputSchema } = require('n8n-core');

/** A node's own test; it must be there under the name that the node gives. */
function isTestedByNode(loader, credential) {
	return Object.values(loader.nodeTypes).some(({ type: { description, methods } }) =>
		description.credentials?.some(
			({ name, testedBy }) =>
				name === credential && typeof methods?.credentialTest?.[testedBy] === 'function',
		),
	);
}

async function main(folder) {
	const loader = new PackageDirectoryLoader(folder);
	await loader.loadAll();
	const nodes = Object.entries(loader.nodeTypes).map(([name, { type, sourcePath }]) => ({
		name,
		iconUrl: type.description.iconUrl,
		codex: type.description.codex,
		usableAsTool: type.description.usableAsTool,
		credentials: (type.description.credentials ?? []).map((credential) => credential.name),
		sensitiveOutputFields: type.description.sensitiveOutputFields,
		sourcePath,
	}));
	const credentials = Object.entries(loader.credentialTypes).map(([name, { type }]) => ({
		name,
		iconUrl: type.iconUrl,
		documentationUrl: type.documentationUrl,
		hasTest: type.test !== undefined || isTestedByNode(loader, name),
		extends: type.extends,
		supportedNodes: type.supportedNodes,
	}));
	process.stdout.write(
		JSON.stringify({
			nodes,
			credentials,
			canResolveSchemas: typeof loadOutputSchema === 'function',
		}),
	);
}

main(process.argv[2]);
