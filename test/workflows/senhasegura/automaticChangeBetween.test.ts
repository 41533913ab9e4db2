import type { IDataObject } from 'n8n-workflow';
import type { SenhaseguraKey } from '../../simulators';
import { senhaseguraDemo } from '../../simulators';
import { posts, printedFingerprint, storedKeys } from '../../unit/senhasegura/support';
import { first, said } from '../kit/result';
import { sshKey } from '../vendors';
import { simulatedVault } from './simulated';

/*
 * Somebody turns on 'Enable automatic change' while a rotation is half-way, and the vault may change the
 * pair, and the hosts, at any moment from then on (docs/api/senhasegura.md, "Keys that the vault changes
 * by itself").
 */
jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

const vault = simulatedVault();
const [device] = senhaseguraDemo.devices;
const byName = { sshKeyId: { __rl: true, mode: 'name', value: 'web-01' } };

const named = (suffix = '') =>
	storedKeys(vault.sim).find(
		({ identifier }) => identifier === `web-01${suffix}`,
	) as SenhaseguraKey;

const rotate = async () => await vault.run('sshKey', 'rotate', byName);
const finish = async ({ step, fingerprint, hosts }: IDataObject, more: IDataObject = {}) =>
	await vault.run('sshKey', 'finishRotation', {
		...byName,
		step,
		fingerprint,
		hosts,
		additionalFields: more,
	});

async function begun(): Promise<IDataObject> {
	const additionalFields = { identifier: 'web-01' };
	const parameters = { ...device, keySource: 'provide', ...sshKey('ed25519'), additionalFields };
	await vault.does('sshKey', 'create', parameters);
	const result = await rotate();
	expect(first(result)).toMatchObject({ status: 'started', step: 'install' });
	return first(result);
}

/** What the vault does by itself: a pair of its own making. */
function changeByVault(): void {
	Object.assign(named(), sshKey('ecdsab256'));
}

/** All that tells where a rotation stands. */
const standing = () =>
	storedKeys(vault.sim).map(({ identifier, publicKey, username, active }) => ({
		identifier,
		publicKey,
		username,
		active,
	}));

it.each([
	['and no change was made yet', () => {}],
	['and the vault has changed the pair', changeByVault],
])(
	'Finish Rotation makes no pair the present one where it was turned on, %s',
	async (_, change) => {
		const started = await begun();
		named().automaticChange = true;
		change();
		const before = standing();
		vault.sim.log.length = 0;
		const result = await finish(started, { automaticChangeIsOff: true });
		expect(said(result)).toMatch(
			/^The vault changes the SSH key web-01 by itself, so the next key does not become the present one \| .*A rotation of this key is half-way, and hosts may accept more than one key: turn off 'Enable automatic change' in the key's renewal settings in the vault until it has ended\.$/,
		);
		expect(standing()).toEqual(before);
		expect(posts(vault.sim)).toEqual([]);
	},
);

it('Rotate says so, too, and goes on where it stood when it is turned off again', async () => {
	const started = await begun();
	named().automaticChange = true;
	const refused = await rotate();
	expect(said(refused)).toMatch(
		/^The vault changes the SSH key web-01 by itself, so it is not rotated \| .*A rotation of this key is half-way/,
	);
	const [listed] = await vault.does('sshKey', 'getAll', {
		returnAll: true,
		filters: { rotation: 'unfinished' },
	});
	expect(listed).toMatchObject({ identifier: 'web-01', rotation: 'unfinished' });
	named().automaticChange = false;
	expect(first(await rotate())).toMatchObject({
		status: 'resumed',
		step: 'install',
		fingerprint: started.fingerprint,
	});
});

it('says nothing of a rotation where there is none', async () => {
	const additionalFields = { identifier: 'web-01' };
	const parameters = { ...device, keySource: 'provide', ...sshKey('ed25519'), additionalFields };
	await vault.does('sshKey', 'create', parameters);
	named().automaticChange = true;
	const text = said(await rotate());
	expect(text).toMatch(/or leave the key to the vault\.$/);
	expect(text).not.toMatch(/half-way/);
});

it('a pair that the vault made between the two, before it was turned off again, is kept and then removed', async () => {
	const started = await begun();
	changeByVault();
	const promoted = await finish(started);
	expect(first(promoted)).toMatchObject({
		status: 'promoted',
		presentFingerprint: started.fingerprint,
		removeFingerprint: printedFingerprint('ecdsab256'),
	});
	expect(named('.n8n-previous')).toMatchObject({ active: true, ...sshKey('ecdsab256') });
	expect(first(await rotate())).toMatchObject({
		step: 'remove',
		removeFingerprint: printedFingerprint('ecdsab256'),
	});
});

it('a removal that was seen ends the rotation, and leaves the key to the vault', async () => {
	const started = await begun();
	await finish(started);
	const removal = first(await rotate());
	expect(removal).toMatchObject({ step: 'remove' });
	named().automaticChange = true;
	expect(first(await finish(removal))).toMatchObject({ status: 'ended' });
	expect(storedKeys(vault.sim).map(({ active }) => active)).toEqual([true, false, false]);
});

it('a removal is not finished where the vault has changed the pair since', async () => {
	const started = await begun();
	await finish(started);
	const removal = first(await rotate());
	changeByVault();
	const before = standing();
	const result = await finish(removal);
	expect(said(result)).toMatch(
		/^'Fingerprint' is not that of the present key, which is SHA256:\S+ \| Another run, or the vault itself, has replaced the key since\./,
	);
	expect(standing()).toEqual(before);
});
