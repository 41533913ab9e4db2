import type { IDataObject } from 'n8n-workflow';
import { parseJson } from '../../../shared/answer';
import { decode, isUtf8 } from '../../../shared/charset';
import { Failure } from '../../../shared/failure';
import { asObject } from '../../../shared/read';

/**
 * The rows of a result stream, in the charset that its content type names: one JSON object a line,
 * compressed with gzip or not. Which of the two it is shows in the first bytes, since an HTTP client may
 * have decompressed it on the way (docs/api/cortex-xsiam.md, "XQL queries").
 *
 * @throws Failure where the stream breaks off, or a line is no JSON object
 */
export async function* rowsOf(bytes: Buffer, contentType?: string): AsyncGenerator<IDataObject> {
	let number = 0;
	for await (const line of linesOf(bytes, contentType)) {
		number++;
		const row = asObject(parseJson(line));
		if (!row) throw incomplete(`Line ${number} of them is not a JSON object.`);
		yield row;
	}
}

async function* linesOf(bytes: Buffer, contentType?: string): AsyncGenerator<string> {
	const decoder = new TextDecoder();
	let rest = '';
	/** Of a stream in another charset. */
	let others: Uint8Array[] | undefined;
	let isBegun = false;
	for await (const chunk of chunksOf(bytes)) {
		if (!isBegun && !isUtf8(chunk, contentType)) others = [];
		isBegun = true;
		if (others) {
			others.push(chunk);
			continue;
		}
		const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
		rest = lines.pop() ?? '';
		yield* lines.filter(isWritten);
	}
	if (others) {
		yield* decode(Buffer.concat(others), contentType).split('\n').filter(isWritten);
		return;
	}
	rest += decoder.decode();
	if (isWritten(rest)) yield rest;
}

function isWritten(line: string): boolean {
	return line.trim() !== '';
}

async function* chunksOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
	const stream = new Blob([bytes]).stream();
	const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
	try {
		yield* isCompressed ? stream.pipeThrough(new DecompressionStream('gzip')) : stream;
	} catch {
		throw incomplete('The compressed data ends too early or is damaged.');
	}
}

function incomplete(how: string): Failure {
	return new Failure('The results of the query are incomplete or damaged', {
		kind: 'unusable',
		description: `${how} Run the query again, or narrow it down.`,
	});
}
