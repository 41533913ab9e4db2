/** What became of keys whose answers an earlier try of a call had lost. */
export function deletedBefore(ids: string[]): string {
	return ids.length === 1
		? `The API key ${ids.join()} was found by its mark and deleted: its answer had been lost, and nobody knows its secret.`
		: `The API keys ${ids.join(', ')} were found by their marks and deleted: their answers had been lost, and nobody knows their secrets.`;
}
