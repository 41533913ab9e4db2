import type { IDataObject } from 'n8n-workflow';
import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import type { Refused } from '../kit/operation';
import {
	HOUR,
	DAY,
	NOW,
	NONCE,
	SECRET,
	byId,
	listed,
	remove,
	issue,
	all,
	one,
	scope,
	atNow,
} from './apiKeySamples';
import { kit } from './kit';
import { published } from './published';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));
jest.mock('node:crypto', (): unknown => jest.requireActual('./fixedNonce'));

atNow();

const STORED = 's'.repeat(61);

/** The key that is to be replaced. */
const old = { ...listed[1], creation_time: NOW - 20 * DAY, expiration: NOW + 10 * DAY };
const NEXT = `SIEM collector [n8n 7 ${NONCE}]`;
const next = { ...old, id: 4267, creation_time: NOW, expiration: NOW + 30 * DAY, comment: NEXT };
const stored = { storedSecret: `7:${STORED}`, readAt: '2026-01-15T11:00:01Z' };
const target = { rotate: 'lineage', lineage: '={{ $json.lineage }}', dueWithinDays: 14 };

const health = (id: string, isAccepted = true): Exchange => ({
	method: 'GET',
	path: '/public_api/v1/healthcheck',
	headers: { 'x-xdr-auth-id': id, 'x-xdr-timestamp': String(NOW), 'content-type': undefined },
	...(isAccepted
		? { reply: { status: 'available' } }
		: {
				status: 401,
				reply: { reply: { err_code: 401, err_msg: 'Public API request unauthorized' } },
			}),
});
/** The stored value is accepted, and a wrong one is not. */
const proved = (id: string) => [health(id), health(id, false)];
const successor = (expiration = NOW + 30 * DAY) =>
	issue({
		roles: ['Instance Administrator', 'Investigator'],
		security_level: 'advanced',
		expiration,
		comment: NEXT,
	});
const rotation = [
	all([old]),
	...proved('7'),
	scope(7),
	successor(),
	one(4267, next),
	scope(4267),
	health('4267'),
];
const rotated = {
	vendor: 'cortexXsiam',
	type: 'apiKey',
	id: '4267',
	secret: `4267:${SECRET}`,
	status: 'rotated',
	needsAttention: false,
	lineage: '7',
	comment: 'SIEM collector',
	roles: ['Instance Administrator', 'Investigator'],
	securityLevel: 'advanced',
	expiresAt: '2026-02-14T12:00:00.000Z',
	oldId: '7',
	oldExpiresAt: '2026-01-25T12:00:00.000Z',
	storeOpens: '7',
	liveKeys: ['7', '4267'],
	deletedKeys: [],
	keptKeys: [],
	scopeCopied: false,
	details:
		'The store opens the key 7, which is to be replaced. The key 4267 was issued, and works until 2026-02-14T12:00:00.000Z. Beside it these keys of the lineage are live: 7 (expires 2026-01-25T12:00:00.000Z).',
	nextStep:
		'Store the new secret now, in one write, in place of the stored one. The key 7 stays until a later run sees that the store opens 4267.',
};
/** The key that is stored by now, made 21 hours ago. */
const later = {
	...next,
	creation_time: NOW - 21 * HOUR,
	comment: 'SIEM collector [n8n 7 1MPFBVG123456]',
};
const done = {
	...rotated,
	id: '4267',
	secret: null,
	status: 'finished',
	oldId: null,
	oldExpiresAt: null,
	storeOpens: '4267',
	liveKeys: ['4267'],
	deletedKeys: ['7'],
	details:
		'The store opens the key 4267, which is not to be replaced. Live keys of the lineage: 4267 (expires 2026-02-14T12:00:00.000Z). Revoked by this run: 7.',
	nextStep: 'Nothing: one key is left, and the store opens it.',
};
const revocation = [
	all([later, old]),
	...proved('4267'),
	remove([7], 1),
	all([later]),
	...proved('4267'),
];
const rawOf = (item: IDataObject, keys: object[]) => ({
	status: item.status,
	lineage: '7',
	details: item.details,
	nextStep: item.nextStep,
	keys: keys.map((key) => ({ ...key, id: String((key as { id: number }).id) })),
	deletedKeys: item.deletedKeys,
});
/** The call with the credential's own key. */
const own: Exchange = {
	method: 'GET',
	path: '/public_api/v1/healthcheck',
	headers: { 'x-xdr-auth-id': kit.credentials.cortexXsiamApi?.apiKeyId as string },
	reply: { status: 'available' },
};
/** Where nothing could be done, and somebody has to look. */
const unfinished = {
	...done,
	id: null,
	needsAttention: true,
	expiresAt: null,
	storeOpens: null,
	liveKeys: ['7', '4267'],
	deletedKeys: [],
	details:
		'The store opens no key of the lineage. Live keys of the lineage: 7 (expires 2026-01-25T12:00:00.000Z), 4267 (expires 2026-02-14T12:00:00.000Z).',
	nextStep:
		"Nothing was revoked. Run 'API Key: Rotate': where the store opens no key, it issues one to be stored.",
};
const ofOld = {
	id: '7',
	expiresAt: '2026-01-25T12:00:00.000Z',
	oldId: '7',
	oldExpiresAt: '2026-01-25T12:00:00.000Z',
	storeOpens: '7',
};
const noTarget: Refused[] = [
	['no lineage', { lineage: '={{ $json.none }}' }, "'Lineage' is required"],
	[
		'a lineage that is none',
		{ lineage: 'SIEM' },
		"'Lineage' must be the field 'lineage' of an item of 'API Key: Get Many'",
	],
	['no days', { dueWithinDays: '={{ "" }}' }, "'Due Within (Days)' must be a whole number of days"],
	['no time at which the store was read', { readAt: '={{ $json.none }}' }, "'Read At' is required"],
	[
		'a time in seconds',
		{ readAt: '={{ 1768478400 }}' },
		"'Read At' must be in milliseconds, not in seconds",
	],
	[
		'another way',
		{ rotate: '={{ "all" }}', ...byId('7'), comment: 'x' },
		"'Which Key' must be one of apiKey, comment, lineage, ownKey",
	],
	['no comment', { rotate: 'comment', comment: '={{ " " }}' }, "'Comment' is required"],
	[
		'a key that is none',
		{ rotate: 'apiKey', ...byId('={{ "SIEM" }}') },
		"'API Key' must be the ID of an API key",
	],
	[
		'hours that are none',
		{ additionalFields: { revokeOldAfterHours: -1 } },
		"'Revoke Old After (Hours)' must be at least 0",
	],
];
describeOperation(
	kit,
	'apiKey',
	'rotate',
	published({
		secrets: [SECRET, STORED],
		afterLoss: /The new API key 4267 could not be deleted again, and nobody has its secret/,
		cases: [
			{
				name: 'proves what is stored, issues a key like it, reads it back and tries it',
				parameters: { ...target, ...stored },
				input: { lineage: '7' },
				exchanges: rotation,
				items: rotated,
				raw: { reply: { id: 4267, key: SECRET }, ...rawOf(rotated, [old]) },
			},
			{
				name: 'takes a stored key alone, and a life of its own',
				parameters: {
					...target,
					lineage: 7,
					storedSecret: STORED,
					readAt: NOW,
					additionalFields: { validDays: 180, secretAs: 'key' },
				},
				exchanges: [
					...rotation.slice(0, 4),
					successor(NOW + 180 * DAY),
					one(4267, { ...next, expiration: NOW + 180 * DAY }),
					...rotation.slice(6),
				],
				items: {
					...rotated,
					secret: SECRET,
					expiresAt: '2026-07-14T12:00:00.000Z',
					details: rotated.details.replace('2026-02-14', '2026-07-14'),
				},
			},
			{
				name: 'changes nothing in a dry run',
				parameters: { ...target, lineage: '7', ...stored, additionalFields: { dryRun: true } },
				exchanges: rotation.slice(0, 4),
				items: {
					...rotated,
					id: null,
					secret: null,
					status: 'planned',
					liveKeys: ['7'],
					details:
						'The store opens the key 7, which is to be replaced. Live keys of the lineage: 7 (expires 2026-01-25T12:00:00.000Z).',
					nextStep: 'Turn off Dry Run: the run then issues the key.',
				},
			},
			{
				name: 'revokes what the stored key took the place of, on a later day',
				parameters: {
					...target,
					lineage: '7',
					...stored,
					storedSecret: `4267:${SECRET}`,
				},
				exchanges: revocation,
				items: { ...done, status: 'resumed' },
			},
		],
		refused: [
			...noTarget,
			[
				'an empty store that nobody has said to be empty',
				{ storedSecret: '={{ $json.none }}' },
				/'Stored Secret' is empty.*turn on 'Nothing Stored Yet'/,
			],
			[
				'a life that is none',
				{ additionalFields: { validDays: 181 } },
				"'New Key Valid For (Days)' must be at most 180",
			],
			[
				'no time until somebody takes over',
				{ additionalFields: { takenOverAfterMinutes: 'soon' } },
				"'Taken Over After (Minutes)' must be a whole number of minutes",
			],
			[
				'a time until somebody takes over in which nobody can store anything',
				{ additionalFields: { takenOverAfterMinutes: 0 } },
				"'Taken Over After (Minutes)' must be at least 1",
			],
		],
		failures: [
			{
				name: 'no such lineage',
				exchanges: [all([{ ...old, id: 70 }])],
				says: ['The tenant has no API key of the lineage 7'],
			},
			{
				name: 'a list without even the key in use',
				exchanges: [all([])],
				says: ['The list of API keys lacks the key that the request was made with'],
			},
			{
				name: 'a new key that is not accepted',
				exchanges: [
					...rotation.slice(0, 7),
					...Array.from({ length: 4 }, () => health('4267', false)),
					remove([4267], 1),
				],
				says: [
					'The new API key 4267 does not work',
					'Cortex XSIAM refuses it.',
					'The new API key 4267 was deleted again; the old one, 7, is as it was.',
				],
			},
		],
	}),
);

describeOperation(
	kit,
	'apiKey',
	'finishRotation',
	published({
		secrets: [SECRET],
		afterLoss: /Before that, this run revoked 7,/,
		cases: [
			{
				name: 'proves what is stored, revokes the old key, and proves again',
				parameters: { ...target, ...stored, storedSecret: `4267:${SECRET}` },
				input: { lineage: '7' },
				exchanges: revocation,
				items: done,
				raw: rawOf(done, [later]),
			},
			{
				name: 'says that nothing is left to do',
				parameters: { ...target, lineage: '7', ...stored, storedSecret: `4267:${SECRET}` },
				exchanges: [all([later]), ...proved('4267')],
				items: {
					...done,
					deletedKeys: [],
					details: done.details.replace(' Revoked by this run: 7.', ''),
				},
			},
			{
				name: 'waits for the new key to be as old as is wanted',
				parameters: {
					...target,
					lineage: '7',
					...stored,
					storedSecret: `4267:${SECRET}`,
					additionalFields: { revokeOldAfterHours: 48 },
				},
				exchanges: [all([later, old]), ...proved('4267')],
				items: {
					...done,
					status: 'waiting',
					liveKeys: ['7', '4267'],
					deletedKeys: [],
					keptKeys: [
						{
							id: '7',
							why: '4267, which replaced it, must be 48 hours old first',
							until: '2026-01-16T15:00:00.000Z',
						},
					],
					details:
						'The store opens the key 4267, which is not to be replaced. Live keys of the lineage: 7 (expires 2026-01-25T12:00:00.000Z), 4267 (expires 2026-02-14T12:00:00.000Z). The key 7 stays until 2026-01-16T15:00:00.000Z: 4267, which replaced it, must be 48 hours old first.',
					nextStep:
						"Nothing now: a run of 'API Key: Rotate' or 'API Key: Finish Rotation' after 2026-01-16T15:00:00.000Z revokes 7, if the store still opens 4267 then.",
				},
			},
			{
				name: 'revokes nothing where the store holds nothing',
				parameters: { ...target, lineage: '7', readAt: NOW },
				exchanges: [all([later, old])],
				items: { ...unfinished, status: 'notProved' },
				hints: ['Lineage 7: The store opens no key of the lineage.'],
			},
			{
				name: 'revokes nothing where what the store holds opens nothing',
				parameters: { ...target, lineage: '7', ...stored, storedSecret: `4267:${STORED}` },
				exchanges: [all([later, old]), health('4267', false), own],
				items: { ...unfinished, status: 'notProved' },
				hints: ['Lineage 7: The store opens no key of the lineage.'],
			},
			{
				name: 'revokes nothing where the store still opens the key that is to be replaced',
				parameters: { ...target, lineage: '7', ...stored },
				exchanges: [all([later, old]), ...proved('7')],
				items: {
					...unfinished,
					...ofOld,
					status: 'dueKeyStored',
					details: unfinished.details.replace(
						'The store opens no key of the lineage.',
						'The store opens the key 7, which is to be replaced.',
					),
					nextStep:
						"Nothing was revoked: the store still holds 7, the key to be replaced. Run 'API Key: Rotate' again and store the new secret. If 7 is in fact the new key, choose the old key or the lineage in 'Which Key'.",
				},
				hints: ['Lineage 7: The store opens the key 7, which is to be replaced.'],
			},
			{
				name: 'says what to do where there is no new key yet',
				parameters: { ...target, rotate: 'apiKey', ...byId('7'), ...stored },
				exchanges: [all([old]), ...proved('7')],
				items: {
					...unfinished,
					...ofOld,
					status: 'dueKeyStored',
					liveKeys: ['7'],
					details:
						'The store opens the key 7, which is to be replaced. Live keys of the lineage: 7 (expires 2026-01-25T12:00:00.000Z).',
					nextStep:
						"Nothing was revoked, since there is no newer key. Run 'API Key: Rotate', store its secret, and read the store again before 'API Key: Finish Rotation'.",
				},
				hints: ['Lineage 7: The store opens the key 7, which is to be replaced.'],
			},
			{
				name: 'waits until the old key is 12 hours old, too',
				parameters: {
					...target,
					rotate: 'apiKey',
					...byId('7'),
					...stored,
					storedSecret: `4267:${SECRET}`,
					additionalFields: { revokeOldAfterHours: 0 },
				},
				exchanges: [
					all([
						{
							...later,
							creation_time: NOW - HOUR,
							comment: 'SIEM collector [n8n 7 1MPHJ5G123456]',
						},
						{ ...old, creation_time: NOW - 2 * HOUR },
					]),
					...proved('4267'),
				],
				items: {
					...unfinished,
					id: '4267',
					status: 'waiting',
					needsAttention: false,
					expiresAt: done.expiresAt,
					storeOpens: '4267',
					keptKeys: [
						{
							id: '7',
							why: 'no key is revoked before it is 12 hours old',
							until: '2026-01-15T22:00:00.000Z',
						},
					],
					details:
						'The store opens the key 4267, which is not to be replaced. Live keys of the lineage: 7 (expires 2026-01-25T12:00:00.000Z), 4267 (expires 2026-02-14T12:00:00.000Z). The key 7 stays until 2026-01-15T22:00:00.000Z: no key is revoked before it is 12 hours old.',
					nextStep:
						"Nothing now: a run of 'API Key: Rotate' or 'API Key: Finish Rotation' after 2026-01-15T22:00:00.000Z revokes 7, if the store still opens 4267 then.",
				},
			},
			{
				name: 'revokes nothing where nobody can say what the store opens',
				parameters: { ...target, lineage: '7', ...stored, storedSecret: `4267:${SECRET}` },
				exchanges: [
					all([later, old]),
					{ ...health('4267'), status: 403, reply: { message: 'Blocked' } },
				],
				items: {
					...unfinished,
					status: 'unclear',
					details: `${unfinished.details.replace('The store opens no key of the lineage.', 'It is not known which key the store opens.')} The call with key 4267 was neither accepted nor refused: the tenant is busy or cannot be reached, or something else answered in its place.`,
					nextStep:
						'Nothing was issued or revoked. Check the connection between n8n and the tenant, and run again.',
				},
				hints: ['Lineage 7: It is not known which key the store opens.'],
			},
			{
				name: 'revokes nothing by what the store answered an hour ago',
				parameters: {
					...target,
					lineage: '7',
					storedSecret: `4267:${SECRET}`,
					readAt: NOW - HOUR,
				},
				exchanges: [all([later, old])],
				items: {
					...unfinished,
					status: 'staleRead',
					details:
						"The store was not tried. Live keys of the lineage: 7 (expires 2026-01-25T12:00:00.000Z), 4267 (expires 2026-02-14T12:00:00.000Z). 'Read At' is 2026-01-15T11:00:00.000Z, and now it is 2026-01-15T12:00:00.000Z: what a store answered is used for less than 60 minutes only.",
					nextStep:
						'Nothing was issued or revoked. Start a new execution, which reads the store again.',
				},
				hints: ['Lineage 7: The store was not tried.'],
			},
			{
				name: 'stops where the stored key opens nothing any more in the middle of it',
				parameters: { ...target, lineage: '7', ...stored, storedSecret: `4267:${SECRET}` },
				exchanges: [
					all([later, old, { ...old, id: 9, comment: 'SIEM collector [n8n 7 1MMWY60123456]' }]),
					...proved('4267'),
					remove([7], 1),
					all([later, { ...old, id: 9, comment: 'SIEM collector [n8n 7 1MMWY60123456]' }]),
					health('4267', false),
					own,
				],
				items: {
					...unfinished,
					id: '4267',
					status: 'inProgress',
					needsAttention: false,
					expiresAt: done.expiresAt,
					liveKeys: ['9', '4267'],
					deletedKeys: ['7'],
					details:
						'The store opens no key of the lineage. Live keys of the lineage: 9 (expires 2026-01-25T12:00:00.000Z), 4267 (expires 2026-02-14T12:00:00.000Z). Revoked by this run: 7. The store has changed while this run was at work: it revoked nothing more.',
					nextStep: 'Nothing now: the next run decides by what the store holds then.',
				},
			},
		],
		refused: noTarget,
		failures: [
			{
				name: 'a key outside the lineage',
				parameters: { storedSecret: `25:${STORED}` },
				exchanges: [all([later, old, { ...old, id: 25, comment: 'Another' }]), ...proved('25')],
				says: [
					"'Stored Secret' opens the API key 25, which is not one of the lineage 7",
					/Its live keys are 7, 4267\. Nothing was issued and nothing revoked\./,
				],
			},
			{
				name: 'no such lineage',
				exchanges: [all([{ ...old, id: 70 }])],
				says: ['The tenant has no API key of the lineage 7'],
			},
		],
	}),
);
