import type { IDataObject } from 'n8n-workflow';
import { describeOperation } from '../kit/operation';
import { kit, success } from './kit';
import { sharedWith, sharing } from './safeSamples';

const TEXT = ' canary of a note ';

/** As the vendor's pages show a note that is read: those whom it is shared with have a name. */
const note = {
	identifier: '7',
	name: 'Alarm',
	note: TEXT,
	tags: 'home, office',
	users_allowed: [
		{ name: 'joao', can_edit: true },
		{ name: 'maria', can_edit: false },
	],
	groups_allowed: [{ name: 'DBA', can_edit: true }],
};
const fields = {
	vendor: 'senhasegura',
	type: 'safeNote',
	id: '7',
	identifier: '7',
	name: 'Alarm',
	tags: ['home', 'office'],
	...sharing,
};
/** One that was stored has no text. */
const stored = {
	identifier: '7',
	name: 'Alarm',
	tags: 'home,office',
	...sharedWith,
	shared_error: [],
};
const storedItem = { ...fields, notSharedWith: [], secret: null };
const reply = (message: string, found: object, status = 200) =>
	success(message, { note_entity: found }, status) as IDataObject;
const registered = reply('Note successfully registered', stored, 201);
const secrets = [TEXT];
const JSON_BODY = { 'content-type': 'application/json' };

const given = {
	name: 'Alarm',
	note: TEXT,
	additionalFields: {
		tags: ['home', 'office'],
		usersWhoCanEdit: 'joao',
		usersWhoCanView: 'maria',
		groupsWhoCanEdit: 'DBA',
	},
};
const sent = JSON.stringify({
	name: 'Alarm',
	note: TEXT,
	tags: 'home,office',
	...sharedWith,
});
const POST = { method: 'POST' as const, path: '/api/mysafe/note', headers: JSON_BODY };

describeOperation(kit, 'safeNote', 'create', {
	secrets,
	cases: [
		{
			name: 'keeps a note',
			mayHave: "The note 'Alarm' may have been made",
			parameters: given,
			exchanges: [{ ...POST, body: sent, status: 201, reply: registered }],
			items: storedItem,
			raw: registered,
		},
		{
			name: 'gives no text out that the vault repeats, and says whom it was not shared with',
			parameters: { name: 'Alarm', note: TEXT },
			exchanges: [
				{
					...POST,
					body: JSON.stringify({ name: 'Alarm', note: TEXT }),
					reply: reply('', { ...note, shared_error: ['maria'] }),
				},
			],
			items: { ...storedItem, notSharedWith: ['maria'] },
			hints: ['MySafe did not share it with everyone you named'],
		},
	],
	refused: [
		[
			'a text that is too long',
			{ note: 'x'.repeat(901) },
			"'Note' must be at most 900 characters long",
		],
		['no text', { note: '={{ "" }}' }, "'Note' is required"],
	],
	failures: [
		{
			name: 'a gateway that gives up, after which nothing is sent again',
			exchanges: [{ ...POST, body: sent, status: 504, reply: '' }],
			says: ["The note 'Alarm' may have been made anyway", 'Look for it in MySafe'],
		},
		{
			name: 'a text that is too long for the encryption of the access key',
			exchanges: [
				{
					...POST,
					body: sent,
					status: 500,
					reply: {
						code: 500,
						response: { status: 500, message: 'Unexpected error', error: true, error_code: 1 },
						exception: { code: 400, message: 'Ocorreu um erro ao criptografar o texto' },
					},
				},
			],
			says: ['The vault could not encrypt the entry', "'Encrypt sensitive data' of the access key"],
		},
	],
});

const PUT = { method: 'PUT' as const, path: '/api/mysafe/note/update/7', headers: JSON_BODY };
const updated = reply('Note successfully update', stored);

describeOperation(kit, 'safeNote', 'update', {
	secrets,
	cases: [
		{
			name: 'changes everything',
			parameters: {
				identifier: '7',
				updateFields: { name: 'Alarm', note: TEXT, ...given.additionalFields },
			},
			exchanges: [{ ...PUT, body: sent, reply: updated }],
			items: storedItem,
			raw: updated,
		},
		{
			name: 'ends the sharing where nobody is named, and takes tags away',
			parameters: { identifier: '7', updateFields: { usersWhoCanView: '', tags: '' } },
			exchanges: [
				{ ...PUT, body: JSON.stringify({ tags: '', users_allowed: [] }), reply: updated },
			],
			items: storedItem,
		},
	],
	refused: [
		['nothing to change', { updateFields: {} }, "'Update Fields' has nothing to change"],
		[
			'a text that is too long',
			{ updateFields: { note: 'x'.repeat(901) } },
			"'Note' must be at most 900 characters long",
		],
		['a text that went missing', { updateFields: { note: '={{ "" }}' } }, "'Note' is empty"],
	],
	failures: [
		{
			name: 'an answer about another note',
			exchanges: [
				{
					...PUT,
					body: sent,
					reply: reply('Note successfully update', { ...stored, identifier: '8' }),
				},
			],
			says: ['another note than the one asked for', 'may have been made anyway'],
		},
	],
});

const GET = { method: 'GET' as const, path: '/api/mysafe/note/7' };

describeOperation(kit, 'safeNote', 'get', {
	secrets,
	cases: [
		{
			name: 'reads the text',
			parameters: { identifier: 7 },
			exchanges: [{ ...GET, reply: reply('Success', note) }],
			items: { ...fields, secret: TEXT },
		},
	],
	refused: [
		[
			'an identifier that is none',
			{ identifier: 'Alarm' },
			"'Identifier' must be the number of an entry",
		],
	],
	failures: [
		...(
			[
				['an unknown note', '1005: Note not found', 'MySafe does not know this entry'],
				['a note of somebody else', '1006 User does not have access', 'no access to this entry'],
				['a disabled note', '1009: Inactive note', 'The entry is disabled'],
			] as const
		).map(([name, message, said]) => ({
			name,
			exchanges: [
				{ ...GET, status: 400, reply: { response: { status: 400, message, error: true } } },
			],
			says: [said],
		})),
		{
			name: 'another note in the answer',
			exchanges: [{ ...GET, reply: reply('Success', { ...note, identifier: '8' }) }],
			says: ['another note than the one asked for (8 instead of 7)'],
		},
		{
			name: 'a note without a text',
			exchanges: [{ ...GET, reply: reply('Success', { ...note, note: '' }) }],
			says: ['senhasegura answered without the text of the note'],
		},
	],
});

const rights = { need_justify: '0', need_approval: '1', can_view: true, can_write: false };
const listed = { identifier: '7', name: 'Alarm', tags: 'home', ...rights };
const listedItem = {
	vendor: 'senhasegura',
	type: 'safeNote',
	id: '7',
	identifier: '7',
	name: 'Alarm',
	tags: ['home'],
	needsJustification: false,
	needsApproval: true,
	canView: true,
	canEdit: false,
};
const LIST = { method: 'GET' as const, path: '/api/mysafe/note' };

describeOperation(kit, 'safeNote', 'getAll', {
	secrets,
	cases: [
		{
			name: 'lists notes without their texts',
			parameters: { returnAll: true },
			exchanges: [{ ...LIST, reply: success('', { note_on_list: [{ ...listed, note: TEXT }] }) }],
			items: [listedItem],
			raw: [{ ...listed, note: null }],
		},
		{
			name: 'lets the vault filter by tag, and finds by a part of the name itself',
			parameters: { returnAll: true, filters: { tag: 'a & b', search: 'ALA' } },
			exchanges: [
				{
					...LIST,
					path: '/api/mysafe/note?tag=a%20%26%20b',
					reply: success('', { note_on_list: [listed, { ...listed, identifier: '8', name: 'x' }] }),
				},
			],
			items: [listedItem],
		},
	],
	failures: [
		{
			name: 'no list in the answer',
			exchanges: [{ ...LIST, reply: success('') }],
			says: ['senhasegura answered without the notes'],
		},
	],
});
