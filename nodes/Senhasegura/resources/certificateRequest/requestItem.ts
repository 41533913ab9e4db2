import type { IDataObject } from 'n8n-workflow';
import { readId, readText } from '../../../shared/item';
import { subjectFields } from '../certificate/certificateItem';
import { codedFields } from '../shared/coded';
import { item } from '../shared/operation';

/** A request for a certificate, without its secrets (docs/api/senhasegura.md, "Certificates"). */
export function requestItem(record: IDataObject): IDataObject {
	return item('certificateRequest', {
		id: readId(record.code_request),
		...subjectFields(record),
		...codedFields('status', record.status_request, 'statusCode'),
		justification: readText(record.justification),
	});
}
