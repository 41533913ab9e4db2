import { additionalFields } from '../../../shared/param';
import { operation } from '../shared/operation';
import { endpointsParam, incident, setIsolation } from './isolation';

/** `POST /public_api/v1/endpoints/isolate`. Source: docs/api/cortex-xsiam.md, "Endpoints". */
export const isolate = operation({
	name: 'Isolate',
	value: 'isolate',
	action: 'Isolate endpoints',
	description:
		"Cut endpoints off from the network, all but their connection to Cortex XSIAM. The answer comes at once; 'Endpoint: Get Action Status' shows the result.",
	byPerson: { targets: ['endpoints'] },
	params: [endpointsParam('The endpoints to isolate.'), additionalFields(incident)],
	async run(api, { endpoints, additionalFields: more }) {
		return await setIsolation(api, 'isolate', endpoints, more);
	},
});
