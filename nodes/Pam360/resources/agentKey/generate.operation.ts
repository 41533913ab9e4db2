import { z } from 'zod';
import { recordOf } from '../../api/envelope';
import type { Pam360Reply } from '../../api/envelope';
import { Failure } from '../../../shared/failure';
import { additionalFields, param } from '../../../shared/param';
import { coerced, flag, ifGiven } from '../../../shared/input';
import { ifLost } from '../../../shared/lost';
import type { Result } from '../../../shared/operation';
import { sendOnce } from '../../../shared/sendOnce';
import type { SentOnce } from '../../../shared/sendOnce';
import { dateFields } from '../shared/recordValues';
import { item, operation } from '../shared/operation';

const validityPeriod = ifGiven(
	coerced(
		z.coerce
			.number({ invalid_type_error: 'must be a whole number of hours' })
			.int('must be a whole number of hours')
			.positive('must be at least 1 hour')
			.max(Number.MAX_SAFE_INTEGER, 'is too large'),
	),
);

const details = z.object({
	agentKey: z.union([z.string(), z.number()]).transform(String).pipe(z.string().trim().min(1)),
	agentKeyEndTime: z.unknown(),
});

const LOST = { mayHave: 'An agent key may have been issued' };

/** `POST /agents/agentkey`. Source: docs/api/pam360.md, "Agent keys". */
export const generate = operation({
	name: 'Generate',
	value: 'generate',
	action: 'Generate agent key',
	description: 'Issue a key that new agents present while they are installed',
	issues: 'agent key',
	furtherTries: { are: 'refused' },
	secretPaths: ['operation.Details.agentKey', 'operation.details.agentKey'],
	params: [
		param(
			{
				displayName: 'Generate Agent Key',
				name: 'generateAgentKey',
				type: 'boolean',
				default: true,
				description:
					'Whether to generate a new key. When off, PAM360 is asked for the key without generating one; what it then returns is up to the server.',
			},
			flag,
		),
		additionalFields(
			param(
				{
					displayName: 'Validity Period',
					name: 'validityPeriod',
					type: 'number',
					typeOptions: { minValue: 1, numberPrecision: 0 },
					default: 24,
					placeholder: 'e.g. 24',
					description:
						'For how many hours the key is valid and can be used for further installations. Without it PAM360 decides.',
				},
				validityPeriod,
			),
		),
	],
	async run(api, { generateAgentKey, additionalFields: more }, call) {
		const issue = async (change: SentOnce) => {
			const reply = await api.change({
				method: 'POST',
				path: 'agents/agentkey',
				details: { generateAgentKey: String(generateAgentKey), ...more },
				key: 'details',
				...change,
			});
			return agentKeyResult(reply, api.serverTimeZone, change);
		};
		return generateAgentKey
			? await sendOnce(call, LOST, issue)
			: await issue({ ...LOST, repeatable: false });
	},
});

function agentKeyResult(reply: Pam360Reply, zone: string | undefined, change: SentOnce): Result {
	const parsed = details.safeParse(recordOf(reply.details));
	if (!parsed.success) {
		const failure = new Failure('PAM360 reported success but returned no agent key', {
			kind: 'unusable',
			description: `It said: ${reply.message}. If 'Generate Agent Key' is off, there may be no key yet: turn it on.`,
		});
		return ifLost(change)(failure);
	}
	const { agentKey, agentKeyEndTime } = parsed.data;
	return {
		item: item('agentKey', {
			id: null,
			secret: agentKey,
			...dateFields('expiresAt', agentKeyEndTime, zone),
		}),
		raw: reply.body as Result['raw'],
	};
}
