import type { IDataObject } from 'n8n-workflow';
import { describeOperation } from '../kit/operation';
import {
	DAY,
	NOW,
	byId,
	single,
	singleItem,
	listed,
	listedItems,
	page,
	getOne,
	list,
	byIds,
	iamForbidden,
	single400,
	noIds,
	atNow,
} from './apiKeySamples';
import { iamRefusal, kit } from './kit';
import { published } from './published';

jest.mock('n8n-workflow', (): unknown => jest.requireActual('../kit/shortWaits'));

atNow();

describeOperation(
	single400,
	'apiKey',
	'get',
	published({
		cases: [
			{
				name: 'reads the one key',
				parameters: byId(' 123 '),
				exchanges: [getOne()],
				items: singleItem,
				raw: single,
			},
			{
				name: 'reads it from the list where the key may not read single ones',
				parameters: byId('123'),
				exchanges: [
					getOne(iamForbidden, 403),
					list({ filters: byIds([123]), search_from: 0, search_to: 100 }, page([single])),
				],
				items: singleItem,
			},
			{
				name: 'reads it from a list in lower case where the tenant has no such call',
				parameters: byId('123'),
				exchanges: [
					getOne({}, 404),
					list(
						{ filters: byIds([123]), search_from: 0, search_to: 100 },
						{ reply: { data: [...listed, single], filter_count: 1, total_count: 70 } },
					),
				],
				items: singleItem,
			},
			...[undefined, null, {}, ''].map((id) => ({
				name: `takes a key with the ID ${JSON.stringify(id)} for the one that was asked for`,
				parameters: byId('123'),
				exchanges: [getOne({ data: { ...single, id } })],
				items: singleItem,
			})),
			{
				name: 'takes odd fields for fields that are not there',
				parameters: byId('123'),
				exchanges: [
					getOne({ data: { id: '123', roles: 'all', comment: ' ', expiration: 'never', x: 1 } }),
				],
				items: {
					...singleItem,
					comment: null,
					roles: ['all'],
					securityLevel: null,
					createdAt: null,
					createdBy: null,
					createdByName: null,
					expiresAt: null,
					expiresAtText: 'never',
					daysLeft: null,
					expired: null,
				},
				hints: ["what came is in 'expiresAtText'"],
			},
		],
		refused: noIds,
		failures: [
			{
				name: 'no such key',
				exchanges: [
					getOne(iamRefusal('Api Key fetch failed: api_key_id does not exist, id=123.').reply, 400),
				],
				says: ['The tenant has no API key with this ID', /does not exist, id=123\./],
			},
			{
				name: 'no such key in the list',
				exchanges: [
					getOne({}, 404),
					list({ filters: byIds([123]), search_from: 0, search_to: 100 }, page([])),
				],
				says: ['The tenant has no API key 123'],
			},
			{
				name: 'another key',
				exchanges: [getOne({ data: { ...single, id: 124 } })],
				says: [
					'Cortex XSIAM answered with another API key than the one asked for (124 instead of 123)',
					'The answer was not used.',
				],
			},
			{
				name: 'an answer without a key',
				exchanges: [getOne({ data: {} })],
				says: ['Cortex XSIAM answered without the API key'],
			},
		],
	}),
);

const sorted = { field: 'expiration', keyword: 'asc' };

describeOperation(
	kit,
	'apiKey',
	'getAll',
	published({
		cases: [
			{
				name: 'lists as many as are wanted',
				parameters: { limit: 2 },
				exchanges: [list({ filters: [], search_from: 0, search_to: 2 })],
				items: listedItems,
				raw: listed,
			},
			{
				name: 'lets the tenant filter by IDs and one role, and sort',
				parameters: {
					limit: 1,
					filters: { ids: '={{ [25, "7"] }}', roles: ['default'] },
					additionalFields: { sort: 'expirationAscending' },
				},
				exchanges: [
					list(
						{
							filters: [
								...byIds([25, 7]),
								{ field: 'roles', operator: 'contains', value: ['default'] },
							],
							search_from: 0,
							search_to: 100,
							sort: sorted,
						},
						page([listed[0] as object]),
					),
				],
				items: listedItems.slice(0, 1),
			},
			{
				name: 'lets the tenant filter those that expire soon, and leaves out what never does',
				parameters: { returnAll: true, filters: { expiringWithinDays: 14 } },
				exchanges: [
					list({
						filters: [
							{ field: 'expiration', operator: 'gte', value: NOW },
							{ field: 'expiration', operator: 'lte', value: NOW + 14 * DAY },
						],
						search_from: 0,
						search_to: 100,
					}),
				],
				items: listedItems.slice(0, 1),
			},
			{
				name: 'lets the tenant filter those that have expired',
				parameters: { filters: { expiry: 'expired' } },
				exchanges: [
					list(
						{
							filters: [{ field: 'expiration', operator: 'lte', value: NOW }],
							search_from: 0,
							search_to: 100,
						},
						page([single, ...listed]),
					),
				],
				items: [singleItem],
			},
			...[
				{ name: 'that never expire', filters: { expiry: 'never' }, items: [listedItems[1]] },
				{ name: 'that work', filters: { expiry: 'live' }, items: listedItems },
				{ name: 'by comment', filters: { commentContains: 'siem' }, items: [listedItems[1]] },
				{ name: 'by address', filters: { createdBy: 'ACME' }, items: [listedItems[1]] },
				{ name: 'by name', filters: { createdBy: 'public api' }, items: [listedItems[0]] },
				{ name: 'by level', filters: { securityLevel: 'advanced' }, items: [listedItems[1]] },
				{ name: 'by roles', filters: { roles: ['Investigator', 'x'] }, items: [listedItems[1]] },
			].map(({ name, filters, items }) => ({
				name: `chooses here ${name}`,
				parameters: { filters, limit: 5 },
				exchanges: [
					list({ filters: [], search_from: 0, search_to: 100 }, page([...listed, single])),
				],
				items: items as IDataObject[],
			})),
			{
				name: 'reads no page more than is needed',
				parameters: { filters: { commentContains: 'siem' }, limit: 1 },
				exchanges: [
					list(
						{ filters: [], search_from: 0, search_to: 100 },
						page(Array.from({ length: 100 }, (_, id) => ({ ...listed[1], id: id + 1_000 }))),
					),
				],
				items: { ...listedItems[1], id: '1000', lineage: '1000' },
			},
			{
				name: 'may find none',
				parameters: { filters: { ids: '7' } },
				exchanges: [list({ filters: byIds([7]), search_from: 0, search_to: 100 }, page([]))],
				items: [],
			},
			{
				name: 'leaves out what was not asked for, where the tenant heeds no filter',
				parameters: { limit: 2, filters: { ids: '7, 123', roles: 'INSTANCE administrator' } },
				exchanges: [
					list({
						filters: [
							...byIds([7, 123]),
							{ field: 'roles', operator: 'contains', value: ['INSTANCE administrator'] },
						],
						search_from: 0,
						search_to: 100,
					}),
				],
				items: listedItems.slice(1),
			},
		],
		refused: [
			[
				'an ID that is none',
				{ filters: { ids: '7, x' } },
				"'API Key IDs' must hold IDs of API keys, which are numbers",
			],
			[
				'half a day',
				{ filters: { expiringWithinDays: 0.5 } },
				"'Expires Within (Days)' must be a whole number of days",
			],
			[
				'another expiry',
				{ filters: { expiry: '={{ "soon" }}' } },
				"'Expiry' must be one of expired, live, never",
			],
		],
		failures: [
			{
				name: 'an answer without a list',
				exchanges: [list({ filters: [], search_from: 0, search_to: 2 }, { reply: { DATA: 1 } })],
				says: ['Cortex XSIAM answered without a list of API keys'],
			},
		],
	}),
);
