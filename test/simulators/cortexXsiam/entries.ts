import { randomUUID } from 'node:crypto';
import type { Call } from './call';
import { VendorError } from './errors';
import { isText } from './fields';

/**
 * POST entries/insert, docs/api/cortex-xsiam.md, "War room" and the sample of the contract: a body
 * without `request_data`, and the entry as the answer. Which of the two prefixes of cases a tenant
 * knows is a switch. That a war room is not there is a 400 (inferred), in the flat shape of the
 * contract's errors.
 */
export function insertEntry({ context, body }: Call): object {
	const { settings, state, now } = context;
	const { id, data } = body;
	const refuse = (extra: string) => new VendorError(400, 'Bad Request', extra, { shape: 'flat' });
	if (!isText(id) || !isText(data) || data === '') throw refuse('Invalid id or data');
	const rooms = [
		...state.cases.map((one) => `${settings.warRoomPrefix}${one.case_id}`),
		...state.issues.map((one) => String(one.id)),
	];
	if (!rooms.includes(id)) throw refuse('Investigation not found');
	const created = new Date(now()).toISOString().replace('Z', '444333Z');
	const entry = {
		id: `${randomUUID()}@${id}`,
		version: 1,
		cacheVersn: 0,
		modified: created,
		sizeInBytes: 0,
		type: 1,
		created,
		incidentCreationTime: created,
		investigationCreationTime: created,
		retryTime: '0001-01-01T00:00:00Z',
		user: '',
		errorSource: '',
		contents: data,
		format: 'text',
		investigationId: id,
		file: '',
		fileID: '',
		parentId: '',
		pinned: false,
		fileMetadata: null,
		parentContent: null,
		parentEntryTruncated: false,
		system: '',
		reputations: null,
		category: 'chat',
		note: false,
		isTodo: false,
		tags: null,
		contentsSize: data.length,
		brand: 'none',
		mirrored: false,
	};
	// A text that begins so is run (docs/api/cortex-xsiam.md, "War room").
	state.entries.push({ room: id, text: data, isCommand: data.startsWith('!') });
	return entry;
}
