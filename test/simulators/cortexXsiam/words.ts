import { invalidRequestData, VendorError } from './errors';
import type { CortexXsiamSettings } from './settings';

/**
 * The words of cases and issues: today's (docs/api/cortex-xsiam.md, "Cases" and "Issues"; from the
 * vendor's current pages) and those of the contract of XSIAM 3.4 (docs/api/cortex-xsiam.md, "Issues"
 * and "Cases"). The state has today's.
 */
type Pairs = ReadonlyArray<readonly [today: string, older: string]>;

export interface Words {
	pairs: Pairs;
	/** Whether today's tenants take them in any case of letters, as the vendor's pages say of some. */
	anyCase: boolean;
}

export const caseStatuses: Words = {
	pairs: [
		['New', 'NEW'],
		['In Progress', 'UNDER_INVESTIGATION'],
		['Resolved', 'RESOLVED'],
	],
	anyCase: true,
};

export const issueStatuses: Words = {
	pairs: ['New', 'In Progress', 'Resolved'].map((word) => [word, word] as const),
	anyCase: false,
};

/** From harmless to grave. */
const severities = ['info', 'low', 'medium', 'high', 'critical'];

const smallSeverities = severities.map((word) => [word, word.toUpperCase()] as const);

export const caseSeverities: Words = { pairs: smallSeverities, anyCase: false };

/** What users give a case: none that is not worth a look. */
export const userSeverities: Words = { pairs: smallSeverities.slice(1), anyCase: false };

export const issueSeverities: Words = {
	pairs: severities.map((word) => [word.toUpperCase(), word.toUpperCase()] as const),
	anyCase: false,
};

export const severityRank = ({ severity }: { severity: string }): number =>
	severities.indexOf(severity.toLowerCase());

export const domains: Words = {
	pairs: [
		['Security', 'SECURITY'],
		['Posture', 'POSTURE'],
		['Health', 'HEALTH'],
	],
	anyCase: false,
};

const shared: Pairs = [
	['Resolved - Known Issue', 'RESOLVED_KNOWN_ISSUE'],
	['Resolved - False Positive', 'RESOLVED_FALSE_POSITIVE'],
	['Resolved - Other', 'RESOLVED_OTHER'],
	['Resolved - True Positive', 'RESOLVED_TRUE_POSITIVE'],
	['Resolved - Security Testing', 'RESOLVED_SECURITY_TESTING'],
	['Resolved - Fixed', 'RESOLVED_FIXED'],
	['Resolved - Dismissed', 'RESOLVED_DISMISSED'],
];

/** In the older contract a case cannot be resolved by accepting a risk. */
export const caseReasons: Words = {
	pairs: [
		...shared,
		['Resolved - Duplicate Case', 'RESOLVED_DUPLICATE'],
		['Resolved - Risk Accepted', ''],
	],
	anyCase: true,
};

export const issueReasons: Words = {
	pairs: [
		...shared,
		['Resolved - Duplicate Issue', 'RESOLVED_DUPLICATE'],
		['Resolved - Risk Accepted', 'RESOLVED_RISK_ACCEPTED'],
		['Resolved - Threat Handled', ''],
	],
	anyCase: true,
};

/** A word as a tenant of this vocabulary means it, in today's words; undefined where it takes none such. */
export function meant(
	{ pairs, anyCase }: Words,
	text: string,
	vocabulary: CortexXsiamSettings['vocabulary'],
	own: readonly string[] = [],
): string | undefined {
	const same = (word: string) =>
		anyCase ? word.toLowerCase() === text.toLowerCase() : word === text;
	const found = pairs.find(
		([today, olderWord]) =>
			(vocabulary !== '3.4' && same(today)) ||
			(vocabulary !== 'today' && olderWord !== '' && olderWord === text),
	);
	if (found) return found[0];
	return vocabulary === '3.4' ? undefined : own.find(same);
}

/** A word of today as the older contract has it. */
export function older({ pairs }: Words, text: string): string {
	return pairs.find(([today]) => today === text)?.[1] ?? text;
}

/**
 * The same, where a word is demanded.
 *
 * @throws VendorError that lists what is taken, as today's tenants do for reasons
 * (docs/api/cortex-xsiam.md, "Cases")
 */
export function demand(
	words: Words,
	value: unknown,
	vocabulary: CortexXsiamSettings['vocabulary'],
	own: readonly string[] = [],
): string {
	const found = typeof value === 'string' ? meant(words, value, vocabulary, own) : undefined;
	if (found !== undefined) return found;
	if (vocabulary === '3.4') throw invalidRequestData();
	const taken = [...words.pairs.map(([today]) => today), ...own].join(', ');
	throw new VendorError(400, `Invalid value, expected one of: ${taken}`, null, { shape: 'error' });
}
