import type { IDataObject } from 'n8n-workflow';
import { daysUntil } from '../../api/dates';
import { pkiRows } from '../../api/pki';
import { ifGiven, wholeNumber } from '../../../shared/input';
import { listed } from '../../../shared/list';
import { filters, param } from '../../../shared/param';
import { operation } from '../shared/operation';
import { first } from '../../../shared/paging';
import { certificateItem, expiryOf } from './certificateItem';

/** `GET getAllSSLCertificates`. Source: docs/api/pam360.md, "Listing and reading certificates". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many certificates',
	description: 'Get the SSL certificates that PAM360 manages',
	params: [
		listed,
		filters(
			param(
				{
					displayName: 'Expires Within Days',
					name: 'expiresWithinDays',
					type: 'number',
					typeOptions: { minValue: 1, numberPrecision: 0 },
					default: 30,
					description:
						'Only certificates that expire in fewer days than this. Whether PAM360 counts those that have expired among them is not documented.',
				},
				ifGiven(wholeNumber({ unit: 'days', min: 1 })),
			),
		),
	],
	async run(api, { most, filters: { expiresWithinDays: within } }) {
		const reply = await api.pki.read({
			call: 'getAllSSLCertificates',
			// A text, as clients send it.
			...(within !== undefined && { details: { withExpiryDaysLessThan: String(within) } }),
		});
		const isMeant = (record: IDataObject) => {
			const days = daysUntil(expiryOf(record), api.serverTimeZone);
			return within === undefined || days === null || days <= within;
		};
		// A server that does not know the filter gives all of them.
		const certificates = pkiRows(reply, 'SSLCertificates', 'the certificates', most).filter(
			isMeant,
		);
		return first(certificates, most).map((raw) => ({
			item: certificateItem(raw, api.serverTimeZone),
			raw,
		}));
	},
});
