import { said } from '../kit/result';
import { simulatedTenant } from './simulated';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const tenant = simulatedTenant();
const rule = { __rl: true, mode: 'name', value: 'Key events' };

it('makes a rule, changes it, turns it off and on, and deletes it', async () => {
	const { state } = tenant.sim;
	const created = await tenant.run('notificationRule', 'create', {
		name: 'Key events',
		forwardType: 'audit',
		additionalFields: {
			emails: 'soc@example.com',
			emailSubject: 'Keys',
			syslogId: 7,
			timeZone: 'Europe/Berlin',
		},
	});
	expect(said(created)).toBe('');
	const [made] = state.notificationRules;
	expect(created.items[0]?.json.id).toBe(made?.rule_uuid);
	const before = { ...made };

	await tenant.run('notificationRule', 'update', {
		rule,
		updateFields: { slackChannels: 'C1', clear: ['syslogId'] },
	});
	expect(state.notificationRules).toEqual([
		{
			...before,
			forward_source: {
				email: { distribution_list: ['soc@example.com'], custom_mail_subject: 'Keys' },
				slack: { channels: ['C1'] },
			},
		},
	]);

	await tenant.run('notificationRule', 'disable', { rule });
	const off = await tenant.run('notificationRule', 'get', { rule });
	expect(off.items[0]?.json).toMatchObject({ enabled: false, timeZone: 'Europe/Berlin' });
	await tenant.run('notificationRule', 'enable', { rule });
	const on = await tenant.run('notificationRule', 'getAll');
	expect(on.items.map(({ json }) => json.enabled)).toEqual([true]);

	const deleted = await tenant.run('notificationRule', 'delete', { rule });
	expect(deleted.items[0]?.json).toMatchObject({ id: made?.rule_uuid, deleted: true });
	expect(state.notificationRules).toEqual([]);
});

it('does not make a rule twice whose answer was lost', async () => {
	tenant.sim.trouble.add({ kind: 'cutAfterWork' });
	const result = await tenant.run('notificationRule', 'create', {
		name: 'Key events',
		forwardType: 'audit',
	});
	expect(result.nodeError?.name).toBe('NodeApiError');
	expect(said(result)).toContain("The rule 'Key events' may have been created anyway");
	expect(tenant.sim.state.notificationRules).toHaveLength(1);
});

it('says that there is no such rule', async () => {
	const byName = await tenant.run('notificationRule', 'disable', { rule });
	expect(said(byName)).toContain(
		"'Rule' is not known: the tenant has no notification rule with the name 'Key events'",
	);
	const byId = await tenant.run('notificationRule', 'disable', { rule: 'a-b-c' });
	expect(said(byId)).toContain("'Rule' is not known to the tenant");
});
