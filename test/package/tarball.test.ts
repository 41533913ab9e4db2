import { execFile } from 'node:child_process';
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	readdirSync,
	rmSync,
	statSync,
} from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { extract, list } from 'tar';
import { anchors } from './markdown';

const execute = promisify(execFile);
const ROOT = join(__dirname, '../..');
const NAME = 'n8n-nodes-privileged-keys';
/** Below node_modules, so that the package finds what n8n gives its nodes: n8n-workflow, zod, luxon. */
const PLACE = join(ROOT, 'node_modules/.package-test');
const FOLDER = join(PLACE, 'node_modules', NAME);

interface Loaded {
	nodes: Array<{
		name: string;
		iconUrl: { light: string; dark: string };
		codex: { categories: string[]; alias: string[] };
		usableAsTool: boolean;
		credentials: string[];
		sensitiveOutputFields: string[];
	}>;
	credentials: Array<{
		name: string;
		iconUrl: { light: string; dark: string };
		documentationUrl: string;
		hasTest: boolean;
		extends?: string[];
		supportedNodes: string[];
	}>;
}

interface Manifest {
	dependencies?: object;
	peerDependencies: object;
	n8n: { nodes: string[]; credentials: string[] };
}

describe('the packed tarball', () => {
	let files: string[];
	let size: number;
	let loaded: Loaded;

	const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8');
	const manifest = () => JSON.parse(read('package.json')) as Manifest;

	beforeAll(async () => {
		rmSync(PLACE, { recursive: true, force: true });
		mkdirSync(FOLDER, { recursive: true });
		const target = mkdtempSync(join(tmpdir(), 'pack-'));
		// As in a fresh clone: what is packed must have been built by packing.
		rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
		const { stdout } = await execute(
			'npm',
			['pack', '--json', '--ignore-scripts=false', '--pack-destination', target],
			{ cwd: ROOT },
		);
		const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
		const tarball = join(target, filename);
		size = statSync(tarball).size;
		files = [];
		await list({ file: tarball, onReadEntry: ({ path }) => files.push(path.slice(8)) });
		await extract({ file: tarball, cwd: FOLDER, strip: 1 });
		const run = await execute('node', [join(__dirname, 'load.cjs'), FOLDER], { cwd: ROOT });
		loaded = JSON.parse(run.stdout) as Loaded;
		rmSync(target, { recursive: true });
	}, 600_000);

	afterAll(() => rmSync(PLACE, { recursive: true, force: true }));

	it('holds what n8n needs and nothing else', () => {
		const others = files.filter(
			(file) =>
				!/^dist\/(nodes|credentials)\/.+\.js$/.test(file) &&
				!/^dist\/nodes\/.+\.node\.json$/.test(file) &&
				!/^dist\/nodes\/[^/]+\/__schema__\/.+\.json$/.test(file) &&
				!/^dist\/icons\/.+\.svg$/.test(file) &&
				file !== 'dist/THIRD-PARTY-LICENSES.txt',
		);
		expect(others.sort()).toEqual(['LICENSE', 'README.md', 'index.js', 'package.json']);
		const { n8n } = manifest();
		for (const file of [...n8n.nodes, ...n8n.credentials]) expect(files).toContain(file);
	});

	it('is not packed where it cannot be built', async () => {
		const clone = mkdtempSync(join(tmpdir(), 'clone-'));
		for (const file of [
			'package.json',
			'README.md',
			'LICENSE',
			'index.js',
			'scripts/prepack.mjs',
		]) {
			cpSync(join(ROOT, file), join(clone, file));
		}
		const packing = execute('npm', ['pack', '--ignore-scripts=false'], { cwd: clone });
		await expect(packing).rejects.toMatchObject({
			stderr: expect.stringContaining('The package is not packed') as string,
		});
		expect(readdirSync(clone).filter((file) => file.endsWith('.tgz'))).toEqual([]);
		rmSync(clone, { recursive: true });
	});

	it('is no larger than 300 kB', () => {
		expect(size).toBeLessThanOrEqual(300_000);
	});

	it('is loaded in a few files, none of which needs those of another vendor', () => {
		const scripts = files.filter((file) => file.endsWith('.js') && file.startsWith('dist/'));
		expect(scripts.length).toBeLessThanOrEqual(25);
		const vendors = /Pam360|CortexXsiam|Senhasegura/;
		for (const file of scripts) {
			const [vendor] = vendors.exec(file) ?? [];
			const needed = [...read(file).matchAll(/require\("(\.[^"]+)"\)/g)].map(([, path]) => path);
			const others = needed.filter((path = '') => (vendors.exec(path)?.[0] ?? vendor) !== vendor);
			expect({ file, others }).toEqual({ file, others: [] });
		}
	});

	it('depends on nothing that n8n does not bring', () => {
		expect(manifest().dependencies).toBeUndefined();
		expect(manifest().peerDependencies).toEqual({ 'n8n-workflow': '*' });
		const required = files
			.filter((file) => file.endsWith('.js'))
			.flatMap((file) => [...read(file).matchAll(/require\("([^".][^"]*)"\)/g)])
			.map(([, name]) => name);
		expect([...new Set(required)].sort()).toEqual(['luxon', 'n8n-workflow', 'node:crypto', 'zod']);
		expect(builtinModules).toContain('crypto');
	});

	it('loads every node, with icons for both themes, codex and credentials', () => {
		expect(loaded.nodes.map(({ name }) => name).sort()).toEqual([
			'cortexXsiam',
			'cortexXsiamTrigger',
			'keyReport',
			'pam360',
			'pam360Trigger',
			'senhasegura',
			'senhaseguraTrigger',
		]);
		for (const node of loaded.nodes) {
			expect(node.codex.categories).toEqual(['Development', 'Utility']);
			expect(node.codex.alias.length).toBeGreaterThan(3);
			expectIcons(node.iconUrl);
			if (node.name.endsWith('Trigger')) continue;
			expect(node.usableAsTool).toBe(true);
			if (node.name === 'keyReport') {
				expect(node.credentials).toEqual([]);
				continue;
			}
			expect(node.sensitiveOutputFields).toEqual(expect.arrayContaining(['secret', 'passphrase']));
		}
	});

	it('loads every credential type, each with a test and with its node', () => {
		expect(
			Object.fromEntries(
				loaded.credentials.map(({ name, supportedNodes }) => [name, supportedNodes]),
			),
		).toEqual({
			pam360Api: ['pam360', 'pam360Trigger'],
			cortexXsiamApi: ['cortexXsiam', 'cortexXsiamTrigger'],
			senhaseguraOAuth2Api: ['senhasegura', 'senhaseguraTrigger'],
			senhaseguraOAuth1Api: ['senhasegura', 'senhaseguraTrigger'],
		});
		for (const credential of loaded.credentials) {
			expect(credential.hasTest).toBe(true);
			expectIcons(credential.iconUrl);
			const [page, anchor] = credential.documentationUrl.split('/blob/main/')[1]?.split('#') ?? [];
			expect(page).toBe('docs/credentials.md');
			expect(anchors(readFileSync(join(ROOT, page as string), 'utf8'))).toContain(anchor);
		}
	});

	it('holds the licence of everything that is bundled', () => {
		const notices = read('dist/THIRD-PARTY-LICENSES.txt');
		const named = [...notices.matchAll(/^([@\w/-]+) \d+\.\d+\.\d+$/gm)].map(([, name]) => name);
		expect(named).toEqual(expect.arrayContaining(['d3-array', 'd3-scale', 'd3-shape']));
		expect(notices.match(/Permission to use, copy, modify/g)?.length).toBeGreaterThanOrEqual(
			named.length - 1,
		);
		const bundled = files
			.filter((file) => file.endsWith('.js'))
			.flatMap((file) => [...read(file).matchAll(/node_modules\/((?:@[\w-]+\/)?[\w-]+)/g)])
			.map(([, name]) => name);
		for (const name of bundled) expect(named).toContain(name);
	});

	it('holds an output schema for each that the sources have', () => {
		const sources = readdirSync(join(ROOT, 'nodes'), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.includes('__schema__') && file.endsWith('.json'))
			.map((file) => `dist/nodes/${file}`);
		expect(sources.length).toBeGreaterThan(0);
		expect(files).toEqual(expect.arrayContaining(sources));
	});

	function expectIcons({ light, dark }: { light: string; dark: string }) {
		expect(light).not.toBe(dark);
		for (const icon of [light, dark]) {
			const file = relative(`icons/${NAME}`, icon);
			expect(files).toContain(file);
			expect(read(file)).toContain('<svg');
		}
	}
});
