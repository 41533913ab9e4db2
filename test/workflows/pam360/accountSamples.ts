import type { Exchange } from '../kit/exchanges';
import { inputData, success } from './kit';

export const V1 = '/restapi/json/v1';
export const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
export const byName = (value: string) => ({ __rl: true, mode: 'name', value });
export const ids = { resourceId: byId('1'), accountId: byId('12') };

/**
 * `GET /resources/getResourceIdAccountId`, docs/api/pam360.md, "Looking up a resource and an account".
 */
export const lookUp = (query: string): Exchange => ({
	method: 'GET',
	path: `${V1}/resources/getResourceIdAccountId?${query}`,
	reply: success('GET_RESOURCEACCOUNTID', { ACCOUNTID: '12', RESOURCEID: '1' }),
});

/** `GET /resources/{RESOURCEID}/accounts` for the accounts of a name. */
export const search = (name: string, rows: object[]): Exchange => ({
	method: 'GET',
	path: `${V1}/resources/1/accounts?${inputData({
		SEARCHTYPE: 'ACCOUNT',
		SEARCHCOLUMN: 'LOGINNAME',
		SEARCHVALUE: name,
		STARTINDEX: 0,
		LIMIT: 500,
	})}`,
	reply: success('GET RESOURCE ACCOUNTLIST', { 'RESOURCE ID': '1', 'ACCOUNT LIST': rows }),
});

export const listOf = (...rows: unknown[]) =>
	success('GET RESOURCE ACCOUNTLIST', {
		LOCATION: '',
		'RESOURCE ID': '1',
		'ACCOUNT LIST': rows,
		'RESOURCE NAME': 'res1',
	});

export const TOTP = '829 198 CANARY';
export const BOOT = ' CANARY boot "1" ';
