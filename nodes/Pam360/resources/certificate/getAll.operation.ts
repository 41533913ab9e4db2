import { z } from 'zod';
import type { Pam360Api } from '../../api/client';
import { pkiRows } from '../../api/pki';
import { listFields, listInput, mostOf } from '../../../shared/list';
import { operation } from '../../../shared/operation';
import { first } from '../../../shared/paging';
import { certificateItem } from './certificateItem';

/** `GET getAllSSLCertificates`. Source: docs/api/pam360.md, "Listing and reading certificates". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many certificates',
	description: 'Get the SSL certificates that PAM360 manages',
	fields: listFields,
	input: z.object(listInput).transform(mostOf),
	async run(api: Pam360Api, { most }) {
		const reply = await api.pki.read({ call: 'getAllSSLCertificates' });
		const certificates = pkiRows(reply, 'SSLCertificates', 'the certificates', most);
		return first(certificates, most).map((raw) => ({
			item: certificateItem(raw, api.serverTimeZone),
			raw,
		}));
	},
});
