import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { operation } from '../../../shared/operation';
import { fileName, fileResult } from './certificateItem';
import { certificateFields, certificateInput, named } from './fields';

/** `GET getCertificateKeyStore`. Source: docs/api/pam360.md, "Listing and reading certificates". */
export const exportKeyStore = operation({
	name: 'Export Key Store',
	value: 'exportKeyStore',
	action: 'Export certificate key store',
	description: 'Get the key store of a certificate, which holds its private key under a passphrase',
	download: true,
	fields: certificateFields,
	input: z.object(certificateInput),
	async run(api: Pam360Api, certificate) {
		const { content, name, type } = await api.pki.download({
			call: 'getCertificateKeyStore',
			details: named(certificate),
		});
		return fileResult(certificate, {
			content,
			name: name ?? fileName(certificate.commonName, 'keystore'),
			// PKCS12 or JKS, and nothing in the answer says which.
			type: type ?? 'application/octet-stream',
			contentType: type,
		});
	},
});
