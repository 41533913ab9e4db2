import type { SenhaseguraApi } from '../../api/client';
import { additionalFields, nullIfAdded, param } from '../../../shared/param';
import { choice, flag, ifGiven, wholeNumber } from '../../../shared/input';
import type { Located } from '../../../shared/locator';
import type { Result } from '../../../shared/operation';
import { readTag } from '../../sshKeys/lineage';
import { KEY_ALGORITHMS } from '../../sshKeys/generate';
import type { KeyAlgorithm } from '../../sshKeys/generate';
import { readMark, readStamp } from '../shared/helperRecords';
import type { RotationStep } from '../shared/helperRecords';
import { ageInDays, listCredentials } from '../shared/credentialList';
import { operation } from '../shared/operation';
import { automaticChangeIsOff, demandNoAutomaticChange } from './automaticChange';
import { keyAlgorithmOptions, sshKey } from './fields';
import { commentOf, disable, enable, fingerprintOf, readHelper, samePair } from './keyRecord';
import type { Pair } from './keyRecord';
import { changesOf, lastOf } from './listedKey';
import { makePair, planPair } from './newPair';
import type { PairWish } from './newPair';
import { findRotated, lookAt, nextAction } from './rotation';
import type { Action, Rotation } from './rotation';
import { rotationResult } from './rotationItem';
import { close, retireNext, retirePrevious, storeNext } from './rotationWrites';
import { passwordParam } from '../shared/password';

/**
 * The first half of a rotation, and its memory: makes the next pair beside the present one, or says
 * what is still to be done on the hosts. The vendor has no call for it (docs/api/senhasegura.md,
 * "Storing an SSH key" and "Rotating an SSH key").
 */
export const rotate = operation({
	name: 'Rotate',
	value: 'rotate',
	action: 'Rotate SSH key',
	description:
		"Make the next key pair beside the present one, or go on with a rotation that has begun. The item's 'step' says what to do on its hosts: install the public key, or remove the former one. 'SSH Key: Finish Rotation' comes after that. The private keys stay in the vault, and the present key goes on working.",
	issues: 'next SSH key',
	byPerson: {
		targets: ['sshKeyId'],
		guards: ['automaticChangeIsOff', 'dryRun', 'onlyIfOlderThanDays'],
	},
	furtherTries: { are: 'resolved', by: 'the helper records beside the key' },
	params: [
		sshKey,
		param(
			{
				displayName: 'Key Algorithm',
				name: 'keyAlgorithm',
				type: 'options',
				options: [
					...keyAlgorithmOptions,
					{
						name: 'Same as the Present Key',
						value: 'same',
						description:
							'Or the next larger one of its family, for RSA keys of fewer than 3072 bits',
					},
				],
				default: 'same',
				description: 'The kind of key to make; a weaker one than the present key is refused',
			},
			choice<KeyAlgorithm | 'same'>(['same', ...KEY_ALGORITHMS]),
		),
		param(
			{
				displayName: 'Dry Run',
				name: 'dryRun',
				type: 'boolean',
				default: false,
				description:
					'Whether to look only: the records are read, and the item says what would be done',
			},
			flag,
		),
		additionalFields(
			automaticChangeIsOff,
			nullIfAdded(
				passwordParam(
					'New Passphrase',
					'newPassphrase',
					'The passphrase of the new key. Without it the present one is kept.',
				),
			),
			param(
				{
					displayName: 'Only If Older Than (Days)',
					name: 'onlyIfOlderThanDays',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 0 },
					default: 90,
					description:
						'Do not begin the rotation of a key that was changed less than this many days ago, for example because another run was faster. A rotation that has begun goes on. Use the same number as in the filter that found the key.',
				},
				ifGiven(wholeNumber({ unit: 'days' })),
			),
		),
	],
	async run(api, input, { isRetry }) {
		const { sshKeyId: wanted, keyAlgorithm, dryRun, additionalFields: fields } = input;
		const key = await findRotated(api, wanted);
		const { listed, helpers } = key;
		demandNoAutomaticChange(listed, fields.automaticChangeIsOff, 'it is not rotated', helpers);
		if (!dryRun) api.claim(`'Identifier' ${key.identifier}`);
		const rotation = await lookAt(api, key);
		const wish = { algorithm: keyAlgorithm, ...fields };
		const step = { api, wanted, rotation, wish, isRetry };
		if (dryRun) return { ...preview(step), issued: false };
		const result = await take(step, nextAction(rotation));
		return { ...result, issued: result.item.status === 'started' };
	},
});

interface Step {
	api: SenhaseguraApi;
	wanted: Located;
	rotation: Rotation;
	wish: PairWish & { onlyIfOlderThanDays?: number | undefined };
	/** Whether the execution is n8n's retry, so that the key was chosen from data of another time. */
	isRetry: boolean;
}

async function take(step: Step, action: Action): Promise<Result> {
	const { api, rotation, isRetry } = step;
	if (action.do === 'install') return install(rotation, action.pair, 'resumed');
	if (action.do === 'remove' && isKeptInNext(rotation)) return remove(rotation, action.pair);
	if (isRetry) return staleRead(rotation);
	switch (action.do) {
		case 'remove':
			await retireNext(api, rotation);
			return remove(rotation, action.pair);
		case 'start':
			return await start(step);
		case 'showNext':
			return await showNext(step);
		case 'putBack':
			return await offer(step, action.pair, Date.now(), 'putBack');
		case 'enablePrevious':
			return await removeAfterAll(step);
		case 'retireNext':
			await retireNext(api, rotation);
			return tidied(rotation, `The next pair was discarded, because ${action.why}.`);
		case 'retirePrevious':
			return await forgetPrevious(step);
		default:
			await close(api, rotation);
			return tidied(rotation, 'The vault now shows that no rotation is under way.');
	}
}

/** Whether the *next* record may have the present pair, too: a late write could displace that. */
function isKeptInNext({ present, next }: Rotation): boolean {
	if (next?.record) return samePair(next.record.pair, present.pair);
	return next?.mark?.state !== 'new';
}

const THEN_FINISH =
	"Then give 'SSH Key: Finish Rotation' this step, this fingerprint, and the hosts where it was seen.";

const WAS_BACK =
	'The present key of the vault is one that had been replaced: a write that came late, or somebody, has stored it again; or the next one was disabled while it was about to replace it. The next key was kept, since hosts may accept no other. ';

function install(rotation: Rotation, key: Pair, status: string): Result {
	return rotationResult(rotation, {
		status,
		step: 'install',
		key,
		since: rotation.next?.mark?.at,
		details: `${status === 'putBack' ? WAS_BACK : ''}Add the next public key (${fingerprintOf(key)}) on every host, beside the present one. Log in with the present key (if refused, the previous or the next one), append the line, then log in with the next key to check it. ${THEN_FINISH}`,
	});
}

function remove(rotation: Rotation, removed: Pair, status = 'resumed'): Result {
	const { present, previous } = rotation;
	return rotationResult(rotation, {
		status,
		step: 'remove',
		key: present.pair,
		removed,
		since: previous?.mark?.at,
		details: `Remove the former public key (${fingerprintOf(removed)}) on every host. Log in with the present key (if refused, log in with the former one, append the line of the present one, and log in with that), remove the former line, then check that the present key logs in and the former one does not. ${THEN_FINISH}`,
	});
}

/** What was not issued because the key was chosen at another time. */
function staleRead(rotation: Rotation): Result {
	return rotationResult(rotation, {
		status: 'staleRead',
		step: null,
		details:
			'Nothing was done: this execution is a retry, and works with the data of an earlier one. Run the workflow anew.',
	});
}

function tidied(rotation: Rotation, what: string): Result {
	return rotationResult(rotation, {
		status: 'tidied',
		step: null,
		details: `${what} There is nothing to do on the hosts. The present key (${fingerprintOf(rotation.present.pair)}) works as before; if it is due, the next run begins its rotation.`,
	});
}

async function start({ api, rotation, wish }: Step): Promise<Result> {
	const tooYoung = whyTooYoung(api, rotation, wish.onlyIfOlderThanDays);
	if (tooYoung !== undefined) return nothingToDo(rotation, tooYoung);
	const at = Date.now();
	const pair = await makePair(rotation, planPair(rotation.present.pair, wish), at);
	return await offer({ api, rotation }, pair, at, 'started');
}

/** Stores a pair as the next one, which hosts have to learn. */
async function offer(
	{ api, rotation }: Pick<Step, 'api' | 'rotation'>,
	pair: Pair,
	at: number,
	status: string,
): Promise<Result> {
	const stored = await storeNext(api, rotation, pair, at);
	if (!stored) return inProgress(rotation, status !== 'putBack');
	const { id, username } = stored;
	const next = { id, username, mark: readMark(username), record: stored };
	return install({ ...rotation, next }, pair, status);
}

/** Looks at what a disabled *next* record holds, before anything is written to it. */
async function showNext(step: Step): Promise<Result> {
	const { api, rotation } = step;
	const id = rotation.next?.id ?? '';
	await enable(api, id);
	const shown = { ...rotation, next: await readHelper(api, rotation.helpers.next) };
	const action = nextAction(shown);
	// Its mark says already that it is in use.
	if (action.do === 'install') return install(shown, action.pair, 'putBack');
	if (action.do === 'putBack') return await take({ ...step, rotation: shown }, action);
	await disable(api, id);
	return await take(step, nextAction(rotation, true));
}

function nothingToDo(rotation: Rotation, details: string): Result {
	return rotationResult(rotation, { status: 'nothingToDo', step: null, details });
}

/** @returns undefined where the key is old enough, or nobody knows how old it is */
function whyTooYoung(
	{ serverTimeZone }: SenhaseguraApi,
	{ listed, helpers, present }: Rotation,
	days: number | undefined,
): string | undefined {
	if (days === undefined) return undefined;
	// Whether storing a pair moves the vault's own date is not documented; the pair tells its own.
	const made = readStamp(readTag(commentOf(present.pair))?.stamp ?? '');
	const changes = [...changesOf(listed, helpers, serverTimeZone), made ?? -Infinity];
	const age = ageInDays(lastOf(changes), Date.now());
	return age === null || age >= days
		? undefined
		: `The key was changed ${Math.floor(age)} days ago, which is less than 'Only If Older Than (Days)': no rotation was begun.`;
}

/**
 * The former key was disabled before anybody had seen it gone, as a write that comes late can do. The list
 * is read anew for that: another run may have noted just now that it was seen gone.
 */
async function removeAfterAll({ api, wanted }: Step): Promise<Result> {
	const again = await lookAt(api, await findRotated(api, wanted, await listCredentials(api)));
	const { previous, helpers } = again;
	if (nextAction(again).do !== 'enablePrevious' || !previous) return inProgress(again);
	await enable(api, previous.id);
	const now = { ...again, previous: await readHelper(api, helpers.previous) };
	const action = nextAction(now);
	if (action.do === 'remove') return remove(now, action.pair);
	return tidied(now, 'The former key turned out to be the present one.');
}

/** @param works Whether hosts accept the present key for sure. */
function inProgress(rotation: Rotation, works = true): Result {
	return rotationResult(rotation, {
		status: 'inProgress',
		step: null,
		details: `Another run is working on this key right now. ${works ? 'Nothing is lost, and the present key works as before. ' : ''}Run the workflow again when that run has ended.`,
	});
}

async function forgetPrevious({ api, rotation }: Step): Promise<Result> {
	const { previous } = rotation;
	const isSame = previous?.record && (await retirePrevious(api, rotation, previous.record));
	return isSame === false
		? inProgress(rotation)
		: tidied(rotation, 'The previous record held the present pair, and was disabled.');
}

/** What a run would do. */
function preview({ api, rotation, wish }: Step): Result {
	const action = nextAction(rotation);
	const told = (step: RotationStep | null, details: string) =>
		rotationResult(rotation, { status: 'dryRun', step, details });
	switch (action.do) {
		case 'install':
		case 'remove': {
			const { item, raw } =
				action.do === 'install'
					? install(rotation, action.pair, 'dryRun')
					: remove(rotation, action.pair, 'dryRun');
			return { item, raw };
		}
		case 'start': {
			const tooYoung = whyTooYoung(api, rotation, wish.onlyIfOlderThanDays);
			if (tooYoung !== undefined) return told(null, tooYoung);
			const { algorithm } = planPair(rotation.present.pair, wish);
			return told('install', `A new pair (${algorithm}) would be made beside the present one.`);
		}
		case 'enablePrevious':
			return told(
				'remove',
				'The former key is disabled, but no run has recorded that it was removed from the hosts. It would be enabled again, so that it can be removed there.',
			);
		case 'putBack':
			return told(
				'install',
				'The present pair is one that had been replaced. The pair that replaced it would be put back.',
			);
		case 'showNext':
			return told(
				null,
				'The present pair may be one that had been replaced. A run would look at what the disabled next record holds, and put a pair back that replaced it; without one it goes on as for any other key.',
			);
		case 'retireNext':
			return told(null, `The next pair would be discarded, because ${action.why}.`);
		default:
			return told(null, 'The remains of a finished rotation would be disabled.');
	}
}
