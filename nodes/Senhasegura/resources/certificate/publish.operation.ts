import {
	certificateApiOf,
	certificateFamily,
	changedRecord,
	toldDone,
	withoutRecordSecrets,
} from '../../api/certificates';
import { confirmsBare } from '../../api/envelope';
import { additionalFields, param, required } from '../../../shared/param';
import { readId, readText } from '../../../shared/item';
import { sendOnce } from '../../../shared/sendOnce';
import { codedFields } from '../shared/coded';
import { item, operation } from '../shared/operation';
import { certificateId, itsmCode, justification, numberOf, reason, recordNumbers } from './fields';

/** `POST certificate/publish`. Source: docs/api/senhasegura.md, "Certificates". */
export const publish = operation({
	name: 'Publish',
	value: 'publish',
	action: 'Publish certificate',
	description:
		"Let the vault put a certificate on devices; 'Certificate Publication: Get Many' shows the result",
	issues: 'publication',
	furtherTries: { are: 'refused' },
	byPerson: { targets: ['certificateId', 'profileId', 'devices'] },
	params: [
		certificateId,
		required(
			numberOf({
				displayName: 'Publication Profile ID',
				name: 'profileId',
				placeholder: 'e.g. 22',
				description: 'The number of a publication profile that is registered in the vault',
			}),
		),
		param(
			{
				displayName: 'Device IDs',
				name: 'devices',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 101, 102',
				description: 'The numbers of the devices to put the certificate on, separated by commas',
			},
			recordNumbers,
		),
		reason,
		additionalFields(itsmCode, justification),
	],
	async run(api, { certificateId: certificate, ...values }, call) {
		const { profileId, devices, reason: code, additionalFields: more } = values;
		const isCurrent = certificateApiOf(api) === 'current';
		const mayHave = `The publication of certificate ${certificate} may have been scheduled`;
		const { body } = await sendOnce(call, { mayHave, find: FIND }, async (change) => {
			return await api.change({
				...certificateFamily(api),
				method: 'POST',
				path: isCurrent ? 'certificate/publish' : 'cert/publish',
				body: {
					[isCurrent ? 'certificate_code' : 'code_certificate']: certificate,
					code_profile_publication: profileId,
					justification: more.justification,
					reason: code,
					[isCurrent ? 'itsm_code' : 'itms_code']: more.itsmCode,
					devices,
				},
				...confirmsBare,
				...change,
			});
		});
		const record = changedRecord(body);
		const publication = item('certificatePublication', {
			id: readId(record.code_publishing),
			certificateId: String(certificate),
			profileId: String(profileId),
			devices: devices.map(String),
			scheduled: toldDone(body),
			...codedFields('reason', record.reason ?? String(code)),
			itsmCode: readText(record.itsm_code ?? record.itms_code ?? more.itsmCode),
		});
		return {
			item: publication,
			raw: withoutRecordSecrets(body),
			hints: publication.id === null ? [NO_NUMBER] : [],
		};
	},
});

const FIND = "Look for the certificate with 'Certificate Publication: Get Many'";

const NO_NUMBER =
	"The vault did not return the number of the publication. Find it with 'Certificate Publication: Get Many', by its certificate.";
