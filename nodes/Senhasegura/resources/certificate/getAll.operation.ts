import { certificateList } from '../../api/certificates';
import { expiresWithin, expiresWithinParam } from '../../../shared/expiring';
import { filters, group, param } from '../../../shared/param';
import type { ValuesOf } from '../../../shared/param';
import { flag } from '../../../shared/input';
import { returnAllOrLimit } from '../../../shared/list';
import { FILTERED_HERE } from '../../../shared/textFilter';
import { operation } from '../shared/operation';
import { certificateItem, leftOf } from './certificateItem';
import { authority, contentFilters, contentQuery, idOf, onlyCertificate, project } from './fields';

const wanted = group(
	param(
		{
			displayName: 'Active',
			name: 'active',
			type: 'boolean',
			default: true,
			description: 'Whether to return certificates that are active in the vault, or the others',
		},
		flag.optional(),
	),
	idOf(authority),
	onlyCertificate('The number of one certificate'),
	contentFilters,
	expiresWithinParam(
		'expiresWithinDays',
		30,
		'certificates',
		`So are those without one. ${FILTERED_HERE}.`,
	),
	param({
		displayName: 'Origin',
		name: 'origin',
		type: 'options',
		options: [
			{ name: 'Manual Import', value: 'IMPO' },
			{ name: 'Request', value: 'REQU' },
			{ name: 'Scan and Discovery', value: 'SCAN' },
		],
		default: 'REQU',
		description: 'How the certificate came into the vault',
	}),
	project,
	param(
		{
			displayName: 'Self-Signed',
			name: 'selfSigned',
			type: 'boolean',
			default: true,
			description: 'Whether to return certificates that are self-signed, or the others',
		},
		flag.optional(),
	),
	param({
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: [
			{ name: 'Expired', value: '4' },
			{ name: 'Renewal Pending', value: '3' },
			{ name: 'Revoked', value: '2' },
			{ name: 'Valid', value: '1' },
		],
		default: '1',
		description: 'What the vault says of the certificate',
	}),
);

const digit = (value: boolean | undefined) => (value === undefined ? undefined : value ? '1' : '0');

/** The filters under the vendor's names; undefined is not sent. */
function queryOf(filter: ValuesOf<[typeof wanted]>) {
	return {
		status_certificate: filter.status,
		active: digit(filter.active),
		origin_certificate: filter.origin,
		...contentQuery(filter),
		project: filter.project,
		self_signed: digit(filter.selfSigned),
		ca: filter.ca,
		responsible: filter.responsible,
	};
}

/** `GET certificate/list`, page by page. Source: docs/api/senhasegura.md, "Certificates". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many certificates',
	description: 'Get certificates with the dates on which they expire, without their passwords',
	readsKeys: true,
	params: [returnAllOrLimit, filters(wanted)],
	async *run(api, { most, filters: filter }) {
		const zone = api.serverTimeZone;
		const { certificateId: id, expiresWithinDays: days } = filter;
		const now = Date.now();
		const limit = days === undefined ? most : Infinity;
		let given = 0;
		const records = certificateList(api, 'certificates', { id, query: queryOf(filter), limit });
		for await (const record of records) {
			if (days !== undefined && !expiresWithin(leftOf(record, zone, now), days)) continue;
			yield { item: certificateItem(record, api), raw: record };
			if (++given === most) return;
		}
	},
});
