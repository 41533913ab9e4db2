import { certificateList } from '../../api/certificates';
import { filters, param } from '../../../shared/param';
import { listed } from '../../../shared/list';
import {
	certificateTypeOptions,
	domainTypeOptions,
	environments,
	idOf,
	organization,
	responsible,
	san,
	systems,
	tags,
} from '../certificate/fields';
import { operation } from '../shared/operation';
import { requestItem } from './requestItem';

const commas = (list: string[]) => list.join(',') || undefined;

/** `GET certificate/request/list`, page by page. Source: docs/api/senhasegura.md, "Certificates". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many certificate requests',
	description: 'Get requests for certificates and how far they are, without their passwords',
	params: [
		listed,
		filters(
			param({
				displayName: 'Common Name',
				name: 'commonName',
				type: 'string',
				default: '',
				placeholder: 'e.g. www.example.com',
				description: 'The name that the certificate is to be for',
			}),
			param({
				displayName: 'Domain Type',
				name: 'domainType',
				type: 'options',
				options: domainTypeOptions,
				default: 'SING',
				description: 'How many domains the certificate is to be for',
			}),
			environments,
			idOf(organization),
			idOf({
				displayName: 'Request ID',
				name: 'requestId',
				placeholder: 'e.g. 123',
				description: 'The number of one request',
			}),
			idOf(responsible),
			idOf({
				displayName: 'Status Code',
				name: 'statusCode',
				placeholder: 'e.g. 7',
				description: 'The number of a status; 7 is Signed',
			}),
			san,
			systems,
			tags,
			param({
				displayName: 'Type',
				name: 'certificateType',
				type: 'options',
				options: certificateTypeOptions,
				default: '1',
				description: 'What the authority checks before it signs',
			}),
		),
	],
	async *run(api, { most, filters: filter }) {
		const query = {
			status_request: filter.statusCode,
			type_certificate: filter.certificateType,
			type_domain: filter.domainType,
			organization: filter.organization,
			common_name: filter.commonName,
			san: commas(filter.san),
			tags: commas(filter.tags),
			environments: commas(filter.environments),
			systems: commas(filter.systems),
			responsible: filter.responsible,
		};
		const id = filter.requestId;
		for await (const record of certificateList(api, 'requests', { id, query, limit: most })) {
			yield { item: requestItem(record), raw: record };
		}
	},
});
