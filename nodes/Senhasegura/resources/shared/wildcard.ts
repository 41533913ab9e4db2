/**
 * A text to compare with, in which `*` stands for any characters, whatever the case. It is no regular
 * expression: those go through a text again for each `*`, and a user's filter could stop n8n with one.
 */
export class Wildcard {
	private readonly parts: string[];

	/** @param wanted Any number of `*` at one place count as one. */
	constructor(wanted: string) {
		this.parts = wanted.toLowerCase().split(/\*+/);
	}

	/** Looks at each character of the text once for each part that is next to be found. */
	matches(text: string): boolean {
		const subject = text.toLowerCase();
		const [first = '', ...rest] = this.parts;
		const last = rest.pop();
		if (last === undefined) return subject === first;
		const end = subject.length - last.length;
		if (end < first.length || !subject.startsWith(first) || !subject.endsWith(last)) return false;
		// The first place that does is the best one: it leaves most for the parts that follow.
		let from = first.length;
		for (const part of rest) {
			const found = subject.indexOf(part, from);
			if (found < 0 || found + part.length > end) return false;
			from = found + part.length;
		}
		return true;
	}
}
