import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { certificateApiOf, certificateFamily } from '../../api/certificates';
import { inputFailure } from '../../../shared/failure';
import { group, oneOf, param } from '../../../shared/param';
import { asText } from '../../../shared/read';
import { choice, flag } from '../../../shared/input';
import { passwordParam } from '../shared/password';
import { secretValue } from '../shared/secretValue';
import { item, operation } from '../shared/operation';
import { certificateId } from './fields';

/** The private key, and the file, which holds one in some formats. */
const SECRETS = ['key', 'certificate'];

const FORMATS = ['crt', 'pem', 'pfx'] as const;

/** Base64, as the vendor's samples have it, or PEM; not a text of apology. */
const CONTENT = /^[A-Za-z0-9+/\r\n]+={0,2}\s*$|-----BEGIN /;

/** An answer has no envelope, and says neither status nor message. */
const file = z
	.record(z.unknown())
	.refine(({ certificate }) => CONTENT.test(asText(certificate) ?? ''))
	.transform((body) => body as IDataObject);

const withKey = param(
	{
		displayName: 'With Private Key',
		name: 'withPrivateKey',
		type: 'boolean',
		default: false,
		description: 'Whether to read the private key as well',
	},
	flag.default(false),
);

/** PFX always has the key. */
const wanted = group(
	oneOf(
		param(
			{
				displayName: 'Format',
				name: 'format',
				type: 'options',
				options: [
					{
						name: 'CRT',
						value: 'crt',
						description: 'The certificate; its private key is a separate file',
					},
					{
						name: 'PEM',
						value: 'pem',
						description: 'The certificate and its private key in one file',
					},
					{ name: 'PFX', value: 'pfx', description: 'Always with the private key' },
				],
				default: 'crt',
				description: 'The format of the file',
			},
			choice(FORMATS),
		),
		{ crt: [withKey], pem: [withKey], pfx: [] },
	),
	passwordParam(
		'Password',
		'password',
		'The password that the vault encrypts the private key with; needed for PFX, and wherever the private key is read',
	),
)
	.as(({ format, password, ...more }) => ({
		format,
		withPrivateKey: 'withPrivateKey' in more ? more.withPrivateKey : true,
		password,
	}))
	.check(({ withPrivateKey, password }, context) => {
		if (!withPrivateKey || password !== undefined) return;
		context.addIssue({
			code: 'custom',
			path: ['password'],
			message: 'is required',
			params: { hint: 'The vault encrypts the private key with it.' },
		});
	});

/** `POST certificate/download`. Source: docs/api/senhasegura.md, "Certificates". */
export const download = operation({
	name: 'Download',
	value: 'download',
	action: 'Download certificate',
	description: 'Read a certificate as a file in base64, with its private key if you want it',
	secretPaths: SECRETS,
	params: [certificateId, wanted],
	async run(api, { certificateId: id, format, withPrivateKey, password }) {
		if (certificateApiOf(api) !== 'current') {
			throw inputFailure(
				"'Certificate API' of the credential is Up to Version 4.0, which has no download",
				'The vendor documents it for the current API only. If the vault has the current API, choose Current in the credential.',
			);
		}
		const { value, body } = await api.answerTo({
			...certificateFamily(api),
			method: 'POST',
			path: 'certificate/download',
			body: {
				id,
				format,
				download_key: format === 'pfx' ? undefined : withPrivateKey,
				password: withPrivateKey ? password : undefined,
			},
			answer: file,
			what: 'the certificate',
			repeatable: true,
		});
		const content = secretValue(value.certificate, 'the certificate');
		const isKeyApart = format === 'crt' && withPrivateKey;
		const secret = isKeyApart ? secretValue(value.key, 'the private key') : content;
		return {
			item: item('certificate', {
				id: String(id),
				format,
				withPrivateKey,
				certificateBase64: withPrivateKey && !isKeyApart ? null : content,
				secret: withPrivateKey ? secret : null,
			}),
			// A key that was not asked for stays here.
			raw: withPrivateKey || body.key === undefined ? body : { ...body, key: null },
		};
	},
});
