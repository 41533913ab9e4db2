/** What a request has waited so far after it was refused for its rate. */
export interface Waited {
	/** Milliseconds. */
	waited: number;
	/** What it may wait in all; known from its first refusal on. */
	budget?: number;
}

/**
 * How long requests that are refused for their rate wait until they give up: each has a budget of its own.
 *
 * A server that refuses one request for so long refuses a thousand: of each that has waited in vain, the
 * next ones, while the server takes nothing, learn to wait half as long.
 */
export class Patience {
	/** Milliseconds that a request which has not been refused yet may wait. */
	budget: number;

	/** @param whole Milliseconds that a request may wait while the server takes others. */
	constructor(private readonly whole: number) {
		this.budget = whole;
	}

	/** Whether a request may wait for some more time; it gives up where it may not. */
	bears(request: Waited, wait: number): boolean {
		const budget = (request.budget ??= this.budget);
		if (request.waited + wait <= budget) return true;
		// What asks for more time than there is at the first refusal has kept nobody waiting.
		if (request.waited > 0) this.budget = Math.min(this.budget, budget / 2);
		return false;
	}

	/** The server takes requests again. */
	renew(): void {
		this.budget = this.whole;
	}
}
