import { z } from 'zod';
import { certificateApiOf, changeCertificates, changedRecord } from '../../api/certificates';
import type { SenhaseguraApi, SenhaseguraChange } from '../../api/client';
import { CONFIRMATION, confirmedBare } from '../../api/envelope';
import { demandSame } from '../../api/sameRecord';
import { additionalFields } from '../../../shared/description';
import { flag, optionalText } from '../../../shared/input';
import { itemOf, readText } from '../../../shared/item';
import { operation } from '../../../shared/operation';
import type { Call } from '../../../shared/operation';
import { sendOnce } from '../../../shared/sendOnce';
import {
	LONGEST_JUSTIFICATION,
	itsmCodeField,
	justificationField,
	limitedText,
	numberOf,
	reasonField,
	recordId,
	recordNumber,
} from '../certificate/fields';
import { creation } from '../shared/changes';
import { codedFields } from '../shared/coded';

const common = {
	requestId: recordId,
	reason: recordNumber,
	additionalFields: z.object({
		itsmCode: optionalText,
		justification: limitedText(LONGEST_JUSTIFICATION),
	}),
};

const input = z
	// The authority is hidden where the vault signs with the key itself.
	.object({ ...common, selfSigned: flag, ca: z.unknown() })
	.transform(({ ca: given, ...values }, context) => {
		if (values.selfSigned) return { ...values, ca: undefined };
		const ca = recordNumber.safeParse(given);
		if (ca.success) return { ...values, ca: ca.data };
		for (const issue of ca.error.issues) context.addIssue({ ...issue, path: ['ca'] });
		return z.NEVER;
	});

/**
 * `POST certificate/request/sign/{id}`, up to 4.0 `GET`, which changes something all the same. Source:
 * docs/api/senhasegura.md, "Certificates".
 */
export const sign = operation({
	name: 'Sign',
	value: 'sign',
	action: 'Sign certificate request',
	description: 'Have a request signed by a certification authority or by its own key',
	issues: 'certificate',
	furtherTries: { are: 'refused' },
	fields: [
		{
			...numberOf(
				'Request ID',
				'requestId',
				'e.g. 123',
				"The number of the request; 'Get Many' gives it as 'id'",
			),
			required: true,
		},
		{
			displayName: 'Self-Signed',
			name: 'selfSigned',
			type: 'boolean',
			default: false,
			description: 'Whether the certificate is signed with its own key and by no authority',
		},
		{
			...numberOf(
				'CA ID',
				'ca',
				'e.g. 5',
				'The number of the certification authority that is registered in the vault',
			),
			required: true,
			displayOptions: { show: { selfSigned: [false] } },
		},
		reasonField,
		additionalFields(itsmCodeField, justificationField),
	],
	input,
	async run(api: SenhaseguraApi, values, call: Call) {
		const { requestId, selfSigned, ca, reason, additionalFields: more } = values;
		const fields = {
			self_signed: selfSigned ? 1 : 0,
			ca,
			justification: more.justification,
			reason,
			itsm_code: more.itsmCode,
		};
		const request: Pick<SenhaseguraChange<never>, 'method' | 'query' | 'body'> = certificateApiOf(
			api,
		) === 'current'
			? { method: 'POST', body: fields }
			: { method: 'GET', query: asQuery(fields) };
		const send = async () =>
			await creation(
				changeCertificates(api, {
					...request,
					path: `certificate/request/sign/${requestId}`,
					answer: confirmedBare,
					what: CONFIRMATION,
					repeatable: false,
				}).then((answer) => {
					const { code_request: told } = changedRecord(answer.body);
					demandSame(told, requestId, 'certificate request', 'lost');
					return answer;
				}),
				`Request ${requestId} may have been signed all the same: look at its status with 'Get Many' before you try again.`,
			);
		const mayHave = `Certificate request ${requestId} may have been signed`;
		const { body } = await sendOnce(call, mayHave, send);
		const record = changedRecord(body);
		return {
			item: itemOf({
				vendor: 'senhasegura',
				type: 'certificateRequest',
				id: requestId,
				signed: true,
				selfSigned,
				...codedFields('ca', record.ca ?? ca),
				...codedFields('reason', record.reason ?? reason),
				itsmCode: readText(record.itsm_code ?? more.itsmCode),
			}),
			raw: body,
		};
	},
});

function asQuery(fields: Record<string, string | number | undefined>) {
	return Object.fromEntries(
		Object.entries(fields).map(([name, value]) => [
			name,
			value === undefined ? undefined : String(value),
		]),
	);
}
