import { resource } from '../shared/operation';
import { generate } from './generate.operation';
import { get } from './get.operation';
import { getAccessRequests } from './getAccessRequests.operation';
import { requestAccess } from './requestAccess.operation';
import { reset } from './reset.operation';

export const password = resource({
	name: 'Password',
	value: 'password',
	operations: [get, generate, getAccessRequests, requestAccess, reset],
});
