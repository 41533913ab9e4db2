import { describeOperation } from '../kit/operation';
import type { Exchange } from '../kit/exchanges';
import { kit } from './kit';
import { published } from './published';

const done = { status: 204, reply: '' };
const update: Exchange = {
	method: 'POST',
	path: '/public_api/v1/case/update/123',
	body: '{"request_data":{"update_data":{"status_progress":"Resolved","resolve_reason":"Resolved - False Positive","resolve_comment":"Verified"}}}',
	...done,
};
const olderBody =
	'{"request_data":{"update_data":{"status_progress":"RESOLVED","resolve_reason":"RESOLVED_FALSE_POSITIVE","resolve_comment":"Verified"}}}';
const updated = {
	vendor: 'cortexXsiam',
	type: 'case',
	id: '123',
	status: 'Resolved',
	resolveReason: 'Resolved - False Positive',
	resolveComment: 'Verified',
	assignedTo: null,
	userSeverity: null,
	notes: null,
	customFields: null,
	updated: true,
};
const invalid = { status: 400, reply: { error: 'Invalid request data' } };

describeOperation(
	kit,
	'case',
	'update',
	published({
		cases: [
			{
				name: 'resolves a case for a reason',
				parameters: {
					case: '123',
					status: 'Resolved',
					resolveReason: 'Resolved - False Positive',
					resolveComment: ' Verified ',
				},
				exchanges: [update],
				items: updated,
				raw: {},
			},
			{
				name: 'understands the words of the older contract',
				parameters: {
					case: '123',
					status: '={{ "RESOLVED" }}',
					resolveReason: '={{ "RESOLVED_FALSE_POSITIVE" }}',
					resolveComment: 'Verified',
				},
				exchanges: [update],
				items: updated,
			},
			...['RESOLVED', 'resolved'].map((status) => ({
				name: `sends the reason that stands beside ${status}, as a workflow may have it`,
				parameters: {
					case: '123',
					status,
					resolveReason: 'RESOLVED_FALSE_POSITIVE',
					resolveComment: 'Verified',
				},
				exchanges: [update],
				items: updated,
			})),
			{
				name: 'says them to a tenant that takes no others',
				parameters: {
					case: '123',
					status: 'Resolved',
					resolveReason: 'Resolved - False Positive',
					resolveComment: 'Verified',
				},
				exchanges: [
					{ ...update, ...invalid },
					{ ...update, body: olderBody },
				],
				items: { ...updated, status: 'RESOLVED', resolveReason: 'RESOLVED_FALSE_POSITIVE' },
			},
			{
				name: 'leaves to the tenant what it calls its own statuses and reasons',
				parameters: {
					case: '123',
					status: '={{ "Waiting for Vendor" }}',
				},
				exchanges: [
					{
						...update,
						body: '{"request_data":{"update_data":{"status_progress":"Waiting for Vendor"}}}',
					},
				],
				items: {
					...updated,
					status: 'Waiting for Vendor',
					resolveReason: null,
					resolveComment: null,
				},
			},
			{
				name: 'sends no reason with another status, whatever the hidden fields hold',
				parameters: {
					case: { mode: 'list', value: 123 },
					status: 'In Progress',
					resolveReason: 'Resolved - Other',
					resolveComment: 'Verified',
				},
				exchanges: [
					{ ...update, body: '{"request_data":{"update_data":{"status_progress":"In Progress"}}}' },
				],
				items: { ...updated, status: 'In Progress', resolveReason: null, resolveComment: null },
			},
			{
				name: 'resolves without a reason that an expression left empty',
				parameters: { case: '123', status: 'Resolved', resolveReason: '={{ "" }}' },
				exchanges: [
					{ ...update, body: '{"request_data":{"update_data":{"status_progress":"Resolved"}}}' },
				],
				items: { ...updated, resolveReason: null, resolveComment: null },
			},
			{
				name: 'changes everything but the status',
				parameters: {
					case: '123',
					status: 'unchanged',
					updateFields: {
						assignedUser: 'user1@acme.com',
						customFields: '{"cost_center":"4711"}',
						notes: 'Seen before',
						userSeverity: '={{ "HIGH" }}',
					},
				},
				exchanges: [
					{
						...update,
						body: '{"request_data":{"update_data":{"cost_center":"4711","assigned_user":"user1@acme.com","user_severity":"high","notes":"Seen before"}}}',
					},
				],
				items: {
					...updated,
					status: null,
					resolveReason: null,
					resolveComment: null,
					assignedTo: 'user1@acme.com',
					userSeverity: 'high',
					notes: 'Seen before',
					customFields: { cost_center: '4711' },
				},
			},
			{
				name: 'takes the user’s severity away',
				parameters: { case: '123', status: 'unchanged', updateFields: { userSeverity: 'none' } },
				exchanges: [{ ...update, body: '{"request_data":{"update_data":{"user_severity":""}}}' }],
				items: { ...updated, status: null, resolveReason: null, resolveComment: null },
			},
		],
		refused: [
			[
				'a case that is no number',
				{ case: '={{ "CASE-3/../4" }}' },
				"'Case' must be the number of a case",
			],
			[
				'a field of its own among the custom ones',
				{ updateFields: { customFields: '{"status_progress":"Resolved"}' } },
				"'Custom Fields' must not have 'status_progress', which is no custom field",
			],
			[
				'a status in letters for which n8n drops what stands beside it',
				{ status: ' Resolved ' },
				"'Status' must be written as 'Resolved'",
			],
			['an update of nothing', { status: 'unchanged' }, "'Update Fields' has nothing to change"],
			['no status', { status: '={{ "" }}' }, "'Status' is required"],
			[
				'custom fields that are no JSON',
				{ updateFields: { customFields: '{cost_center}' } },
				"'Custom Fields' must be a JSON object",
			],
		],
		failures: [
			{
				name: 'a case that is not there',
				exchanges: [
					{ ...update, ...invalid },
					{ ...update, body: olderBody, ...invalid },
				],
				says: [
					'Cortex XSIAM does not accept the change of the case',
					"Check that 'Case' is the number",
					'Invalid request data',
				],
			},
			{
				name: 'HTTP 400 of whatever stands in front of the tenant, which is no word on the words',
				exchanges: [{ ...update, status: 400, reply: { message: 'Rejected' } }],
				says: [
					'answered the request with HTTP 400: Rejected',
					'a proxy or firewall in front of it may have sent it',
				],
			},
			{
				name: 'an answer that is lost after the older words were sent',
				exchanges: [
					{ ...update, ...invalid },
					{
						...update,
						body: olderBody,
						status: 500,
						reply: { reply: { err_code: 500, err_msg: 'x' } },
					},
				],
				says: ['answered the request with HTTP 500'],
			},
		],
	}),
);
