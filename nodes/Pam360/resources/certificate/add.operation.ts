import { X509Certificate } from 'node:crypto';
import { inputFailure } from '../../../shared/failure';
import { requiredText } from '../../../shared/input';
import { param } from '../../../shared/param';
import { foldBase64, foldPem } from '../../../shared/pem';
import { sendOnce } from '../../../shared/sendOnce';
import { item, operation } from '../shared/operation';
import { fileName } from './certificateItem';

const LOST = {
	mayHave: 'The certificate may have been added',
	find: "Look for its serial number with 'Certificate: Get'",
};

/**
 * `POST addCertificate`: its file is a part of a form, the rest stands in the query. Source:
 * docs/api/pam360.md, "Requests for certificates".
 */
export const add = operation({
	name: 'Add',
	value: 'add',
	action: 'Add certificate',
	description:
		'Put a certificate that was made elsewhere, without its private key, under management',
	issues: 'certificate',
	furtherTries: { are: 'refused' },
	params: [
		param(
			{
				displayName: 'Certificate',
				name: 'certificate',
				type: 'string',
				required: true,
				typeOptions: { rows: 4 },
				default: '',
				placeholder: '-----BEGIN CERTIFICATE-----',
				description: 'The certificate as PEM, or as base64 of DER',
			},
			requiredText,
		),
	],
	async run(api, { certificate }, call) {
		const { pem, commonName, serialNumber, expiresAt } = readCertificate(certificate);
		const reply = await sendOnce(call, LOST, async (change) => {
			return await api.pki.upload({
				call: 'addCertificate',
				details: { fileType: 'CERTFILE' },
				part: {
					name: 'File',
					fileName: fileName(commonName ?? 'certificate', 'cer'),
					type: 'application/x-x509-ca-cert',
					content: pem,
				},
				...change,
			});
		});
		return {
			item: item('certificate', { id: null, commonName, serialNumber, expiresAt, added: true }),
			raw: reply.body,
		};
	},
});

/** PAM360 confirms without saying what the certificate is: what it holds is read here. */
function readCertificate(text: string) {
	const base64 = foldBase64(text);
	const file = base64 ? Buffer.from(base64, 'base64') : foldPem(text);
	let certificate: X509Certificate;
	try {
		if (file === undefined || /PRIVATE KEY/.test(text)) throw new Error('no certificate');
		certificate = new X509Certificate(file);
	} catch {
		throw inputFailure(
			"'Certificate' holds no certificate",
			'Give a PEM text that begins with -----BEGIN CERTIFICATE-----, or the base64 of DER. Private keys are not taken.',
		);
	}
	const commonName = /^CN=(.+)$/m.exec(certificate.subject)?.[1] ?? null;
	return {
		pem: certificate.toString(),
		commonName,
		// As PAM360 writes them: without leading zeros, in small letters.
		serialNumber: certificate.serialNumber.toLowerCase().replace(/^0+(?=.)/, ''),
		expiresAt: new Date(certificate.validTo).toISOString(),
	};
}
