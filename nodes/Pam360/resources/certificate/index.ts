import { resource } from '../shared/operation';
import { add } from './add.operation';
import { create } from './create.operation';
import { createCsr } from './createCsr.operation';
import { exportCertificate } from './export.operation';
import { exportKeyStore } from './exportKeyStore.operation';
import { exportPrivateKey } from './exportPrivateKey.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getPassphrase } from './getPassphrase.operation';
import { signCsr } from './signCsr.operation';

export const certificate = resource({
	name: 'Certificate',
	value: 'certificate',
	operations: [
		add,
		create,
		createCsr,
		exportCertificate,
		exportKeyStore,
		exportPrivateKey,
		get,
		getAll,
		getPassphrase,
		signCsr,
	],
});
