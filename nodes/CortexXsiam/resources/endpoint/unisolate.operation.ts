import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { additionalFields } from '../../../shared/description';
import { optionalText } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import { endpointIds, endpointsField, incidentField, setIsolation } from './isolation';

/** `POST /public_api/v1/endpoints/unisolate`. Source: docs/api/cortex-xsiam.md, "Endpoints". */
export const unisolate = operation({
	name: 'Unisolate',
	value: 'unisolate',
	action: 'Unisolate endpoints',
	description:
		'Let isolated endpoints into the network again. The answer comes at once; Get Action Status tells what became of it.',
	fields: [endpointsField('The endpoints to let in again.'), additionalFields(incidentField)],
	input: z.object({
		endpoints: endpointIds,
		additionalFields: z.object({ incidentId: optionalText }),
	}),
	async run(api: CortexXsiamApi, { endpoints, additionalFields: { incidentId } }) {
		return await setIsolation(api, 'unisolate', endpoints, incidentId);
	},
});
