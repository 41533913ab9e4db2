/** The sample of the vendor's page "Proxy API": half Portuguese, in a local time of no zone. */
export const ended = {
	id: '540',
	user: 'Admin',
	origin_ip: '172.16.20.50',
	credencial: 'win7',
	dispositivo: '127.0.0.1:27500',
	protocol: 'rdp',
	proxy: 'RDP Proxy',
	session_id: '421c83a3b10be439d4da33b6c140f53eaf448207',
	start: '2020-11-17 15:29:21',
	end: '2020-11-17 15:29:41',
	time: '00:00:20',
	prevent_purge: 'Não',
	request: null,
	ITSM: 'governance code',
};
