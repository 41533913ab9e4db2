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

/** "See Other" is an answer to work that was done (RFC 9110, 15.4.4). */
const SEE_OTHER = 303;

/** By these, a proxy or a network says that it wants a login before it lets anything pass (RFC 9110, 6585). */
const LOGIN_WANTED = new Set([407, 511]);

/**
 * Whether HTTP itself says that nothing was done: the client was wrong, or has to go elsewhere (RFC
 * 9110, 15.4 and 15.5).
 */
export function isRefusal(status: number): boolean {
	if (LOGIN_WANTED.has(status)) return true;
	return status >= 300 && status < 500 && status !== SEE_OTHER && !GIVEN_UP.has(status);
}

/** Whether a status is that of an error, and yet of no refusal. */
export function isTrouble(status: number): boolean {
	return status >= 400 && !isRefusal(status);
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
