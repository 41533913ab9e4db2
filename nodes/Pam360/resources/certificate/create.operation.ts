import { recordIn } from '../../api/pki';
import { operation } from '../shared/operation';
import { additionalFields, required } from '../../../shared/param';
import { sendOnce } from '../../../shared/sendOnce';
import { certificateItem, oddDetails } from './certificateItem';
import { commonName, keyStorePassword, subjectAndKey, validity } from './fields';

const LOST = {
	mayHave: 'The certificate may have been created',
	find: "Look for it with 'Certificate: Get'",
};

/** `POST createCertificate`. Source: docs/api/pam360.md, "Creating certificates". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create certificate',
	description: 'Create a self-signed certificate, whose key stays in PAM360',
	issues: 'certificate',
	furtherTries: { are: 'refused' },
	params: [
		commonName,
		required(keyStorePassword),
		// Everything is text here.
		validity.as(({ validity: days }) => ({ VALIDITY: String(days) })),
		additionalFields(subjectAndKey),
	],
	async run(api, { commonName: name, additionalFields: more, ...keyStore }, call) {
		const reply = await sendOnce(call, LOST, async (change) => {
			return await api.pki.create({
				call: 'createCertificate',
				details: { CNAME: name, ...more, ...keyStore, VALIDITY_TYPE: 'days' },
				...change,
			});
		});
		// What the answer says of the certificate is not documented.
		const record = recordIn(reply) ?? {};
		return {
			item: {
				...certificateItem(record, api.serverTimeZone, { commonName: name }),
				...oddDetails(reply),
			},
			raw: reply.body,
		};
	},
});
