import { z } from 'zod';
import type { CortexXsiamApi } from '../api/client';
import { triggerEvent } from '../../shared/trigger';
import { leavers } from '../../shared/watch';
import { known, lookAtKeys } from './allKeys';

/** From `POST /public_api/v1/api_keys/get_api_keys` (docs/api/cortex-xsiam.md, "Listing API keys"). */
export const apiKeyDeleted = triggerEvent({
	name: 'API Key Deleted',
	value: 'apiKeyDeleted',
	action: 'On API key deleted',
	description:
		'A key is gone that was in the list at the last look. The item says what it was like then.',
	fields: [],
	input: z.object({}),
	look: async (api: CortexXsiamApi, _, memory) =>
		await lookAtKeys(api, memory, (records) => leavers(memory, known(records))),
	// What is gone cannot be listed.
	latest: async () => [],
});
