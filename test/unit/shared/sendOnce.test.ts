import type { CallNotes } from '../../../nodes/shared/callNotes';
import { Failure } from '../../../nodes/shared/failure';
import type { FailureKind } from '../../../nodes/shared/failure';
import { TriedBefore, didNothing, sendOnce } from '../../../nodes/shared/sendOnce';
import type { SentOnce } from '../../../nodes/shared/sendOnce';
import { Tries } from '../../../nodes/shared/tries';

const identity = ['instance', 'workflow', '4711', 'node', '0', '0'];
const NAME = '["instance","workflow","4711","node","0","0"]';

/** Notes that all processes share. */
class Notes implements CallNotes {
	readonly texts = new Set<string>();

	isDown = false;

	async noteOnce(text: string) {
		if (this.isDown) throw new Error('connection refused');
		const isKnown = this.texts.has(text);
		this.texts.add(text);
		return isKnown;
	}

	async remove(text: string) {
		if (this.isDown) throw new Error('connection refused');
		this.texts.delete(text);
	}

	async settle() {}
}

let notes: Notes;
let warnings: string[];
let sent: number;

beforeEach(() => {
	notes = new Notes();
	warnings = [];
	sent = 0;
});

const LOST = { mayHave: 'An agent key may have been issued', find: 'Look for it' };

/** One try in a process. */
async function attempt(process: Tries, ending?: Failure | Error, more: object = {}) {
	const log = { warn: (message: string) => void warnings.push(message) };
	const send = async () => {
		sent += 1;
		if (ending) throw ending;
		return 'made';
	};
	return await sendOnce({ identity, notes, log, ...more }, LOST, send, process).catch(
		(error: unknown) => error as Failure,
	);
}

const failure = (kind: FailureKind) => new Failure(`It was ${kind}`, { kind });
const process = (): Tries => new Tries();

it('is noted under what names the call, before it is sent', async () => {
	const send = async () => {
		expect([...notes.texts]).toEqual([NAME]);
		return 'made';
	};
	const log = { warn: () => {} };
	expect(await sendOnce({ identity, notes, log }, LOST, send, process())).toBe('made');
	expect([...notes.texts]).toEqual([NAME]);
});

describe('a second try', () => {
	it.each<[string, Failure | Error | undefined, RegExp]>([
		['made something', undefined, /It went well\./],
		['is lost', failure('lost'), /It ended with: It was lost\./],
		['made something of no use', failure('unusable'), /It ended with: It was unusable\./],
		['broke', new Error('boom'), /It ended with: boom\./],
	])('is not sent where the first one %s', async (_, ending, says) => {
		const first = process();
		await attempt(first, ending);
		const second = (await attempt(first)) as Failure;
		expect(sent).toBe(1);
		expect(second).toBeInstanceOf(TriedBefore);
		expect(second).toMatchObject({
			kind: 'lost',
			message: 'An agent key may have been issued by an earlier try of this execution',
		});
		expect(second.description).toMatch(says);
		expect(second.description).toMatch(/^This try sent nothing\. The earlier try began at 2/);
		expect(second.description).toContain('any execution other than 4711 does it again');
		expect(second.declared).toBeUndefined();
	});

	it.each<FailureKind>(['input', 'notSent', 'refused'])(
		'is sent where the first one did nothing: %s',
		async (kind) => {
			const first = process();
			expect(await attempt(first, failure(kind))).toMatchObject({ kind });
			expect([...notes.texts]).toEqual([]);
			expect(await attempt(first)).toBe('made');
			expect(sent).toBe(2);
		},
	);

	it('is sent where the first one did nothing, without notes, too', async () => {
		const first = process();
		const refused = failure('refused');
		expect(await attempt(first, refused, { notes: undefined })).toBe(refused);
		expect(await attempt(first, undefined, { notes: undefined })).toBe('made');
	});

	it('in another process finds the note of the first', async () => {
		await attempt(process());
		const again = process();
		const second = (await attempt(again)) as Failure;
		expect(sent).toBe(1);
		expect(second.message).toBe(
			'An agent key may have been issued by an earlier try of this execution',
		);
		expect(second.description).toMatch(/n8n's database has a note of it.*can reappear/);
		// It is no try of this process.
		expect(again.size).toBe(0);
	});

	it('of another call is its own', async () => {
		const same = process();
		await attempt(same);
		for (const [index] of identity.entries()) {
			const other = identity.map((part, at) => (at === index ? 'other' : part));
			expect(await attempt(same, undefined, { identity: other })).toBe('made');
		}
	});

	it('with another credential is its own, and is known by the same note', async () => {
		const same = process();
		await attempt(same, undefined, { credential: 'a', notes: undefined });
		expect(await attempt(same, undefined, { credential: 'b', notes: undefined })).toBe('made');
		expect(await attempt(same, undefined, { credential: 'a', notes: undefined })).toBeInstanceOf(
			TriedBefore,
		);
		// No credential has one name, however it is written.
		await attempt(same, undefined, { notes: undefined });
		expect(await attempt(same, undefined, { credential: '', notes: undefined })).toBeInstanceOf(
			TriedBefore,
		);
		// The job is the same, whatever its credential was renewed to.
		await attempt(process(), undefined, { credential: 'c' });
		expect(await attempt(process(), undefined, { credential: 'd' })).toBeInstanceOf(TriedBefore);
	});

	it('at the same time is not sent', async () => {
		const same = process();
		const answers = await Promise.all([attempt(same), attempt(same)]);
		expect(sent).toBe(1);
		expect(
			answers.map((answer) => (answer instanceof Failure ? answer.description : answer)),
		).toEqual(['made', expect.stringContaining('It is still under way')]);
	});

	it('is known without notes, too', async () => {
		const same = process();
		await attempt(same, failure('lost'), { notes: undefined });
		expect(await attempt(same, undefined, { notes: undefined })).toBeInstanceOf(Failure);
		expect(sent).toBe(1);
	});
});

it.each<unknown>([
	Object.assign(new Error('No'), { kind: 'refused' }),
	{ kind: 'notSent' },
	undefined,
	failure('lost'),
	failure('unusable'),
])('takes no other word for it that nothing was done: %s', (thrown) => {
	expect(didNothing(thrown)).toBe(false);
});

describe('a database that is down', () => {
	it('keeps a call from being sent, and not the one after it', async () => {
		const same = process();
		notes.isDown = true;
		const first = (await attempt(same)) as Failure;
		expect(first).toMatchObject({
			kind: 'notSent',
			message: "The call could not be noted in n8n's database, and was not sent",
		});
		expect(first.description).toMatch(/save it.*connection refused\.$/);
		expect(sent).toBe(0);
		notes.isDown = false;
		expect(await attempt(same)).toBe('made');
	});

	it('is logged where a note cannot be taken back', async () => {
		const send = async () => {
			notes.isDown = true;
			throw failure('refused');
		};
		const log = { warn: (message: string) => void warnings.push(message) };
		await expect(sendOnce({ identity, notes, log }, LOST, send, process())).rejects.toThrow(
			'It was refused',
		);
		expect(warnings).toEqual(['The note of a call that did nothing could not be removed']);
	});
});

describe('what is told where the answer is lost', () => {
	const log = { warn: () => {} };

	it('is given to the call that tells of it, with that it must not be repeated', async () => {
		const send = async (change: SentOnce) => change;
		expect(await sendOnce({ identity, log }, LOST, send, process())).toEqual({
			...LOST,
			repeatable: false,
		});
	});
});
