import { answered } from '../../api/pki';
import { fieldNamed } from '../shared/spelling';
import { recordId } from '../shared/recordValues';
import { item, operation } from '../shared/operation';
import { additionalFields, group, nullIfAdded } from '../../../shared/param';
import { sendOnce } from '../../../shared/sendOnce';
import { oddDetails } from './certificateItem';
import { commonName, keyStorePassword, subjectAndKey } from './fields';

const optional = group(
	subjectAndKey,
	nullIfAdded(
		keyStorePassword.looking({
			description:
				'The password of the key store that the key is kept in, without which the key cannot be exported later',
		}),
	),
);

const LOST = {
	mayHave: 'The certificate request may have been created',
	find: "No call is known that lists requests: look in PAM360's console",
};

/** `POST createCSR`. Source: docs/api/pam360.md, "Requests for certificates". */
export const createCsr = operation({
	name: 'Create CSR',
	value: 'createCsr',
	action: 'Create certificate signing request',
	description: 'Make a key that stays in PAM360, and a certificate signing request for it',
	issues: 'certificate request',
	furtherTries: { are: 'refused' },
	params: [commonName, additionalFields(optional)],
	async run(api, { commonName: name, additionalFields: more }, call) {
		const reply = await sendOnce(call, LOST, async (change) => {
			return await api.pki.create({
				call: 'createCSR',
				details: { CNAME: name, ...more },
				...change,
			});
		});
		const id = fieldNamed(answered(reply), 'CSR_ID', 'certificateRequestId', 'id');
		return {
			item: item('certificateRequest', {
				id: recordId(id),
				commonName: name,
				created: true,
				...oddDetails(reply),
			}),
			raw: reply.body,
			...(id === undefined && {
				hints: [
					"The certificate request was created, but PAM360 did not return its ID, which 'Certificate: Sign CSR' needs. PAM360's console shows it.",
				],
			}),
		};
	},
});
