import { cortexXsiamDemo } from '../../../simulators';
import { said } from '../../kit/result';
import { DAY, HOUR, addFirst, addSuccessor, restrict } from '../lineage';
import { NEW, item, simulatedRotation } from './fixture';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../../kit/shortWaits'));

const { tenant, rotate, finish, made, changes } = simulatedRotation();

describe('a dry run changes nothing', () => {
	const additionalFields = { dryRun: true };

	it('where a key would be issued, and others deleted before', async () => {
		const old = addFirst(tenant.sim);
		restrict(tenant.sim);
		addSuccessor(tenant.sim, 101, 2 * DAY);
		addSuccessor(tenant.sim, 102, 2 * DAY);
		const result = item(await rotate(old, { additionalFields }));
		expect(result).toMatchObject({
			status: 'planned',
			id: null,
			secret: null,
			oldId: '100',
			deletedKeys: [],
			liveKeys: ['100', '101', '102'],
		});
		expect(result.expiresAt).toEqual(expect.any(String));
		expect(result.keptKeys).toEqual(
			['101', '102'].map((id) => ({
				id,
				why: 'a dry run revokes nothing',
				until: expect.any(String) as string,
			})),
		);
		expect(result.nextStep).toBe(
			'Turn off Dry Run: the run then revokes 101, 102, and issues the key.',
		);
		expect(changes()).toEqual([]);
		// It is as was said.
		expect(item(await rotate(old)).deletedKeys).toEqual(['101', '102']);
	});

	it('where a key would be issued, and none deleted before', async () => {
		const old = addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, 2 * DAY);
		const nextStep = 'Turn off Dry Run: the run then issues the key.';
		// The store may hold one of them in a form that its users know.
		for (const stored of ['x', '']) {
			const more = { ...additionalFields, ...(stored === '' && { nothingStoredYet: true }) };
			const result = item(await rotate(stored, { additionalFields: more }));
			expect(result).toMatchObject({ status: 'planned', keptKeys: [], nextStep });
		}
		tenant.sim.state.keys.delete(101);
		expect(item(await rotate(old, { additionalFields }))).toMatchObject({
			status: 'planned',
			keptKeys: [],
			nextStep,
		});
	});

	it('where keys would be revoked', async () => {
		addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, 2 * DAY);
		const result = item(await rotate(current, { additionalFields }));
		expect(result).toMatchObject({ status: 'resumed', deletedKeys: [] });
		expect(result.keptKeys).toEqual([
			{ id: '100', why: 'a dry run revokes nothing', until: expect.any(String) as string },
		]);
		expect(result.nextStep).toBe('Turn off Dry Run: the run then revokes 100.');
		expect(changes()).toEqual([]);
	});

	it('where some keys would be revoked, and others are too young', async () => {
		addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, 2 * DAY);
		addSuccessor(tenant.sim, 102, 2 * HOUR);
		const result = item(await finish(current, { additionalFields }));
		expect(result).toMatchObject({ status: 'waiting', deletedKeys: [] });
		expect(result.nextStep).toMatch(
			/^Turn off Dry Run: the run then revokes 100\. A run of 'API Key: Rotate' or 'API Key: Finish Rotation' after \S+Z revokes 102, if the store still opens 101 then\.$/,
		);
		expect(changes()).toEqual([]);
	});

	it.each(['={{ $json.none }}', '={{ null }}', '={{ "" }}'])(
		'and nothing is done where its expression gave none: %s',
		async (dryRun) => {
			addFirst(tenant.sim);
			const current = addSuccessor(tenant.sim, 101, 2 * DAY);
			for (const result of [
				await rotate('x', { additionalFields: { dryRun } }),
				await finish(current, { additionalFields: { dryRun } }),
			]) {
				expect(said(result)).toContain("'Dry Run' must be true or false");
			}
			expect(changes()).toEqual([]);
		},
	);

	it('and needs nobody who gets the secret', async () => {
		const old = addFirst(tenant.sim);
		const options = { secretOutput: 'none' };
		expect(item(await rotate(old, { additionalFields, options })).status).toBe('planned');
		const text = said(await rotate(old, { options }));
		expect(text).toContain("'Secret Output' leaves the secret out");
		expect(changes()).toEqual([]);
	});
});

describe('in a child tenant', () => {
	it('every call names it', async () => {
		const old = addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, DAY);
		const { childTenantId } = cortexXsiamDemo;
		expect(item(await rotate(old, { options: { childTenantId } })).status).toBe('rotated');
		expect(new Set(tenant.sim.log.map(({ headers }) => headers['x-child-tenant-id']))).toEqual(
			new Set([childTenantId]),
		);
	});
});

describe('Simplify off', () => {
	it('gives the vendor’s own answers, and where the rotation stands', async () => {
		const old = addFirst(tenant.sim);
		const result = item(await rotate(old, { simplify: false }));
		const [key] = made();
		expect(result).toEqual({
			reply: { id: NEW, key: key?.secret },
			status: 'rotated',
			lineage: '100',
			details: expect.any(String) as string,
			nextStep: expect.any(String) as string,
			keys: [expect.objectContaining({ id: '100', roles: old.roles })],
			deletedKeys: [],
		});
	});
});
