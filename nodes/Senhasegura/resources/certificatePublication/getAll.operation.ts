import type { IDataObject } from 'n8n-workflow';
import { certificateList } from '../../api/certificates';
import { filters, param } from '../../../shared/param';
import { asId } from '../../../shared/read';
import { flag } from '../../../shared/input';
import { readId, readList, readText } from '../../../shared/item';
import { returnAllOrLimit } from '../../../shared/list';
import { idOf, onlyCertificate } from '../certificate/fields';
import { codedFields, readYesNo } from '../shared/coded';
import { timeFields } from '../shared/vaultTime';
import { item, operation } from '../shared/operation';

const digit = (value: boolean | undefined) => (value === undefined ? undefined : value ? '1' : '0');

/** `GET certificate/publish/list`, page by page. Source: docs/api/senhasegura.md, "Certificates". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many certificate publications',
	description: 'Get scheduled publications, and whether the vault has carried them out',
	params: [
		returnAllOrLimit,
		filters(
			onlyCertificate('The number of the certificate that is published'),
			idOf({
				displayName: 'Device ID',
				name: 'deviceId',
				placeholder: 'e.g. 101',
				description: 'The number of a device that the certificate is put on',
			}),
			param(
				{
					displayName: 'Failed',
					name: 'failed',
					type: 'boolean',
					default: true,
					description: 'Whether to return publications that failed, or the others',
				},
				flag.optional(),
			),
			param(
				{
					displayName: 'Processed',
					name: 'processed',
					type: 'boolean',
					default: true,
					description: 'Whether to return publications that the vault has worked on, or the others',
				},
				flag.optional(),
			),
			idOf({
				displayName: 'Profile ID',
				name: 'profileId',
				placeholder: 'e.g. 22',
				description: 'The number of the publication profile',
			}),
			idOf({
				displayName: 'Publication ID',
				name: 'publicationId',
				placeholder: 'e.g. 567',
				description: 'The number of one publication',
			}),
		),
	],
	async *run(api, { most, filters: filter }) {
		const query = {
			code_certified: filter.certificateId,
			code_profile_publication: filter.profileId,
			processed: digit(filter.processed),
			error: digit(filter.failed),
			device: filter.deviceId,
		};
		const id = filter.publicationId;
		for await (const record of certificateList(api, 'publications', { id, query, limit: most })) {
			yield { item: publicationItem(record, api.serverTimeZone), raw: record };
		}
	},
});

/** @param zone Of the vault's clock. */
function publicationItem(record: IDataObject, zone: string | undefined): IDataObject {
	return item('certificatePublication', {
		id: readId(record.code_publishing ?? record.code_publication ?? record.code_request),
		certificateId: readId(record.code_certified ?? record.code_certificate),
		profileId: readId(record.code_profile_publication),
		devices: readList(asId, record.devices ?? record.device),
		processed: readYesNo(record.processed),
		failed: readYesNo(record.error),
		...codedFields('reason', record.reason),
		itsmCode: readText(record.itsm_code ?? record.itms_code),
		...timeFields('createdAt', record.creation_date, zone),
	});
}
