import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { param } from '../../../shared/param';
import { asObject, asText } from '../../../shared/read';
import { wholeNumber } from '../../../shared/input';
import { oddPart, readText, readWith } from '../../../shared/item';
import { defined } from '../shared/text';
import { item, operation } from '../shared/operation';

const answer = z.object({
	reply: z.object({ data: z.record(z.unknown()), errorReasons: z.unknown() }),
});

const SUCCESS = 'COMPLETED_SUCCESSFULLY';

/** Whether nothing more happens in a status (docs/api/cortex-xsiam.md, "Endpoints"). */
const DONE = new Map([
	['ABORTED', true],
	['CANCELLED', true],
	['COMPLETED_PARTIAL', true],
	[SUCCESS, true],
	['EXPIRED', true],
	['FAILED', true],
	['IN_PROGRESS', false],
	['PENDING', false],
	['PENDING_ABORT', false],
	['TIMEOUT', true],
]);

/** As the list above has it. */
function known(status: unknown): string | undefined {
	const word = asText(status)?.trim().toUpperCase() ?? '';
	return DONE.has(word) ? word : undefined;
}

/** `POST /public_api/v1/actions/get_action_status`. Source: docs/api/cortex-xsiam.md, "Endpoints". */
export const getActionStatus = operation({
	name: 'Get Action Status',
	value: 'getActionStatus',
	action: 'Get status of endpoint action',
	description: 'Get the result of an action, one item for each endpoint',
	params: [
		param(
			{
				displayName: 'Action ID',
				name: 'actionId',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 123456789',
				description: "The ID that 'Endpoint: Isolate' or 'Endpoint: Unisolate' gave",
			},
			wholeNumber({}),
		),
	],
	async run(api, { actionId }) {
		const { value } = await api.read({
			path: 'public_api/v1/actions/get_action_status',
			// A number, although the calls that start an action give a text.
			data: { group_action_id: actionId },
			answer,
			what: 'the status of the action',
		});
		const { errorReasons } = value.reply;
		const reasons = asObject(errorReasons) ?? {};
		return Object.entries(value.reply.data).map(([endpointId, status]) => ({
			item: item('endpointActionStatus', {
				actionId: String(actionId),
				endpointId,
				status: readText(status),
				isDone: readWith((value) => DONE.get(known(value) ?? ''), status),
				isSuccessful: known(status) === undefined ? null : known(status) === SUCCESS,
				reason: reasonOf(reasons[endpointId]),
				...oddPart('errorReasons', errorReasons),
			}),
			raw: {
				data: { [endpointId]: status } as IDataObject,
				errorReasons: asObject(errorReasons)
					? defined({ [endpointId]: reasons[endpointId] })
					: (errorReasons as IDataObject),
			},
		}));
	},
});

/** Its form is not documented. */
function reasonOf(reason: unknown): string | null {
	const isObject = typeof reason === 'object' && reason !== null;
	return isObject ? JSON.stringify(reason) : asText(reason);
}
