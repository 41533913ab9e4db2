import type { IDataObject } from 'n8n-workflow';
import { pkiRows } from '../../api/pki';
import { CountedMore } from '../../api/rows';
import { expiresWithin, expiresWithinParam } from '../../../shared/expiring';
import { returnAllOrLimit } from '../../../shared/list';
import { filters } from '../../../shared/param';
import { operation } from '../shared/operation';
import { first } from '../../../shared/paging';
import { certificateItem, leftOf } from './certificateItem';

/**
 * By how many days more PAM360 is asked for: it leaves out the last one, and its calendar may be ahead of that by
 * which the node counts.
 */
const SPARE_DAYS = 2;

/** `GET getAllSSLCertificates`. Source: docs/api/pam360.md, "Listing and reading certificates". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many certificates',
	description: 'Get the SSL certificates that PAM360 manages',
	readsKeys: true,
	params: [
		returnAllOrLimit,
		filters(
			expiresWithinParam(
				'expiresWithinDays',
				30,
				'certificates',
				'So are those without one. Days are counted by the calendar: on its last day a certificate has 0 left.',
			),
		),
	],
	async run(api, { most, filters: { expiresWithinDays: within } }) {
		// A server that does not know the filter gives all of them.
		const isMeant = (record: IDataObject) =>
			within === undefined || expiresWithin(leftOf(record, api.serverTimeZone), within);
		const read = async (days?: number) => {
			const reply = await api.pki.read({
				call: 'getAllSSLCertificates',
				// A text, as clients send it.
				...(days !== undefined && { details: { withExpiryDaysLessThan: String(days) } }),
			});
			return pkiRows(reply, 'SSLCertificates', 'the certificates', most, isMeant);
		};
		const certificates =
			within === undefined
				? await read()
				: await read(within + SPARE_DAYS).catch(async (failure: unknown) => {
						// The count may be that of all. Whether some are missing is seen where all are asked for.
						if (failure instanceof CountedMore) return await read();
						throw failure;
					});
		return first(certificates, most).map((raw) => ({
			item: certificateItem(raw, api.serverTimeZone),
			raw,
		}));
	},
});
