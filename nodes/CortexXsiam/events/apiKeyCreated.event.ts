import { newcomers, newestFirst } from '../../shared/watch';
import { keyRecords, known, lookAtKeys } from './allKeys';
import { triggerEvent } from '../resources/shared/operation';

/** From `POST /public_api/v1/api_keys/get_api_keys` (docs/api/cortex-xsiam.md, "Listing API keys"). */
export const apiKeyCreated = triggerEvent({
	name: 'API Key Created',
	value: 'apiKeyCreated',
	action: 'On API key created',
	description:
		'A key is in the list that was not there at the last look, whoever made it. One that is deleted between two looks is not seen.',
	params: [],
	look: async (api, _, memory) =>
		await lookAtKeys(api, memory, (records) => newcomers(memory, known(records))),
	async latest(api, _, count) {
		const keys = known(await keyRecords(api));
		const timed = keys.map(({ id, result }) => ({
			id,
			result,
			time: Date.parse(String(result.item.createdAt)) || 0,
		}));
		return newestFirst(timed, count);
	},
});
