import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { extract } from 'tar';

import { hostFolder, hostSteps, lastLines, npm, packageRoot, type Release } from './install';
import { PlainError, atOnce, inTurn, withHeartbeat, type Step } from './progress';

interface Manifest extends Record<string, unknown> {
	name: string;
	version: string;
}

export async function readManifest(folder = packageRoot): Promise<Manifest> {
	return JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** Builds this package and packs it as `npm publish` would; `use` is given the tarball's path. */
function packageSteps(use: (tarball: string) => void): Step[] {
	return [
		{
			title: 'Build the package',
			task: async (_, task) => {
				const build = npm(['run', 'build'], { cwd: packageRoot });
				const result = await withHeartbeat(task, build);
				if (result.failed) {
					throw new PlainError(
						`The package does not build.\n${lastLines(`${result.stdout}\n${result.stderr}`)}`,
					);
				}
			},
		},
		packStep(use),
	];
}

/** An n8n, and meanwhile this package for it; `use` is given the tarball's path. */
export function hostAndPackage(use: (tarball: string) => void, release?: Release): Step {
	return atOnce('Install n8n and build this package', [
		inTurn('Install n8n', hostSteps(release)),
		inTurn('This package', packageSteps(use)),
	]);
}

/** Packs what was built; `use` is given the tarball's path. */
export function packStep(use: (tarball: string) => void): Step {
	return {
		title: 'Pack it',
		task: async (_, task) => {
			const folder = path.join(hostFolder, 'package');
			await rm(folder, { recursive: true, force: true });
			await mkdir(folder, { recursive: true });
			// It would build once more.
			const packing = npm(['pack', '--ignore-scripts', '--pack-destination', folder], {
				cwd: packageRoot,
			});
			const result = await withHeartbeat(task, packing);
			if (result.failed) {
				throw new PlainError(`npm pack did not succeed.\n${lastLines(result.stderr)}`);
			}
			const { name, version } = await readManifest();
			use(path.join(folder, `${name}-${version}.tgz`));
		},
	};
}

const nodesFolderOf = (userFolder: string) => path.join(userFolder, '.n8n', 'nodes');

/** Where `installCommunityPackage` puts this package. */
export async function installedPackage(userFolder: string): Promise<string> {
	const { name } = await readManifest();
	return path.join(nodesFolderOf(userFolder), 'node_modules', name);
}

/**
 * Installs the tarball below n8n's user folder as the editor's own installer leaves it: unpacked,
 * without development and peer dependencies, and entered in the ledger beside it.
 */
export async function installCommunityPackage(tarball: string, userFolder: string) {
	const { name, version } = await readManifest();
	const nodesFolder = nodesFolderOf(userFolder);
	const folder = await installedPackage(userFolder);
	await mkdir(folder, { recursive: true });
	await extract({ file: tarball, cwd: folder, strip: 1 });

	const manifest = await readManifest(folder);
	delete manifest.devDependencies;
	delete manifest.peerDependencies;
	delete manifest.optionalDependencies;
	await writeJson(path.join(folder, 'package.json'), manifest);

	const ledger = { name: 'installed-nodes', private: true, dependencies: { [name]: version } };
	await writeJson(path.join(nodesFolder, 'package.json'), ledger);
}

export async function writeJson(file: string, content: unknown) {
	await writeFile(file, `${JSON.stringify(content, null, 2)}\n`);
}
