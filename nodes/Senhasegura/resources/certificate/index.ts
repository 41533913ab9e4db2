import { resource } from '../shared/operation';
import { download } from './download.operation';
import { getAll } from './getAll.operation';
import { importCertificate } from './import.operation';
import { publish } from './publish.operation';

/** Certificates of Certificate Manager. */
export const certificate = resource({
	name: 'Certificate',
	value: 'certificate',
	operations: [download, getAll, importCertificate, publish],
});
