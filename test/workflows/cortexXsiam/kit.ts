import { cortexXsiamDemo } from '../../simulators';
import type { VendorKit } from '../kit/operation';

const { apiKey, apiKeyId } = cortexXsiamDemo.standard;

export const HOST = 'https://api-acme.xdr.us.paloaltonetworks.com';

/** Error body (1) of docs/api/cortex-xsiam.md, "Bodies of errors". */
const forbidden = {
	reply: {
		err_code: 403,
		err_msg: 'Forbidden. Access was denied to this resource.',
		err_extra: 'Insufficient permissions for api key',
	},
};

export const kit: VendorKit = {
	vendor: 'cortexXsiam',
	folder: 'CortexXsiam',
	host: HOST,
	credentials: {
		cortexXsiamApi: { url: HOST, apiKey, apiKeyId, securityLevel: 'standard' },
	},
	secrets: [apiKey],
	refusal: { status: 403, reply: forbidden, says: /Insufficient permissions for api key/ },
};

/** A refusal of `/platform` (docs/api/cortex-xsiam.md, "Bodies of errors"), with the vendor's words. */
export const iamRefusal = (extra: string) => ({
	status: 400,
	reply: {
		data: {
			err_msg: 'The request contains invalid or missing parameters.',
			metadata: { err_extra: extra, err_code: 400 },
		},
	},
});
