import { localTime, zonedTime } from '../../shared/dates';

/** Every form in which PAM360 writes a date (fact sheet 1.8); days come before months. */
const FORMATS = [
	'dd/MM/yyyy HH:mm:ss',
	'dd/MM/yyyy HH:mm',
	'MMM d, yyyy h:mm a',
	'yyyy-MM-dd HH:mm:ss.SSS',
	'yyyy-MM-dd HH:mm:ss',
	'yyyy-MM-dd',
];

/** PAM360's dates carry no zone: they are the server's local time. */
export interface ServerTime {
	/** ISO 8601 without offset. */
	serverTime: string | null;
	/** ISO 8601 with offset, only where the credential names the server's zone. */
	time: string | null;
}

/** @param zone The server's IANA zone, if known. */
export function serverTime(text: unknown, zone: string | undefined): ServerTime {
	return {
		serverTime: localTime(text, FORMATS),
		time: zone === undefined ? null : zonedTime(text, FORMATS, zone),
	};
}
