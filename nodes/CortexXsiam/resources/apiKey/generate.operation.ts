import { DateTime } from 'luxon';
import { z } from 'zod';
import { refusalsOfNewKey } from '../../api/apiKeyErrors';
import type { CortexXsiamApi } from '../../api/client';
import type { IssuedKey, KeyRequest, Marking } from '../../api/issuance';
import { markerOf, withMarker } from '../../api/marker';
import type { ApiKeyRecord } from '../../api/schemas';
import { epochTime } from '../../../shared/dates';
import { additionalFields } from '../../../shared/description';
import {
	added,
	choice,
	ifGiven,
	instant,
	optionalText,
	refuse,
	textIfAdded,
	textList,
} from '../../../shared/input';
import { operation } from '../../../shared/operation';
import type { Result } from '../../../shared/operation';
import { apiKeyItem } from './apiKeyItem';
import { rolesField, securityLevel, securityLevelField } from './fields';
import { reissueHints } from './reissueHints';

/** The vendor's limits (fact sheet 4.2): six months at most, one week if nothing is said. */
const LONGEST = { months: 6 };
const DEFAULT_VALIDITY = { weeks: 1 };

const IF_EXISTS = ['replace', 'return'] as const;

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

/** `POST /public_api/v1/api_keys/generate`. Source: "Generate an API key"; fact sheet 4.2. */
export const generate = operation({
	name: 'Generate',
	value: 'generate',
	action: 'Generate API key',
	description: 'Issue an API key. Cortex XSIAM shows its secret this one time.',
	issues: 'API key',
	secretPaths: ['reply.key'],
	fields: [
		rolesField(
			'Display names of the roles that the new key gets; their IDs are not accepted.',
			true,
		),
		securityLevelField,
		additionalFields(
			{
				displayName: 'Comment',
				name: 'comment',
				type: 'string',
				default: '',
				placeholder: 'e.g. SIEM collector, owned by SecOps',
				description: 'What the key is for, shown in the console',
			},
			{
				displayName: 'Expiration',
				name: 'expiration',
				type: 'dateTime',
				default: '',
				description:
					'When the key stops working, at most six months ahead. Without it Cortex XSIAM sets one week.',
			},
			{
				displayName: 'Idempotency Key',
				name: 'idempotencyKey',
				type: 'string',
				default: '',
				placeholder: 'e.g. rotation-2026-11',
				description:
					'A text that names this key among all, so that a repeated run leaves one key and not two: for example the number of a request, or of the execution and the item. A short mark made of it is added to the comment, and the key is known by that.',
			},
			{
				displayName: 'If Key Exists',
				name: 'ifKeyExists',
				type: 'options',
				options: [
					{
						name: 'Return It',
						value: 'return',
						description: 'Issue nothing, and give the key that is there without its secret',
					},
					{
						name: 'Revoke and Replace',
						value: 'replace',
						description: 'Issue a new key, then delete the one that was there',
					},
				],
				default: 'replace',
				description:
					"What to do where a live key with this 'Idempotency Key' is there already. The key that the credential uses is never replaced.",
			},
		),
	],
	input: z.object({
		roles: textList.refine((roles) => roles.length > 0, 'must name at least one role'),
		securityLevel,
		additionalFields: added({
			comment: optionalText,
			expiration: ifGiven(expiration),
			idempotencyKey: textIfAdded('Without it, a repeated run issues one more key.'),
			ifKeyExists: ifGiven(choice(IF_EXISTS)),
		}).superRefine(({ idempotencyKey, ifKeyExists }, context) => {
			if (ifKeyExists === undefined || idempotencyKey !== undefined) return;
			context.addIssue({
				code: 'custom',
				path: ['ifKeyExists'],
				message: "needs an 'Idempotency Key', by which a key is known",
			});
		}),
	}),
	async run(api: CortexXsiamApi, { roles, securityLevel: level, additionalFields: more }) {
		const { expiration: expires, idempotencyKey, ifKeyExists = 'replace' } = more;
		const marker = idempotencyKey === undefined ? undefined : markerOf(idempotencyKey);
		const comment = marker === undefined ? more.comment : withMarker(more.comment, marker);
		const request: KeyRequest = {
			roles: [...new Set(roles)],
			security_level: level,
			...(expires !== undefined && { expiration: expires }),
			...(comment !== undefined && { comment }),
		};
		if (marker !== undefined) return await once(api, request, { marker, ifExists: ifKeyExists });
		return newKey(request, await api.issueKey(request, { meanings: MEANINGS }));
	},
});

async function once(api: CortexXsiamApi, request: KeyRequest, marking: Marking): Promise<Result> {
	const marked = await api.issueKeyOnce(request, marking, MEANINGS);
	if ('existing' in marked) return existingKey(marked.existing);
	const { replaced, kept } = marked;
	const result = newKey(request, marked.issued);
	const fates = [
		...replaced.map((id) => `in place of API key ${id}, which was revoked`),
		...(kept?.ids ?? []).map((id) => `in place of API key ${id}, which may still work`),
	];
	const remarks = [
		...replaced.map(
			(id) => `API key ${id}, issued earlier with this idempotency key, was revoked.`,
		),
		...(kept?.ids ?? []).map(
			(id) =>
				`API key ${id}, issued earlier with this idempotency key, may still work: revoke it in the console (${kept?.why}).`,
		),
	];
	return {
		...result,
		irreplaceable: replaced.length > 0,
		ifLost: fates.join(', '),
		hints: [...(result.hints ?? []), ...remarks],
	};
}

/** A key of an earlier run; what it is, and not what would have been asked for. */
function existingKey(key: ApiKeyRecord): Result {
	const row = key as Result['raw'];
	const { id, expiresAt, roles, securityLevel: level, comment } = apiKeyItem(row);
	return {
		item: {
			vendor: 'cortexXsiam',
			type: 'apiKey',
			id,
			secret: null,
			expiresAt,
			expiresAtEstimated: false,
			roles,
			securityLevel: level,
			comment,
			created: false,
		},
		raw: row,
		issued: false,
		hints: [
			`API key ${String(id)} was there already, and Cortex XSIAM does not show its secret any more. If nobody has the secret, set 'If Key Exists' to revoke and replace the key.`,
		],
	};
}

function newKey(request: KeyRequest, issued: IssuedKey): Result {
	const estimated = request.expiration === undefined;
	const expires = request.expiration ?? DateTime.utc().plus(DEFAULT_VALIDITY).toMillis();
	return {
		item: {
			vendor: 'cortexXsiam',
			type: 'apiKey',
			id: issued.id,
			secret: issued.key,
			expiresAt: epochTime(expires),
			expiresAtEstimated: estimated,
			roles: request.roles,
			securityLevel: request.security_level,
			comment: request.comment ?? null,
			created: true,
		},
		raw: issued.body as Result['raw'],
		hints: reissueHints(issued),
	};
}
