import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { textList, wholeNumber } from '../../../shared/input';
import { group, param, sentAs } from '../../../shared/param';
import { location } from '../shared/commonFields';

export const commonName = param({
	displayName: 'Common Name',
	name: 'commonName',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. host.example.com',
	description: 'The common name of the certificate',
});

export const keyStorePassword = sentAs('PASSWORD', {
	displayName: 'Key Store Password',
	name: 'password',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description: 'The password of the key store that the certificate and its key are kept in',
});

export const validity = param(
	{
		displayName: 'Validity',
		name: 'validity',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		required: true,
		default: 365,
		description: 'For how many days the certificate is valid',
	},
	wholeNumber({ unit: 'days', min: 1 }),
);

const serialNumberField = {
	displayName: 'Serial Number',
	name: 'serialNumber',
	type: 'string',
	default: '',
	placeholder: 'e.g. 18e4a0b0d5f',
} as const;

/** What names one certificate (docs/api/pam360.md, "Listing and reading certificates"). */
export const certificate = group(
	commonName,
	param({
		...serialNumberField,
		required: true,
		description: 'The serial number of the certificate, as PAM360 shows it',
	}),
);

/** Which one is meant where several have the common name. */
export const onlySerialNumber = sentAs('serial_number', {
	...serialNumberField,
	description:
		'Only the certificate with this serial number, as PAM360 shows it. Some servers ask for it.',
});

/** @returns the fields of INPUT_DATA that name the certificate */
export function named(given: { commonName: string; serialNumber: string }): IDataObject {
	return { common_name: given.commonName, serial_number: given.serialNumber };
}

const names = textList.transform((list) => (list.length > 0 ? list.join(',') : undefined));

const country = z.preprocess(
	(value) => (value === '' || value === null ? undefined : value),
	z
		.string({ invalid_type_error: 'must be a text' })
		.trim()
		.regex(/^[A-Za-z]{2}$/, 'must be a code of two letters')
		.optional(),
);

/**
 * What can be said of the subject and the key of a certificate, or of a request for one
 * (docs/api/pam360.md, "Creating certificates" and "Requests for certificates").
 */
export const subjectAndKey = group(
	sentAs(
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
	sentAs(
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
	sentAs('ALG', {
		displayName: 'Key Algorithm',
		name: 'keyAlgorithm',
		type: 'string',
		default: 'RSA',
		placeholder: 'e.g. RSA',
		description: 'The name of an algorithm that PAM360 offers',
	}),
	sentAs('LEN', {
		displayName: 'Key Length',
		name: 'keyLength',
		type: 'string',
		default: '4096',
		placeholder: 'e.g. 4096',
		description: 'In bits',
	}),
	location(),
	sentAs('ORG', {
		displayName: 'Organization',
		name: 'organization',
		type: 'string',
		default: '',
		placeholder: 'e.g. Example Inc.',
	}),
	sentAs('ORGUNIT', {
		displayName: 'Organizational Unit',
		name: 'organizationalUnit',
		type: 'string',
		default: '',
		placeholder: 'e.g. IT',
	}),
	sentAs('SIGALG', {
		displayName: 'Signature Algorithm',
		name: 'signatureAlgorithm',
		type: 'string',
		default: 'SHA256',
		placeholder: 'e.g. SHA256',
		description: 'The name of a hash algorithm that PAM360 offers',
	}),
	sentAs('STATE', {
		displayName: 'State',
		name: 'state',
		type: 'string',
		default: '',
		placeholder: 'e.g. Tamil Nadu',
	}),
	sentAs('StoreType', {
		displayName: 'Store Type',
		name: 'storeType',
		type: 'string',
		default: 'PKCS12',
		placeholder: 'e.g. PKCS12',
		description: 'The format of the key store',
	}),
);
