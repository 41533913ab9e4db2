import { z } from 'zod';
import { certificateApiOf, changeCertificates, changedRecord } from '../../api/certificates';
import type { SenhaseguraApi } from '../../api/client';
import { CONFIRMATION, confirmedBare } from '../../api/envelope';
import { additionalFields } from '../../../shared/description';
import { itemOf, readId, readText } from '../../../shared/item';
import { operation } from '../../../shared/operation';
import type { Call } from '../../../shared/operation';
import { optionalText } from '../../../shared/input';
import { sendOnce } from '../../../shared/sendOnce';
import { creation } from '../shared/changes';
import { codedFields } from '../shared/coded';
import {
	LONGEST_JUSTIFICATION,
	certificateIdField,
	itsmCodeField,
	justificationField,
	limitedText,
	numberOf,
	reasonField,
	recordNumber,
	recordNumbers,
} from './fields';

/** `POST certificate/publish`. Source: docs/api/senhasegura.md, "Certificates". */
export const publish = operation({
	name: 'Publish',
	value: 'publish',
	action: 'Publish certificate',
	description:
		"Schedule that the vault puts a certificate on devices; 'Get Many' of certificate publications says what became of it",
	issues: 'publication',
	furtherTries: { are: 'refused' },
	fields: [
		certificateIdField,
		{
			...numberOf(
				'Publication Profile ID',
				'profileId',
				'e.g. 22',
				'The number of a publication profile that is registered in the vault',
			),
			required: true,
		},
		{
			displayName: 'Device IDs',
			name: 'devices',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 101, 102',
			description: 'The numbers of the devices to put the certificate on, separated by commas',
		},
		reasonField,
		additionalFields(itsmCodeField, justificationField),
	],
	input: z.object({
		certificateId: recordNumber,
		profileId: recordNumber,
		devices: recordNumbers,
		reason: recordNumber,
		additionalFields: z.object({
			itsmCode: optionalText,
			justification: limitedText(LONGEST_JUSTIFICATION),
		}),
	}),
	async run(api: SenhaseguraApi, { certificateId, ...values }, call: Call) {
		const { profileId, devices, reason, additionalFields: more } = values;
		const isCurrent = certificateApiOf(api) === 'current';
		const send = async () =>
			await creation(
				changeCertificates(api, {
					method: 'POST',
					path: isCurrent ? 'certificate/publish' : 'cert/publish',
					body: {
						[isCurrent ? 'certificate_code' : 'code_certificate']: certificateId,
						code_profile_publication: profileId,
						justification: more.justification,
						reason,
						[isCurrent ? 'itsm_code' : 'itms_code']: more.itsmCode,
						devices,
					},
					answer: confirmedBare,
					what: CONFIRMATION,
					repeatable: false,
				}),
				`The publication may have been scheduled all the same: look for certificate ${certificateId} with 'Get Many' of certificate publications before you try again.`,
			);
		const mayHave = `The publication of certificate ${certificateId} may have been scheduled`;
		const { body } = await sendOnce(call, mayHave, send);
		const record = changedRecord(body);
		const item = itemOf({
			vendor: 'senhasegura',
			type: 'certificatePublication',
			id: readId(record.code_publishing),
			certificateId: String(certificateId),
			profileId: String(profileId),
			devices: devices.map(String),
			scheduled: true,
			...codedFields('reason', record.reason ?? String(reason)),
			itsmCode: readText(record.itsm_code ?? record.itms_code ?? more.itsmCode),
		});
		return { item, raw: body, hints: item.id === null ? [NO_NUMBER] : [] };
	},
});

const NO_NUMBER =
	"The vault did not say under which number the publication is scheduled: 'Get Many' of certificate publications finds it by its certificate.";
