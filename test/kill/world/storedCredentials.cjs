/**
 * Run by n8n's own Node.js with the path of its entry script, that of its database and its encryption
 * key: answers each line, the id of a credential, with a line that has what n8n keeps of it, as JSON.
 */
const { createHash } = require('node:crypto');
const { createRequire } = require('node:module');
const { createInterface } = require('node:readline');
const { DatabaseSync } = require('node:sqlite');

const [, , n8n, file] = process.argv;
const instanceKey = process.env.N8N_ENCRYPTION_KEY;
const requireOfN8n = createRequire(n8n);
const { CipherAes256CBC } = requireOfN8n('n8n-core/dist/encryption/aes-256-cbc.js');
const { CipherAes256GCM } = requireOfN8n('n8n-core/dist/encryption/aes-256-gcm.js');

function read(id) {
	const database = new DatabaseSync(file, { readOnly: true });
	try {
		const { data } = database.prepare('SELECT data FROM credentials_entity WHERE id = ?').get(id);
		const [keyId, encrypted] = data.split(':');
		if (encrypted === undefined) return new CipherAes256CBC().decrypt(data, instanceKey);
		// The key is in the database, too, encrypted by a hash of the one that n8n is given.
		const { value } = database.prepare('SELECT value FROM deployment_key WHERE id = ?').get(keyId);
		const cipher = new CipherAes256GCM();
		const outerKey = createHash('sha256').update(instanceKey).digest('hex');
		return cipher.decrypt(encrypted, cipher.decrypt(value, outerKey));
	} finally {
		database.close();
	}
}

createInterface({ input: process.stdin }).on('line', (id) => {
	console.log(read(id.trim()));
});
