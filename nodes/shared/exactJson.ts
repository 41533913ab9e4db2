/** The tokens of JSON in which digits can stand. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/** A number that a double may not hold: it has many digits, or an exponent. */
const UNSURE = /\d{16}|[\s:,[]-?\d[\d.]*[eE]|^-?\d[\d.]*[eE]/;

/** So many digits a double may not hold. */
const LONG = /^-?\d{16,}$/;

const PARTS = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/**
 * JSON in which whole numbers beyond 2^53 come out as the text that they are: an ID or a key must not be
 * rounded. Those that a double happens to hold are texts as well, so that a column has one type. With a point
 * or an exponent, only what a double would make another number of is a text.
 *
 * @throws SyntaxError where it is no JSON
 */
export function parseExactJson(text: string): unknown {
	const json: unknown = JSON.parse(text);
	if (!UNSURE.test(text)) return json;
	const exact = text.replace(STRING_OR_NUMBER, (token) =>
		!token.startsWith('"') && isText(token) ? `"${token}"` : token,
	);
	return exact === text ? json : JSON.parse(exact);
}

function isText(token: string): boolean {
	const number = Number(token);
	if (Number.isSafeInteger(number)) return false;
	if (LONG.test(token) || !Number.isFinite(number)) return true;
	return Math.abs(number) >= 2 ** 53 && isWhole(token) && digitsOf(token) !== digitsOf(`${number}`);
}

function isWhole(token: string): boolean {
	const [, , fraction = '', exponent = '0'] = PARTS.exec(token) ?? [];
	return fraction.replace(/0+$/, '').length <= Number(exponent);
}

/** By these, two numbers of the same size are equal or not. */
function digitsOf(token: string): string {
	const [, whole = '', fraction = ''] = PARTS.exec(token) ?? [];
	return (whole + fraction).replace(/^0+|0+$/g, '');
}
