/** Names that items of one run have taken, each for itself. */
export class Claims {
	private readonly taken = new Set<string>();

	/** @param place Where the name means something: the address of a server. */
	has(place: string, name: string): boolean {
		return this.taken.has(JSON.stringify([place, name]));
	}

	take(place: string, name: string): void {
		this.taken.add(JSON.stringify([place, name]));
	}
}
