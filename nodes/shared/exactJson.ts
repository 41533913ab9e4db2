/** A number of JSON, where no string is. */
const NUMBER = /-?\d[\d.eE+-]*/g;

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
	const exact = outsideStrings(text, (part) =>
		part.replace(NUMBER, (token) => (isText(token) ? `"${token}"` : token)),
	);
	return exact === text ? json : JSON.parse(exact);
}

/** Changes the parts of valid JSON between its strings. A pattern for strings would run out of stack on long ones. */
function outsideStrings(text: string, change: (part: string) => string): string {
	const parts: string[] = [];
	let from = 0;
	for (;;) {
		const start = text.indexOf('"', from);
		if (start < 0) return parts.join('') + change(text.slice(from));
		let end = text.indexOf('"', start + 1);
		while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
		parts.push(change(text.slice(from, start)), text.slice(start, end + 1));
		from = end + 1;
	}
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
