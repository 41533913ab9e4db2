import type { SenhaseguraApi } from '../../api/client';
import { MINUTE_MS } from '../../../shared/dates';
import { Failure } from '../../../shared/failure';
import { additionalFields, group, nullIfAdded, param } from '../../../shared/param';
import { choice, flag, refuse, requiredText } from '../../../shared/input';
import type { Result } from '../../../shared/operation';
import type { RotationStep } from '../shared/helperRecords';
import { operation } from '../shared/operation';
import { automaticChangeIsOff, demandNoAutomaticChange } from './automaticChange';
import { sshKey } from './fields';
import { isSameName } from './devices';
import type { LinkedDevice } from './devices';
import { hostList, hostsWithout } from './hosts';
import type { NamedHost } from './hosts';
import { disable, fingerprintOf, holds, readHelper, readRecord, samePair } from './keyRecord';
import type { KeyRecord, Pair } from './keyRecord';
import { findRotated, isRemovalSeen, lookAt, whyUnfit } from './rotation';
import type { Rotation } from './rotation';
import { rotationResult } from './rotationItem';
import { endRotation, keepPresent, promote } from './rotationWrites';

const STEPS = ['install', 'remove'] as const;

const GIVEN_UP_AFTER_MINUTES = 60;

/** What was done, and where it was seen. */
const seen = group(
	sshKey,
	param(
		{
			displayName: 'Step',
			name: 'step',
			type: 'options',
			options: [
				{
					name: 'Install',
					value: 'install',
					description: 'The hosts were checked: they accept the next key',
				},
				{
					name: 'Remove',
					value: 'remove',
					description:
						'The hosts were checked: they accept the present key, and no longer the former one',
				},
			],
			default: 'install',
			description: "What was done on the hosts: 'step' of the item that 'SSH Key: Rotate' gave",
		},
		choice(STEPS),
	),
	param(
		{
			displayName: 'Fingerprint',
			name: 'fingerprint',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. SHA256:Lx1n…',
			description: "The key that the hosts accept now: 'fingerprint' of that item",
		},
		requiredText.transform((text, context) =>
			/^SHA256:[A-Za-z0-9+/]{43}$/.test(text)
				? text
				: refuse(context, 'is no fingerprint', 'It looks like SHA256:Lx1n…, with 43 characters.'),
		),
	),
	param(
		{
			displayName: 'Hosts',
			name: 'hosts',
			type: 'string',
			default: '',
			placeholder: 'e.g. web-01, web-02',
			description:
				"The hosts where this was seen in this run: names or addresses, separated by commas, or a list. All devices of the key must be among them: 'hosts' of that item. Give the address of a device if another device of the key has the same name. An entry may say in 'seenAt' when that was: the node changes nothing if it was 60 minutes ago or more.",
		},
		hostList,
	),
	additionalFields(
		automaticChangeIsOff,
		param(
			{
				displayName: 'Hosts Given Up',
				name: 'hostsGivenUp',
				type: 'string',
				default: '',
				placeholder: 'e.g. web-03',
				description: `Hosts that may be missing when the next key was installed, because they are down. Only for a next key that is older than ${GIVEN_UP_AFTER_MINUTES} minutes. The former key stays until they are back, or are no longer devices of the key.`,
			},
			hostList,
		),
		nullIfAdded(
			param(
				{
					displayName: 'Key Is on No Host',
					name: 'noHostLearnsIt',
					type: 'boolean',
					default: true,
					description: "Whether no host uses this key, so that 'Hosts' may stay empty",
				},
				flag.default(false),
			),
		),
	),
).check(({ step, hosts, additionalFields: fields }, context) => {
	if (step === 'remove' && fields.hostsGivenUp.length > 0) {
		context.addIssue({
			code: 'custom',
			path: ['additionalFields', 'hostsGivenUp'],
			message: 'cannot be given when a key is removed',
			params: {
				hint: 'A host that is down still has the former key. Wait until it is back, or take it out of the devices of the key.',
			},
		});
	}
	if (hosts.length === 0 && !fields.noHostLearnsIt) {
		context.addIssue({
			code: 'custom',
			path: ['hosts'],
			message: 'is required',
			params: {
				hint: "Give the hosts where it was seen. If no host uses this key, turn on 'Key Is on No Host'.",
			},
		});
	}
});

/** How old what was seen on a host may be, where an entry tells that, and how far two clocks are apart. */
const FRESH_MS = 60 * MINUTE_MS;
const CLOCKS_APART_MS = 5 * MINUTE_MS;

function isStale({ seenAt }: NamedHost): boolean {
	if (seenAt === undefined) return false;
	const age = Date.now() - seenAt;
	return age >= FRESH_MS || age < -CLOCKS_APART_MS;
}

/** What was seen on the hosts, and in the vault, is written down within this time or not at all. */
const SEEN_MS = 30 * 60_000;

/** The second half of a rotation: makes the vault follow what was seen on the hosts. */
export const finishRotation = operation({
	name: 'Finish Rotation',
	value: 'finishRotation',
	action: 'Finish rotation of SSH key',
	description:
		'Tell the vault what was done on the hosts of a key. After an installation, the next pair becomes the present one, and the present one is kept as the previous one. After a removal, the previous one is disabled. It can be repeated.',
	byPerson: {
		targets: ['sshKeyId'],
		guards: [
			'automaticChangeIsOff',
			'step',
			'fingerprint',
			'hosts',
			'hostsGivenUp',
			'noHostLearnsIt',
		],
	},
	params: [seen],
	async run(api, input, { isRetry }) {
		const { sshKeyId: wanted, additionalFields: fields, ...done } = input;
		const key = await findRotated(api, wanted);
		const rotation = await lookAt(api, key);
		const oldest = Math.min(...done.hosts.map(({ seenAt }) => seenAt ?? Infinity));
		const left = Math.max(0, Math.min(SEEN_MS, oldest + FRESH_MS - Date.now()));
		const request: Request = { api: api.within(left), rotation, ...done, ...fields };
		const isOld = done.hosts.some(isStale);
		if (isRetry || isOld) return staleRead(request, isOld ? SEEN_BEFORE : OF_RETRY);
		return done.step === 'install' ? await afterInstall(request) : await afterRemove(request);
	},
});

interface Request {
	api: SenhaseguraApi;
	rotation: Rotation;
	step: RotationStep;
	fingerprint: string;
	/** Where it was seen. */
	hosts: NamedHost[];
	hostsGivenUp: NamedHost[];
	noHostLearnsIt: boolean;
	automaticChangeIsOff: boolean;
}

/** Those that were missing: no host that was seen after all, and no name of another. */
function givenUp({ rotation, hosts, hostsGivenUp }: Request): string[] {
	const missing = hostsWithout(rotation.hosts, hosts);
	return hostsGivenUp
		.filter((host) => hostsWithout(missing, [host]).length < missing.length)
		.map(({ text }) => text);
}

function result(
	request: Request,
	outcome: { status: string; details: string; key?: Pair; removed?: Pair },
): Result {
	const { rotation, step, hosts } = request;
	return rotationResult(rotation, {
		step: null,
		...outcome,
		more: {
			finishedStep: outcome.status === 'staleRead' ? null : step,
			seenOn: hosts.map(({ text }) => text),
			hostsGivenUp: givenUp(request),
		},
	});
}

const OF_RETRY =
	'this execution is a retry, and what was seen on the hosts comes from an earlier one. Run the workflow anew.';

const SEEN_BEFORE =
	"by 'seenAt', a host was seen 60 minutes ago or before, or in the future. Run the workflow anew, with fewer keys at a time if it takes that long.";

/** Where a key was seen in an earlier execution says nothing about now. */
function staleRead(request: Request, why: string): Result {
	return result(request, { status: 'staleRead', details: `Nothing was changed: ${why}` });
}

function refused(message: string, description: string): Failure {
	return new Failure(message, {
		kind: 'refused',
		description: `${description} Nothing was changed.`,
	});
}

/** @throws Failure where hosts of the key are neither seen nor given up */
function demandHosts({ rotation, hosts, hostsGivenUp, noHostLearnsIt }: Request): void {
	if (noHostLearnsIt) return;
	const missing = hostsWithout(rotation.hosts, hosts);
	if (missing.length === rotation.hosts.length) {
		throw refused(
			"None of the key's devices is among 'Hosts'",
			`They are ${named(rotation.hosts, rotation)}. At least one must have been seen.`,
		);
	}
	const open = hostsWithout(missing, hostsGivenUp);
	if (open.length > 0) {
		throw refused(
			`The key was not seen on ${named(open, rotation)}`,
			'The key in the vault would not open that host. Run the workflow again when it can be reached.',
		);
	}
	if (missing.length > 0) demandOldNext(rotation, named(missing, rotation));
}

/** With their addresses where the names do not tell them apart. */
function named(some: LinkedDevice[], { hosts }: Rotation): string {
	const isShared = (name: string) =>
		hosts.filter((host) => isSameName(host.hostname, name)).length > 1;
	return some
		.map(({ hostname, ip }) => (isShared(hostname) ? `${hostname} (${ip})` : hostname))
		.join(', ');
}

/** Another run that is at it now may have seen the host with another pair. */
function demandOldNext({ next }: Rotation, hosts: string): void {
	const minutes = next?.mark && (Date.now() - next.mark.at) / MINUTE_MS;
	if (minutes !== undefined && minutes >= GIVEN_UP_AFTER_MINUTES) return;
	throw refused(
		`${hosts} cannot be given up yet`,
		`A host is given up only when the next key is older than ${GIVEN_UP_AFTER_MINUTES} minutes${minutes === undefined ? ', and nobody knows how old it is' : `; it is ${Math.floor(minutes)}`}. Run the workflow again later.`,
	);
}

async function afterInstall(request: Request): Promise<Result> {
	const { api, rotation, fingerprint } = request;
	const { present, next } = rotation;
	const isPresent = fingerprintOf(present.pair) === fingerprint;
	if (isPresent) {
		const isLeft = next?.record && samePair(next.record.pair, present.pair);
		if (isLeft) await disable(api, next.id);
		return isLeft ? promoted(request, present) : finishedBefore(request);
	}
	const coming = next?.record;
	if (!coming) {
		throw refused(
			'The next key is disabled, so nothing can be finished',
			`Another run was faster, or somebody has disabled it. The present key is ${fingerprintOf(present.pair)}. Run 'SSH Key: Rotate' again.`,
		);
	}
	if (fingerprintOf(coming.pair) !== fingerprint) {
		throw refused(
			`'Fingerprint' is not that of the next key, which is ${fingerprintOf(coming.pair)}`,
			"Another run has made another key since. Run 'SSH Key: Rotate' again, and install the key that it names.",
		);
	}
	const unfit = whyUnfit(coming.pair, rotation);
	if (unfit !== undefined) {
		throw refused(
			'The next key must not become the present one',
			`It is out of date: ${unfit}. Run 'SSH Key: Rotate' again.`,
		);
	}
	// The vault may have changed the hosts since they were seen.
	demandNoAutomaticChange(
		rotation.listed,
		request.automaticChangeIsOff,
		'the next key does not become the present one',
		rotation.helpers,
	);
	demandNoFormer(rotation);
	demandHosts(request);
	await keepPresent(api, rotation);
	const before = await demandAsBefore(api, rotation);
	const { record, devicesError } = await promote(api, rotation, before, coming.pair);
	await disable(api, coming.id);
	const done = promoted({ ...request, rotation: { ...rotation, present: record } }, present);
	return { ...done, hints: devicesError.length > 0 ? [notLinked(devicesError)] : [] };
}

/** @throws Failure where the former key may still be on hosts, since its record would be overwritten */
function demandNoFormer(rotation: Rotation): void {
	const { previous, present } = rotation;
	const former = previous?.record?.pair;
	const isLeft = former ? !samePair(former, present.pair) : !isRemovalSeen(rotation);
	if (!isLeft) return;
	throw refused(
		'A former key is still to be removed from the hosts',
		`${former ? `It is ${fingerprintOf(former)}. ` : ''}Run 'SSH Key: Rotate' again: it gives the step 'remove', and that has to be finished first.`,
	);
}

/**
 * Looks again, right before the present pair is replaced.
 *
 * @returns the present record as it is now, so that nothing that was changed in it is lost
 */
async function demandAsBefore(api: SenhaseguraApi, rotation: Rotation): Promise<KeyRecord> {
	const { helpers, next, present } = rotation;
	const coming = await readHelper(api, helpers.next ?? { id: next?.id });
	const now = await readRecord(api, present.id);
	const isSame =
		coming?.record !== undefined &&
		next?.record !== undefined &&
		samePair(coming.record.pair, next.record.pair) &&
		holds(now, present.pair);
	if (isSame) return now;
	throw new Failure('The SSH key was changed by another run while this one finished', {
		kind: 'refused',
		description: `The present key is ${fingerprintOf(now.pair)}; this run has not touched it. Run 'SSH Key: Rotate' again.`,
	});
}

function promoted(request: Request, former: KeyRecord): Result {
	const { pair } = request.rotation.present;
	const missing = givenUp(request).join(', ');
	const back = missing && `, when ${missing} can be reached again`;
	return result(request, {
		status: 'promoted',
		key: pair,
		...(!samePair(former.pair, pair) && { removed: former.pair }),
		details: `The present key of the vault is ${fingerprintOf(pair)} now. The former one is kept until it is removed from the hosts: run 'SSH Key: Rotate' again for that${back}.`,
	});
}

function notLinked(devices: string[]): string {
	return `The vault did not link some devices to an SSH key again: ${devices.join(', ')}. They have the key, but the vault does not know it: look at the key in the vault.`;
}

function finishedBefore(request: Request): Result {
	return result(request, {
		status: 'finishedBefore',
		key: request.rotation.present.pair,
		details: 'This step was finished before. Nothing was changed.',
	});
}

async function afterRemove(request: Request): Promise<Result> {
	const { api, rotation, fingerprint } = request;
	const { present, previous } = rotation;
	if (fingerprintOf(present.pair) !== fingerprint) {
		throw refused(
			`'Fingerprint' is not that of the present key, which is ${fingerprintOf(present.pair)}`,
			"Another run, or the vault itself, has replaced the key since. Run 'SSH Key: Rotate' again.",
		);
	}
	const former = previous?.record?.pair;
	const isFormer = former && !samePair(former, present.pair);
	if (!former && isRemovalSeen(rotation)) return finishedBefore(request);
	if (isFormer || !former) demandHosts(request);
	await endRotation(api, rotation);
	return result(request, {
		status: 'ended',
		key: present.pair,
		...(isFormer && { removed: former }),
		details: `The rotation has ended. The present key is ${fingerprintOf(present.pair)}; the former one is disabled in the vault.`,
	});
}
