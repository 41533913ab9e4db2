import type { SenhaseguraApi } from '../../api/client';
import { resource } from '../../../shared/operation';
import { importCertificate } from './import.operation';

/** Certificate Manager, as far as its API is documented well enough. */
export const certificate = resource<SenhaseguraApi>({
	name: 'Certificate',
	value: 'certificate',
	operations: [importCertificate],
});
