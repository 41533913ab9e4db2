import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import type { Meaning } from '../../api/errors';
import { filledBy, param, sentAs } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import { asNumber } from '../../../shared/read';
import { textList } from '../../../shared/input';
import { readNumber, readText } from '../../../shared/item';
import type { Result } from '../../../shared/operation';
import { item } from '../shared/operation';
import { endpointOptions } from './lists';

/** Endpoints that one request may name (docs/api/cortex-xsiam.md, "Limits"). */
const MOST_ENDPOINTS = 1_000;

export function endpointsParam(description: string) {
	return filledBy(endpointOptions, (loadOptionsMethod) =>
		param(
			{
				displayName: 'Endpoint Names or IDs',
				name: 'endpoints',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod },
				required: true,
				default: [],
				description: `${description} The list shows the 1,000 that were seen first; give others by their IDs, separated by commas. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.`,
			},
			endpointIds,
		),
	);
}

export const incident = sentAs('incident_id', {
	displayName: 'Incident ID',
	name: 'incidentId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 123',
	description: 'The case or incident that the action is shown with in the console',
});

/** Never none: without endpoints a request might mean all of them. */
const endpointIds = textList
	.transform((ids) => [...new Set(ids)])
	.refine((ids) => ids.length > 0, 'must name at least one endpoint')
	.refine(
		(ids) => ids.length <= MOST_ENDPOINTS,
		`must name at most ${MOST_ENDPOINTS} endpoints, because Cortex XSIAM accepts no more at once`,
	);

/** Numbers come as texts (docs/api/cortex-xsiam.md, "Endpoints"). */
const action = z.object({
	reply: z
		.object({ action_id: z.union([z.string().trim().min(1), z.number()]).transform(String) })
		.passthrough(),
});

const MEANINGS: Meaning[] = [
	{
		when: ({ message, extra }) => /no endpoint was found/i.test(`${message} ${extra}`),
		message:
			"'Endpoint Names or IDs' names no endpoint of the tenant that the action is possible for",
		description: "Give IDs of endpoints as 'Endpoint: Get Many' shows them, not host names.",
	},
];

/**
 * `POST endpoints/isolate` and `/unisolate`: by ID or by filter, never both (docs/api/cortex-xsiam.md,
 * "Endpoints").
 */
export async function setIsolation(
	api: CortexXsiamApi,
	name: 'isolate' | 'unisolate',
	ids: string[],
	more: ValuesOf<[typeof incident]>,
): Promise<Result> {
	const [only] = ids;
	const target =
		ids.length === 1
			? { endpoint_id: only }
			: { filters: [{ field: 'endpoint_id_list', operator: 'in', value: ids }] };
	const { value, body } = await api.change({
		path: `public_api/v1/endpoints/${name}`,
		data: { ...target, ...more },
		answer: action,
		what: 'the ID of the action',
		repeatable: true,
		meanings: MEANINGS,
	});
	const { action_id: id, status, endpoints_count: count } = value.reply;
	const taken = asNumber(count);
	return {
		item: item('endpointAction', {
			id,
			action: name,
			status: readText(status),
			endpointCount: readNumber(count),
			endpointIds: ids,
		}),
		raw: body,
		hints:
			taken !== null && taken < ids.length
				? [
						`Cortex XSIAM accepted ${taken} of ${ids.length} endpoints for action ${id}. 'Endpoint: Get Action Status' shows which.`,
					]
				: [],
	};
}
