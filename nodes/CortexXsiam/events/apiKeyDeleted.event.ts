import { leavers } from '../../shared/watch';
import { known, lookAtKeys } from './allKeys';
import { triggerEvent } from '../resources/shared/operation';

/** From `POST /public_api/v1/api_keys/get_api_keys` (docs/api/cortex-xsiam.md, "Listing API keys"). */
export const apiKeyDeleted = triggerEvent({
	name: 'API Key Deleted',
	value: 'apiKeyDeleted',
	action: 'On API key deleted',
	description:
		'A key is gone that was in the list at the last look. The item says what it was like then.',
	params: [],
	look: async (api, _, memory) =>
		await lookAtKeys(api, memory, (records) => leavers(memory, known(records))),
	// What is gone cannot be listed.
	latest: async () => [],
});
