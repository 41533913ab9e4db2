import { decode, readable } from '../../../nodes/shared/charset';
import { Failure } from '../../../nodes/shared/failure';

const LATIN_1 = Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65, 0x2d, 0xf1]);
const UTF_8 = Buffer.from([0x47, 0x72, 0xc3, 0xbc, 0xc3, 0x9f, 0x65, 0x2d, 0xc3, 0xb1]);
const GBK = Buffer.from([0xc3, 0xdc, 0xc2, 0xeb]);
const UTF_16 = Buffer.from([0xff, 0xfe, 0x47, 0x00, 0xfc, 0x00]);
const WINDOWS = Buffer.from([0x80, 0x31, 0x93, 0x61, 0x94, 0x8a, 0x9f, 0xfc]);
const UTF_16_BE = Buffer.from([0xfe, 0xff, 0x00, 0x47, 0x00, 0xfc]);
/** `{"p":"ü"}`, two bytes a character and without a mark. */
const wide = (order: 'le' | 'be') => {
	const little = Buffer.from('{"p":"ü"}', 'utf16le');
	return order === 'le' ? little : Buffer.from(little).swap16();
};
const BROKEN = Buffer.from([0x47, 0x72, 0xfc, 0x65]);

describe('a body', () => {
	it.each<[string, Buffer, string | undefined, string]>([
		['UTF-8 without a content type', UTF_8, undefined, 'Grüße-ñ'],
		['UTF-8 without a charset', UTF_8, 'application/json', 'Grüße-ñ'],
		['UTF-8 that is called so', UTF_8, 'application/json;charset=UTF-8', 'Grüße-ñ'],
		['Latin-1 that is called so', LATIN_1, 'application/json;charset=ISO-8859-1', 'Grüße-ñ'],
		['a label in quotation marks', LATIN_1, 'text/json; Charset = "latin1"; x=y', 'Grüße-ñ'],
		['UTF-8 with the label of Latin-1', UTF_8, 'text/html;charset=iso-8859-1', 'Grüße-ñ'],
		['ASCII with any label', Buffer.from('abc'), 'text/html;charset=iso-8859-1', 'abc'],
		['Chinese of a server in China', GBK, 'application/json;charset=GBK', '密码'],
		['UTF-16 with its mark', UTF_16, 'application/json;charset=utf-16', 'Gü'],
		[
			'UTF-16 with its mark, the other way round',
			UTF_16_BE,
			'application/json;charset=utf-16',
			'Gü',
		],
		['UTF-16 with its mark alone', UTF_16, 'application/json', 'Gü'],
		['UTF-16 that is called UTF-8', UTF_16_BE, 'application/json; charset=utf-8', 'Gü'],
		['UTF-16 without mark and name', wide('le'), 'application/json', '{"p":"ü"}'],
		['UTF-16 without mark and name, big-endian', wide('be'), undefined, '{"p":"ü"}'],
		['UTF-16 by name', wide('be'), 'application/json;charset=utf-16be', '{"p":"ü"}'],
		['UTF-16 by name, without a mark', wide('le'), 'text/json;charset=utf-16', '{"p":"ü"}'],
		['UTF-16 by name, big-endian', wide('be'), 'text/json;charset=UTF-16', '{"p":"ü"}'],
		['UTF-16 with the wrong order', wide('be'), 'text/json;charset=utf-16le', '{"p":"ü"}'],
		['UTF-8 that is called UTF-16', Buffer.from('{"p":"ü"}'), 'a/b;charset=utf-16', '{"p":"ü"}'],
		['windows-1252', WINDOWS, 'application/json;charset=windows-1252', '€1“a”ŠŸü'],
		['windows-1252 that is called Latin-1', WINDOWS, 'text/json;charset=ISO-8859-1', '€1“a”ŠŸü'],
		['Latin-9', Buffer.from([0xa4]), 'application/json;charset=iso-8859-15', '€'],
		['Polish', Buffer.from([0xa3, 0xf3, 0xbc]), 'application/json;charset=iso-8859-2', 'Łóź'],
		['Cyrillic', Buffer.from([0xcf, 0xf0]), 'application/json;charset=windows-1251', 'Пр'],
		['Japanese', Buffer.from([0x8e, 0x9a]), 'application/json;charset=Shift_JIS', '字'],
		['a label in apostrophes', LATIN_1, "application/json;charset='iso-8859-1'", 'Grüße-ñ'],
		['a label after another parameter', LATIN_1, 'a/b; x="y"; charset=iso-8859-1', 'Grüße-ñ'],
		[
			'UTF-8 with its mark and the label of Latin-1',
			Buffer.from('\ufeffa'),
			'a/b;charset=iso-8859-1',
			'a',
		],
		['Latin-1 that is called UTF-8', LATIN_1, 'a/b;charset=utf-8', 'Gr\ufffd\ufffde-\ufffd'],
		['a single byte', Buffer.from('7'), 'application/json', '7'],
		['nothing', Buffer.alloc(0), 'application/json;charset=utf-16', ''],
		['a charset that there is none of', UTF_8, 'application/json;charset=nonsense', 'Grüße-ñ'],
		['a byte order mark', Buffer.from('\ufeff{}'), 'application/json', '{}'],
		['bytes that are no text', BROKEN, 'application/json', 'Gr\ufffde'],
	])('is read right: %s', (_, bytes, contentType, text) => {
		expect(decode(bytes, contentType)).toBe(text);
	});
});

describe('a secret', () => {
	it('comes out as it was read', () => {
		expect(readable(' Grüße-ñ ', 'The password')).toBe(' Grüße-ñ ');
	});

	it('is refused where it cannot have been read right', () => {
		const read = () => readable(decode(BROKEN), 'The password');
		expect(read).toThrow('The password in the answer cannot be read');
		expect(read).toThrow(Failure);
		try {
			read();
		} catch (failure) {
			expect((failure as Failure).kind).toBe('unusable');
			expect((failure as Failure).description).toMatch(/charset/);
		}
	});
});
