import type nock from 'nock';

/**
 * A file that loads nock changes Node.js' own HTTP modules, which the files after it in the same worker
 * share: they must be given back.
 */
afterAll(() => {
	const loaded = require.cache[require.resolve('nock')] as { exports?: typeof nock } | undefined;
	loaded?.exports?.restore();
});
