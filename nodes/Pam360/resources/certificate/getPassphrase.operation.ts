import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../shared/failure';
import { asObject } from '../../../shared/read';
import type { Result } from '../../../shared/operation';
import { item, operation } from '../shared/operation';
import { certificate, named } from './fields';

/** `GET getCertificatePassphrase`. Source: docs/api/pam360.md, "Listing and reading certificates". */
export const getPassphrase = operation({
	name: 'Get Passphrase',
	value: 'getPassphrase',
	action: 'Get certificate passphrase',
	description: "Get the passphrase of a certificate's private key and key store",
	secretPaths: ['passphrase'],
	params: [certificate],
	async run(api, given): Promise<Result> {
		const { message, body } = await api.pki.read({
			call: 'getCertificatePassphrase',
			details: named(given),
		});
		const passphrase = passphraseIn(message, given.commonName);
		return {
			item: item('certificatePassphrase', { id: null, passphrase, ...given }),
			raw: { ...withoutEnd(body, passphrase), passphrase },
		};
	},
});

const SENTENCE = /private\s+key\s+passphrase\s+of\s+certificate\s+(.*)$/is;

/**
 * The last word of the sentence "Private key passphrase of certificate …": that is where this call
 * answers (docs/api/pam360.md, "Listing and reading certificates"). The name of the certificate
 * is not the passphrase, and a denial ends in no passphrase.
 */
function passphraseIn(message: string, commonName: string): string {
	const [, end = ''] = SENTENCE.exec(message) ?? [];
	const words = end.split(/\s+/).filter(Boolean);
	const name = commonName.split(/\s+/);
	const isNamed = name.every((part, index) => words[index]?.replace(/:$/, '') === part);
	const rest = isNamed ? words.slice(name.length) : words;
	const word = rest.pop();
	const isDenied = rest.some((one) => /^(not?|never)$/i.test(one));
	if (word !== undefined && !isDenied) return word;
	throw new Failure('PAM360 reported success but returned no passphrase', {
		kind: 'unusable',
		description: "Check 'Common Name' and 'Serial Number', and that the certificate has a key.",
	});
}

/**
 * The answer with the passphrase taken out of its sentences: as a value of its own it goes where the
 * user wants secrets to go.
 */
function withoutEnd(body: IDataObject, passphrase: string): IDataObject {
	const clean = (value: unknown): unknown => {
		if (typeof value === 'string' && value.trimEnd().endsWith(passphrase)) {
			return value.trimEnd().slice(0, -passphrase.length).trimEnd();
		}
		if (Array.isArray(value)) return value.map(clean);
		const record = asObject(value);
		if (!record) return value;
		return Object.fromEntries(Object.entries(record).map(([key, entry]) => [key, clean(entry)]));
	};
	return clean(body) as IDataObject;
}
