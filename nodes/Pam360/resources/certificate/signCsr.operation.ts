import { answered } from '../../api/pki';
import { idText } from '../shared/pickers';
import { operation } from '../shared/operation';
import { flag } from '../../../shared/input';
import { param, sentAs } from '../../../shared/param';
import { sendOnce } from '../../../shared/sendOnce';
import { certificateItem, oddDetails } from './certificateItem';
import { validity } from './fields';

/** The way of signing whose fields the vendor's page names; the default would be Microsoft's CA. */
const SIGN_TYPE = 'signWithRoot';

const LOST = {
	mayHave: 'The request may have been signed',
	find: "Look for a new serial number of its common name with 'Certificate: Get'",
};

/** `POST signCSR`. Source: docs/api/pam360.md, "Requests for certificates". */
export const signCsr = operation({
	name: 'Sign CSR',
	value: 'signCsr',
	action: 'Sign certificate signing request',
	description: 'Make a certificate of a signing request with a root certificate that PAM360 holds',
	issues: 'certificate',
	furtherTries: { are: 'refused' },
	byPerson: { targets: ['csrId'], guards: ['isIntermediate'] },
	params: [
		sentAs(
			'CSR_ID',
			{
				displayName: 'CSR ID',
				name: 'csrId',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. 303',
				description: 'The ID of the signing request in PAM360',
			},
			idText,
		),
		sentAs('rootCertificateCommonName', {
			displayName: 'Root Certificate Common Name',
			name: 'rootCommonName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Example Root CA',
			description: 'The common name of the certificate to sign with',
		}),
		sentAs('rootCertificateSerialNumber', {
			displayName: 'Root Certificate Serial Number',
			name: 'rootSerialNumber',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 1879376424c',
			description: 'The serial number of the certificate to sign with, as PAM360 shows it',
		}),
		validity
			.looking({ description: 'For how many days the new certificate is valid' })
			.as(({ validity: days }) => ({ Validity: days })),
		param(
			{
				displayName: 'Intermediate Certificate',
				name: 'isIntermediate',
				type: 'boolean',
				default: false,
				description: 'Whether the new certificate may sign others itself',
			},
			// A text on the wire, unlike the number, as in the sample.
			flag.transform(String),
		),
	],
	async run(api, { CSR_ID: csrId, ...more }, call) {
		const reply = await sendOnce(call, LOST, async (change) => {
			return await api.pki.create({
				call: 'signCSR',
				details: { signType: SIGN_TYPE, ...more, CSR_ID: csrId },
				...change,
			});
		});
		const item = certificateItem(answered(reply), api.serverTimeZone);
		return {
			item: { ...item, csrId, ...oddDetails(reply) },
			raw: reply.body,
			...(item.serialNumber === null && {
				hints: [
					"The request was signed, but PAM360 did not return the serial number of the certificate. 'Certificate: Get' finds it by its common name.",
				],
			}),
		};
	},
});
