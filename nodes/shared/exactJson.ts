/** Where a string of JSON begins, or a number. */
const STRING_OR_NUMBER = /"|-?\d[\d.eE+-]*/g;

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
	const exact = withTexts(text);
	return exact === text ? json : JSON.parse(exact);
}

/** Valid JSON with quotes around some numbers. A pattern for whole strings would run out of stack on long ones. */
function withTexts(text: string): string {
	let exact = '';
	let copied = 0;
	const tokens = new RegExp(STRING_OR_NUMBER);
	for (let found = tokens.exec(text); found; found = tokens.exec(text)) {
		const [token] = found;
		if (token === '"') {
			let end = text.indexOf('"', tokens.lastIndex);
			while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
			tokens.lastIndex = end + 1;
		} else if (isText(token)) {
			exact += `${text.slice(copied, found.index)}"${token}"`;
			copied = tokens.lastIndex;
		}
	}
	return exact + text.slice(copied);
}

function isEscaped(text: string, position: number): boolean {
	let before = position;
	while (text[before - 1] === '\\') before--;
	return (position - before) % 2 === 1;
}

function isText(token: string): boolean {
	const number = Number(token);
	if (Number.isSafeInteger(number)) return false;
	if (LONG.test(token) || !Number.isFinite(number)) return true;
	return Math.abs(number) >= 2 ** 53 && isWhole(token) && digitsOf(token) !== digitsOf(`${number}`);
}

function isWhole(token: string): boolean {
	const [, , fraction = '', exponent = '0'] = PARTS.exec(token) ?? [];
	return withoutLastZeros(fraction).length <= Number(exponent);
}

/** By these, two numbers of the same size are equal or not. */
function digitsOf(token: string): string {
	const [, whole = '', fraction = ''] = PARTS.exec(token) ?? [];
	return withoutLastZeros(whole + fraction).replace(/^0+/, '');
}

/** By a loop: a pattern begins anew at each zero. */
function withoutLastZeros(digits: string): string {
	let end = digits.length;
	while (digits[end - 1] === '0') end--;
	return digits.slice(0, end);
}
