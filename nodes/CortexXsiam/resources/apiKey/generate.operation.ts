import { DateTime } from 'luxon';
import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import type { IssuedKey, KeyRequest } from '../../api/issuance';
import { epochTime } from '../../../shared/dates';
import { additionalFields } from '../../../shared/description';
import { instant, optionalText, refuse, textList } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import type { Result } from '../../../shared/operation';

/** The vendor's limits (fact sheet 4.2): six months at most, one week if nothing is said. */
const LONGEST = { months: 6 };
const DEFAULT_VALIDITY = { weeks: 1 };

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
		{
			displayName: 'Role Names or IDs',
			name: 'roles',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getRoles' },
			required: true,
			default: [],
			description:
				'Display names of the roles that the new key gets; their IDs are not accepted. Separate several by commas in an expression. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		{
			displayName: 'Security Level',
			name: 'securityLevel',
			type: 'options',
			options: [
				{
					name: 'Standard',
					value: 'standard',
					description: 'The key is sent as it is: for curl and simple clients',
				},
				{
					name: 'Advanced',
					value: 'advanced',
					description: 'The key signs each request with a nonce and a timestamp, against replay',
				},
			],
			default: 'standard',
			description: 'How clients authenticate with the new key',
		},
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
		),
	],
	input: z.object({
		roles: textList.refine((roles) => roles.length > 0, 'must name at least one role'),
		securityLevel: z.enum(['standard', 'advanced'], {
			errorMap: () => ({ message: "must be 'standard' or 'advanced'" }),
		}),
		additionalFields: z.object({
			comment: optionalText,
			expiration: z.preprocess(
				(value) => (value === '' || value === null ? undefined : value),
				expiration.optional(),
			),
		}),
	}),
	async run(
		api: CortexXsiamApi,
		{ roles, securityLevel, additionalFields: { comment, expiration: expires } },
	) {
		const request: KeyRequest = {
			roles: [...new Set(roles)],
			security_level: securityLevel,
			...(expires !== undefined && { expiration: expires }),
			...(comment !== undefined && { comment }),
		};
		return apiKeyResult(request, await api.issueKey(request));
	},
});

function apiKeyResult(request: KeyRequest, issued: IssuedKey): Result {
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
		},
		raw: issued.body as Result['raw'],
		hints: hintsOf(issued),
	};
}

function hintsOf({ reissued, removed }: IssuedKey): string[] {
	if (!reissued) return [];
	if (removed.length === 0)
		return ['An answer was lost. No key had come of it; a new one was issued.'];
	return removed.map(
		(id) => `An answer was lost. API key ${id}, made without it, was deleted and a new one issued.`,
	);
}
