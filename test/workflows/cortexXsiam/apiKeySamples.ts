import type { IDataObject } from 'n8n-workflow';
import type { Exchange } from '../kit/exchanges';
import type { Refused, VendorKit } from '../kit/operation';
import { iamRefusal, kit } from './kit';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const NOW = Date.UTC(2026, 0, 15, 12);

/** The seconds of NOW in Crockford's base 32, and the end. */
export const NONCE = '1MPHNP0123456';

/** It is NOW in every test of the file. */
export function atNow(): void {
	beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(NOW));
	afterEach(() => jest.restoreAllMocks());
}

export const IAM = '/platform/iam/v1/api-key';
export const LIST = '/public_api/v1/api_keys/get_api_keys';
export const SECRET = 'oZFaXmXCLCdoWIXTb9ITSqUvl4OBLsUQgCeuZc5FdwMpmpY5QBn8OUePZiLMb';

export const byId = (value: string): IDataObject => ({ apiKey: { mode: 'id', value } });

/**
 * The sample of the vendor's page on single keys (docs/api/cortex-xsiam.md, "Reading and changing one
 * API key").
 */
export const single = {
	id: 123,
	creation_time: 1640024700241,
	created_by: 'test user',
	user_name: 'user_name',
	roles: ['role 01'],
	security_level: 'standard',
	comment: 'useful comment',
	expiration: 1640024700241,
};
export const singleItem = {
	vendor: 'cortexXsiam',
	type: 'apiKey',
	id: '123',
	comment: 'useful comment',
	lineage: '123',
	roles: ['role 01'],
	securityLevel: 'standard',
	createdAt: '2021-12-20T18:25:00.241Z',
	createdBy: 'test user',
	createdByName: 'user_name',
	expiresAt: '2021-12-20T18:25:00.241Z',
	daysLeft: -1487,
	expired: true,
};

/**
 * The sample of the vendor's page on the list, and one that never expires (docs/api/cortex-xsiam.md,
 * "Listing API keys").
 */
export const listed = [
	{
		id: 25,
		creation_time: 1709544947832,
		created_by: 'N/A',
		user_name: 'Public API - 21',
		roles: ['default'],
		security_level: 'standard',
		comment: null,
		expiration: NOW + 7 * DAY + 1,
	},
	{
		id: 7,
		creation_time: 1700000000000,
		created_by: 'user1@acme.com',
		user_name: 'User One',
		roles: ['Instance Administrator', 'Investigator'],
		security_level: 'Advanced',
		comment: 'SIEM collector',
		expiration: null,
	},
];
export const listedItems = [
	{
		vendor: 'cortexXsiam',
		type: 'apiKey',
		id: '25',
		comment: null,
		lineage: '25',
		roles: ['default'],
		securityLevel: 'standard',
		createdAt: '2024-03-04T09:35:47.832Z',
		createdBy: null,
		createdByName: 'Public API - 21',
		expiresAt: '2026-01-22T12:00:00.001Z',
		daysLeft: 7,
		expired: false,
	},
	{
		vendor: 'cortexXsiam',
		type: 'apiKey',
		id: '7',
		comment: 'SIEM collector',
		lineage: '7',
		roles: ['Instance Administrator', 'Investigator'],
		securityLevel: 'advanced',
		createdAt: '2023-11-14T22:13:20.000Z',
		createdBy: 'user1@acme.com',
		createdByName: 'User One',
		expiresAt: null,
		daysLeft: null,
		expired: false,
	},
];
export const page = (DATA: object[]) => ({
	reply: { DATA, FILTER_COUNT: DATA.length, TOTAL_COUNT: 70 },
});

export const getOne = (reply: object = { data: single }, status = 200): Exchange => ({
	method: 'GET',
	path: `${IAM}/123`,
	headers: { 'content-type': undefined },
	reply,
	status,
});
export const list = (request_data: object, reply: object = page(listed)): Exchange => ({
	method: 'POST',
	path: LIST,
	body: JSON.stringify({ request_data }),
	headers: { 'content-type': 'application/json' },
	reply,
});
export const byIds = (value: number[]) => [{ field: 'id', operator: 'in', value }];
export const iamForbidden = {
	data: {
		reply: {
			err_code: 403,
			err_msg: 'Forbidden. Access was denied to this resource.',
			err_extra: 'Insufficient permissions for api key',
		},
	},
};
/** Where a 403 is not the end, since the list tells what a single key would. */
export const single400: VendorKit = {
	...kit,
	refusal: { status: 400, reply: iamRefusal('Not today').reply, says: /Not today/ },
};
export const noIds: Refused[] = [
	['no ID', byId('={{ "" }}'), "'API Key' is required"],
	['a name', byId('={{ "SIEM" }}'), /'API Key' must (be|hold)/],
	['a path', byId('={{ "1/../2" }}'), /'API Key' must (be|hold)/],
];
export const remove = (value: number[], update_count: unknown): Exchange => ({
	method: 'POST',
	path: '/public_api/v1/api_keys/delete',
	body: JSON.stringify({ request_data: { filters: byIds(value) } }),
	headers: { 'content-type': 'application/json' },
	reply: { reply: { update_count } },
});
export const issue = (request_data: object): Exchange => ({
	method: 'POST',
	path: '/public_api/v1/api_keys/generate',
	body: JSON.stringify({ request_data }),
	headers: { 'content-type': 'application/json' },
	reply: { reply: { id: 4267, key: SECRET } },
});
export const all = (rows: object[]): Exchange => ({
	...list({ filters: [], search_from: 0, search_to: 100 }, page(rows)),
	replyHeaders: { Date: new Date(NOW).toUTCString() },
});
export const one = (id: number, row: object): Exchange => ({
	...list({ filters: byIds([id]), search_from: 0, search_to: 100 }, page([row])),
	replyHeaders: { Date: new Date(NOW).toUTCString() },
});
export const scope = (
	id: number,
	assets: object = { mode: 'no_scope', asset_groups: [] },
): Exchange => ({
	method: 'GET',
	path: `/platform/iam/v1/scope/api-key/${id}`,
	reply: { data: { cases_issues: { mode: 'no_scope', tags: [] }, assets } },
});
