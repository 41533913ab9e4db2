import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import type { CortexXsiamApi } from '../../api/client';
import type { Filter, XsiamList } from '../../api/calls';
import { Failure } from '../../../shared/failure';
import { sortedBy } from '../../../shared/sorted';

/**
 * The vendor's words for statuses, severities, reasons and domains. Today's tenants write them in
 * another way than the contract of XSIAM 3.4 (docs/api/cortex-xsiam.md, "Cases" and "Issues"): both
 * ways are understood, today's is sent, and what is in neither, such as a status of a tenant's own,
 * goes to the vendor as it is.
 */
export interface Word {
	/** What people see. */
	name: string;
	today: string;
	/** In the contract of XSIAM 3.4; the same where it is left out. */
	older?: string;
}

/** Which of the two ways. */
export type Spelling = 'today' | 'older';

/** Case, spaces and signs differ even between today's tenants and their pages. */
function fold(text: string): string {
	return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

export class Words {
	constructor(private readonly words: Word[]) {}

	/** A word as a spelling has it; one that is not known stays as it is. */
	in(spelling: Spelling, text: string): string {
		const wanted = fold(text);
		const known = this.words.find(
			({ today, older = today }) => fold(today) === wanted || fold(older) === wanted,
		);
		if (!known) return text;
		return spelling === 'today' ? known.today : (known.older ?? known.today);
	}

	all(spelling: Spelling, texts: string[]): string[] {
		return texts.map((text) => this.in(spelling, text));
	}

	/** Known words, each in the other of the two spellings. */
	other(texts: string[]): string[] {
		return texts.map((text) => {
			const today = this.in('today', text);
			return today === text ? this.in('older', text) : today;
		});
	}

	/** What the editor offers. */
	get options(): INodePropertyOptions[] {
		const options = this.words.map(({ name, today }) => ({ name, value: today }));
		return sortedBy(options, ({ name }) => name);
	}

	/** Whether a text is this word in either spelling. */
	is(text: string | undefined, today: string): boolean {
		return text !== undefined && this.in('today', text) === today;
	}
}

/** How far the work on a case has come; tenants have statuses of their own beside these. */
export const caseStatuses = new Words([
	{ name: 'New', today: 'New', older: 'NEW' },
	{ name: 'In Progress', today: 'In Progress', older: 'UNDER_INVESTIGATION' },
	{ name: 'Resolved', today: 'Resolved', older: 'RESOLVED' },
]);

/** How far the work on an issue has come. */
export const issueStatuses = new Words(
	['New', 'In Progress', 'Resolved'].map((today) => ({ name: today, today })),
);

const SEVERITY_NAMES = ['Info', 'Low', 'Medium', 'High', 'Critical'];

const inSmallLetters = (name: string) => ({
	name,
	today: name.toLowerCase(),
	older: name.toUpperCase(),
});

export const caseSeverities = new Words(SEVERITY_NAMES.map(inSmallLetters));

/**
 * What users give a case: the vendor takes no `info` there (docs/api/cortex-xsiam.md, "Cases").
 */
export const userSeverities = new Words(SEVERITY_NAMES.slice(1).map(inSmallLetters));

/** In capitals in both. */
export const issueSeverities = new Words(
	SEVERITY_NAMES.map((name) => ({ name, today: name.toUpperCase() })),
);

const domainWords = ['Security', 'Posture', 'Health'];

export const domains = new Words(
	domainWords.map((today) => ({ name: today, today, older: today.toUpperCase() })),
);

function reason(name: string, older?: string): Word {
	return { name, today: `Resolved - ${name}`, older };
}

const REASONS = [
	reason('Dismissed', 'RESOLVED_DISMISSED'),
	reason('False Positive', 'RESOLVED_FALSE_POSITIVE'),
	reason('Fixed', 'RESOLVED_FIXED'),
	reason('Known Issue', 'RESOLVED_KNOWN_ISSUE'),
	reason('Other', 'RESOLVED_OTHER'),
	reason('Risk Accepted', 'RESOLVED_RISK_ACCEPTED'),
	reason('Security Testing', 'RESOLVED_SECURITY_TESTING'),
	reason('True Positive', 'RESOLVED_TRUE_POSITIVE'),
];

/** Why a case was resolved. */
export const caseReasons = new Words([...REASONS, reason('Duplicate Case', 'RESOLVED_DUPLICATE')]);

/** Why an issue was resolved. */
export const issueReasons = new Words([
	...REASONS,
	reason('Duplicate Issue', 'RESOLVED_DUPLICATE'),
	reason('Threat Handled'),
]);

/**
 * Makes a call in today's words and, where the tenant does not take them, in those of the older contract:
 * its HTTP 400 says that nothing was done. A call that has none of these words is made once.
 *
 * @param say What is sent, in a spelling.
 * @throws Failure; that of the first call where both are refused, since its text lists what the tenant takes
 */
export async function inEitherSpelling<Said, Value>(
	say: (spelling: Spelling) => Said,
	call: (said: Said) => Promise<Value>,
): Promise<Value> {
	const [today, older] = [say('today'), say('older')];
	return await call(today).catch(async (first: unknown) => {
		if (!isInvalid(first) || JSON.stringify(today) === JSON.stringify(older)) throw first;
		return await call(older).catch((second: unknown) => {
			throw isInvalid(second) ? first : second;
		});
	});
}

function isInvalid(failure: unknown): boolean {
	return failure instanceof Failure && failure.kind === 'refused' && failure.code === '400';
}

/** The same for a list, which its first page decides. */
export async function* listInEitherSpelling(
	api: CortexXsiamApi,
	list: Omit<XsiamList, 'filters'>,
	filtersIn: (spelling: Spelling) => Filter[],
): AsyncGenerator<IDataObject> {
	let rows = api.list({ ...list, filters: [] });
	const first = await inEitherSpelling(filtersIn, async (filters) => {
		rows = api.list({ ...list, filters });
		return await rows.next();
	});
	if (first.done) return;
	yield first.value;
	yield* rows;
}
