import {
	certificateApiOf,
	certificateFamily,
	changedRecord,
	oddRecord,
	withoutRecordSecrets,
} from '../../api/certificates';
import { confirmsBare } from '../../api/envelope';
import { additionalFields, group, param, required } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import { vendorValue, wholeNumber } from '../../../shared/input';
import { itemOf, oddPart } from '../../../shared/item';
import { sendOnce } from '../../../shared/sendOnce';
import {
	certificateType,
	commonName,
	domainType,
	environments,
	justification,
	limitedText,
	numberOf,
	organization,
	project,
	recordNumber,
	responsible,
	san,
	systems,
	tags,
} from '../certificate/fields';
import { passwordParam } from '../shared/password';
import { operation } from '../shared/operation';
import { requestItem } from './requestItem';

/** The most characters of a description, as the vendor's page has it. */
const LONGEST_DESCRIPTION = 512;

const wanted = group(
	required(commonName),
	required(numberOf(organization)),
	param(certificateType, recordNumber),
	param(domainType, vendorValue),
	param(
		{
			displayName: 'Encryption',
			name: 'encryption',
			type: 'options',
			options: [
				{ name: 'DSA', value: 'DSA' },
				{ name: 'RSA', value: 'RSA' },
			],
			default: 'RSA',
			description: 'The kind of key that the vault makes',
		},
		vendorValue,
	),
	param(
		{
			displayName: 'Key Size',
			name: 'keySize',
			type: 'options',
			options: [
				{ name: '1024 Bits', value: 1024, description: 'Too short to be safe today' },
				{ name: '2048 Bits', value: 2048 },
				{ name: '4096 Bits', value: 4096 },
			],
			default: 4096,
			description: 'The size of the key',
		},
		recordNumber,
	),
	param(
		{
			displayName: 'Signature Algorithm',
			name: 'signatureAlgorithm',
			type: 'options',
			options: [
				{ name: 'SHA-256', value: 'SHA256' },
				{ name: 'SHA-384', value: 'SHA384' },
				{ name: 'SHA-512', value: 'SHA512' },
			],
			default: 'SHA256',
			description: 'What the certificate is signed with; DSA takes SHA-256 only',
		},
		vendorValue,
	),
	param(
		{
			displayName: 'Validity (Days)',
			name: 'validityDays',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			required: true,
			default: 365,
			description: 'For how many days the certificate is valid',
		},
		wholeNumber({ unit: 'days', min: 1 }),
	),
	additionalFields(
		param(
			{
				displayName: 'Description',
				name: 'description',
				type: 'string',
				default: '',
				placeholder: 'e.g. Front end of the shop',
				description: 'What the certificate is for, in at most 512 characters',
			},
			limitedText(LONGEST_DESCRIPTION),
		),
		environments,
		param({
			displayName: 'External IP',
			name: 'externalIp',
			type: 'string',
			default: '',
			placeholder: 'e.g. 203.0.113.7',
			description: 'The address by which the server is reached from outside',
		}),
		param({
			displayName: 'Hostname or IP',
			name: 'hostname',
			type: 'string',
			default: '',
			placeholder: 'e.g. web-01',
			description: 'The server that the certificate is for',
		}),
		justification,
		passwordParam(
			'Key Password',
			'keyPassword',
			'The password of the private key. It is sent to the vault only.',
		),
		project,
		numberOf(responsible),
		passwordParam(
			'Revocation Password',
			'revocationPassword',
			'The password with which the certificate can be revoked',
		),
		san,
		systems,
		tags,
	),
).check(({ encryption, signatureAlgorithm }, context) => {
	if (encryption !== 'DSA' || signatureAlgorithm === 'SHA256') return;
	context.addIssue({
		code: 'custom',
		path: ['signatureAlgorithm'],
		message: 'must be SHA256 where the encryption is DSA',
	});
});

type Values = ValuesOf<[typeof wanted]>;

const given = (list: string[]) => (list.length > 0 ? list : undefined);

/** In the order of the vendor's page; undefined is not sent. */
function requestBody({ additionalFields: more, ...values }: Values, isCurrent: boolean): object {
	return {
		certificate_type: values.certificateType,
		domain_type: values.domainType,
		organization: values.organization,
		common_name: values.commonName,
		san: given(more.san),
		tags: given(more.tags),
		encryption: values.encryption,
		encryption_key_size: values.keySize,
		certificate_algorithm: values.signatureAlgorithm,
		validity: values.validityDays,
		key_password: more.keyPassword,
		[isCurrent ? 'senha_revogacao' : 'password_revogation']: more.revocationPassword,
		environments: given(more.environments),
		systems: given(more.systems),
		project: more.project,
		external_ip: more.externalIp,
		hostname_ip: more.hostname,
		justification: more.justification,
		responsible: more.responsible,
		description: more.description,
	};
}

/** `POST certificate/request`. Source: docs/api/senhasegura.md, "Certificates". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create certificate request',
	description:
		"Request a certificate; 'Certificate Request: Sign' then turns the request into a certificate",
	issues: 'certificate request',
	furtherTries: { are: 'refused' },
	params: [wanted],
	async run(api, values, call) {
		const { commonName } = values;
		const isCurrent = certificateApiOf(api) === 'current';
		const mayHave = `The certificate request for '${commonName}' may have been made`;
		const { body } = await sendOnce(call, { mayHave, find: FIND }, async (change) => {
			return await api.change({
				...certificateFamily(api),
				method: 'POST',
				path: 'certificate/request',
				body: requestBody(values, isCurrent),
				...confirmsBare,
				...change,
			});
		});
		const item = requestItem(changedRecord(body));
		return {
			item: {
				...item,
				commonName: item.commonName ?? commonName,
				...itemOf(oddPart('record', oddRecord(body))),
			},
			raw: withoutRecordSecrets(body),
			hints: item.id === null ? [NO_NUMBER] : [],
		};
	},
});

const FIND = "Look for it with 'Certificate Request: Get Many'";

const NO_NUMBER =
	"The vault did not return the number of the request, which is needed to sign it. Find it with 'Certificate Request: Get Many', by its common name.";
