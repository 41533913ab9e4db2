/** The tokens of JSON in which digits can stand. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/** So many digits a double may not hold. */
const LONG = /^-?\d{16,}$/;

/**
 * JSON in which whole numbers beyond 2^53 come out as the text that they are: an ID or a key must not be
 * rounded. Those that a double happens to hold are texts as well, so that a column has one type.
 *
 * @throws SyntaxError where it is no JSON
 */
export function parseExactJson(text: string): unknown {
	const json: unknown = JSON.parse(text);
	if (!/\d{16}/.test(text)) return json;
	const exact = text.replace(STRING_OR_NUMBER, (token) =>
		LONG.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
	);
	return exact === text ? json : JSON.parse(exact);
}
