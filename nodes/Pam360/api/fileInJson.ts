import { foldPem } from '../../shared/pem';

const BASE64 = /^[A-Za-z0-9+/\s]{64,}={0,2}\s*$/;

/** How files in DER begin, which certificates and key stores are: a sequence (X.690, 8.9). */
const SEQUENCE = 0x30;

/** Whether bytes are one sequence and nothing else, by the length that it says (X.690, 8.1.3). */
function isSequence(bytes: Buffer): boolean {
	const [tag, first = 0] = bytes;
	const digits = first < 0x80 ? 0 : first - 0x80;
	if (tag !== SEQUENCE || digits > 4 || bytes.length < 2 + digits) return false;
	const length = digits === 0 ? first : bytes.readUIntBE(2, digits);
	return bytes.length === 2 + digits + length;
}

/**
 * A certificate or a key that stands in a JSON answer, as PEM or in base64 (docs/api/pam360.md, "Listing
 * and reading certificates").
 */
export function fileWithin(json: unknown): Buffer | undefined {
	if (typeof json === 'string') {
		const pem = foldPem(json);
		if (pem !== undefined) return Buffer.from(pem);
		const bytes = BASE64.test(json) ? Buffer.from(json, 'base64') : undefined;
		if (bytes && isSequence(bytes)) return bytes;
		return bytes && fileWithin(bytes.toString('latin1'));
	}
	if (typeof json !== 'object' || json === null) return undefined;
	for (const entry of Object.values(json)) {
		const found = fileWithin(entry);
		if (found) return found;
	}
	return undefined;
}
