import { said } from '../kit/result';
import { simulatedTenant } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const tenant = simulatedTenant();
const wanted = {
	name: '={{ $json.name }}',
	description: 'The key of the collector is 89 days old',
	severity: 'HIGH',
	domain: 'Security',
	category: 'CONFIGURATION',
};

it.each(['seen', 'schema'] as const)('reads long lists of issues (%s)', async (form) => {
	const { settings, state } = tenant.sim;
	settings.issueListForm = form;
	const [sample] = state.issues;
	if (!sample) throw new Error('The simulated tenant has no issue');
	state.issues = Array.from({ length: 230 }, (_, index) => ({ ...sample, id: index + 1 }));
	const result = await tenant.run('issue', 'getAll', { returnAll: true });
	expect(new Set(result.items.map(({ json }) => json.id)).size).toBe(230);
	expect(result.items).toHaveLength(230);
});

it('ends in an error, and not with a part, where a tenant looks for the page elsewhere', async () => {
	const { settings, state } = tenant.sim;
	settings.issuePaging = 'beside';
	const [sample] = state.issues;
	if (!sample) throw new Error('The simulated tenant has no issue');
	state.issues = Array.from({ length: 230 }, (_, index) => ({ ...sample, id: index + 1 }));
	const result = await tenant.run('issue', 'getAll', { returnAll: true });
	expect(said(result)).toContain('The list of issues cannot be read page by page');
	const few = await tenant.run('issue', 'getAll', { limit: 20 });
	expect(few.items).toHaveLength(20);
});

it('creates an issue that the external ID finds', async () => {
	const before = Date.now();
	const created = await tenant.run('issue', 'create', wanted, { items: [{ name: 'Old key' }] });
	expect(said(created)).toBe('');
	const externalIds = created.items[0]?.json.externalId as string;
	const found = await tenant.run('issue', 'getAll', {
		filters: { externalIds },
		additionalFields: { includeFields: ['custom_fields'] },
	});
	expect(found.items).toHaveLength(1);
	expect(found.items[0]?.json).toMatchObject({ name: 'Old key', status: 'New', customFields: {} });
	// Observed when the node ran, where nothing else was said.
	const observedAt = Date.parse(found.items[0]?.json.observedAt as string);
	expect(observedAt).toBeGreaterThanOrEqual(before);
	expect(observedAt).toBeLessThanOrEqual(Date.now());
});

it('does not create an issue twice whose answer was lost, and says that it may exist', async () => {
	const { sim } = tenant;
	const count = sim.state.issues.length;
	sim.trouble.add({ kind: 'cutAfterWork', match: '/public_api/v1/issue', times: 1, skip: 2 });
	const items = ['One', 'Two', 'Three'].map((name) => ({ name }));
	const parameters = { ...wanted, options: { concurrency: 1 } };
	const result = await tenant.run('issue', 'create', parameters, { items });
	expect(result.nodeError?.name).toBe('NodeApiError');
	expect(said(result)).toContain('The issue may have been created anyway');
	expect(sim.state.issues).toHaveLength(count + 3);
	const [one, two] = sim.state.issues.slice(count).map((issue) => issue.external_id);
	expect(said(result)).toContain(
		`the node issued 2 issues that it cannot return now: item 0: ${one}; item 1: ${two}.`,
	);
});

it('resolves an issue', async () => {
	const result = await tenant.run('issue', 'update', {
		issue: { __rl: true, mode: 'list', value: '123' },
		updateFields: {
			severity: 'LOW',
			status: 'Resolved',
			resolutionReason: 'Resolved - Risk Accepted',
		},
	});
	expect(said(result)).toBe('');
	expect(tenant.sim.state.issues[0]).toMatchObject({
		severity: 'LOW',
		status: 'Resolved',
		status_resolution_reason: 'Resolved - Risk Accepted',
	});
});
