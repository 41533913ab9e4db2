import type { Pam360Api } from '../../api/client';
import { eventsOf, operationsOf, resourcesOf } from '../../../shared/declare';
import { itemsOf } from '../../../shared/item';

/** Declares an operation of this vendor. */
export const operation = operationsOf<Pam360Api>();

/** Declares a resource of this vendor. */
export const resource = resourcesOf<Pam360Api>();

/** Declares an event of this vendor. */
export const triggerEvent = eventsOf<Pam360Api>();

/** An item of this vendor: a name such as `apiKey`, and its fields. */
export const item = itemsOf('pam360');
