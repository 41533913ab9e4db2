import type { IDataObject } from 'n8n-workflow';
import { asBoolean, asObject } from '../../shared/read';

/**
 * What the text of an upsert's answer says.
 *
 * @param repeated The first answer was lost: an update may be of what this call created.
 * @param isNew Whether nothing could have the identifier before; the vault may have found a record by
 * something else, and says so.
 * @returns null where it cannot be told
 */
export function wasCreated(message: string, repeated: boolean, isNew = false): boolean | null {
	if (/updat|atualiz/i.test(message)) return repeated ? isNew || null : false;
	if (/regist|cadastr|creat|criad/i.test(message)) return true;
	return isNew ? true : null;
}

/**
 * `response.changed` of an upsert, where the vault tells it (docs/api/senhasegura.md, "The envelope").
 */
export function wasChanged(body: IDataObject): boolean | null {
	return asBoolean(asObject(body.response)?.changed);
}
