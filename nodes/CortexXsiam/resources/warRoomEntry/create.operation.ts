import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import type { CortexXsiamApi } from '../../api/client';
import { readTime } from '../shared/time';
import { Failure } from '../../../shared/failure';
import { additionalFields, group, param } from '../../../shared/param';
import { asId } from '../../../shared/read';
import { choice, ifGiven, requiredText } from '../../../shared/input';
import { readId, readText } from '../../../shared/item';
import { sendOnce } from '../../../shared/sendOnce';
import type { SentOnce } from '../../../shared/sendOnce';
import { item, operation } from '../shared/operation';

/**
 * How the ID of a case is written here: the contract of XSIAM 3.4 says `CASE-3`, the newer page and
 * that of XSIAM 2 `INCIDENT-3`; an issue has its bare ID (docs/api/cortex-xsiam.md, "War room").
 */
const PREFIXES = ['CASE-', 'INCIDENT-'] as const;

/**
 * A text that begins so is run as a command (docs/api/cortex-xsiam.md, "War room"); marks that cannot
 * be seen may stand before it.
 */
const COMMAND = /^[\s\p{Cf}\p{Cc}]*!/u;

const entry = z.record(z.unknown()).refine((json) => asId(json.id) !== null);

/** `POST /public_api/v1/entries/insert`. Source: docs/api/cortex-xsiam.md, "War room". */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create war room entry',
	description: 'Write an entry into the war room of a case or an issue, which has to exist',
	furtherTries: { are: 'refused' },
	byPerson: { guards: ['allowCommands'], guardsWhere: { text: 'allowCommands' } },
	params: [
		group(
			param(
				{
					displayName: 'War Room Of',
					name: 'roomOf',
					type: 'options',
					options: [
						{ name: 'Case', value: 'case' },
						{ name: 'Issue', value: 'issue' },
					],
					default: 'case',
					description: 'What the war room belongs to',
				},
				choice(['case', 'issue'] as const),
			),
			param(
				{
					displayName: 'ID',
					name: 'recordId',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. 123',
					description: 'The number of the case or the issue',
				},
				requiredText.refine(
					(id) => /^(CASE-|INCIDENT-)?\d+$/i.test(id),
					'must be the number of a case or an issue',
				),
			),
			param({
				displayName: 'Text',
				name: 'text',
				type: 'string',
				typeOptions: { rows: 3 },
				required: true,
				default: '',
				placeholder: 'e.g. The API key of the backup job was rotated.',
				description:
					'What the entry says. One that begins with an exclamation mark is a command, and is refused unless commands are allowed.',
			}),
			additionalFields(
				param({
					displayName: 'Allow Commands',
					name: 'allowCommands',
					type: 'boolean',
					default: false,
					description:
						'Whether to send a text even if it begins with an exclamation mark. Cortex XSIAM runs it with the rights of the API key: allow it only for texts that nobody else can write.',
				}),
				param(
					{
						displayName: 'Case Prefix',
						name: 'casePrefix',
						type: 'options',
						options: [
							{
								name: 'Automatic',
								value: 'auto',
								description: 'The first form, or the second if the tenant refuses the first',
							},
							{ name: 'CASE-', value: 'CASE-' },
							{ name: 'INCIDENT-', value: 'INCIDENT-' },
						],
						default: 'auto',
						description: 'How the tenant writes the ID of a case in its war rooms',
					},
					ifGiven(choice(['auto', ...PREFIXES] as const)),
				),
			),
		).check(refuseCommand),
	],
	async run(api, { roomOf, recordId, text, additionalFields: { casePrefix } }, call) {
		const [first = recordId, second] = namesOf(roomOf, recordId, casePrefix);
		const body = await sendOnce(call, LOST, async (change) => {
			const insert = async (id: string) => await write(api, { id, data: text }, change);
			return await insert(first).catch(async (failure: unknown) => {
				if (second === undefined || !isOfTheId(failure)) throw failure;
				return await insert(second);
			});
		});
		return { item: entryItem(body), raw: body };
	},
});

const LOST = {
	mayHave: 'The entry may have been written',
	find: 'Look for it in the war room',
};

/** Under which names the tenant may know the war room. */
function namesOf(roomOf: 'case' | 'issue', id: string, prefix = 'auto'): string[] {
	const digits = id.replace(/^\D+/, '');
	if (roomOf === 'issue') return [digits];
	if (digits !== id) return [id.toUpperCase()];
	return prefix === 'auto' ? PREFIXES.map((one) => one + digits) : [prefix + digits];
}

/**
 * Whether a refusal may be about the ID: nothing was done, and by its status it is not about the API key,
 * the licence, a right or the pace.
 */
function isOfTheId(failure: unknown): boolean {
	return (
		failure instanceof Failure &&
		failure.kind === 'refused' &&
		!['401', '402', '403', '429'].includes(failure.code ?? '')
	);
}

async function write(
	api: CortexXsiamApi,
	plain: { id: string; data: string },
	change: SentOnce,
): Promise<IDataObject> {
	const { body } = await api.change({
		path: 'public_api/v1/entries/insert',
		plain,
		answer: entry,
		what: 'the entry',
		...change,
	});
	return body;
}

function entryItem(record: IDataObject): IDataObject {
	return item('warRoomEntry', {
		id: readId(record.id),
		warRoom: readText(record.investigationId),
		category: readText(record.category),
		text: readText(record.contents),
		format: readText(record.format),
		user: readText(record.user),
		createdAt: readTime(record.created),
	});
}

function refuseCommand(
	{ text, additionalFields: more }: { text: string; additionalFields: { allowCommands?: boolean } },
	context: z.RefinementCtx,
): void {
	if (!COMMAND.test(text) || more.allowCommands === true) return;
	context.addIssue({
		code: 'custom',
		path: ['text'],
		message: 'is a command: Cortex XSIAM runs a text that begins with an exclamation mark',
		params: { hint: "If that is meant, add 'Allow Commands'." },
	});
}
