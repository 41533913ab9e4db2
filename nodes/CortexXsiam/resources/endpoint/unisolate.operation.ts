import { additionalFields } from '../../../shared/param';
import { operation } from '../shared/operation';
import { endpointsParam, incident, setIsolation } from './isolation';

/** `POST /public_api/v1/endpoints/unisolate`. Source: docs/api/cortex-xsiam.md, "Endpoints". */
export const unisolate = operation({
	name: 'Unisolate',
	value: 'unisolate',
	action: 'Unisolate endpoints',
	description:
		"Let isolated endpoints into the network again. The answer comes at once; 'Endpoint: Get Action Status' shows the result.",
	byPerson: { targets: ['endpoints'] },
	params: [endpointsParam('The endpoints to let in again.'), additionalFields(incident)],
	async run(api, { endpoints, additionalFields: more }) {
		return await setIsolation(api, 'unisolate', endpoints, more);
	},
});
