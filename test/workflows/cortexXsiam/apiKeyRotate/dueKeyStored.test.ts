import type { CortexXsiamKey } from '../../../simulators';
import { DELETE, GENERATE, LIST } from '../../../unit/cortexXsiam/support';
import { first, hints, said } from '../../kit/result';
import { credentialFor } from '../../vendors';
import { COMMENT, DAY, FIRST, HOUR, MINUTE, addFirst, addSuccessor, restrict } from '../lineage';
import { HEALTH, NEW, NONCE, SCOPE, isSignedWith, item, simulatedRotation } from './fixture';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../../kit/shortWaits'));

const { tenant, rotate, ids, made, changes } = simulatedRotation();

describe('where the store opens the due key', () => {
	it('a successor is issued, read back, given the scope, tried and handed over', async () => {
		const old = addFirst(tenant.sim);
		restrict(tenant.sim);
		const before = Date.now();
		const result = await rotate(old);
		const [key] = made();
		expect(key).toMatchObject({ roles: old.roles, securityLevel: 'advanced' });
		expect(key?.comment).toMatch(NONCE);
		expect(key?.comment?.replace(NONCE, '')).toBe(`${COMMENT} `);
		// As long as the old one was valid in all, from now on.
		expect(key?.expiration).toBeGreaterThanOrEqual(before + 88 * DAY - 1_000);
		expect(key?.expiration).toBeLessThanOrEqual(Date.now() + 88 * DAY);
		const { scopes } = tenant.sim.state;
		expect(scopes.get(`api-key/${NEW}`)).toEqual(scopes.get(`api-key/${FIRST}`));
		const until = new Date(key?.expiration as number).toISOString();
		const oldUntil = new Date(old.expiration as number).toISOString();
		expect(result.items).toEqual([
			{
				json: {
					vendor: 'cortexXsiam',
					type: 'apiKey',
					id: String(NEW),
					secret: `${NEW}:${key?.secret}`,
					status: 'rotated',
					needsAttention: false,
					lineage: '100',
					comment: COMMENT,
					roles: old.roles,
					securityLevel: 'advanced',
					expiresAt: until,
					oldId: '100',
					oldExpiresAt: oldUntil,
					storeOpens: '100',
					liveKeys: ['100', String(NEW)],
					deletedKeys: [],
					keptKeys: [],
					scopeCopied: true,
					details: `The store opens the key 100, which is to be replaced. The key ${NEW} was issued, and works until ${until}. Beside it these keys of the lineage are live: 100 (expires ${oldUntil}).`,
					nextStep: `Store the new secret now, in one write, in place of the stored one. The key 100 stays until a later run sees that the store opens ${NEW}.`,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(tenant.sim.state.keys.get(FIRST)).toEqual(old);
		expect(hints(result)).toEqual([]);
	});

	it('the calls are these, byte for byte', async () => {
		const old = addFirst(tenant.sim, { roles: ['Investigator'] });
		item(await rotate(old));
		const [key] = made();
		expect(tenant.calls()).toEqual([
			`POST ${LIST}`,
			`GET ${HEALTH}`,
			`GET ${HEALTH}`,
			`GET ${SCOPE}/100`,
			`POST ${GENERATE}`,
			`POST ${LIST}`,
			`GET ${SCOPE}/${NEW}`,
			`GET ${HEALTH}`,
		]);
		const [list, proof, control, , generate, readBack, , trial] = tenant.sim.log;
		expect(list?.body).toBe('{"request_data":{"filters":[],"search_from":0,"search_to":100}}');
		expect(isSignedWith(old, proof?.headers ?? {})).toBe(true);
		expect(proof?.status).toBe(200);
		// The same call with a wrong secret.
		expect(control?.headers['x-xdr-auth-id']).toBe('100');
		expect(control?.status).toBe(401);
		expect(generate?.body).toBe(
			`{"request_data":{"roles":["Investigator"],"security_level":"advanced","expiration":${key?.expiration},"comment":"${key?.comment}"}}`,
		);
		expect(readBack?.body).toBe(
			`{"request_data":{"filters":[{"field":"id","operator":"in","value":[${NEW}]}],"search_from":0,"search_to":100}}`,
		);
		expect(isSignedWith(key as CortexXsiamKey, trial?.headers ?? {})).toBe(true);
	});

	it.each(['standard', 'advanced'] as const)(
		'a %s key is proved and tried with the signature of its level',
		async (securityLevel) => {
			for (const level of ['standard', 'advanced'] as const) {
				tenant.sim.reset();
				const old = addFirst(tenant.sim, { securityLevel });
				const credentials = {
					cortexXsiamApi: credentialFor.cortexXsiamApi(tenant.sim.url, level),
				};
				expect(item(await rotate(old, {}, { credentials })).status).toBe('rotated');
				const [proof, , trial] = tenant.sim.log.filter(({ path }) => path === HEALTH);
				expect(isSignedWith(old, proof?.headers ?? {})).toBe(true);
				expect(isSignedWith(made()[0] as CortexXsiamKey, trial?.headers ?? {})).toBe(true);
			}
		},
	);

	// K1 and K2 of the models: whichever three are tried, the stored one may be another.
	it.each([100, 101, 102, 103])(
		'the key alone is found among all live ones of the lineage: %i',
		async (id) => {
			addFirst(tenant.sim);
			[4, 3, 2].forEach((days, index) =>
				addSuccessor(tenant.sim, 101 + index, days * DAY, { expiration: Date.now() + 5 * DAY }),
			);
			const { secret } = tenant.sim.state.keys.get(id) as CortexXsiamKey;
			const additionalFields = { secretAs: 'key', validDays: 90 };
			const result = item(await rotate(secret, { additionalFields }));
			expect(result).toMatchObject({
				status: 'rotated',
				storeOpens: String(id),
				oldId: String(id),
			});
			expect(result.secret).toBe(made()[0]?.secret);
			// Older than 12 hours, and none of them is what the store opens.
			expect(ids()).toEqual([id, NEW]);
		},
	);

	it('an ID with zeros before it is the same one', async () => {
		const old = addFirst(tenant.sim);
		expect(item(await rotate(` 00100:${old.secret}\n`)).status).toBe('rotated');
	});

	it('a key whose level the tenant does not tell is tried with both', async () => {
		const old = addFirst(tenant.sim, { securityLevel: 'standard' });
		const body = JSON.stringify({
			reply: {
				DATA: [
					{
						id: 100,
						creation_time: old.creationTime,
						roles: old.roles,
						expiration: old.expiration,
					},
				],
			},
		});
		tenant.sim.trouble.add({ kind: 'rawBody', match: LIST, body, times: 1 });
		// Without a level there is none that a new key could have.
		expect(said(await rotate(old))).toContain('The API key 100 has no known security level');
		const proofs = tenant.sim.log.filter(({ path }) => path === HEALTH);
		expect(proofs.map(({ status }) => status)).toEqual([401, 200, 401]);
		expect(changes()).toEqual([]);
	});

	it('one that an earlier run has left is deleted when it is 12 hours old, with a proof before each', async () => {
		const old = addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, 13 * HOUR);
		addSuccessor(tenant.sim, 102, 12 * HOUR + MINUTE);
		const result = item(await rotate(old));
		expect(result).toMatchObject({
			status: 'rotated',
			deletedKeys: ['101', '102'],
			liveKeys: ['100', String(NEW)],
		});
		expect(result.details).toContain('Revoked by this run: 101, 102.');
		expect(ids()).toEqual([FIRST, NEW]);
		const proof = [`POST ${LIST}`, `GET ${HEALTH}`, `GET ${HEALTH}`];
		expect(tenant.calls().slice(0, 11)).toEqual([
			...proof,
			`POST ${DELETE}`,
			...proof,
			`POST ${DELETE}`,
			...proof,
		]);
	});

	it.each<[number, string, number]>([
		[59, 'inProgress', 0],
		[61, 'rotated', 1],
	])('another key that is %i minutes old makes it %s', async (minutes, status, count) => {
		const old = addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, minutes * MINUTE);
		const result = item(await rotate(old));
		expect(result).toMatchObject({ status, deletedKeys: [], needsAttention: false });
		expect(made()).toHaveLength(count);
		if (count > 0) return;
		expect(result).toMatchObject({ id: '101', secret: null, oldId: '100', storeOpens: '100' });
		expect(result.nextStep).toBe(
			'Nothing now: the key 101 is new, and another run may be about to store it. The next run takes over.',
		);
	});

	it('how long that is, is for the user to say', async () => {
		const old = addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, 61 * MINUTE);
		const additionalFields = { takenOverAfterMinutes: 120 };
		expect(item(await rotate(old, { additionalFields })).status).toBe('inProgress');
	});

	it('with three live keys it stops, and says until when', async () => {
		const old = addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, 2 * HOUR);
		addSuccessor(tenant.sim, 102, 3 * HOUR);
		const result = await rotate(old);
		expect(item(result)).toMatchObject({
			status: 'blocked',
			needsAttention: true,
			secret: null,
			liveKeys: ['100', '102', '101'],
		});
		expect(changes()).toEqual([]);
		const kept = first(result).keptKeys as Array<{ id: string; until: string }>;
		expect(kept.map(({ id }) => id)).toEqual(['102', '101']);
		const wait = Date.parse(kept[0]?.until ?? '') - Date.now();
		expect(Math.round(wait / MINUTE)).toBe(9 * 60);
		expect(first(result).nextStep).toBe(
			`No further key is issued while 100, 102, 101 are live. Find out why new secrets do not reach the store, and correct that. A run after ${kept[0]?.until} revokes the first of them, and goes on.`,
		);
		expect(hints(result).join()).toContain('Lineage 100: The store opens the key 100');
	});

	it('with three live keys a dry run says which others would go', async () => {
		const old = addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, 2 * HOUR);
		addSuccessor(tenant.sim, 102, 3 * HOUR);
		addSuccessor(tenant.sim, 103, 2 * DAY);
		const { status, nextStep } = item(await rotate(old, { additionalFields: { dryRun: true } }));
		expect(status).toBe('blocked');
		expect(nextStep).toMatch(
			/^Turn off Dry Run: the run then revokes 103\. No further key is issued while /,
		);
	});

	it('with three live keys it also names those that no run may revoke', async () => {
		const old = addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, 2 * HOUR);
		addSuccessor(tenant.sim, 102, 3 * HOUR);
		const { comment } = addSuccessor(tenant.sim, 103, 2 * DAY);
		addSuccessor(tenant.sim, 104, 2 * DAY - HOUR, { comment });
		const { status, nextStep } = item(await rotate(old));
		expect(status).toBe('blocked');
		expect(nextStep).toMatch(
			/revokes the first of them, and goes on\. Look at 103, 104 in the console\.$/,
		);
	});

	it('what an overlap keeps is kept, though the stored key is to be replaced itself', async () => {
		addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, 13 * HOUR);
		const parameters = { rotate: 'apiKey', apiKey: { mode: 'id', value: '101' } };
		const result = item(await rotate(current, parameters));
		expect(result).toMatchObject({ status: 'rotated', oldId: '101', deletedKeys: [] });
		expect(ids()).toEqual([FIRST, 101, NEW]);
	});
});
