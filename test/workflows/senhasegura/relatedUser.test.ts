import { describeOperation } from '../kit/operation';
import { kit, success } from './kit';

/** As the vendor's page "Related users API" shows them. */
const ana = { id: '3', name: 'Ana Lima', username: 'ana.lima' };
const joao = { id: '4', name: 'João & Filhos', username: 'joao' };
const item = { vendor: 'senhasegura', type: 'relatedUser', ...ana };

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** 1005 means something else here than for SSH keys, and `error_code` is 0. */
const notFound = {
	response: {
		status: 400,
		message: '1005: Related user not found',
		error: true,
		error_code: 0,
		mensagem: '1005: Related user not found',
		erro: true,
		cod_erro: 0,
	},
	exception: { code: 1005, message: '1005: Related user not found', detail: '' },
};

const notFoundIsSaid = [
	'The vault does not know this related user',
	/1005: Related user not found/,
];

describeOperation(kit, 'relatedUser', 'getAll', {
	cases: [
		{
			name: 'lists all there are',
			parameters: { returnAll: true },
			exchanges: [
				{
					method: 'GET',
					path: '/api/user/related',
					headers: { 'content-type': undefined },
					reply: success('2 related users found', { relatedUsers: [ana, joao] }),
				},
			],
			items: [item, { vendor: 'senhasegura', type: 'relatedUser', ...joao }],
			raw: [ana, joao],
		},
		{
			name: 'finds by a part of the name or the username, up to the limit',
			parameters: { limit: 1, filters: { search: 'LIMA' } },
			exchanges: [
				{
					method: 'GET',
					path: '/api/user/related',
					reply: success('2 related users found', {
						// PHP writes a list with gaps as a map.
						relatedUsers: { 1: joao, 3: ana, 5: { ...ana, id: 9 } },
					}),
				},
			],
			items: [item],
		},
		{
			name: 'takes an empty list',
			parameters: { returnAll: true },
			exchanges: [
				{
					method: 'GET',
					path: '/api/user/related',
					reply: success('0 related users found', { relatedUsers: [] }),
				},
			],
			items: [],
		},
	],
	refused: [['a limit of zero', { returnAll: false, limit: 0 }, /'Limit' must/]],
	failures: [
		{
			name: 'no list in the answer',
			exchanges: [{ method: 'GET', path: '/api/user/related', reply: success('') }],
			says: ['senhasegura answered without the related users'],
		},
		{
			name: 'an empty list that the vault counts two users of',
			exchanges: [
				{
					method: 'GET',
					path: '/api/user/related',
					reply: success('2 related users found', { relatedUsers: [] }),
				},
			],
			says: [
				'senhasegura returned an empty list, but says 2 related users found',
				/The missing records cannot be requested/,
			],
		},
	],
});

describeOperation(kit, 'relatedUser', 'get', {
	cases: [
		{
			name: 'reads one, which stands under the name of the list',
			parameters: { relatedUserId: { mode: 'list', value: '3' } },
			exchanges: [
				{
					method: 'GET',
					path: '/api/user/related/3',
					reply: success('', { relatedUsers: ana }),
				},
			],
			items: item,
		},
		{
			name: 'takes a list of one, and an ID that is a number',
			parameters: { relatedUserId: '={{ $json.id }}' },
			input: { id: 3 },
			exchanges: [
				{
					method: 'GET',
					path: '/api/user/related/3',
					reply: success('', { relatedUsers: [{ ...ana, id: 3 }] }),
				},
			],
			items: item,
		},
	],
	refused: [
		['no ID', { relatedUserId: '={{ " " }}' }, "'Related User' is required"],
		[
			'an ID that leaves its place in the path',
			{ relatedUserId: { mode: 'list', value: '../3' } },
			"'Related User' must be the number of a related user",
		],
	],
	failures: [
		{
			name: 'an unknown user',
			exchanges: [
				{
					method: 'GET',
					path: '/api/user/related/3',
					status: 400,
					reply: {
						response: { status: 400, message: '1005: User does not exist', error: true },
					},
				},
			],
			says: ['The vault does not know this related user', /1005: User does not exist/],
		},
	],
});

describeOperation(kit, 'relatedUser', 'create', {
	cases: [
		{
			name: 'registers a user, whose ID comes as a number here',
			mayHave: "The related user 'ana.lima' may have been registered",
			parameters: { name: 'Ana Lima', username: 'ana.lima' },
			exchanges: [
				{
					method: 'POST',
					path: '/api/user/related',
					headers: FORM,
					body: 'name=Ana%20Lima&username=ana.lima',
					reply: success('Related user successfully registered!', {
						relatedUsers: { ...ana, id: 3 },
					}),
				},
			],
			items: item,
		},
	],
	refused: [
		['no name', { name: ' ' }, "'Name' is required"],
		['no username', { username: '={{ "" }}' }, "'Username' is required"],
	],
	failures: [
		{
			name: 'an answer that does not tell what was registered',
			exchanges: [
				{
					method: 'POST',
					path: '/api/user/related',
					body: 'name=Ana%20Lima&username=ana.lima',
					reply: success('Related user successfully registered!'),
				},
			],
			says: [
				'senhasegura answered without the related user',
				/The related user 'ana.lima' may have been registered anyway\. .* 'Related User: Get Many'/,
			],
		},
		{
			name: 'a gateway that gives up, after which nothing is sent again',
			exchanges: [
				{
					method: 'POST',
					path: '/api/user/related',
					body: 'name=Ana%20Lima&username=ana.lima',
					status: 504,
					reply: '<html><body>Gateway Time-out</body></html>',
				},
			],
			says: [
				/The related user 'ana.lima' may have been registered anyway\. .* 'Related User: Get Many'/,
			],
		},
	],
});

describeOperation(kit, 'relatedUser', 'update', {
	cases: [
		{
			name: 'keeps what is not given, since the vault wants all',
			parameters: {
				relatedUserId: { mode: 'id', value: '3' },
				updateFields: { name: 'Ana Lima & Filhos' },
			},
			exchanges: [
				{
					method: 'GET',
					path: '/api/user/related/3',
					reply: success('', { relatedUsers: ana }),
				},
				{
					method: 'PUT',
					path: '/api/user/related/3',
					headers: FORM,
					body: 'id=3&name=Ana%20Lima%20%26%20Filhos&username=ana.lima',
					reply: success('Related user successfully updated!', {
						relatedUsers: { ...ana, name: 'Ana Lima & Filhos' },
					}),
				},
			],
			items: { ...item, name: 'Ana Lima & Filhos', changed: true },
		},
		{
			name: 'sends nothing where nothing changes',
			parameters: {
				relatedUserId: { mode: 'id', value: '3' },
				updateFields: { name: 'Ana Lima', username: 'ana.lima' },
			},
			exchanges: [
				{
					method: 'GET',
					path: '/api/user/related/3',
					reply: success('', { relatedUsers: ana }),
				},
			],
			items: { ...item, changed: false },
		},
	],
	refused: [
		['an update without changes', { updateFields: {} }, "'Update Fields' has nothing to change"],
	],
	failures: [
		{
			name: 'a username that the vault does not tell, which the update would empty',
			exchanges: [
				{
					method: 'GET',
					path: '/api/user/related/3',
					reply: success('', { relatedUsers: { id: '3', name: 'Ana Lima' } }),
				},
			],
			says: [/^'Username' is needed, because the vault does not return its present value/],
		},
		{
			name: 'a record without an ID',
			exchanges: [
				{
					method: 'GET',
					path: '/api/user/related/3',
					reply: success('', { relatedUsers: {} }),
				},
			],
			says: [/^senhasegura answered without the related user/],
		},
	],
});

describeOperation(kit, 'relatedUser', 'delete', {
	cases: [
		{
			name: 'deactivates the record',
			parameters: { relatedUserId: { mode: 'id', value: '3' } },
			exchanges: [
				{
					method: 'DELETE',
					path: '/api/user/related/3',
					headers: { 'content-type': undefined },
					reply: success('Related user successfully deactivated'),
				},
			],
			items: { vendor: 'senhasegura', type: 'relatedUser', id: '3', deleted: true, changed: true },
		},
		{
			name: 'takes a user that is gone for deleted, where that is wanted',
			parameters: {
				relatedUserId: { mode: 'id', value: '3' },
				additionalFields: { succeedIfAlready: true },
			},
			exchanges: [{ method: 'DELETE', path: '/api/user/related/3', status: 400, reply: notFound }],
			items: { vendor: 'senhasegura', type: 'relatedUser', id: '3', deleted: true, changed: false },
		},
	],
	failures: [
		{
			name: 'a user that is gone',
			exchanges: [{ method: 'DELETE', path: '/api/user/related/3', status: 400, reply: notFound }],
			says: notFoundIsSaid,
		},
	],
});
