import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { daysUntil } from '../../api/dates';
import { pkiRows } from '../../api/pki';
import { filters } from '../../../shared/description';
import { ifGiven, wholeNumber } from '../../../shared/input';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { first } from '../../../shared/paging';
import { certificateItem, expiryOf } from './certificateItem';

/** `GET getAllSSLCertificates`. Source: docs/api/pam360.md, "Listing and reading certificates". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many certificates',
	description: 'Get the SSL certificates that PAM360 manages',
	fields: [
		...listFields,
		filters({
			displayName: 'Expires Within Days',
			name: 'expiresWithinDays',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 30,
			description:
				'Only certificates that expire in fewer days than this. Whether PAM360 counts those that have expired among them is not documented.',
		}),
	],
	input: z
		.object({
			...listInput,
			filters: z
				.object({ expiresWithinDays: ifGiven(wholeNumber({ unit: 'days', min: 1 })) })
				.default({}),
		})
		.transform(mostOf),
	async run(api: Pam360Api, { most, filters: { expiresWithinDays: within } }) {
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
