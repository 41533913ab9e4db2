const { createRequire } = require('node:module');
const path = require('node:path');

const { default: Runtime } = require('jest-runtime');

const PACKAGES = `${path.sep}node_modules${path.sep}`;
const root = path.dirname(path.dirname(__dirname));

/**
 * Jest's runtime, except that packages are loaded by Node.js: once for each worker instead of once for
 * each test file. Loading n8n-core anew took longer than most files' tests. What a test mocks
 * (`jest.mock`) is still mocked for the package's own files; a package never sees the mock of another.
 */
module.exports = class PackagesLoadedOnce extends Runtime {
	requireModule(from, moduleName, ...more) {
		const file = packageFile(from, moduleName);
		return file ? loadPackage(file) : super.requireModule(from, moduleName, ...more);
	}

	requireActual(from, moduleName) {
		const file = packageFile(from, moduleName);
		return file ? loadPackage(file) : super.requireActual(from, moduleName);
	}
};

/** Found before in this worker, by the folder and the name that is asked for there. */
const packageFiles = new Map();

/** The file that Node.js finds for it, or undefined for what is not a package's. */
function packageFile(from, moduleName) {
	if (moduleName === undefined || /^(\.|\/|node:)/.test(moduleName)) return undefined;
	const asked = `${path.dirname(from)}\n${moduleName}`;
	if (!packageFiles.has(asked)) packageFiles.set(asked, findPackageFile(from, moduleName));
	return packageFiles.get(asked);
}

function findPackageFile(from, moduleName) {
	let file;
	try {
		file = createRequire(from).resolve(moduleName);
	} catch {
		return undefined;
	}
	return file.includes(PACKAGES) ? file : undefined;
}

const requireHere = createRequire(path.join(root, 'package.json'));

function loadPackage(file) {
	const loaded = requireHere(file);
	// Taken out of Node.js' own HTTP modules when the file that used it ended (environment.js).
	if (loaded.isActive?.() === false && file === requireHere.resolve('nock')) loaded.activate();
	return loaded;
}
