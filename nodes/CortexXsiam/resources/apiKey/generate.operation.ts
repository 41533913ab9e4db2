import { DateTime } from 'luxon';
import { refusalsOfNewKey } from '../../api/apiKeyErrors';
import { issueKey } from '../../api/issuance';
import type { IssuedKey, KeyRequest } from '../../api/issuance';
import { markOf } from '../../api/mark';
import { storedForm } from '../../api/proof';
import type { SecretForm } from '../../api/proof';
import type { ApiKeyRecord } from '../../api/schemas';
import { DAY_MS, epochTime } from '../../../shared/dates';
import { additionalFields, group, nullIfAdded, param, preset } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import {
	choice,
	ifGiven,
	instant,
	optionalText,
	refuse,
	textIfAdded,
	textList,
} from '../../../shared/input';
import { Failure, nothingIssuedYet } from '../../../shared/failure';
import type { Result } from '../../../shared/operation';
import { sendOnce } from '../../../shared/sendOnce';
import { item, operation } from '../shared/operation';
import { apiKeyItem } from './apiKeyItem';
import { deletedBefore } from './earlierTry';
import { commentParam, rolesParam, secretAs, securityLevel, securityLevelParam } from './fields';
import { issueForCall, issueOnce } from './issueOnce';
import { roleNamesOf } from './roleNames';
import type { z } from 'zod';

/**
 * The vendor's limits (docs/api/cortex-xsiam.md, "Generating an API key"): six months at most, one week
 * if nothing is said.
 */
const LONGEST = { months: 6 };
const DEFAULT_VALIDITY_MS = 7 * DAY_MS;

const IF_EXISTS = ['error', 'return'] as const;

const MEANINGS = refusalsOfNewKey({
	roles: "'Role Names or IDs'",
	expiration: "'Expiration'",
});

const expiration = instant.transform((time, context) => {
	const now = DateTime.utc();
	if (time <= now.toMillis()) {
		return refuse(context, 'must lie in the future', 'Choose a later date and time.');
	}
	if (time > now.plus(LONGEST).toMillis()) {
		return refuse(
			context,
			'must be at most six months ahead',
			'Cortex XSIAM issues no API keys for longer. Plan a rotation instead.',
		);
	}
	return time;
});

const more = group(
	param({
		displayName: 'Add Mark',
		name: 'addMark',
		type: 'boolean',
		default: true,
		description:
			'Whether the comment gets a mark at its end, some 40 letters in brackets, that shows which call issued the key. Without it, the node cannot find a key whose answer was lost, and a repeated run may issue a second key that nobody knows of.',
	}),
	commentParam('What the key is for, shown in the console', optionalText),
	param(
		{
			displayName: 'Expiration',
			name: 'expiration',
			type: 'dateTime',
			default: '',
			description:
				'When the key stops working, at most six months ahead. Without it, Cortex XSIAM sets one week.',
		},
		ifGiven(expiration),
	),
	nullIfAdded(
		param(
			{
				displayName: 'Idempotency Key',
				name: 'idempotencyKey',
				type: 'string',
				default: '',
				placeholder: 'e.g. siem-collector-berlin',
				description:
					'A name of your own for this key, the same in every run, for example of the system that uses it; not an execution ID. A second call with the same text issues no second key, in any run or process, as long as the first one works and was not rotated. The mark in the comment is made from it.',
			},
			textIfAdded('Without it, a repeated run issues one more key.'),
		),
	),
	param(
		{
			displayName: 'If Key Exists',
			name: 'ifKeyExists',
			type: 'options',
			options: [
				{
					name: 'Return It',
					value: 'return',
					description: 'Issue nothing, and return the existing key without its secret',
				},
				{
					name: 'Stop with an Error',
					value: 'error',
					description: 'Issue nothing, and name the existing key',
				},
			],
			default: 'error',
			description:
				"What to do when a valid key with this 'Idempotency Key' exists. The node never replaces it, and never returns it if its roles, security level, comment or scope differ from what you ask for.",
		},
		ifGiven(choice(IF_EXISTS)),
	),
	secretAs.looking({
		default: 'key',
		description:
			"What 'secret' holds. Choose 'ID and Key' for a store that 'API Key: Rotate' will update.",
	}),
);

type More = ValuesOf<[typeof more]>;

/**
 * `POST /public_api/v1/api_keys/generate`. Source: docs/api/cortex-xsiam.md, "Generating an API key".
 */
export const generate = operation({
	name: 'Generate',
	value: 'generate',
	action: 'Generate API key',
	description: 'Issue an API key. Cortex XSIAM shows its secret this one time.',
	issues: 'API key',
	furtherTries: { are: 'resolved', by: "the mark in the key's comment" },
	secretPaths: ['reply.key'],
	byPerson: { targets: ['roles'], guards: ['addMark'] },
	params: [
		rolesParam(
			'The roles that the new key gets.',
			textList.refine((roles) => roles.length > 0, 'must name at least one role'),
			true,
		),
		securityLevelParam(securityLevel),
		preset(additionalFields(more.check(issuesOf)), ['expiration']),
	],
	async run(api, { roles, securityLevel: level, additionalFields: wanted }, call) {
		const { expiration: expires, comment, idempotencyKey, addMark = true } = wanted;
		const request: KeyRequest = {
			roles: await roleNamesOf(api, roles).catch(nothingIssuedYet),
			security_level: level,
			...(expires !== undefined && { expiration: expires }),
			...(comment !== undefined && { comment }),
		};
		const form = wanted.secretAs ?? 'key';
		const issue = { request, meanings: MEANINGS };
		if (idempotencyKey !== undefined) {
			const once = await issueOnce(api, issue, idempotencyKey);
			if ('issued' in once) return newKey(request, once.issued, form);
			return existingKey(once, wanted.ifKeyExists ?? 'error');
		}
		const issued = addMark
			? await issueForCall(api, issue, call.identity)
			: await sendOnce(
					call,
					{ mayHave: 'An API key without a mark may have been issued' },
					async () => await issueKey(api, request, { meanings: MEANINGS }),
				);
		return newKey(request, issued, form);
	},
});

/** What the additional fields say of each other. */
function issuesOf(
	{ comment, idempotencyKey, ifKeyExists, addMark }: More,
	context: z.RefinementCtx,
): void {
	if (ifKeyExists !== undefined && idempotencyKey === undefined) {
		context.addIssue({
			code: 'custom',
			path: ['ifKeyExists'],
			message: "needs an 'Idempotency Key', by which a key is known",
		});
	}
	if (addMark === false && markOf(comment)) {
		context.addIssue({
			code: 'custom',
			path: ['comment'],
			message:
				'must not end with a mark of this node, since the key would be mistaken for another one',
		});
	}
	if (addMark === false && idempotencyKey !== undefined) {
		context.addIssue({
			code: 'custom',
			path: ['addMark'],
			message: "must be on with an 'Idempotency Key', which is kept in the mark",
		});
	}
}

/** A key of an earlier run; what it is, and not what would have been asked for. */
function existingKey(
	{ existing: key, remark }: { existing: ApiKeyRecord; remark?: string },
	ifExists: (typeof IF_EXISTS)[number],
): Result {
	if (ifExists === 'error') {
		throw new Failure(`The API key ${key.id} was issued with this 'Idempotency Key' already`, {
			kind: 'refused',
			description:
				"Nothing was issued. Cortex XSIAM shows its secret only once: if nobody has it, delete the key and run again. To get the key without its secret instead, set 'If Key Exists'.",
		});
	}
	const row = key as Result['raw'];
	const { id, expiresAt, roles, securityLevel: level, comment } = apiKeyItem(row);
	return {
		item: item('apiKey', {
			id,
			secret: null,
			expiresAt,
			expiresAtEstimated: false,
			roles,
			securityLevel: level,
			comment,
			lineage: id,
			created: false,
		}),
		raw: row,
		issued: false,
		hints: [
			`API key ${String(id)} already existed, and Cortex XSIAM shows its secret only once. If nobody has the secret, delete the key and run again.`,
			...(remark ? [remark] : []),
		],
	};
}

function newKey(request: KeyRequest, issued: IssuedKey, form: SecretForm): Result {
	const estimated = request.expiration === undefined;
	const expires = request.expiration ?? Date.now() + DEFAULT_VALIDITY_MS;
	const { id, key, body, removed, removedBefore = [] } = issued;
	return {
		item: item('apiKey', {
			id,
			secret: storedForm(id, key, form),
			expiresAt: epochTime(expires),
			expiresAtEstimated: estimated,
			roles: request.roles,
			securityLevel: request.security_level,
			comment: request.comment ?? null,
			lineage: id,
			created: true,
		}),
		raw: body as Result['raw'],
		...(removedBefore.length > 0 && { ofEarlierTry: deletedBefore(removedBefore) }),
		hints: removed
			? [
					`The answer to a first request was lost. Its key, ${removed}, whose secret nobody knows, was found by its mark and deleted, and ${id} was issued instead.`,
				]
			: [],
	};
}
