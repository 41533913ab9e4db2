const { rm } = require('node:fs/promises');
const { dest, parallel, series, src } = require('gulp');
const { n8n } = require('./package.json');

const HOST_MODULES = ['n8n-workflow', 'zod', 'luxon', /^node:/];

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

/**
 * One file for each node and credential type, and one for each layer that they share: n8n loads a few
 * files, where each of several hundred operations and parts would be a file of its own.
 */
async function code() {
	const { build } = await import('rolldown');
	const sources = [...n8n.nodes, ...n8n.credentials].map((file) =>
		file.replace(/^dist\/(.+)\.js$/, '$1'),
	);
	// The first that fits takes a module, and what it imports with it.
	const layers = [
		/[\\/]nodes[\\/](shared)[\\/]/,
		/[\\/]nodes[\\/](\w+[\\/]api)[\\/]/,
		/[\\/]nodes[\\/](\w+[\\/]resources)[\\/]/,
	];
	await build({
		input: Object.fromEntries(sources.map((source) => [source, `./${source}.ts`])),
		platform: 'node',
		external: HOST_MODULES,
		tsconfig: './tsconfig.json',
		treeshake: { moduleSideEffects: false },
		logLevel: 'warn',
		output: {
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
}

/** What goes with it: icons, codex files and output schemas. */
function assets() {
	return src(['icons/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));
}

exports.default = series(clean, parallel(code, assets));
