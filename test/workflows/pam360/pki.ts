import { inputData } from './kit';

export const PKI = '/api/pki/restapi';

/** The result of a call for keys and certificates that was done. */
export const result = { status: 'Success', message: 'Fetched successfully' };

/** A call that reads keys or certificates, and its answer. */
export const read = (
	call: string,
	details: object | undefined,
	reply: object | string | Buffer,
) => ({
	method: 'GET' as const,
	path: `${PKI}/${call}${details ? `?${inputData(details)}` : ''}`,
	body: '',
	headers: { 'content-type': undefined },
	reply,
});
