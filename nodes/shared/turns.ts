/** Of what may not be done side by side: one thing after the other, for each name. */
export class Turns {
	/** The last of each name that was begun. */
	private readonly last = new Map<string, Promise<unknown>>();

	/** How many names somebody works under. */
	get size(): number {
		return this.last.size;
	}

	/**
	 * @param what Tasks of the same name wait for each other: `api-key/4267`.
	 * @throws whatever the task throws; those after it begin all the same
	 */
	async take<T>(what: string, task: () => Promise<T>): Promise<T> {
		const mine = (this.last.get(what) ?? Promise.resolve()).then(task);
		const settled = mine
			.catch(() => undefined)
			.then(() => {
				if (this.last.get(what) === settled) this.last.delete(what);
			});
		this.last.set(what, settled);
		return await mine;
	}
}
