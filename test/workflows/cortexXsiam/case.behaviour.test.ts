import { said } from '../kit/operation';
import { simulatedTenant } from './simulated';

jest.mock('n8n-workflow', (): unknown => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => await new Promise((resolve) => setTimeout(resolve, 2)),
}));

const tenant = simulatedTenant();

it.each(['seen', 'schema'] as const)('reads long lists of cases (%s)', async (form) => {
	const { settings, state } = tenant.sim;
	settings.caseForm = form;
	settings.listCasing = form === 'seen' ? 'upper' : 'lower';
	const [sample] = state.cases;
	if (!sample) throw new Error('The simulated tenant has no case');
	state.cases = Array.from({ length: 230 }, (_, index) => ({ ...sample, case_id: index + 1 }));
	const result = await tenant.run('case', 'getAll', { returnAll: true });
	expect(result.items).toHaveLength(230);
	expect(new Set(result.items.map(({ json }) => json.id)).size).toBe(230);
	expect(new Set(result.items.map(({ json }) => json.createdAt))).toEqual(
		new Set([new Date(sample.creation_time).toISOString()]),
	);
});

it('finds cases by number, severity and status', async () => {
	const result = await tenant.run('case', 'getAll', {
		filters: { ids: '123, 124', severities: ['LOW'], statuses: 'UNDER_INVESTIGATION' },
	});
	expect(result.items.map(({ json }) => json.id)).toEqual(['124']);
});

it('resolves a case and opens it again', async () => {
	const [found] = tenant.sim.state.cases;
	await tenant.run('case', 'update', {
		case: '123',
		status: 'RESOLVED',
		resolveReason: 'RESOLVED_FIXED',
		resolveComment: 'The key was rotated',
	});
	expect(found).toMatchObject({
		status_progress: 'RESOLVED',
		resolve_reason: 'RESOLVED_FIXED',
		resolve_comment: 'The key was rotated',
	});
	const result = await tenant.run('case', 'update', { case: '123', status: 'NEW' });
	expect(said(result)).toBe('');
	expect(found).toMatchObject({ status_progress: 'NEW', resolve_reason: null });
});

it('changes a case again whose answer was lost, which does no harm', async () => {
	tenant.sim.trouble.add({ kind: 'cutAfterWork', times: 1 });
	const result = await tenant.run('case', 'update', { case: '123', status: 'RESOLVED' });
	expect(said(result)).toBe('');
	expect(tenant.calls()).toHaveLength(2);
});
