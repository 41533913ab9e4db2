/** A bucket of tokens: `take` succeeds `ratePerSecond` times a second, with that many at once. */
export class TokenBucket {
	private tokens = 0;

	private rate = 0;

	private filledAt = performance.now();

	/** False where the limit is exceeded; a rate of 0 knows no limit. */
	take(ratePerSecond: number): boolean {
		if (ratePerSecond <= 0) return true;
		const at = performance.now();
		if (this.rate !== ratePerSecond) {
			this.rate = ratePerSecond;
			this.tokens = ratePerSecond;
		} else {
			const refill = ((at - this.filledAt) / 1_000) * ratePerSecond;
			this.tokens = Math.min(ratePerSecond, this.tokens + refill);
		}
		this.filledAt = at;
		if (this.tokens < 1) return false;
		this.tokens -= 1;
		return true;
	}
}
