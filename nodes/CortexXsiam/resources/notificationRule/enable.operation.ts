import { setStatus } from './setStatus';

export const enable = setStatus({
	name: 'Enable',
	value: 'enable',
	action: 'Enable notification rule',
	description: 'Let a notification rule forward events again',
});
