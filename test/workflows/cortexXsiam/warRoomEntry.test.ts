import type { Exchange } from '../kit/exchanges';
import { describeOperation } from '../kit/operation';
import type { Refused } from '../kit/operation';
import { kit } from './kit';
import { published } from './published';

const TEXT = 'The key of the backup job was rotated.';
const insert = (id: string, data = TEXT, more: Partial<Exchange> = {}): Exchange => ({
	method: 'POST',
	path: '/public_api/v1/entries/insert',
	headers: { 'content-type': 'application/json' },
	body: JSON.stringify({ id, data }),
	reply: entry(id, data),
	...more,
});

/** The sample of the vendor's contract, "Add War Room entries", with another text. */
function entry(room: string, contents: string) {
	return {
		id: `b30fadee-53e3-4859-8c79-fa328ba7b4fd@${room}`,
		version: 1,
		modified: '2025-01-29T13:48:41.591466357Z',
		type: 1,
		created: '2025-01-29T13:48:41.591444333Z',
		user: '',
		contents,
		format: 'text',
		investigationId: room,
		category: 'chat',
		note: false,
		tags: null,
	};
}

const item = (room: string, text = TEXT) => ({
	vendor: 'cortexXsiam',
	type: 'warRoomEntry',
	id: `b30fadee-53e3-4859-8c79-fa328ba7b4fd@${room}`,
	warRoom: room,
	category: 'chat',
	text,
	format: 'text',
	user: null,
	createdAt: '2025-01-29T13:48:41.591Z',
});
const unknown = {
	status: 400,
	reply: { err_code: '400', err_msg: 'Bad Request', err_extra: 'Investigation not found' },
};
const command = (text: string): Refused => [
	`a command that was not allowed: ${JSON.stringify(text)}`,
	{ text },
	"'Text' is a command: Cortex XSIAM runs a text that begins with an exclamation mark",
];

describeOperation(
	kit,
	'warRoomEntry',
	'create',
	published({
		cases: [
			{
				name: 'writes into the war room of a case',
				mayHave: 'The entry may have been written',
				parameters: { roomOf: 'case', recordId: 3, text: TEXT },
				exchanges: [insert('CASE-3')],
				items: item('CASE-3'),
			},
			{
				name: 'writes into that of an issue, which has no prefix',
				parameters: { roomOf: 'issue', recordId: '17', text: TEXT },
				exchanges: [insert('17')],
				items: item('17'),
			},
			{
				name: 'takes the other prefix where the tenant refuses the first',
				parameters: { roomOf: 'case', recordId: '3', text: TEXT },
				exchanges: [insert('CASE-3', TEXT, unknown), insert('INCIDENT-3')],
				items: item('INCIDENT-3'),
			},
			{
				name: 'takes a prefix that is chosen',
				parameters: {
					roomOf: 'case',
					recordId: '3',
					text: TEXT,
					additionalFields: { casePrefix: 'INCIDENT-' },
				},
				exchanges: [insert('INCIDENT-3')],
				items: item('INCIDENT-3'),
			},
			{
				name: 'takes an ID that has its prefix',
				parameters: { roomOf: 'case', recordId: 'incident-3', text: TEXT },
				exchanges: [insert('INCIDENT-3')],
				items: item('INCIDENT-3'),
			},
			{
				name: 'sends a command where that is allowed',
				parameters: {
					roomOf: 'issue',
					recordId: '17',
					text: '!Print value=1',
					additionalFields: { allowCommands: true },
				},
				exchanges: [insert('17', '!Print value=1')],
				items: item('17', '!Print value=1'),
			},
		],
		refused: [
			command('!Print value=1'),
			command('  \n!Print value=1'),
			command('\u200b\ufeff!Print value=1'),
			['no text', { text: ' ' }, "'Text' is required"],
			['an ID that is none', { recordId: 'x/3' }, "'ID' must be the number of a case or an issue"],
		],
		failures: [
			{
				name: 'a war room under neither prefix',
				exchanges: [insert('CASE-3', TEXT, unknown), insert('INCIDENT-3', TEXT, unknown)],
				says: ['Cortex XSIAM refused the request: Investigation not found'],
			},
			{
				name: 'a lost answer, after which nothing is sent again',
				exchanges: [insert('CASE-3', TEXT, { status: 504, reply: '' })],
				says: ['The entry may have been written anyway'],
			},
			{
				name: 'an answer without the entry',
				exchanges: [insert('CASE-3', TEXT, { reply: {} })],
				says: ['Cortex XSIAM answered without the entry'],
			},
		],
	}),
);
