import type { IDataObject } from 'n8n-workflow';
import { firstCredentialsV2 } from '../../api/v2';
import { filters, group, param, sentAs } from '../../../shared/param';
import { asObject } from '../../../shared/read';
import { flag, ifGiven, textList, wholeNumber } from '../../../shared/input';
import { limit } from '../../../shared/list';
import { first } from '../../../shared/paging';
import { readMark } from '../shared/helperRecords';
import { operation } from '../shared/operation';
import { credentialV2Result } from './credentialV2Item';

/** As the query has it. */
const optionalFlag = flag.optional().transform((value) => value?.toString());

/** No server gives fewer records a page than this. */
const SHORTEST_PAGE = 10;

function moreThan(count: number): string {
	return `The vault's first page has ${count} credentials, and how to get the next one is not documented. If credentials are missing, narrow the list down with filters.`;
}

/**
 * API v2 tells no identifier that could be compared, and may list SSH keys or not
 * (docs/api/senhasegura.md, "API v2").
 */
function isHelperV2({ credential }: IDataObject): boolean {
	return readMark(asObject(credential)?.username) !== undefined;
}

/** `GET /api/v2/pam/credentials`. Source: docs/api/senhasegura.md, "API v2". */
export const getAll = operation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many credentials API v2',
	description:
		"Find credentials with the vault's own filters, without passwords. Returns the first page of the vault's answer. Needs version 4.2.2 or later.",
	readsKeys: true,
	params: [
		// Without 'Return All': only the first page can be had.
		limit,
		filters(
			sentAs('credential.username', {
				displayName: 'Username',
				name: 'username',
				type: 'string',
				default: '',
				placeholder: 'e.g. root',
				description: 'The username of the credential',
			}),
			sentAs(
				'credential.active',
				{
					displayName: 'Active',
					name: 'active',
					type: 'boolean',
					default: true,
					description: 'Whether to return credentials that are active, or the others',
				},
				optionalFlag,
			),
			sentAs(
				'device_id',
				{
					displayName: 'Device ID',
					name: 'deviceId',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 2147483647, numberPrecision: 0 },
					default: 1,
					description: 'The number of the device',
				},
				ifGiven(wholeNumber({ min: 1, max: 2147483647 })).transform((id) => id?.toString()),
			),
			sentAs('device.name', {
				displayName: 'Device Name',
				name: 'deviceName',
				type: 'string',
				default: '',
				placeholder: 'e.g. web-01',
				description: 'The name of the device',
			}),
			sentAs('device.domain_name', {
				displayName: 'Device Domain',
				name: 'domainName',
				type: 'string',
				default: '',
				placeholder: 'e.g. corp.example.com',
				description: 'The domain of the device',
			}),
			group(
				param(
					{
						displayName: 'All Tags',
						name: 'tags',
						type: 'string',
						default: '',
						placeholder: 'e.g. linux, production',
						description: 'Tags that a credential must have, all of them, separated by commas',
					},
					textList,
				),
				param(
					{
						displayName: 'Any Tag',
						name: 'anyTag',
						type: 'string',
						default: '',
						placeholder: 'e.g. linux, windows',
						description: 'Tags of which a credential must have at least one, separated by commas',
					},
					textList,
				),
			).as((given) => ({
				// A name that comes again must fit as well; commas part alternatives.
				'credential.tags': [
					...given.tags,
					...(given.anyTag.length > 0 ? [given.anyTag.join(',')] : []),
				],
			})),
			sentAs('credential.criticality', {
				displayName: 'Criticality',
				name: 'criticality',
				type: 'options',
				options: [
					{ name: 'Critical', value: 'critical' },
					{ name: 'High', value: 'high' },
					{ name: 'Low', value: 'low' },
					{ name: 'Medium', value: 'medium' },
				],
				default: 'high',
				description: 'How critical the credential is',
			}),
			sentAs('credential.user_credential_owner', {
				displayName: 'Owner',
				name: 'owner',
				type: 'string',
				default: '',
				placeholder: 'e.g. nathan.smith',
				description: 'The user who owns the credential',
			}),
			sentAs(
				'jit.credential_enabled',
				{
					displayName: 'JIT Enabled',
					name: 'jitEnabled',
					type: 'boolean',
					default: true,
					description: 'Whether to return credentials with just-in-time access, or the others',
				},
				optionalFlag,
			),
			sentAs(
				'reconciliation.credential_enabled',
				{
					displayName: 'Reconciliation Enabled',
					name: 'reconciliationEnabled',
					type: 'boolean',
					default: true,
					description: 'Whether to return credentials with reconciliation, or the others',
				},
				optionalFlag,
			),
		),
	],
	async run(api, { limit: most, filters: query }) {
		const page = await firstCredentialsV2(api, query);
		const found = page.filter((record) => !isHelperV2(record));
		// How long a page is, is not documented either.
		const mayBeMore = page.length >= SHORTEST_PAGE && found.length < most;
		return first(found, most).map((record) => ({
			...credentialV2Result(record, api.serverTimeZone),
			hints: mayBeMore ? [moreThan(page.length)] : [],
		}));
	},
});
