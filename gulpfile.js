const { src, dest } = require('gulp');

/** What the compiler leaves out: icons, codex files and output schemas. */
function assets() {
	return src(
		[
			'icons/*.svg',
			'nodes/**/*.node.json',
			'nodes/**/__schema__/**/*.json',
		],
		{ base: '.', encoding: false },
	).pipe(dest('dist'));
}

exports.assets = assets;
exports.default = assets;
