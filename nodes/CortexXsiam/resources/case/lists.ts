import { asId, asText } from '../../../shared/read';
import { newestList } from '../shared/lists';

export const caseList = newestList(
	'searchCases',
	{
		path: 'public_api/v1/case/search',
		sort: { field: 'creation_time', keyword: 'desc' },
		noun: 'cases',
		idOf: ({ case_id: id }) => asId(id),
	},
	'case_id',
	(record) => asText(record.case_name) ?? asText(record.description),
);
