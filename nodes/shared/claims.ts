/** Names that items of one run have taken, each for itself. */
export class Claims {
	private readonly taken = new Set<string>();

	/** @param server Its address: a name means something there only. */
	has(server: string, name: string): boolean {
		return this.taken.has(JSON.stringify([server, name]));
	}

	take(server: string, name: string): void {
		this.taken.add(JSON.stringify([server, name]));
	}
}
