import { advice } from '../../shared/advice';
import { clockDifference, CLOCKS_AGREE } from '../../shared/clock';
import { Failure, quoteVendor } from '../../shared/failure';
import type { FailureDetails } from '../../shared/failure';
import { isIntercepted, troubleOf } from '../../shared/outcome';
import { failureKind, isFault } from './outcomes';
import { REJECTED, UNKNOWN_ADDRESS, faultOf, meaningOf } from './refusalMeanings';
import type { ApiPrefix } from './url';

/** A refusal with the vendor's number for it, by which some are told from others. */
export class Refusal extends Failure {
	readonly businessCode: number;

	/** The vendor's own words, shortened. */
	readonly said: string;

	constructor(message: string, details: FailureDetails & { businessCode: number; said: string }) {
		super(message, details);
		this.businessCode = details.businessCode;
		this.said = details.said;
	}
}

/** Whether a call was refused with one of these numbers; a fault under the same one says nothing of the state. */
export function isRefusedWith(failure: unknown, ...numbers: number[]): failure is Refusal {
	return (
		failure instanceof Refusal &&
		failure.kind === 'refused' &&
		numbers.includes(failure.businessCode)
	);
}

/** A family of calls. */
export interface Family {
	/** The first part of their path below the prefix: `pam`, `mysafe`. */
	module?: string;
	/** Where it is documented below one prefix only, so that another 'API Prefix' changes nothing. */
	prefix?: ApiPrefix;
	/** Where else it may be, such as from which version on it is there: as a sentence. */
	since?: string;
	/** Whether it also answers without the envelope. */
	bare?: boolean;
	/** Whether the call changes nothing. */
	isRead?: boolean;
	/** Whether nobody knows the form of its refusals, so that any record may be one. */
	isAnyForm?: boolean;
}

/**
 * The number before the colon; the space after it may be missing (docs/api/senhasegura.md, "The
 * envelope"), and the colon, too (docs/api/senhasegura.md, "Errors by number").
 */
const CODED = /^\s*(?:(\d{3,5})\s*:|(10\d{2})\s+(?=\p{Lu}))/u;

/** What a request authenticates with: a text may quote it, and n8n renews tokens behind our back. */
const TOKENS = /(?<=\b(?:Bearer|Basic)\s+)(?=\S*[\d=])[\w~+/=.-]{8,}|eyJ[\w-]+\.[\w-]+\.[\w-]*/gi;

/** What is looked at of a vendor's text; only the beginning is quoted anyway. */
const LONGEST_TEXT = 2_000;

/** What is known of a refusal beside its status and text. */
interface Told {
	exceptionCode?: number | null;
	family?: Family;
	/** The answer's header `Date`. */
	date?: string;
	/** What came in the place of an answer in a form of the vault's; empty for nothing. */
	foreign?: string;
}

/**
 * What a refusal means, by its text.
 *
 * @param status The HTTP status, or that of the envelope where HTTP says that all is well.
 */
export function refusal(
	status: number,
	rawText: string,
	{ exceptionCode, family, date, foreign }: Told = {},
): Refusal {
	const text = quoted(rawText);
	const [prefix = '', coded, uncolon] = CODED.exec(text) ?? [];
	const code = Number(coded ?? uncolon ?? exceptionCode ?? 0);
	const { module, isRead } = family ?? {};
	const isForeign = foreign !== undefined;
	const words = text.slice(prefix.length).trim();
	const told = { status, text: words, number: code, module, isRead, isForeign };
	const kind = failureKind(told);
	// A part of a text tells nothing where others may have written it.
	const isUnclear = isFault(told) || (isForeign && kind === 'lost');
	const meaning =
		(isUnclear ? faultOf(text, module) : meaningOf(text, code, module)) ??
		(status === 401 ? REJECTED : status === 404 && text === '' ? UNKNOWN_ADDRESS : undefined);
	const advice =
		(family && meaning?.message === UNKNOWN_ADDRESS.message ? addressAdvice(family) : undefined) ??
		meaning?.description ??
		adviceOn(status, kind, isForeign);
	const silence = foreign
		? `with ${foreign} that is not the vault's; a proxy or firewall may have sent it`
		: 'without a text';
	const who = isForeign && !meaning ? 'The answer' : 'senhasegura';
	const said = text ? `${who} said: ${text}.` : `The answer was HTTP ${status} ${silence}.`;
	const clock = meaning?.declared ? clockDifference(date) : '';
	const isClockTold = clock !== CLOCKS_AGREE || meaning?.isOfClock;
	const what =
		kind !== 'lost'
			? 'senhasegura refused the request'
			: isForeign && status < 500
				? 'senhasegura gave no answer of its own'
				: 'senhasegura could not answer the request';
	return new Refusal(meaning?.message ?? `${what}: ${text || `HTTP ${status}`}`, {
		businessCode: code,
		said: text,
		kind,
		code: String(status),
		description: [advice, isClockTold && clock, said].filter(Boolean).join(' '),
		declared: meaning?.declared,
	});
}

/** Where no text of the vault's says what is wrong. */
function adviceOn(status: number, kind: FailureDetails['kind'], isForeign: boolean): string {
	if (isIntercepted(status) || isForeign) return troubleOf(status, 'senhasegura');
	return kind === 'lost' ? FAULT : CHECK;
}

const CHECK = advice('parameters', 'Check the parameters.', 'Check the fields of the credential.');

const FAULT = advice(
	'parameters',
	"Wrong parameters can cause this, and so can a fault inside the vault: check the parameters, then the vault's log.",
	"This may be a fault inside the vault. Look in the vault's log, or try again later.",
);

function addressAdvice({ prefix, since }: Family): string | undefined {
	if (!prefix) return undefined;
	const advice = `Check 'URL' in the credential: this call always uses ${prefix}, whatever 'API Prefix' says.`;
	return [advice, since].filter(Boolean).join(' ');
}

/** The vendor's own words as a message may have them. */
export function quoted(text: string): string {
	return quoteVendor(text.slice(0, LONGEST_TEXT).replace(TOKENS, '[redacted]'));
}
