import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { additionalFields } from '../../../shared/description';
import { choice, ifGiven, requiredText } from '../../../shared/input';

export const commonName: INodeProperties = {
	displayName: 'Common Name',
	name: 'commonName',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. host.example.com',
	description: 'The common name of the certificate',
};

/** What names one certificate (docs/api/pam360.md, "Listing and reading certificates"). */
export const certificateFields: INodeProperties[] = [
	commonName,
	{
		displayName: 'Serial Number',
		name: 'serialNumber',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 18e4a0b0d5f',
		description: 'The serial number of the certificate, as PAM360 shows it',
	},
];

export const certificateInput = { commonName: requiredText, serialNumber: requiredText };

/** @returns the fields of INPUT_DATA that name the certificate */
export function named(certificate: { commonName: string; serialNumber: string }): IDataObject {
	return { common_name: certificate.commonName, serial_number: certificate.serialNumber };
}

/** Which file of the certificate to export. */
export const fileTypeFields: INodeProperties = additionalFields({
	displayName: 'File Type',
	name: 'fileType',
	type: 'options',
	options: [
		{ name: 'Certificate', value: 'CER' },
		{ name: 'Private Key', value: 'KEY', description: 'The file holds the key in clear' },
	],
	default: 'CER',
	description:
		'Which file to export. Without it PAM360 gives the certificate; the choice is documented for Key Manager Plus only.',
});

export const fileTypeInput = z.object({ fileType: ifGiven(choice(['CER', 'KEY'])) }).default({});
