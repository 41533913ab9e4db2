import { update } from '../../../nodes/CortexXsiam/resources/case/update.operation';
import { said } from '../kit/result';
import { simulatedTenant } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

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
		filters: { ids: '123, 124', severities: ['low'], statuses: ['In Progress'] },
	});
	expect(result.items.map(({ json }) => json.id)).toEqual(['124']);
});

it('resolves a case and opens it again', async () => {
	const [found] = tenant.sim.state.cases;
	await tenant.run('case', 'update', {
		case: '123',
		status: 'Resolved',
		resolveReason: 'Resolved - Fixed',
		resolveComment: 'The key was rotated',
	});
	expect(found).toMatchObject({
		status_progress: 'Resolved',
		resolve_reason: 'Resolved - Fixed',
		resolve_comment: 'The key was rotated',
	});
	const result = await tenant.run('case', 'update', { case: '123', status: 'New' });
	expect(said(result)).toBe('');
	expect(found).toMatchObject({ status_progress: 'New', resolve_reason: null });
});

it('changes a case again whose answer was lost, which does no harm', async () => {
	tenant.sim.trouble.add({ kind: 'cutAfterWork', times: 1 });
	const result = await tenant.run('case', 'update', {
		case: '123',
		status: 'Resolved',
		resolveReason: 'Resolved - Other',
	});
	expect(said(result)).toBe('');
	expect(tenant.calls()).toHaveLength(2);
});

it.each(['today', '3.4', 'both'] as const)(
	'gets on with a tenant of either vocabulary, whichever the workflow uses (%s)',
	async (vocabulary) => {
		tenant.sim.settings.vocabulary = vocabulary;
		for (const [status, reason, statuses, domains] of [
			['Resolved', 'Resolved - False Positive', 'Resolved', 'Security, Health'],
			['={{ "RESOLVED" }}', '={{ "RESOLVED_FALSE_POSITIVE" }}', '={{ "RESOLVED" }}', 'SECURITY'],
		]) {
			const parameters = { case: '124', status, resolveReason: reason };
			expect(said(await tenant.run('case', 'update', parameters))).toBe('');
			const found = await tenant.run('case', 'getAll', { filters: { statuses, domains } });
			expect(said(found)).toBe('');
			expect(found.items.map(({ json }) => json.id)).toEqual(['124']);
			await tenant.run('case', 'update', { case: '124', status: 'In Progress' });
		}
	},
);

it('sets what today’s tenants keep of a case', async () => {
	const result = await tenant.run('case', 'update', {
		case: '123',
		status: '={{ "Waiting for Vendor" }}',
		updateFields: {
			assignedUser: 'ivy@example.com',
			userSeverity: 'critical',
			notes: 'The vendor was told',
			customFields: { cost_center: '4711' },
		},
	});
	expect(said(result)).toBe('');
	const found = await tenant.run('case', 'getAll', {
		filters: { assignedUsers: 'ivy@example.com', statuses: '={{ "Waiting for Vendor" }}' },
	});
	expect(found.items.map(({ json }) => json)).toMatchObject([
		{
			id: '123',
			assignedTo: 'ivy@example.com',
			userSeverity: 'critical',
			notes: 'The vendor was told',
			customFields: { cost_center: '4711' },
		},
	]);
});

it('says what the tenant takes where it takes something else', async () => {
	const parameters = {
		case: '123',
		status: 'Resolved',
		resolveReason: '={{ "Resolved - Bored" }}',
	};
	expect(said(await tenant.run('case', 'update', parameters))).toContain(
		'expected one of: Resolved - Known Issue',
	);
});

/** What the editor offers for a field of the collection. */
function offered(name: string): unknown[] {
	const fields = update.fields.flatMap(({ options = [] }) => options);
	const field = fields.find((one) => one.name === name);
	const options = field && 'options' in field ? (field.options ?? []) : [];
	return options.flatMap((one) => ('value' in one ? [one.value] : []));
}

it('offers severities for users that the tenant takes', async () => {
	const severities = offered('userSeverity');
	expect(severities).toEqual(['critical', 'high', 'low', 'medium', 'none']);
	for (const userSeverity of severities as string[]) {
		const parameters = { case: '123', status: 'unchanged', updateFields: { userSeverity } };
		expect(said(await tenant.run('case', 'update', parameters))).toBe('');
	}
});
