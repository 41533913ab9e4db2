import { SenhaseguraApi } from '../../../nodes/Senhasegura/api/client';
import type { Transport } from '../../../nodes/shared/transport';

it('makes the form for cancelled executions once, whatever the number of items', () => {
	const evenIfCancelled = jest.fn(() => ({}) as Transport);
	const transport = { evenIfCancelled } as unknown as Transport;
	const api = new SenhaseguraApi(transport, { url: 'https://vault.example.com' });
	expect(api.evenIfCancelled()).toBe(api.evenIfCancelled());
	expect(api.evenIfCancelled()).not.toBe(api);
	expect(evenIfCancelled).toHaveBeenCalledTimes(1);
});
