import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { additionalFields } from '../../../shared/description';
import { optionalText } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import { endpointIds, endpointsField, incidentField, setIsolation } from './isolation';

/** `POST /public_api/v1/endpoints/isolate`. Source: docs/api/cortex-xsiam.md, "Endpoints". */
export const isolate = operation({
	name: 'Isolate',
	value: 'isolate',
	action: 'Isolate endpoints',
	description:
		'Cut endpoints off from the network, all but their connection to Cortex XSIAM. The answer comes at once; Get Action Status tells what became of it.',
	byPerson: { targets: ['endpoints'] },
	fields: [endpointsField('The endpoints to isolate.'), additionalFields(incidentField)],
	input: z.object({
		endpoints: endpointIds,
		additionalFields: z.object({ incidentId: optionalText }),
	}),
	async run(api: CortexXsiamApi, { endpoints, additionalFields: { incidentId } }) {
		return await setIsolation(api, 'isolate', endpoints, incidentId);
	},
});
