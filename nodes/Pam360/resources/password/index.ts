import type { Pam360Api } from '../../api/client';
import { resource } from '../../../shared/operation';
import { generate } from './generate.operation';
import { get } from './get.operation';
import { getAccessRequests } from './getAccessRequests.operation';
import { requestAccess } from './requestAccess.operation';
import { reset } from './reset.operation';

export const password = resource<Pam360Api>({
	name: 'Password',
	value: 'password',
	operations: [get, generate, getAccessRequests, requestAccess, reset],
});
