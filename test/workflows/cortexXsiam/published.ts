import { contractIssues } from '../../unit/cortexXsiam/contract';
import type { Suite } from '../kit/operation';

/** The same suite, and a test that each of its requests is one that the vendor publishes. */
export function published(suite: Suite): Suite {
	const { cases, failures = [] } = suite;
	const exchanges = [...cases, ...failures].flatMap((each) => each.exchanges);
	it(`asks for nothing that the vendor does not publish (${suite.cases[0].name})`, () => {
		const issues = exchanges.flatMap(({ method, path, body }) =>
			contractIssues(method, path, body === undefined ? undefined : JSON.parse(body)),
		);
		expect(issues).toEqual([]);
	});
	return suite;
}
