import type { Exchange } from '../kit/exchanges';
import { success } from './kit';

export const V1 = '/restapi/json/v1';
export const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
export const byName = (value: string) => ({ __rl: true, mode: 'name', value });

/** `GET /resources/resourcename/{name}`, docs/api/pam360.md, "Looking up a resource". */
export const lookUp = (encoded: string, id: string): Exchange => ({
	method: 'GET',
	path: `${V1}/resources/resourcename/${encoded}`,
	reply: success('GET_RESOURCEID', { RESOURCEID: id }),
});

/** A list of resources in which there is none. */
export const nothing = success('GET RESOURCES', undefined, { totalRows: 0 });
