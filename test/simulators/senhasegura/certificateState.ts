import type { Fields } from './input';

export interface SenhaseguraCertificate {
	id: string;
	active: boolean;
	commonName: string;
	serialNumber: string;
	/** `yyyy-MM-dd HH:mm:ss`. */
	startValidity: string;
	endValidity: string;
	/** How it came: `IMPO` by upload, `REQU` by a request. */
	origin: 'IMPO' | 'REQU';
	extension: string;
	hasPrivateKey: boolean;
}

export interface SenhaseguraCertificateRequest {
	id: string;
	signed: boolean;
	/** Everything that was sent, under the vendor's names. */
	fields: Fields;
}
