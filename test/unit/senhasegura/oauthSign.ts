/** The npm package, which brings no types: its signature of a request. */
export const { hmacsign } = jest.requireActual<{
	hmacsign(
		method: string,
		uri: string,
		parameters: Record<string, string | string[]>,
		consumerSecret: string,
		tokenSecret: string,
	): string;
}>('oauth-sign');
