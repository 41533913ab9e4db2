import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { RunNodeResult } from '../../harness';
import type { CortexXsiamKey, Trouble } from '../../simulators';
import { cortexXsiamDemo } from '../../simulators';
import { DELETE, GENERATE, LIST, foreignKey, requests } from '../../unit/cortexXsiam/support';
import type { RunOptions } from '../vendors';
import { credentialFor } from '../vendors';
import {
	COMMENT,
	DAY,
	FIRST,
	HOUR,
	MINUTE,
	addFirst,
	addSuccessor,
	markAt,
	restrict,
	storedFormOf,
} from './lineage';
import { simulatedTenant } from './simulated';
import { said, first, hints } from '../kit/result';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const HEALTH = '/public_api/v1/healthcheck';
const SCOPE = '/platform/iam/v1/scope/api-key';
const NONCE = /\[n8n 100 [0-9A-HJKMNP-TV-Z]{13}\]$/;

/** The ID that the tenant gives next. */
const NEW = 4_267;

const tenant = simulatedTenant();

const rotate = async (
	stored: CortexXsiamKey | string | undefined,
	parameters: IDataObject = {},
	more: Partial<RunOptions> = {},
) =>
	await tenant.run(
		'apiKey',
		'rotate',
		{
			rotate: 'lineage',
			lineage: String(FIRST),
			dueWithinDays: 14,
			storedSecret: typeof stored === 'object' ? storedFormOf(stored) : (stored ?? ''),
			readAt: new Date().toISOString(),
			...parameters,
		},
		more,
	);

/** What was left of the tenant's keys, those of the demo aside. */
const keys = () => [...tenant.sim.state.keys.values()].filter(({ id }) => id >= FIRST);
const ids = () => keys().map(({ id }) => id);
const made = () => keys().filter(({ id }) => id >= NEW);

const item = (result: RunNodeResult): IDataObject => {
	expect(said(result)).toBe('');
	expect(result.items).toHaveLength(1);
	return first(result);
};

/** The calls that change something. */
const changes = () =>
	tenant.sim.log
		.filter(({ method, path }) => method === 'PUT' || /(generate|delete)$/.test(path))
		.map(({ method, path, body }) => `${method} ${path} ${body}`);

/** Whether a call was signed with a key, as the vendor's page has it. */
function isSignedWith(key: CortexXsiamKey, headers: Record<string, unknown>): boolean {
	if (headers['x-xdr-auth-id'] !== String(key.id)) return false;
	if (key.securityLevel === 'standard') return headers.authorization === key.secret;
	const text = `${key.secret}${String(headers['x-xdr-nonce'])}${String(headers['x-xdr-timestamp'])}`;
	return headers.authorization === createHash('sha256').update(text).digest('hex');
}

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

	it('the key alone is found among all live ones of the lineage', async () => {
		const old = addFirst(tenant.sim);
		const others = [2, 3, 4].map((days, index) =>
			addSuccessor(tenant.sim, 101 + index, days * DAY, { expiration: Date.now() + 5 * DAY }),
		);
		const last = others.at(-1) as CortexXsiamKey;
		const additionalFields = { secretAs: 'key', validDays: 90 };
		const result = item(await rotate(last.secret, { additionalFields }));
		expect(result).toMatchObject({ status: 'rotated', storeOpens: '103', oldId: '103' });
		expect(result.secret).toBe(made()[0]?.secret);
		// Older than 12 hours, and none of them is what the store opens.
		expect(ids()).toEqual([last.id, NEW]);
		expect(old.id).toBe(FIRST);
	});

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

	it('what an overlap keeps is kept, though the stored key is to be replaced itself', async () => {
		addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, 13 * HOUR);
		const parameters = { rotate: 'apiKey', apiKey: { mode: 'id', value: '101' } };
		const result = item(await rotate(current, parameters));
		expect(result).toMatchObject({ status: 'rotated', oldId: '101', deletedKeys: [] });
		expect(ids()).toEqual([FIRST, 101, NEW]);
	});
});

describe('which key is due', () => {
	it.each<[string, number, string]>([
		['within the days', 14 * DAY - MINUTE, 'rotated'],
		['after them', 14 * DAY + MINUTE, 'nothingToDo'],
	])('by its date: one that expires %s', async (_, left, status) => {
		const old = addFirst(tenant.sim, { expiration: Date.now() + left });
		expect(item(await rotate(old)).status).toBe(status);
	});

	it('by its date: never one that never expires', async () => {
		const old = addFirst(tenant.sim, { expiration: null });
		expect(item(await rotate(old)).status).toBe('nothingToDo');
	});

	it('by its date: a successor as well as the first one', async () => {
		const current = addSuccessor(tenant.sim, 101, 80 * DAY);
		const result = item(await rotate(current));
		expect(result).toMatchObject({ status: 'rotated', lineage: '100', oldId: '101' });
		expect(made()[0]?.comment).toMatch(NONCE);
	});

	it('by the server’s date, whatever n8n’s clock says', async () => {
		tenant.sim.settings.clockOffsetMs = 3 * DAY;
		const credentials = {
			cortexXsiamApi: credentialFor.cortexXsiamApi(tenant.sim.url, 'standard'),
		};
		const old = addFirst(tenant.sim, {
			securityLevel: 'standard',
			expiration: Date.now() + 16 * DAY,
		});
		expect(item(await rotate(old, {}, { credentials })).status).toBe('rotated');
	});

	it('one that is named by its ID is, whatever its date', async () => {
		const old = addFirst(tenant.sim, { expiration: Date.now() + 80 * DAY });
		const parameters = { rotate: 'apiKey', apiKey: { mode: 'id', value: '0100' } };
		expect(item(await rotate(old, parameters))).toMatchObject({ status: 'rotated', oldId: '100' });
		// The store has the new one by now: that is not the one that was named.
		const [key] = made();
		expect(item(await rotate(key, parameters))).toMatchObject({ status: 'resumed', id: '4267' });
		expect(made()).toHaveLength(1);
	});

	it('one that is named by its comment is, unless the stored one is under an hour old', async () => {
		addFirst(tenant.sim, { expiration: null });
		const parameters = { rotate: 'comment', comment: ` ${COMMENT} ` };
		const young = addSuccessor(tenant.sim, 101, 59 * MINUTE);
		expect(item(await rotate(young, parameters)).status).toBe('resumed');
		tenant.sim.reset();
		const old = addSuccessor(tenant.sim, 101, 61 * MINUTE);
		expect(item(await rotate(old, parameters)).status).toBe('rotated');
	});

	it.each([
		['siem collector', "No API key has the comment 'siem collector'"],
		['[n8n 100 1MPHNP0123456]', "No API key has the comment '[n8n 100 1MPHNP0123456]'"],
	])('no key has the comment %s', async (comment, says) => {
		const old = addFirst(tenant.sim);
		expect(said(await rotate(old, { rotate: 'comment', comment }))).toContain(says);
		expect(changes()).toEqual([]);
	});

	it('of two lineages with one comment none is guessed', async () => {
		const old = addFirst(tenant.sim);
		addFirst(tenant.sim, { id: 200, expiration: null, roles: ['Instance Administrator'] });
		const text = said(await rotate(old, { rotate: 'comment', comment: COMMENT }));
		expect(text).toContain(`Several API keys that do not replace each other have the comment`);
		expect(text).toMatch(/100 \(created \S+Z, expires \S+Z\), 200 \(created \S+Z, expires never\)/);
		expect(changes()).toEqual([]);
	});

	it('an expired lineage with the same comment does not make it two', async () => {
		const old = addFirst(tenant.sim);
		addFirst(tenant.sim, { id: 200, expiration: Date.now() - DAY });
		const result = item(await rotate(old, { rotate: 'comment', comment: COMMENT }));
		expect(result).toMatchObject({ status: 'rotated', lineage: '100' });
	});

	it.each<[IDataObject, string]>([
		[{ lineage: '999' }, 'The tenant has no API key of the lineage 999'],
		[{ rotate: 'apiKey', apiKey: { mode: 'id', value: '999' } }, 'The tenant has no API key 999'],
	])('of none: %j', async (parameters, says) => {
		const old = addFirst(tenant.sim);
		expect(said(await rotate(old, parameters))).toContain(says);
		expect(changes()).toEqual([]);
	});
});

describe('where the store opens a key that is not due', () => {
	it('nothing is done, and that is said', async () => {
		const current = addSuccessor(tenant.sim, 101, 2 * DAY);
		const result = item(await rotate(current));
		expect(result).toMatchObject({
			id: '101',
			secret: null,
			status: 'nothingToDo',
			needsAttention: false,
			storeOpens: '101',
			oldId: null,
			nextStep: 'Nothing: one key is left, and the store opens it.',
		});
		expect(tenant.calls()).toEqual([`POST ${LIST}`, `GET ${HEALTH}`, `GET ${HEALTH}`]);
	});

	it('what it took the place of is revoked, one after the other, with a proof before each', async () => {
		addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, 5 * DAY);
		const current = addSuccessor(tenant.sim, 102, DAY);
		addSuccessor(tenant.sim, 103, 13 * HOUR);
		const result = item(await rotate(current));
		expect(result).toMatchObject({
			status: 'resumed',
			deletedKeys: ['100', '101', '103'],
			liveKeys: ['102'],
			keptKeys: [],
		});
		expect(ids()).toEqual([102]);
		const proof = [`POST ${LIST}`, `GET ${HEALTH}`, `GET ${HEALTH}`];
		expect(tenant.calls()).toEqual(
			[0, 1, 2].flatMap(() => [...proof, `POST ${DELETE}`]).concat(proof),
		);
	});

	it('one that took its place is told from one that it took the place of, by the time of creation', async () => {
		// A tenant whose IDs do not grow.
		const old = addFirst(tenant.sim, { id: 900, comment: `${COMMENT}` });
		const current = addFirst(tenant.sim, {
			id: 100,
			comment: `${COMMENT} ${markAt(Date.now() - 13 * HOUR, 900)}`,
			creationTime: Date.now() - 13 * HOUR,
			expiration: Date.now() + 80 * DAY,
		});
		const result = item(await rotate(current, { lineage: '900' }));
		// 20 hours after it was made the old one goes, and not now.
		expect(result).toMatchObject({ status: 'resumed', deletedKeys: [] });
		expect(result.keptKeys).toEqual([expect.objectContaining({ id: String(old.id) })]);
	});

	it.each([
		['younger than 12 hours', { creationTime: Date.now() - 11 * HOUR }, 'until it is 12 hours old'],
	])('a key that is %s stays', async (_, older) => {
		addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, DAY);
		addSuccessor(tenant.sim, 102, Date.now() - older.creationTime);
		const result = item(await rotate(current));
		expect(result).toMatchObject({
			status: 'resumed',
			deletedKeys: ['100'],
			liveKeys: ['101', '102'],
		});
		expect(result.keptKeys).toEqual([
			{
				id: '102',
				why: 'no key is revoked before it is 12 hours old',
				until: expect.any(String) as string,
			},
		]);
		expect(result.nextStep).toMatch(
			/^Nothing now: a run of Rotate or Finish Rotation after \S+Z revokes 102, if the store still opens 101 then\.$/,
		);
	});

	it('a list that still shows what was revoked does not make it be revoked for ever', async () => {
		const old = addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, DAY);
		const record = (key: CortexXsiamKey) => ({
			id: key.id,
			creation_time: key.creationTime,
			roles: key.roles,
			security_level: key.securityLevel,
			comment: key.comment,
			expiration: key.expiration,
		});
		const body = JSON.stringify({ reply: { DATA: [record(old), record(current)] } });
		tenant.sim.trouble.add({ kind: 'rawBody', match: LIST, body });
		const result = item(await rotate(current));
		expect(result).toMatchObject({ status: 'resumed', deletedKeys: ['100'], liveKeys: ['101'] });
		expect(requests(tenant.sim, DELETE)).toHaveLength(1);
	});

	it('a deletion that is refused is said, and tried once', async () => {
		addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, DAY);
		const body = { reply: { err_code: 403, err_msg: 'Forbidden', err_extra: 'no edit' } };
		tenant.sim.trouble.add({ kind: 'status', status: 403, match: DELETE, body });
		const result = item(await rotate(current));
		expect(result).toMatchObject({ status: 'resumed', needsAttention: true, deletedKeys: [] });
		expect(result.keptKeys).toEqual([
			{
				id: '100',
				why: "it could not be revoked: The role of the credential's API key does not permit this call",
				until: null,
			},
		]);
		expect(result.nextStep).toBe('Look at 100 in the console.');
		expect(requests(tenant.sim, DELETE)).toHaveLength(1);
	});

	it('a deletion whose answer is lost is looked up', async () => {
		addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, DAY);
		tenant.sim.trouble.add({ kind: 'cutAfterWork', match: DELETE, times: 1 });
		expect(item(await rotate(current))).toMatchObject({ deletedKeys: ['100'] });
		tenant.sim.reset();
		addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, DAY);
		tenant.sim.trouble.add({ kind: 'cutBeforeWork', match: DELETE });
		const result = item(await rotate(current));
		expect(result.keptKeys).toEqual([
			expect.objectContaining({
				id: '100',
				why: expect.stringContaining('it is not known whether it was revoked') as string,
			}),
		]);
	});
});

describe('where the store opens nothing', () => {
	it('the new secret repairs it, and nothing is deleted', async () => {
		addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, 3 * DAY, { roles: ['Investigator'] });
		const result = item(await rotate('100:not-a-key'));
		// Like the newest one.
		expect(result).toMatchObject({
			status: 'rotated',
			storeOpens: null,
			oldId: '101',
			roles: ['Investigator'],
			deletedKeys: [],
		});
		expect(result.details).toContain('The store opens no key of the lineage.');
		expect(ids()).toEqual([FIRST, 101, NEW]);
	});

	it.each([
		['a key of another tenant', '7:abcdef'],
		['no header', 'line 1\nline 2'],
		['a word', 'pending'],
		['a key in other letters', '100:ünïcode'],
	])('because it holds %s', async (_, stored) => {
		addFirst(tenant.sim);
		expect(item(await rotate(stored)).status).toBe('rotated');
	});

	it('because the stored key has expired', async () => {
		const old = addFirst(tenant.sim, { expiration: Date.now() - MINUTE });
		const result = item(await rotate(old));
		expect(result).toMatchObject({ status: 'rotated', liveKeys: [String(NEW)], oldId: '100' });
		expect(result.nextStep).toBe(
			'Store the new secret now, in one write, in place of what is stored.',
		);
	});

	it.each<[number, string]>([
		[4, 'rotated'],
		[5, 'blocked'],
	])('with %i live keys it is %s', async (count, status) => {
		addFirst(tenant.sim);
		for (let id = 101; id < 100 + count; id++) addSuccessor(tenant.sim, id, 2 * DAY);
		const result = item(await rotate('x'));
		expect(result.status).toBe(status);
		expect(requests(tenant.sim, DELETE)).toEqual([]);
		if (status === 'rotated') return;
		expect(result).toMatchObject({ needsAttention: true, secret: null });
		expect(result.nextStep).toBe(
			'No further key is issued while 100, 101, 102, 103, 104 are live and the store opens none of them. Find out why new secrets do not reach the store. Put one that works into it by hand, or delete in the console those that nobody uses, and run again.',
		);
	});

	it('another key that is young makes it in progress', async () => {
		addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, MINUTE);
		expect(item(await rotate('x'))).toMatchObject({ status: 'inProgress', id: '101' });
	});

	it('an empty value is refused, since it may come of an expression that found nothing', async () => {
		addFirst(tenant.sim);
		for (const storedSecret of ['', '={{ $json.none }}', '={{ " " }}', '={{ null }}']) {
			const text = said(await rotate(undefined, { storedSecret }));
			expect(text).toContain("'Stored Secret' is empty");
			expect(text).toContain("turn on 'Nothing Stored Yet'");
		}
		expect(tenant.sim.log).toEqual([]);
	});

	it('an empty value that is what the store answered, is one', async () => {
		addFirst(tenant.sim);
		const additionalFields = { nothingStoredYet: true };
		const result = item(await rotate(undefined, { additionalFields }));
		expect(result).toMatchObject({ status: 'rotated', storeOpens: null, oldId: '100' });
		// There was nothing to prove.
		expect(tenant.sim.log.filter(({ path }) => path === HEALTH)).toHaveLength(1);
	});

	it('and all keys have expired, the lineage is taken up again', async () => {
		addFirst(tenant.sim, {
			creationTime: Date.now() - 180 * DAY,
			expiration: Date.now() - 90 * DAY,
		});
		const last = addSuccessor(tenant.sim, 101, 91 * DAY);
		const result = item(await rotate(last));
		expect(result).toMatchObject({ status: 'rotated', oldId: '101', lineage: '100' });
		expect(made()[0]?.comment).toMatch(NONCE);
	});
});

describe('where nobody can say what the store opens', () => {
	const vendors401 = { reply: { err_code: 401, err_msg: 'Public API request unauthorized' } };

	it.each<[string, Trouble]>([
		['a gateway refuses everybody with a page', { kind: 'html', status: 401 }],
		['a gateway forbids it with a page', { kind: 'html', status: 403 }],
		['a portal takes everybody in', { kind: 'html', status: 200 }],
		[
			'a gateway refuses in JSON of its own',
			{ kind: 'status', status: 401, body: { message: 'No' } },
		],
		[
			'a gateway forbids in JSON of its own',
			{ kind: 'status', status: 403, body: { message: 'No' } },
		],
		[
			'a gateway forbids with a code of its own',
			{ kind: 'status', status: 403, body: { errorCode: 'WAF', message: 'No' } },
		],
		['a gateway answers all with JSON', { kind: 'rawBody', body: '{"status":"available"}' }],
		['the tenant is down', { kind: 'status', status: 503 }],
		['the connection breaks', { kind: 'cutBeforeWork' }],
		['the tenant has had enough', { kind: 'status', status: 429, retryAfter: 0 }],
	])('because %s, nothing is issued or revoked', async (_, trouble) => {
		const old = addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, 3 * DAY);
		tenant.sim.trouble.add({ ...trouble, match: HEALTH });
		for (const stored of [old, old.secret, '100:wrong']) {
			const result = item(await rotate(stored));
			expect(result).toMatchObject({
				status: 'unclear',
				needsAttention: true,
				secret: null,
				storeOpens: null,
				deletedKeys: [],
				nextStep:
					'Nothing was issued or revoked. Check the connection between n8n and the tenant, and run again.',
			});
			expect(result.details).toMatch(/^It is not known which key the store opens\./);
		}
		expect(changes()).toEqual([]);
		expect(ids()).toEqual([FIRST, 101]);
	});

	it('because the credential’s own key is refused, too', async () => {
		const old = addFirst(tenant.sim);
		tenant.sim.trouble.add({ kind: 'status', status: 401, match: HEALTH, body: vendors401 });
		const result = item(await rotate(old));
		expect(result.status).toBe('unclear');
		expect(result.details).toContain("The value was refused, but so was the credential's own key.");
		expect(changes()).toEqual([]);
	});

	it('because a wrong secret is accepted as well', async () => {
		const old = addFirst(tenant.sim);
		const body = JSON.stringify({ status: 'available' });
		tenant.sim.trouble.add({ kind: 'rawBody', match: HEALTH, body });
		const result = item(await rotate(old));
		expect(result.details).toContain('The server accepts any secret, so this proves nothing.');
		expect(changes()).toEqual([]);
	});

	it('a refusal for want of a permission is the vendor’s word that the key works', async () => {
		const old = addFirst(tenant.sim);
		const forbidden = { reply: { err_code: 403, err_msg: 'Forbidden', err_extra: null } };
		tenant.sim.trouble.add({
			kind: 'status',
			status: 403,
			match: HEALTH,
			body: forbidden,
			times: 1,
		});
		expect(item(await rotate(old))).toMatchObject({ status: 'rotated', storeOpens: '100' });
	});

	it('it changes nothing in the middle of a run either, and says what was done before', async () => {
		addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, 2 * DAY);
		addSuccessor(tenant.sim, 102, DAY);
		tenant.sim.trouble.add({ kind: 'html', status: 502, match: HEALTH, skip: 2 });
		const result = item(await rotate(current));
		expect(result).toMatchObject({
			status: 'unclear',
			deletedKeys: ['100'],
			liveKeys: ['101', '102'],
		});
		expect(result.nextStep).toMatch(/^Nothing more was issued or revoked\./);
	});
});

describe('where the store opens a key outside the lineage', () => {
	it('both are named, and nothing is done', async () => {
		const old = addFirst(tenant.sim);
		const other = foreignKey({ id: 300, comment: 'Something else' });
		tenant.sim.state.keys.set(300, other);
		const text = said(await rotate(other));
		expect(text).toContain(
			"'Stored Secret' opens the API key 300, which is not one of the lineage 100",
		);
		expect(text).toContain('Its live keys are 100. Nothing was issued and nothing revoked.');
		expect(changes()).toEqual([]);
		expect(text).not.toContain(other.secret);
		expect(old.id).toBe(FIRST);
	});

	it('one that the tenant does not list is one, too', async () => {
		const old = addFirst(tenant.sim);
		const hidden = foreignKey({ id: 300 });
		tenant.sim.state.keys.set(300, hidden);
		const record = { id: 100, roles: old.roles, security_level: 'advanced', expiration: null };
		const body = JSON.stringify({ reply: { DATA: [record] } });
		tenant.sim.trouble.add({ kind: 'rawBody', match: LIST, body });
		expect(said(await rotate(hidden))).toContain('opens the API key 300, which is not one of');
	});

	it('one whose mark somebody has edited away is one', async () => {
		addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, DAY, { comment: COMMENT });
		expect(said(await rotate(current))).toContain('opens the API key 101, which is not one of');
		expect(ids()).toEqual([FIRST, 101]);
	});
});

describe('marks that were copied', () => {
	it('an older key with the comment of a successor is no part of the lineage, and is named', async () => {
		const current = addSuccessor(tenant.sim, 101, 2 * DAY);
		addFirst(tenant.sim);
		const unrelated = foreignKey({
			id: 90,
			comment: current.comment,
			creationTime: Date.now() - 40 * DAY,
		});
		tenant.sim.state.keys.set(90, unrelated);
		const result = item(await rotate(current));
		expect(result).toMatchObject({ status: 'resumed', deletedKeys: ['100'], liveKeys: ['101'] });
		expect(result.details).toContain(
			'Left alone, since their comments end with a copy of a mark of this lineage, which does not make them part of it: 90.',
		);
		expect(tenant.sim.state.keys.has(90)).toBe(true);
	});

	it.each([
		['5 minutes before it', -5 * MINUTE - 1_000, true],
		['4 minutes before it', -4 * MINUTE, false],
		['11 hours after it', 11 * HOUR, false],
		['12 hours after it', 12 * HOUR + 1_000, true],
	])('a key that was made %s bears a copy: %#', async (_, apart, isCopy) => {
		addFirst(tenant.sim);
		const made5 = Date.now() - 5 * DAY;
		const current = addSuccessor(tenant.sim, 102, DAY);
		addSuccessor(tenant.sim, 101, 0, {
			comment: `${COMMENT} ${markAt(made5)}`,
			creationTime: made5 + apart,
			expiration: Date.now() + DAY,
		});
		const result = item(await rotate(current));
		expect(ids().includes(101)).toBe(isCopy);
		expect((result.details as string).includes('Left alone')).toBe(isCopy);
	});

	it('of two keys with one mark neither is deleted, and both are named', async () => {
		addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, DAY);
		const twin = addSuccessor(tenant.sim, 102, 2 * DAY);
		addSuccessor(tenant.sim, 103, 2 * DAY - HOUR, { comment: twin.comment });
		const result = item(await rotate(current));
		expect(result).toMatchObject({
			status: 'resumed',
			needsAttention: true,
			deletedKeys: ['100'],
			nextStep: 'Look at 102, 103 in the console.',
		});
		expect(result.details).toContain(
			'The key 102 stays: another key bears the same mark, and a person has to find out which is which.',
		);
		expect(ids()).toEqual([101, 102, 103]);
	});

	it('the first key is known by its ID, whoever has its comment', async () => {
		const comment = `${COMMENT} ${markAt(Date.now() - 76 * DAY, 'call 0123456789AB')}`;
		addFirst(tenant.sim, { comment });
		const current = addSuccessor(tenant.sim, 101, DAY);
		const other = foreignKey({
			id: 300,
			comment,
			creationTime: Date.now() - 76 * DAY + HOUR,
		});
		tenant.sim.state.keys.set(300, other);
		expect(item(await rotate(current))).toMatchObject({ deletedKeys: ['100'], keptKeys: [] });
		expect(ids()).toEqual([101, 300]);
	});

	it('no new key is made like one of which nobody knows if it belongs to the lineage', async () => {
		addFirst(tenant.sim);
		const twin = addSuccessor(tenant.sim, 101, 2 * DAY);
		addSuccessor(tenant.sim, 102, 2 * DAY - HOUR, {
			comment: twin.comment,
			roles: ['Instance Administrator'],
		});
		const result = item(await rotate('x'));
		expect(result).toMatchObject({ status: 'rotated', oldId: '100' });
		expect(made()[0]?.roles).toEqual(['Investigator', 'Public API Viewer']);
		tenant.sim.reset();
		const { comment } = addSuccessor(tenant.sim, 101, 2 * DAY);
		addSuccessor(tenant.sim, 102, 2 * DAY - HOUR, { comment, roles: ['Instance Administrator'] });
		const text = said(await rotate('x'));
		expect(text).toContain('It is not clear which of the API keys 101, 102 belongs to the lineage');
		expect(made()).toEqual([]);
	});
});

describe('a key whose age is not certain is never deleted', () => {
	const hidden = (creation_time: unknown) => {
		addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, DAY);
		const rows = keys().map((key) => ({
			id: key.id,
			creation_time: key.id === FIRST ? creation_time : key.creationTime,
			roles: key.roles,
			security_level: key.securityLevel,
			comment: key.comment,
			expiration: key.expiration,
		}));
		const body = JSON.stringify({ reply: { DATA: rows } });
		tenant.sim.trouble.add({ kind: 'rawBody', match: LIST, body });
		return current;
	};

	it.each([
		['is not told', undefined],
		['is null', null],
		['is a word', 'yesterday'],
		['is in seconds', Math.floor(Date.now() / 1000)],
		['is none', 0],
	])('because the time %s', async (_, time) => {
		const result = item(await rotate(hidden(time)));
		expect(result).toMatchObject({ status: 'resumed', needsAttention: true, deletedKeys: [] });
		expect(result.details).toContain(
			'The key 100 stays: the tenant does not tell when it was made.',
		);
		expect(changes()).toEqual([]);
	});

	it('because the server does not tell its own', async () => {
		addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, DAY);
		tenant.sim.settings.omitsDate = true;
		const result = item(await rotate(current));
		expect(result).toMatchObject({ status: 'resumed', deletedKeys: [], needsAttention: true });
		expect(result.details).toContain(
			'The key 100 stays: the server does not send its time, so its age is not certain.',
		);
		expect(changes()).toEqual([]);
	});

	it('by n8n’s clock, which may be a day ahead', async () => {
		tenant.sim.settings.clockOffsetMs = -DAY;
		const credentials = {
			cortexXsiamApi: credentialFor.cortexXsiamApi(tenant.sim.url, 'standard'),
		};
		const standard = { securityLevel: 'standard' } as const;
		addFirst(tenant.sim, { ...standard, creationTime: tenant.sim.now() - 11 * HOUR });
		const current = addSuccessor(tenant.sim, 101, 2 * DAY, standard);
		expect(item(await rotate(current, {}, { credentials }))).toMatchObject({ deletedKeys: [] });
	});
});

describe('what a store answered at another time', () => {
	const ago = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString();

	it.each<[string, () => IDataObject, Partial<RunOptions>, string]>([
		['60 minutes ago', () => ({ readAt: ago(HOUR) }), {}, 'is used for less than 60 minutes only'],
		[
			'a day ago',
			() => ({ readAt: Date.now() - DAY }),
			{},
			'is used for less than 60 minutes only',
		],
		[
			'in the future',
			() => ({ readAt: ago(-6 * MINUTE) }),
			{},
			'nothing can have been read in the future',
		],
		[
			'in an execution that this one is a retry of',
			() => ({}),
			{ mode: 'retry' },
			'This execution is a retry of an earlier one, and has its data',
		],
	])('%s issues and deletes nothing', async (_, parameters, more, says) => {
		const old = addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, 2 * DAY);
		for (const stored of [old, tenant.sim.state.keys.get(101), 'x']) {
			const result = item(await rotate(stored, parameters(), more));
			expect(result).toMatchObject({
				status: 'staleRead',
				needsAttention: true,
				secret: null,
				storeOpens: null,
				liveKeys: ['100', '101'],
				deletedKeys: [],
				nextStep:
					'Nothing was issued or revoked. Start a new execution, which reads the store again.',
			});
			expect(result.details).toContain(says);
		}
		// The list, for the keys that there are.
		expect(new Set(tenant.calls())).toEqual(new Set([`POST ${LIST}`]));
	});

	it.each([59 * MINUTE, 0, -4 * MINUTE])('counts where it is %i ms old', async (age) => {
		const old = addFirst(tenant.sim);
		expect(item(await rotate(old, { readAt: ago(age) })).status).toBe('rotated');
	});

	it.each([
		['', "'Read At' is required"],
		['={{ $json.none }}', "'Read At' is required"],
		['soon', "'Read At' must be a date and time"],
	])('is not known of %j', async (readAt, says) => {
		const old = addFirst(tenant.sim);
		if (readAt === '') {
			await expect(rotate(old, { readAt })).rejects.toThrow('Parameter "Read At" is required');
		} else {
			expect(said(await rotate(old, { readAt }))).toContain(says);
		}
		expect(tenant.sim.log).toEqual([]);
	});
});

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
		expect(changes()).toEqual([]);
	});

	it('where keys would be revoked', async () => {
		addFirst(tenant.sim);
		const current = addSuccessor(tenant.sim, 101, 2 * DAY);
		const result = item(await rotate(current, { additionalFields }));
		expect(result).toMatchObject({ status: 'resumed', deletedKeys: [] });
		expect(result.keptKeys).toEqual([
			{ id: '100', why: 'a dry run revokes nothing', until: expect.any(String) as string },
		]);
		expect(changes()).toEqual([]);
	});

	it('and needs nobody who gets the secret', async () => {
		const old = addFirst(tenant.sim);
		const options = { secretOutput: 'none' };
		expect(item(await rotate(old, { additionalFields, options })).status).toBe('planned');
		const text = said(await rotate(old, { options }));
		expect(text).toContain("'Secret Output' leaves the new secret out");
		expect(changes()).toEqual([]);
	});
});

describe('the life of the new key', () => {
	const life = async (changed: Partial<CortexXsiamKey>, additionalFields: IDataObject = {}) => {
		const old = addFirst(tenant.sim, changed);
		const parameters = { rotate: 'apiKey', apiKey: { mode: 'id', value: '100' }, additionalFields };
		const result = item(await rotate(old, parameters));
		const days = ((made()[0]?.expiration ?? 0) - Date.now()) / DAY;
		return { days: Math.round(days * 100) / 100, details: result.details as string };
	};

	it.each<[string, Partial<CortexXsiamKey>, number]>([
		['of a key that never expires', { expiration: null }, 180],
		['of a key that was valid for a year', { creationTime: Date.now() - 360 * DAY }, 180],
	])('%s is as long as can be, and that is said', async (_, changed, days) => {
		const found = await life(changed);
		expect(found.days).toBe(days);
		expect(found.details).toContain('The new one is valid for 180 days');
	});

	it('is what the user wants', async () => {
		const found = await life({}, { validDays: 90 });
		expect(found.days).toBe(90);
		expect(found.details).not.toContain('valid for');
	});

	it.each([
		[14, true],
		[13, true],
		[15, false],
	])('of %i days within 14 days is refused: %p', async (validDays, isRefused) => {
		const old = addFirst(tenant.sim);
		const result = await rotate(old, { additionalFields: { validDays } });
		expect(made()).toHaveLength(isRefused ? 0 : 1);
		if (!isRefused) return;
		expect(said(result)).toContain(
			`A new key would be valid for ${validDays} days, and would be due again at once`,
		);
		expect(said(result)).toContain('Keys are due 14 days before they expire.');
		expect(said(result)).toContain('Nothing was issued.');
	});

	it('of a week, as the tenant sets it, is refused where keys are due a week before', async () => {
		const old = addFirst(tenant.sim, {
			creationTime: Date.now() - 5 * DAY,
			expiration: Date.now() + 2 * DAY,
		});
		expect(said(await rotate(old, { dueWithinDays: 7 }))).toContain(
			'valid for 7 days, and would be due',
		);
		expect(changes()).toEqual([]);
	});

	it('that the tenant makes shorter ends with the key', async () => {
		const old = addFirst(tenant.sim);
		restamp((key) => ({ ...key, expiration: Date.now() + 5 * DAY }));
		const text = said(await rotate(old));
		expect(text).toContain(`The new API key ${NEW} expires earlier than was asked for`);
		expect(text).toContain(`The new API key ${NEW} was deleted again; the old one, 100, is as it`);
		expect(ids()).toEqual([FIRST]);
	});
});

/** Changes each key that the tenant makes from now on. */
function restamp(change: (key: CortexXsiamKey) => CortexXsiamKey): void {
	const { keys: map } = tenant.sim.state;
	const set = map.set.bind(map);
	map.set = (id, key) => set(id, change(key));
}

describe('a new key that does not hold is taken back before anybody has it', () => {
	const refused = async (stored: CortexXsiamKey, parameters: IDataObject = {}): Promise<string> => {
		const result = await rotate(stored, parameters);
		expect(result.items).toEqual([]);
		expect(tenant.sim.state.keys.get(FIRST)).toBeDefined();
		return said(result);
	};

	it.each<[string, (comment: string) => string | null]>([
		['cut off', (comment) => comment.slice(0, 30)],
		['in other letters', (comment) => comment.toLowerCase()],
		['gone', () => null],
		['followed by something', (comment) => `${comment} (API)`],
	])('because its comment reads back %s', async (_, change) => {
		const old = addFirst(tenant.sim);
		restamp((key) => ({ ...key, comment: change(key.comment ?? '') }));
		const text = await refused(old);
		expect(text).toContain(`The comment of the new API key ${NEW} is not what was sent`);
		expect(text).toContain(
			`The new API key ${NEW} was deleted again; the old one, 100, is as it was`,
		);
		expect(ids()).toEqual([FIRST]);
	});

	it('unless the tenant just adds white space', async () => {
		const old = addFirst(tenant.sim);
		restamp((key) => ({ ...key, comment: ` ${key.comment}\n` }));
		expect(item(await rotate(old)).status).toBe('rotated');
	});

	it('because it was made at another time than its mark says', async () => {
		const old = addFirst(tenant.sim);
		restamp((key) => ({ ...key, creationTime: key.creationTime - 6 * MINUTE }));
		const text = await refused(old);
		expect(text).toContain(`The new API key ${NEW} was made at another time than its mark says`);
		expect(ids()).toEqual([FIRST]);
	});

	it('because it never comes to be listed', async () => {
		const old = addFirst(tenant.sim);
		const body = JSON.stringify({ reply: { DATA: [], FILTER_COUNT: 0 } });
		tenant.sim.trouble.add({ kind: 'rawBody', match: LIST, body, skip: 1 });
		expect(await refused(old)).toContain(`The new API key ${NEW} is not in the list of keys`);
		expect(requests(tenant.sim, LIST)).toHaveLength(5);
		expect(ids()).toEqual([FIRST]);
	});

	it('because it is not accepted, after a while', async () => {
		const old = addFirst(tenant.sim);
		const body = { reply: { err_code: 401, err_msg: 'Public API request unauthorized' } };
		tenant.sim.trouble.add({ kind: 'status', status: 401, match: HEALTH, body, skip: 2 });
		const text = await refused(old);
		expect(text).toContain(`The new API key ${NEW} does not work`);
		expect(text).toContain('Cortex XSIAM refuses it.');
		expect(requests(tenant.sim, HEALTH)).toHaveLength(6);
		expect(ids()).toEqual([FIRST]);
	});

	it.each(['{"reply":{"status":"available"}}', '{"reply":true}', '[]', '"available"', ''])(
		'unless it is accepted with a body that is not expected: %s',
		async (body) => {
			const old = addFirst(tenant.sim);
			// The proof of the stored key, the same with a wrong one, and the trial of the new key.
			tenant.sim.trouble.add({ kind: 'rawBody', body, match: HEALTH, times: 1 });
			tenant.sim.trouble.add({ kind: 'rawBody', body, match: HEALTH, skip: 1, times: 1 });
			expect(item(await rotate(old))).toMatchObject({ status: 'rotated', storeOpens: '100' });
			expect(requests(tenant.sim, HEALTH)).toHaveLength(3);
		},
	);

	it('unless it takes a moment to be accepted', async () => {
		const old = addFirst(tenant.sim);
		const body = { reply: { err_code: 401, err_msg: 'Public API request unauthorized' } };
		tenant.sim.trouble.add({ kind: 'status', status: 401, match: HEALTH, body, skip: 2, times: 3 });
		expect(item(await rotate(old)).status).toBe('rotated');
	});

	it('because its scope is another one than it was given', async () => {
		const old = addFirst(tenant.sim);
		restrict(tenant.sim);
		const put = { path: `${SCOPE}/${NEW}`, method: 'PUT' };
		tenant.sim.trouble.add({ kind: 'rawBody', match: put, body: '{"data":{"message":"done"}}' });
		expect(await refused(old)).toContain(
			`The scope of the new API key ${NEW} is not that of the old one`,
		);
		expect(ids()).toEqual([FIRST]);
	});

	it('and where that does not succeed it is named', async () => {
		const old = addFirst(tenant.sim);
		restamp((key) => ({ ...key, comment: null }));
		for (const trouble of [
			{ kind: 'status', status: 403 },
			{ kind: 'cutBeforeWork' },
		] satisfies Trouble[]) {
			tenant.sim.trouble.clear();
			tenant.sim.trouble.add({ ...trouble, match: DELETE });
			const text = await refused(old);
			expect(text).toMatch(
				/The new API key 426\d could not be deleted again, and nobody has its secret: a later run revokes it, or delete it in the console\. The old one, 100, is as it was\./,
			);
		}
	});

	it('and what was revoked before it is said', async () => {
		const old = addFirst(tenant.sim);
		addSuccessor(tenant.sim, 101, DAY);
		restamp((key) => ({ ...key, comment: null }));
		const text = await refused(old);
		expect(text).toContain(`The new API key ${NEW} was deleted again`);
		expect(text).toContain('Before that, this run revoked 101');
		expect(ids()).toEqual([FIRST]);
	});
});

describe('the scope', () => {
	it.each([403, 404])('that cannot be read (%i) stops it, unless told', async (status) => {
		const old = addFirst(tenant.sim);
		tenant.sim.trouble.add({ kind: 'status', status, match: SCOPE });
		const text = said(await rotate(old));
		expect(text).toContain('The scope of API key 100 cannot be read');
		expect(text).toContain("Nothing was issued. Let the credential's key read scopes");
		expect(changes()).toEqual([]);
		const additionalFields = { scope: 'copyIfReadable' };
		const result = item(await rotate(old, { additionalFields }));
		expect(result).toMatchObject({ status: 'rotated', scopeCopied: false });
		expect(result.details).toContain('could not be read: the new key has none');
	});

	it('is looked at no further where it is to be left out', async () => {
		const old = addFirst(tenant.sim);
		tenant.sim.settings.iamAvailable = false;
		const result = item(await rotate(old, { additionalFields: { scope: 'leaveOut' } }));
		expect(result).toMatchObject({ status: 'rotated', scopeCopied: false });
	});

	it('has no dataset rows where none differ, since some tenants take none', async () => {
		const old = addFirst(tenant.sim);
		restrict(tenant.sim);
		tenant.sim.state.scopes.get('api-key/100')!.datasetsRows.filters = [];
		tenant.sim.settings.datasetScoping = false;
		tenant.sim.settings.scopePutReplaces = true;
		expect(item(await rotate(old)).scopeCopied).toBe(true);
		const { scopes } = tenant.sim.state;
		expect(scopes.get(`api-key/${NEW}`)).toEqual(scopes.get('api-key/100'));
	});
});

describe('a lost answer', () => {
	it('whose key is found by its nonce costs that key, and another one is issued', async () => {
		const old = addFirst(tenant.sim);
		tenant.sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		const result = item(await rotate(old));
		expect(result).toMatchObject({ status: 'rotated', id: String(NEW + 1) });
		expect(result.details).toContain(
			`The answer to a first request was lost; its key, ${NEW}, was deleted again.`,
		);
		expect(ids()).toEqual([FIRST, NEW + 1]);
		const [one, other] = requests(tenant.sim, GENERATE).map(({ body }) => body);
		expect(one).not.toBe(other);
		expect(one?.replace(/ \w{13}\]/, '')).toBe(other?.replace(/ \w{13}\]/, ''));
	});

	it('whose key is not found ends in its mark, and nothing is issued again', async () => {
		const old = addFirst(tenant.sim);
		tenant.sim.trouble.add({ kind: 'cutBeforeWork', match: GENERATE });
		const result = await rotate(old);
		const [request] = requests(tenant.sim, GENERATE);
		const mark = /\[n8n 100 \w{13}\]/.exec(request?.body ?? '')?.[0];
		expect(item(result)).toMatchObject({
			status: 'unknown',
			id: null,
			secret: null,
			needsAttention: true,
			oldId: '100',
			liveKeys: ['100'],
		});
		expect(first(result).details).toContain(
			`An API key may exist whose secret nobody knows. Its comment would end with ${mark}. No key with it is in the list yet, but the server may still be at work. A later run of Rotate finds it by this mark, and revokes it when it is 12 hours old.`,
		);
		expect(first(result).details as string).not.toContain('No key had come of it');
		expect(requests(tenant.sim, GENERATE)).toHaveLength(1);
		expect(hints(result).join()).toContain(mark);
	});

	it('twice leaves nothing behind, and says so', async () => {
		const old = addFirst(tenant.sim);
		tenant.sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE });
		const text = said(await rotate(old));
		expect(text).toContain('The answer was lost twice.');
		expect(text).toContain(`The key ${NEW}, whose answer was lost, was deleted again.`);
		expect(text).toContain(`The key ${NEW + 1}, whose answer was lost, was deleted again.`);
		expect(ids()).toEqual([FIRST]);
	});

	it('whose key comes late is found by the next run, and deleted when it is 12 hours old', async () => {
		const old = addFirst(tenant.sim);
		let work: () => void = () => {};
		const until = new Promise<void>((resolve) => {
			work = resolve;
		});
		tenant.sim.gate.keeper = {
			beforeWork: async ({ path }) => (path === GENERATE ? { until } : 'pass'),
			afterWork: async () => 'pass',
			parkedWorkDone: async () => {},
		};
		expect(item(await rotate(old)).status).toBe('unknown');
		work();
		while (made().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		tenant.sim.gate.keeper = null;
		expect(item(await rotate(old))).toMatchObject({ status: 'inProgress', id: String(NEW) });
		const [late] = made();
		// As if 13 hours had passed.
		late!.creationTime -= 13 * HOUR;
		late!.comment = `${COMMENT} ${markAt(late!.creationTime)}`;
		const result = item(await rotate(old));
		expect(result).toMatchObject({
			status: 'rotated',
			id: String(NEW + 1),
			deletedKeys: [String(NEW)],
		});
	});

	it.each<[string, Trouble]>([
		['the list is refused', { kind: 'status', status: 403, match: LIST, skip: 1 }],
		['its key cannot be deleted', { kind: 'status', status: 403, match: DELETE }],
	])('ends in its mark where %s', async (_, trouble) => {
		const old = addFirst(tenant.sim);
		tenant.sim.trouble.add({ kind: 'cutAfterWork', match: GENERATE, times: 1 });
		tenant.sim.trouble.add(trouble);
		const result = item(await rotate(old));
		expect(result).toMatchObject({ status: 'unknown', secret: null, needsAttention: true });
		expect(result.details).toMatch(/Its comment would end with \[n8n 100 \w{13}\]\./);
		expect(requests(tenant.sim, GENERATE)).toHaveLength(1);
	});
});

describe('what cannot be rotated', () => {
	it.each<[string, Partial<CortexXsiamKey>, string]>([
		['is a key without roles', { roles: [] }, 'The API key 100 has no roles'],
	])('%s', async (_, changed, says) => {
		const old = addFirst(tenant.sim, changed);
		expect(said(await rotate(old))).toContain(says);
		expect(changes()).toEqual([]);
	});

	it('is a role that the tenant has no more', async () => {
		const old = addFirst(tenant.sim, { roles: ['Gone'] });
		const text = said(await rotate(old));
		expect(text).toContain('the key that is rotated holds a role that the tenant does not know');
		expect(ids()).toEqual([FIRST]);
	});
});

describe('the key that the credential uses', () => {
	const OWN = Number(cortexXsiamDemo.advanced.apiKeyId);
	const own = { rotate: 'ownKey', storedSecret: '', readAt: '' };
	const expires = (days: number) => {
		const key = tenant.sim.state.keys.get(OWN) as CortexXsiamKey;
		key.expiration = Date.now() + days * DAY;
		return key;
	};

	it('is rotated when it is due, and needs no store to be read', async () => {
		expires(10);
		const result = item(await rotate(undefined, own, { mode: 'retry' }));
		expect(result).toMatchObject({
			status: 'rotated',
			lineage: '22',
			oldId: '22',
			storeOpens: '22',
		});
		expect(made()[0]?.comment).toMatch(/^Automation, advanced \[n8n 22 \w{13}\]$/);
		expect(tenant.sim.state.keys.has(OWN)).toBe(true);
		// Its use is its proof.
		expect(tenant.sim.log.filter(({ path }) => path === HEALTH)).toHaveLength(1);
	});

	it('is left alone when it is not', async () => {
		expires(20);
		expect(item(await rotate(undefined, own)).status).toBe('nothingToDo');
		expect(changes()).toEqual([]);
	});

	it('revokes the old one when the credential has the new one', async () => {
		expires(10);
		const [, successor] = [OWN, 101].map((id) => tenant.sim.state.keys.get(id));
		expect(successor).toBeUndefined();
		const key = addFirst(tenant.sim, {
			id: 101,
			comment: `Automation ${markAt(Date.now() - DAY, OWN)}`,
			roles: ['Instance Administrator'],
			creationTime: Date.now() - DAY,
			expiration: Date.now() + 80 * DAY,
		});
		const credentials = {
			cortexXsiamApi: {
				...credentialFor.cortexXsiamApi(tenant.sim.url),
				apiKeyId: '101',
				apiKey: key.secret,
			},
		};
		const result = item(await rotate(undefined, own, { credentials }));
		expect(result).toMatchObject({ status: 'resumed', deletedKeys: [String(OWN)] });
		expect(tenant.sim.state.keys.has(OWN)).toBe(false);
	});

	it('is never revoked while the credential uses it, though the store opens another one', async () => {
		const key = addFirst(tenant.sim, {
			id: 101,
			comment: `Automation ${markAt(Date.now() - 2 * DAY, OWN)}`,
			creationTime: Date.now() - 2 * DAY,
			expiration: Date.now() + 80 * DAY,
		});
		const result = item(await rotate(key, { lineage: String(OWN) }));
		expect(result).toMatchObject({ status: 'resumed', deletedKeys: [], needsAttention: true });
		expect(result.details).toContain(
			'The key 22 stays: it has the ID of the key that the credential of this node uses.',
		);
		expect(tenant.sim.state.keys.has(OWN)).toBe(true);
	});

	it('is not one of a child tenant', async () => {
		const options = { childTenantId: cortexXsiamDemo.childTenantId };
		expect(said(await rotate(undefined, { ...own, options }))).toContain(
			"The credential's own key is not one of the child tenant",
		);
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

describe('several lineages', () => {
	const parameters = {
		lineage: '={{ $json.lineage }}',
		storedSecret: '={{ $json.stored }}',
		options: { concurrency: 5 },
	};

	it('are rotated one after the other, and each pairs with its item', async () => {
		const items = Array.from({ length: 200 }, (_, index) => {
			const id = 1_000 + index;
			const isDue = index % 10 === 0;
			const key = addFirst(tenant.sim, {
				id,
				comment: `No. ${index}`,
				...(!isDue && { expiration: Date.now() + 60 * DAY }),
			});
			return { lineage: String(id), stored: storedFormOf(key) };
		});
		const result = await rotate(undefined, parameters, { items });
		expect(said(result)).toBe('');
		expect(
			result.items.map(({ json, pairedItem }) => [json.lineage, json.status, pairedItem]),
		).toEqual(
			items.map(({ lineage }, index) => [
				lineage,
				index % 10 === 0 ? 'rotated' : 'nothingToDo',
				{ item: index },
			]),
		);
		const handed = result.items.flatMap(({ json }) => json.secret ?? []);
		const there = made().filter(({ id }) => id >= NEW);
		expect(handed).toEqual(there.map((key) => storedFormOf(key)));
		expect(there).toHaveLength(20);
	});

	it('named by two items are rotated once', async () => {
		const old = addFirst(tenant.sim);
		const one = { lineage: '100', stored: storedFormOf(old) };
		const result = await rotate(undefined, parameters, { items: [one, one] });
		expect(result.items.map(({ json }) => json.status)).toEqual(['rotated', 'inProgress']);
		expect(made()).toHaveLength(1);
	});

	const three = () => {
		const keysOf = [1_000, 1_001, 1_002].map((id) =>
			addFirst(tenant.sim, { id, comment: `No. ${id}`, ...(id === 1_001 && { roles: [] }) }),
		);
		return keysOf.map((key) => ({ lineage: String(key.id), stored: storedFormOf(key) }));
	};

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'of which one fails keep their secrets with %s',
		async (onError) => {
			const result = await rotate(undefined, parameters, { items: three(), node: { onError } });
			expect(said(result)).toBe('');
			const all = [...(result.outputs[0] ?? []), ...result.errorOutput];
			const good = all.filter(({ json }) => json.status === 'rotated');
			expect(good.map(({ json, pairedItem }) => [json.lineage, pairedItem])).toEqual([
				['1000', { item: 0 }],
				['1002', { item: 2 }],
			]);
			const bad = all.filter(({ json }) => json.error !== undefined);
			expect(bad.map(({ json }) => json.error)).toEqual([
				'The API key 1001 has no roles, so the node cannot issue a new one like it',
			]);
		},
	);

	it('of which one fails stop the node, and the error says what becomes of the others', async () => {
		const result = await rotate(undefined, parameters, { items: three() });
		expect(result.items).toEqual([]);
		expect(said(result)).toContain('The API key 1001 has no roles');
		expect(said(result)).toContain(`the node issued ${made().length} API key`);
		for (const { id } of made()) {
			expect(said(result)).toMatch(
				new RegExp(
					`id ${id}, of the lineage 100\\d: nobody has its secret, so a later run revokes it when it is 12 hours old, and issues another one; no other key was revoked for it`,
				),
			);
		}
		expect(said(result)).not.toContain('Store the new secret');
	});

	it('of which one is not known, and another one fails: both are in the error', async () => {
		const items = three();
		tenant.sim.trouble.add({ kind: 'cutBeforeWork', match: GENERATE, times: 1 });
		const result = await rotate(
			undefined,
			{ ...parameters, options: { concurrency: 1 } },
			{ items },
		);
		expect(said(result)).toContain('The API key 1001 has no roles');
		expect(said(result)).toMatch(
			/item 0: without an id, of the lineage 1000, if it exists: .* would end with \[n8n 1000 \w{13}\]/,
		);
	});
});
