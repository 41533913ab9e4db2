/** The tokens of JSON in which digits can stand. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/** So many digits a double may not hold. */
const LONG = /^-?\d{16,}$/;

/**
 * JSON in which whole numbers that a double cannot hold come out as the text that they are: an ID or a
 * key must not be rounded.
 *
 * @throws SyntaxError where it is no JSON
 */
export function parseExactJson(text: string): unknown {
	const json: unknown = JSON.parse(text);
	if (!/\d{16}/.test(text)) return json;
	const exact = text.replace(STRING_OR_NUMBER, (token) =>
		LONG.test(token) && String(Number(token)) !== token ? `"${token}"` : token,
	);
	return exact === text ? json : JSON.parse(exact);
}
