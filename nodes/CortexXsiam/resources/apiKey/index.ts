import type { CortexXsiamApi } from '../../api/client';
import { resource } from '../../../shared/operation';
import { generate } from './generate.operation';

export const apiKey = resource<CortexXsiamApi>({
	name: 'API Key',
	value: 'apiKey',
	operations: [generate],
});
