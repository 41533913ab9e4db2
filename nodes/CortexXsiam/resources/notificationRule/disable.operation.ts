import { setStatus } from './setStatus';

export const disable = setStatus({
	name: 'Disable',
	value: 'disable',
	action: 'Disable notification rule',
	description: 'Stop a notification rule from forwarding events, without deleting it',
});
