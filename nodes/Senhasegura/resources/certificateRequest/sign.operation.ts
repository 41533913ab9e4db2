import {
	certificateApiOf,
	certificateFamily,
	changedRecord,
	toldDone,
	withoutRecordSecrets,
} from '../../api/certificates';
import type { SenhaseguraChange } from '../../api/calls';
import { confirmsBare } from '../../api/envelope';
import { demandSame } from '../../api/sameRecord';
import { additionalFields, oneOf, param, required } from '../../../shared/param';
import { flag } from '../../../shared/input';
import { readText } from '../../../shared/item';
import { sendOnce } from '../../../shared/sendOnce';
import { authority, idOf, itsmCode, justification, numberOf, reason } from '../certificate/fields';
import { codedFields } from '../shared/coded';
import { item, operation } from '../shared/operation';

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
	byPerson: { targets: ['requestId'] },
	params: [
		required(
			idOf({
				displayName: 'Request ID',
				name: 'requestId',
				placeholder: 'e.g. 123',
				description: "The number of the request; 'Certificate Request: Get Many' gives it as 'id'",
			}),
		),
		oneOf(
			param(
				{
					displayName: 'Self-Signed',
					name: 'selfSigned',
					type: 'boolean',
					default: false,
					description: 'Whether the certificate is signed with its own key and by no authority',
				},
				flag,
			),
			{
				true: [],
				false: [required(numberOf(authority))],
			},
		),
		reason,
		additionalFields(itsmCode, justification),
	],
	async run(api, values, call) {
		const { requestId, selfSigned, reason: code, additionalFields: more } = values;
		const ca = values.selfSigned ? undefined : values.ca;
		const fields = {
			self_signed: selfSigned ? 1 : 0,
			ca,
			justification: more.justification,
			reason: code,
			itsm_code: more.itsmCode,
		};
		const request: Pick<SenhaseguraChange<never>, 'method' | 'query' | 'body'> = certificateApiOf(
			api,
		) === 'current'
			? { method: 'POST', body: fields }
			: { method: 'GET', query: asQuery(fields) };
		const mayHave = `Certificate request ${requestId} may have been signed`;
		const { body } = await sendOnce(call, { mayHave, find: FIND }, async (change) => {
			return await api.change({
				...certificateFamily(api),
				...request,
				path: `certificate/request/sign/${requestId}`,
				...confirmsBare,
				...change,
				check({ body }) {
					const { code_request: told } = changedRecord(body);
					demandSame(told, requestId, 'certificate request', 'lost');
				},
			});
		});
		const record = changedRecord(body);
		return {
			item: item('certificateRequest', {
				id: requestId,
				signed: toldDone(body),
				selfSigned,
				...codedFields('ca', record.ca ?? ca),
				...codedFields('reason', record.reason ?? code),
				itsmCode: readText(record.itsm_code ?? more.itsmCode),
			}),
			raw: withoutRecordSecrets(body),
		};
	},
});

const FIND = "Look at its status with 'Certificate Request: Get Many'";

function asQuery(fields: Record<string, string | number | undefined>) {
	return Object.fromEntries(
		Object.entries(fields).map(([name, value]) => [
			name,
			value === undefined ? undefined : String(value),
		]),
	);
}
