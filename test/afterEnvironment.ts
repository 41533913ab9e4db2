import type nock from 'nock';
import type * as Lanes from '../nodes/shared/lanes';

/**
 * A file that loads nock changes Node.js' own HTTP modules, which the files after it in the same worker
 * share: they must be given back.
 */
afterAll(() => {
	const loaded = require.cache[require.resolve('nock')] as { exports?: typeof nock } | undefined;
	loaded?.exports?.restore();
});

/** What one test has made a server refuse is not to slow down the next one. */
afterEach(() => {
	const path = require.resolve('../nodes/shared/lanes');
	const loaded = require.cache[path] as { exports?: typeof Lanes } | undefined;
	loaded?.exports?.lanes.clear();
});
