import { createDecipheriv } from 'node:crypto';
import { bcryptPbkdf } from '../../../nodes/Senhasegura/sshKeys/bcryptPbkdf';
import { PASSPHRASE, UNICODE_PASSPHRASE, armored, fixture } from './support';

const LOREM =
	'Lorem ipsum dolor sit amet, consectetur adipisicing elit, sed do eiusmod tempor incididunt ' +
	'ut labore et dolore magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco ' +
	'laboris nisi ut aliquip ex ea commodo consequat. Duis aute irure dolor in reprehenderit in ' +
	'voluptate velit esse cillum dolore eu fugiat nulla pariatur. Excepteur sint occaecat ' +
	'cupidatat non proident, sunt in culpa qui officia deserunt mollit anim id est laborum.';

describe('bcrypt_pbkdf', () => {
	// The vectors that OpenBSD, jBCrypt, Go and Rust implementations are tested with.
	it.each([
		['password', 'salt', 4, '5bbf0cc293587f1c3635555c27796598d47e579071bf427e9d8fbe842aba34d9'],
		['password', '\0', 4, 'c12b566235eee04c212598970a579a67'],
		['\0', 'salt', 4, '6051be18c2f4f82cbf0efee5471b4bb9'],
		['password\0', 'salt\0', 4, '7410e44cf4fa07bfaac8a928b1727fac001375e7bf7384370f48efd121743050'],
		['pass\0wor', 'sa\0l', 4, 'c2bffd9db38f6569efef4372f4de83c0'],
		['pass\0word', 'sa\0lt', 4, '4ba4ac3925c0e8d7f0cdb6bb1684a56f'],
		[
			'password',
			'salt',
			8,
			'e1367ec5151a33faac4cc1c144cd23fa15d5548493ecc99b9b5d9c0d3b27bec7' +
				'6227ea66088b849b20ab7aa478010246e74bba51723fefa9f9474d6508845e8d',
		],
		['password', 'salt', 42, '833cf0dcf56db65608e8f0dc0ce882bd'],
		[LOREM, 'salis\0', 8, '10978b07253df57f71a162eb0e8ad30a'],
	])('of %j with %j and %d rounds is the published value', (passphrase, salt, rounds, expected) => {
		const key = bcryptPbkdf(passphrase, Buffer.from(salt), expected.length / 2, rounds);
		expect(key.toString('hex')).toBe(expected);
	});

	it.each([
		['ed25519encrypted', PASSPHRASE],
		['ecdsaunicode', UNICODE_PASSPHRASE],
	])('opens %s as ssh-keygen has encrypted it', (name, passphrase) => {
		const bytes = armored(fixture(name));
		let offset = 'openssh-key-v1\0'.length;
		const next = () => {
			const start = offset + 4;
			offset = start + bytes.readUInt32BE(offset);
			return bytes.subarray(start, offset);
		};
		expect(next().toString()).toBe('aes256-ctr');
		expect(next().toString()).toBe('bcrypt');
		const options = next();
		offset += 4;
		next();
		const sealed = next();
		const rounds = options.readUInt32BE(20);
		const material = bcryptPbkdf(passphrase, options.subarray(4, 20), 48, rounds);
		const cipher = createDecipheriv(
			'aes-256-ctr',
			material.subarray(0, 32),
			material.subarray(32, 48),
		);
		const plain = cipher.update(sealed);
		// The same random number twice is how OpenSSH itself knows the right passphrase.
		expect(plain.subarray(0, 4)).toEqual(plain.subarray(4, 8));
	});
});
