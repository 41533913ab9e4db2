import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { recordIn } from '../../api/pki';
import { fieldsOf, requiredSecret, wireInput } from '../shared/wire';
import { additionalFields } from '../../../shared/description';
import { requiredText, wholeNumber } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import type { Call } from '../../../shared/operation';
import { sendOnce } from '../../../shared/sendOnce';
import { certificateItem } from './certificateItem';
import { commonName, subjectAndKey } from './fields';

const MAY_HAVE = 'The certificate may have been created';

/** `POST createCertificate`. Source: docs/api/pam360.md, "Creating certificates". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create certificate',
	description: 'Create a self-signed certificate, whose key stays in PAM360',
	issues: 'certificate',
	furtherTries: { are: 'refused' },
	fields: [
		commonName,
		{
			displayName: 'Key Store Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The password of the key store that the certificate and its key are kept in',
		},
		{
			displayName: 'Validity',
			name: 'validity',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			required: true,
			default: 365,
			description: 'For how many days the certificate is valid',
		},
		additionalFields(...fieldsOf(subjectAndKey)),
	],
	input: z.object({
		commonName: requiredText,
		password: requiredSecret,
		validity: wholeNumber({ unit: 'days', min: 1 }),
		additionalFields: wireInput(subjectAndKey),
	}),
	async run(
		api: Pam360Api,
		{ commonName: name, password, validity, additionalFields: more },
		call: Call,
	) {
		const create = async () =>
			await api.pki.create({
				call: 'createCertificate',
				// Everything is text here.
				details: {
					CNAME: name,
					...more,
					PASSWORD: password,
					VALIDITY: String(validity),
					VALIDITY_TYPE: 'days',
				},
				mayHave: MAY_HAVE,
				find: "Look for it with 'Certificate: Get'",
			});
		const reply = await sendOnce(call, MAY_HAVE, create);
		// What the answer says of the certificate is not documented.
		const record = recordIn(reply) ?? {};
		return {
			item: certificateItem(record, api.serverTimeZone, { commonName: name }),
			raw: reply.body,
		};
	},
});
