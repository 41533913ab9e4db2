import { TestNodeTypes } from '../../harness';
import { GENERATE, requests } from '../../unit/cortexXsiam/support';
import { nodeTypes } from '../vendors';
import { PACKAGE, operations, useAgents } from './agentCalls';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const { sims, sent, call } = useAgents();

describe('a node as it is dropped into a workflow', () => {
	it.each(['pam360', 'cortexXsiam', 'senhasegura'] as const)(
		'reads, and issues or changes nothing: %s',
		async (vendor) => {
			const { properties } = new TestNodeTypes(nodeTypes).getByNameAndVersion(
				`${PACKAGE}.${vendor}`,
				1,
			).description;
			const resource = properties.find(({ name }) => name === 'resource')?.default as string;
			const operation = properties.find(
				({ name, displayOptions }) =>
					name === 'operation' && displayOptions?.show?.resource?.includes(resource),
			)?.default as string;
			expect(operation).toBe('getAll');
			for (const isStep of [true, false]) await call({ vendor, parameters: {}, isStep });
			expect(sent(vendor).length).toBeGreaterThan(0);
			expect(sims.pam360.state.keys).toEqual([]);
			expect(sent(vendor).filter(({ method }) => /PUT|DELETE|PATCH/.test(method))).toEqual([]);
			expect(requests(sims.cortexXsiam, GENERATE)).toEqual([]);
		},
	);

	it('offers to read first, for each resource that can be read', () => {
		for (const { vendor, resource } of operations) {
			const { properties } = new TestNodeTypes(nodeTypes).getByNameAndVersion(
				`${PACKAGE}.${vendor}`,
				1,
			).description;
			const selector = properties.find(
				({ name, displayOptions }) =>
					name === 'operation' && displayOptions?.show?.resource?.includes(resource),
			);
			const values = (selector?.options ?? []).map((option) => 'value' in option && option.value);
			const reads = values.filter((value) => /^get/.test(String(value)));
			if (reads.length > 0) expect(reads).toContain(selector?.default);
		}
	});
});
