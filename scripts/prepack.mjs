/**
 * Builds the package before npm packs it, so that a fresh clone never gives a package without `dist`.
 * Installs nothing: where the development dependencies are missing, it refuses.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const isInstalled = (name) => existsSync(path.join(root, 'node_modules', name, 'package.json'));

function main() {
	if (!['typescript', 'gulp', 'rolldown'].every(isInstalled)) {
		console.error(
			'The package is not packed: it has to be built first, and the development dependencies are not installed. Run "npm ci --ignore-scripts", then pack again.',
		);
		return 1;
	}
	const npm = process.env.npm_execpath;
	const [file, args] = npm ? [process.execPath, [npm]] : ['npm', []];
	// npm's own output, such as that of "npm pack --json", stays alone on the standard output.
	const { status } = spawnSync(file, [...args, 'run', '--silent', 'build'], {
		cwd: root,
		stdio: ['ignore', process.stderr, process.stderr],
	});
	if (status !== 0) console.error('The package is not packed: it does not build; see above.');
	return status ?? 1;
}

process.exitCode = main();
