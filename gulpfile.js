const { readFile, readdir, rm, writeFile } = require('node:fs/promises');
const { dirname, join, resolve } = require('node:path');
const { dest, parallel, series, src } = require('gulp');
const ts = require('typescript');
const { n8n } = require('./package.json');

const HOST_MODULES = ['n8n-workflow', 'zod', 'luxon', /^node:/];

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

/**
 * One file for each node and credential type, and one for each layer that they share: n8n loads a few
 * files, where each of several hundred operations and parts would be a file of its own. Where each part came
 * from is left out: the names of 600 files are a seventieth of the package.
 */
const code = () => bundle({ experimental: { attachDebugInfo: 'none' } });

/** The same, with source maps that hold wherever the files are copied to. */
const codeForDebugging = () =>
	bundle({
		sourcemap: 'inline',
		sourcemapPathTransform: (source, map) => resolve(dirname(map), source),
	});

async function bundle({ experimental, ...more }) {
	const { build } = await import('rolldown');
	const sources = [...n8n.nodes, ...n8n.credentials].map((file) =>
		file.replace(/^dist\/(.+)\.js$/, '$1'),
	);
	// The first that fits takes a module, and what it imports with it.
	const layers = [
		/[\\/]nodes[\\/](shared)[\\/]/,
		/[\\/]nodes[\\/](\w+[\\/]api)[\\/]/,
		/[\\/]nodes[\\/](\w+[\\/]resources)[\\/]/,
		/[\\/]nodes[\\/](\w+[\\/]credentialCheck)\.ts$/,
	];
	const { output } = await build({
		input: Object.fromEntries(sources.map((source) => [source, `./${source}.ts`])),
		platform: 'node',
		external: HOST_MODULES,
		tsconfig: './tsconfig.json',
		treeshake: { moduleSideEffects: false },
		logLevel: 'warn',
		plugins: [forReaders],
		...(experimental && { experimental }),
		output: {
			...more,
			dir: 'dist',
			format: 'cjs',
			strict: true,
			chunkFileNames: 'nodes/[name].js',
			comments: false,
			codeSplitting: {
				groups: layers.map((layer) => ({
					debugName: layer.source,
					test: layer,
					name: (id) => layer.exec(id)[1].replace('\\', '/'),
				})),
			},
		},
	});
	await writeFile(join('dist', 'THIRD-PARTY-LICENSES.txt'), await licences(output));
}

/** Takes out of the tables of outcomes what is there for readers and tests alone: 3 kB of the package. */
const forReaders = {
	name: 'for-readers',
	transform: {
		filter: { id: /[\\/]api[\\/]outcomes\.ts$/ },
		handler: (code) =>
			code.replace(/^\t+(answer|source):\s*('(\\.|[^'\\])*'|"(\\.|[^"\\])*"),\n/gm, ''),
	},
};

/** The licences of what is bundled: they want to go along with it. */
async function licences(chunks) {
	const modules = chunks.flatMap(({ moduleIds = [] }) => moduleIds);
	const packageOf = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/;
	const folders = new Set(modules.flatMap((id) => packageOf.exec(id)?.[0] ?? []));
	const texts = [...folders].sort().map(async (folder) => {
		const { name, version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
		const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
		if (file === undefined) throw new Error(`${name} is bundled and has no licence`);
		return `${name} ${version}\n\n${await readFile(join(folder, file), 'utf8')}`;
	});
	return (await Promise.all(texts)).join('\n----\n\n');
}

/**
 * Takes the indentation out of what is published, which is a thirtieth of the package; lines stay, for those
 * who read it and for stack traces.
 */
async function unindent() {
	const files = await readdir('dist', { recursive: true });
	const write = async (file, change) => await writeFile(file, change(await readFile(file, 'utf8')));
	for (const file of files.map((name) => join('dist', name))) {
		if (file.endsWith('.js')) await write(file, withoutIndentation);
		if (file.includes('__schema__') && file.endsWith('.json')) {
			await write(file, (text) => JSON.stringify(JSON.parse(text)));
		}
	}
}

function withoutIndentation(text) {
	const kept = [];
	const visit = (node) => {
		// What stands between backquotes is a text, with its indentation.
		if (ts.isTemplateLiteralToken(node)) kept.push([node.getStart(), node.getEnd()]);
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('chunk.js', text, ts.ScriptTarget.Latest, true));
	return text.replace(/^[\t ]+/gm, (indentation, offset) =>
		kept.some(([start, end]) => start < offset && offset < end) ? indentation : '',
	);
}

/** What goes with it: icons, codex files and output schemas. */
function assets() {
	return src(['icons/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));
}

exports.default = series(clean, parallel(code, assets), unindent);
exports.dev = series(clean, parallel(codeForDebugging, assets));
