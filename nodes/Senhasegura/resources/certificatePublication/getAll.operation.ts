import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { certificateList, idOfRecord } from '../../api/certificates';
import type { SenhaseguraApi } from '../../api/client';
import { filters } from '../../../shared/description';
import { asId } from '../../../shared/fields';
import { flag } from '../../../shared/input';
import { itemOf, readId, readList, readText } from '../../../shared/item';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { readYesNo } from '../certificate/certificateItem';
import { numberOf, optionalId } from '../certificate/fields';
import { codedFields } from '../shared/coded';
import { timeFields } from '../shared/listed';

const wanted = z.object({
	certificateId: optionalId,
	deviceId: optionalId,
	failed: flag.optional(),
	processed: flag.optional(),
	profileId: optionalId,
	publicationId: optionalId,
});

const digit = (value: boolean | undefined) => (value === undefined ? undefined : value ? '1' : '0');

/** `GET certificate/publish/list`, page by page. Source: docs/api/senhasegura.md, "Certificates". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many certificate publications',
	description: 'Get the publications that were scheduled, and whether the vault has made them',
	fields: [
		...listFields,
		filters(
			numberOf(
				'Certificate ID',
				'certificateId',
				'e.g. 456',
				'The number of the certificate that is published',
			),
			numberOf('Device ID', 'deviceId', 'e.g. 101', 'The number of a device that it goes to'),
			{
				displayName: 'Failed',
				name: 'failed',
				type: 'boolean',
				default: true,
				description: 'Whether to return publications that went wrong, or the others',
			},
			{
				displayName: 'Processed',
				name: 'processed',
				type: 'boolean',
				default: true,
				description: 'Whether to return publications that the vault has worked on, or the others',
			},
			numberOf('Profile ID', 'profileId', 'e.g. 22', 'The number of the publication profile'),
			numberOf('Publication ID', 'publicationId', 'e.g. 567', 'The number of one publication'),
		),
	],
	input: z.object({ ...listInput, filters: wanted }).transform(mostOf),
	async *run(api: SenhaseguraApi, { most, filters: filter }) {
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
	return itemOf({
		vendor: 'senhasegura',
		type: 'certificatePublication',
		id: idOfRecord({ ...record, code_certificate: undefined }),
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
