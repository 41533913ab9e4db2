import type { IDataObject } from 'n8n-workflow';
import { formEncode } from '../../shared/url';

/** The inner key differs by call, and the server minds its case (docs/api/pam360.md, "INPUT_DATA"). */
export type DetailsKey = 'Details' | 'details';

/**
 * The one form field that carries all input (docs/api/pam360.md, "INPUT_DATA"), percent-encoded: the
 * body of a POST, PUT or DELETE, the query of a GET.
 */
export function inputData(details: IDataObject, key: DetailsKey): string {
	return formEncode({ INPUT_DATA: JSON.stringify({ operation: { [key]: details } }) });
}
