import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { operation } from '../../../shared/operation';
import { fileName, fileResult } from './certificateItem';
import {
	certificateFields,
	certificateInput,
	fileTypeFields,
	fileTypeInput,
	named,
} from './fields';

/** `GET getCertificate`. Source: docs/api/pam360.md, "Listing and reading certificates". */
export const exportCertificate = operation({
	name: 'Export',
	value: 'export',
	action: 'Export certificate',
	description: 'Get the file of a certificate',
	download: true,
	fields: [...certificateFields, fileTypeFields],
	input: z.object({ ...certificateInput, additionalFields: fileTypeInput }),
	async run(api: Pam360Api, { additionalFields: { fileType }, ...certificate }) {
		const { content, name, type } = await api.pki.download({
			call: 'getCertificate',
			details: { ...named(certificate), ...(fileType !== undefined && { fileType }) },
		});
		const ending = fileType === 'KEY' ? 'key' : 'cer';
		return fileResult(certificate, {
			content,
			name: name ?? fileName(certificate.commonName, ending),
			type: type ?? 'text/plain',
			contentType: type,
		});
	},
});
