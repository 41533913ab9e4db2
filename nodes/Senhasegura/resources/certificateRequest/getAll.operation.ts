import { z } from 'zod';
import { certificateList } from '../../api/certificates';
import type { SenhaseguraApi } from '../../api/client';
import { filters } from '../../../shared/description';
import { ifGiven, optionalText, textList, vendorValue } from '../../../shared/input';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import {
	certificateTypeOptions,
	domainTypeOptions,
	environmentsField,
	numberOf,
	optionalId,
	organizationField,
	responsibleField,
	sanField,
	systemsField,
	tagsField,
} from '../certificate/fields';
import { requestItem } from './requestItem';

const wanted = z.object({
	certificateType: ifGiven(vendorValue),
	commonName: optionalText,
	domainType: ifGiven(vendorValue),
	environments: textList,
	organization: optionalId,
	requestId: optionalId,
	responsible: optionalId,
	san: textList,
	statusCode: optionalId,
	systems: textList,
	tags: textList,
});

const commas = (list: string[]) => list.join(',') || undefined;

/** `GET certificate/request/list`, page by page. Source: docs/api/senhasegura.md, "Certificates". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many certificate requests',
	description: 'Get requests for certificates and how far they are, without their passwords',
	fields: [
		...listFields,
		filters(
			{
				displayName: 'Common Name',
				name: 'commonName',
				type: 'string',
				default: '',
				placeholder: 'e.g. www.example.com',
				description: 'The name that the certificate is to be for',
			},
			{
				displayName: 'Domain Type',
				name: 'domainType',
				type: 'options',
				options: domainTypeOptions,
				default: 'SING',
				description: 'How many domains the certificate is to be for',
			},
			environmentsField,
			organizationField,
			numberOf('Request ID', 'requestId', 'e.g. 123', 'The number of one request'),
			responsibleField,
			numberOf('Status Code', 'statusCode', 'e.g. 7', 'The number of a status; 7 is Signed'),
			sanField,
			systemsField,
			tagsField,
			{
				displayName: 'Type',
				name: 'certificateType',
				type: 'options',
				options: certificateTypeOptions,
				default: '1',
				description: 'What the authority checks before it signs',
			},
		),
	],
	input: z.object({ ...listInput, filters: wanted }).transform(mostOf),
	async *run(api: SenhaseguraApi, { most, filters: filter }) {
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
