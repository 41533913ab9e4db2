/** How long requests that are refused for their rate wait until they give up: each has a budget of its own. */
export class Patience {
	private isExhausted = false;

	/** @param budget Milliseconds. */
	constructor(private readonly budget: number) {}

	/**
	 * Whether a request may wait for some more time. One that may not is the last to wait: a server that
	 * refuses one request for so long refuses a thousand.
	 */
	bears(waited: number, wait: number): boolean {
		this.isExhausted ||= waited + wait > this.budget;
		return !this.isExhausted;
	}

	/** The server takes requests again. */
	renew(): void {
		this.isExhausted = false;
	}
}
