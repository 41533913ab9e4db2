import { readNumber, readObject } from '../../../shared/item';
import { item, operation } from '../shared/operation';
import { quotaOf } from './query';

/** `POST /public_api/v1/xql/get_quota`. Source: docs/api/cortex-xsiam.md, "XQL queries". */
export const getQuota = operation({
	name: 'Get Quota',
	value: 'getQuota',
	action: 'Get quota of queries',
	description: 'Get how much of the daily quota for queries is used, and what runs now',
	params: [],
	async run(api) {
		const { value, body } = await quotaOf(api);
		const { reply } = value;
		return {
			item: item('xqlQuota', {
				used: readNumber(reply.used_quota),
				licensed: readNumber(reply.license_quota),
				purchased: readNumber(reply.additional_purchased_quota),
				evaluation: readNumber(reply.eval_quota),
				queriesToday: readNumber(reply.total_daily_running_queries),
				rejectedToday: readNumber(reply.total_daily_concurrent_rejected_queries),
				running: readNumber(reply.current_concurrent_active_queries_count),
				mostRunningToday: readNumber(reply.max_daily_concurrent_active_query_count),
				queries: readObject(reply.current_concurrent_active_queries),
			}),
			raw: body,
		};
	},
});
