import { additionalFields } from '../../../shared/param';
import { numberedRows, pkiRows } from '../../api/pki';
import { operation } from '../shared/operation';
import { certificateItem } from './certificateItem';
import { commonName, onlySerialNumber } from './fields';

/** `GET getCertificateDetails`. Source: docs/api/pam360.md, "Listing and reading certificates". */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get certificate',
	description: 'Get every certificate of a common name, an item for each',
	readsKeys: true,
	params: [commonName, additionalFields(onlySerialNumber)],
	async run(api, { commonName: name, additionalFields: more }) {
		const reply = await api.pki.read({
			call: 'getCertificateDetails',
			details: { common_name: name, ...more },
		});
		const numbered = numberedRows(reply);
		const rows =
			numbered.length > 0
				? numbered
				: pkiRows(reply, 'details', 'the certificates').map((row) => ({ row }));
		return rows.map(({ row, ...number }) => ({
			item: certificateItem(row, api.serverTimeZone, { ...number, commonName: name }),
			raw: row,
		}));
	},
});
