import { additionalFields } from '../../../shared/param';
import { ifAny, justification, withAdvice } from '../shared/justification';
import { item, operation } from '../shared/operation';
import { account, resource } from '../shared/pickers';

/**
 * `GET /resources/{RESOURCEID}/accounts/{ACCOUNTID}/downloadfile`. Source: docs/api/pam360.md, "Files
 * of accounts".
 */
export const downloadFile = operation({
	name: 'Download File',
	value: 'downloadFile',
	action: 'Download file of account',
	description:
		'Get the file that an account of the type File Store, Key Store or License Store holds',
	download: true,
	params: [resource, account, additionalFields(justification)],
	async run(api, { resourceId: inResource, accountId: given, additionalFields: details }) {
		const { resourceId, accountId } = await api.ids.account(inResource, given);
		const { content, name, type } = await api
			.download({
				path: `resources/${resourceId}/accounts/${accountId}/downloadfile`,
				...ifAny(details),
			})
			.catch(withAdvice);
		const mimeType = type ?? 'application/octet-stream';
		const fileName = name ?? `pam360-account-${accountId}`;
		return {
			item: item('file', {
				id: accountId,
				resourceId,
				fileName,
				mimeType,
				fileSize: content.length,
			}),
			// The answer is the file itself; nothing else of it is left.
			raw: { fileName: name, contentType: type },
			file: { content, name: fileName, type: mimeType },
		};
	},
});
