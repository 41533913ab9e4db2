import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { recordIn } from '../../api/pki';
import { fieldsOf, requiredSecret, wireField, wireInput } from '../shared/wire';
import { additionalFields } from '../../../shared/description';
import { requiredText, textList, wholeNumber } from '../../../shared/input';
import { operation } from '../../../shared/operation';
import type { Call } from '../../../shared/operation';
import { sendOnce } from '../../../shared/sendOnce';
import { certificateItem } from './certificateItem';
import { commonName } from './fields';

const names = textList.transform((list) => (list.length > 0 ? list.join(',') : undefined));

const country = z.preprocess(
	(value) => (value === '' || value === null ? undefined : value),
	z
		.string({ invalid_type_error: 'must be a text' })
		.trim()
		.regex(/^[A-Za-z]{2}$/, 'must be a code of two letters')
		.optional(),
);

const optional = [
	wireField(
		'ALT_NAMES',
		{
			displayName: 'Alternative Names',
			name: 'alternativeNames',
			type: 'string',
			default: '',
			placeholder: 'e.g. www.example.com, example.com',
			description: 'Further host names that the certificate is valid for, separated by commas',
		},
		names,
	),
	wireField(
		'COUNTRY',
		{
			displayName: 'Country',
			name: 'country',
			type: 'string',
			default: '',
			placeholder: 'e.g. IN',
			description: 'Code of two letters',
		},
		country,
	),
	wireField('ALG', {
		displayName: 'Key Algorithm',
		name: 'keyAlgorithm',
		type: 'string',
		default: 'RSA',
		placeholder: 'e.g. RSA',
		description: 'The name of an algorithm that PAM360 offers',
	}),
	wireField('LEN', {
		displayName: 'Key Length',
		name: 'keyLength',
		type: 'string',
		default: '4096',
		placeholder: 'e.g. 4096',
		description: 'In bits',
	}),
	wireField('LOCATION', {
		displayName: 'Location',
		name: 'location',
		type: 'string',
		default: '',
		placeholder: 'e.g. Chennai',
	}),
	wireField('ORG', {
		displayName: 'Organization',
		name: 'organization',
		type: 'string',
		default: '',
		placeholder: 'e.g. Example Inc.',
	}),
	wireField('ORGUNIT', {
		displayName: 'Organizational Unit',
		name: 'organizationalUnit',
		type: 'string',
		default: '',
		placeholder: 'e.g. IT',
	}),
	wireField('SIGALG', {
		displayName: 'Signature Algorithm',
		name: 'signatureAlgorithm',
		type: 'string',
		default: 'SHA256',
		placeholder: 'e.g. SHA256',
		description: 'The name of a hash algorithm that PAM360 offers',
	}),
	wireField('STATE', {
		displayName: 'State',
		name: 'state',
		type: 'string',
		default: '',
		placeholder: 'e.g. Tamil Nadu',
	}),
	wireField('StoreType', {
		displayName: 'Store Type',
		name: 'storeType',
		type: 'string',
		default: 'PKCS12',
		placeholder: 'e.g. PKCS12',
		description: 'The format of the key store',
	}),
];

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
		additionalFields(...fieldsOf(optional)),
	],
	input: z.object({
		commonName: requiredText,
		password: requiredSecret,
		validity: wholeNumber({ unit: 'days', min: 1 }),
		additionalFields: wireInput(optional),
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
