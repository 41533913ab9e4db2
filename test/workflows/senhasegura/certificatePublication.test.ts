import type { IDataObject } from 'n8n-workflow';
import { describeOperation } from '../kit/operation';
import { kit, success } from './kit';

/** As the vendor's page "GET | List certificates publications" shows it. */
const publication = {
	code_publishing: 567,
	code_certified: 456,
	code_profile_publication: 22,
	creation_date: '2024-01-15',
	processed: '1 - Yes',
	error: '0 - No',
	reason: '3 - Scheduled Renewal',
	itsm_code: 'CHG0012345',
	devices: [101, 102, 103],
};
const item = {
	vendor: 'senhasegura',
	type: 'certificatePublication',
	id: '567',
	certificateId: '456',
	profileId: '22',
	devices: ['101', '102', '103'],
	processed: true,
	failed: false,
	reason: 'Scheduled Renewal',
	reasonId: '3',
	itsmCode: 'CHG0012345',
	createdAt: null,
	createdAtServerTime: '2024-01-15T00:00:00',
};
const answer = (publications: unknown) => ({
	status: 200,
	message: 'Publications retrieved successfully',
	error: false,
	total: 1,
	publications,
});
/** What has a field `error` would look to n8n like an item of the error output. */
const asRaw = (record: object) => [{ raw: record }] as IDataObject[];

const LIST = { method: 'GET' as const, path: '/api/certificate/publish/list?offset=0&limit=50' };

describeOperation(kit, 'certificatePublication', 'getAll', {
	cases: [
		{
			name: 'tells what became of publications',
			parameters: {},
			exchanges: [{ ...LIST, reply: answer([publication]) }],
			items: [item],
			raw: asRaw(publication),
		},
		{
			name: 'lets the vault filter',
			parameters: {
				filters: {
					certificateId: '456',
					deviceId: '101',
					failed: true,
					processed: false,
					profileId: '22',
				},
			},
			exchanges: [
				{
					...LIST,
					path: `/api/certificate/publish/list?${[
						'code_certified=456&code_profile_publication=22&processed=0&error=1&device=101',
						'offset=0&limit=50',
					].join('&')}`,
					reply: answer([{ ...publication, processed: '0 - No', error: '1 - Yes' }]),
				},
			],
			items: [{ ...item, processed: false, failed: true }],
		},
		{
			name: 'finds one by its number',
			parameters: { filters: { publicationId: 567 } },
			exchanges: [
				{ ...LIST, path: '/api/certificate/publish/list/567', reply: answer([publication]) },
			],
			items: [item],
		},
	],
	refused: [
		['a number that is none', { filters: { deviceId: 'web-01' } }, "'Device ID' must be a number"],
	],
	failures: [
		{
			name: 'no list in the answer',
			exchanges: [{ ...LIST, reply: { status: 200, error: false } }],
			says: ['senhasegura answered without the certificate publications'],
		},
	],
});

const former: typeof kit = {
	...kit,
	credentials: {
		senhaseguraOAuth1Api: { ...kit.credentials.senhaseguraOAuth1Api, certificateApi: 'upTo40' },
	},
};

describeOperation(former, 'certificatePublication', 'getAll', {
	cases: [
		{
			name: 'has another path up to 4.0',
			parameters: {},
			exchanges: [
				{
					...LIST,
					path: '/iso/cert/publish?offset=0&limit=50',
					reply: success('Created', { certified: [publication] }),
				},
			],
			items: [item],
			raw: asRaw(publication),
		},
	],
});
