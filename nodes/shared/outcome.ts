/**
 * What became of a call that changes something, as its answer tells. `refused` is only what the vendor's
 * text or code, or HTTP itself, says of: that nothing was done. What says nothing of it is `unknown`.
 */
export type Outcome = 'done' | 'refused' | 'unknown';

export interface OutcomeRow<Answer> {
	/** What comes back, for who reads the table. */
	answer: string;
	when(answer: Answer): boolean;
	outcome: Outcome;
	/** Where that is known from. */
	source: string;
}

/**
 * The first row that an answer fits.
 *
 * @param table Its last row fits every answer.
 */
export function outcomeOf<Answer>(
	table: ReadonlyArray<OutcomeRow<Answer>>,
	answer: Answer,
): OutcomeRow<Answer> {
	return (table.find(({ when }) => when(answer)) ?? table.at(-1)) as OutcomeRow<Answer>;
}

/** Between quotation marks, which an apostrophe within a word is not. */
const QUOTED = /(?<!\w)(?:'[^']*'|"[^"]*"|‘[^’]*’|“[^”]*”|`[^`]*`)(?!\w)/g;

/**
 * What a text says without the names in it, which may have any word in them, a "no" too: those in quotation
 * marks, and one that is known.
 */
export function withoutNames(text: string, name = ''): string {
	const said = text.replace(QUOTED, "''");
	// What could be a name of one word could be a word as well.
	return /\w\W+\w/.test(name) ? said.replaceAll(name, "''") : said;
}

/** Words of a server that met a fault of its own, or did a part of the work. */
const FAULT: RegExp[] = [
	/exception|stack ?trace|deadlock/i,
	/\b(internal|server|unexpected|unknown|system|database|sql|fatal|runtime)\b.{0,20}\b(errors?|failure)\b/i,
	/\b(an|some) error (has )?occurr?ed\b|\berror (in|while|during) \w+ing\b/i,
	/\btime[ds]?[ -]?out\b|\bwent wrong\b|\binterrupted\b|\baborted by the server\b/i,
	/\bconnection\b.{0,40}\b(lost|closed|reset|broken|failed|refused)\b/i,
	/\bserver\b.{0,20}\b(busy|down|overloaded|unavailable)\b|\bservice unavailable\b|\bhttp (status )?5\d\d\b/i,
	/\b(unable to|could ?n[o']t|can ?n[o']t|failed to) (be )?(process|complete|save|store|commit|persist|write|wrote)/i,
	/\bpartial(ly)?\b|\brolled? ?back\b/i,
];

/**
 * Whether a text tells of a fault of the server's own. It says nothing of the work then, whatever else
 * it says: what is known of a refusal may stand in the account of a fault.
 *
 * @param text In one line.
 */
export function tellsOfFault(text: string): boolean {
	return FAULT.some((words) => words.test(text));
}

/** By these, a gateway says that it did not wait any longer; what is behind it may be at work. */
const GIVEN_UP = new Set([408, 460, 499]);

/** By these, a proxy or a network says that it wants a login before it lets anything pass (RFC 9110, 6585). */
const LOGIN_WANTED = new Set([407, 511]);

/** Each is defined as that of a request that was not taken, so that it does not matter who answers. */
const NOT_TAKEN = new Set([
	...LOGIN_WANTED,
	// "Has not been applied", nothing is there, no length, too large, too long, in no form that is taken,
	// sent to the wrong server, in the wrong protocol (RFC 9110, 15.5.2, 15.5.5, 15.5.12, 15.5.14 to
	// 15.5.16, 15.5.20, 15.5.22).
	...[401, 404, 411, 413, 414, 415, 421, 426],
	// Not before the handshake is over (RFC 8470, 5.2).
	425,
	// Without a condition, too many, its header too large (RFC 6585, 3 to 5).
	...[428, 429, 431],
]);

/**
 * Whether HTTP says that nothing was done (RFC 9110, 15.5). Most statuses say it in the vendor's own
 * answer only. What stands in front of the vendor may give them once the work is done: a firewall keeps an
 * answer back with 403 or whatever it is set to, the error page of a server takes no PUT (405), a gateway
 * that sends a request again meets its own first one (409). A redirect says it of nothing: it is an answer to
 * work that was done (15.4.4), and where balancers send people once the server behind has failed.
 *
 * @param isOwn Whether the answer is in a form of the vendor's.
 */
export function isRefusal(status: number, isOwn: boolean): boolean {
	if (NOT_TAKEN.has(status)) return true;
	return isOwn && status >= 400 && status < 500 && !GIVEN_UP.has(status);
}

/** Whether a status is that of a server in trouble. */
export function isTrouble(status: number): boolean {
	return status >= 500 && !LOGIN_WANTED.has(status);
}

/**
 * Whether a gateway answered in the vendor's place, because it got no answer, or none in time (RFC 9110,
 * 15.6.3 to 15.6.5, and what proxies have for it beside the standard).
 */
export function isGateway(status: number): boolean {
	return (status >= 502 && status <= 504) || (status >= 520 && status <= 530) || status === 598;
}

/** Whether a status is that of something between n8n and the vendor, whatever the body says. */
export function isIntercepted(status: number): boolean {
	return isGateway(status) || GIVEN_UP.has(status) || LOGIN_WANTED.has(status);
}

/**
 * What to do about an answer that is not the vendor's own: it says nothing of the parameters.
 *
 * @param vendor The vendor's name.
 */
export function troubleOf(status: number, vendor: string): string {
	if (LOGIN_WANTED.has(status)) {
		return `A proxy or network between n8n and ${vendor} asks for a login before it lets requests pass. Ask the people who run the network to let n8n's machine through, or set up n8n's proxy with a login.`;
	}
	if (isIntercepted(status)) {
		return `A gateway or proxy in front of ${vendor} answered instead, because it got no answer from ${vendor} in time. Try again later; if it goes on, ask the people who run the gateway and ${vendor}.`;
	}
	if (isTrouble(status)) {
		return `Something went wrong on the server, or on a proxy in front of it. Try again later; if it goes on, look in the logs of ${vendor}.`;
	}
	return `The answer is not in the form of ${vendor}'s API: a proxy or firewall in front of it may have sent it. Ask the people who run them, and check the credential's 'URL' and its port.`;
}
