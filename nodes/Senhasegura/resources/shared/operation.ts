import type { SenhaseguraApi } from '../../api/client';
import { eventsOf, operationsOf, resourcesOf } from '../../../shared/declare';
import { itemsOf } from '../../../shared/item';

/** Declares an operation of this vendor. */
export const operation = operationsOf<SenhaseguraApi>();

/** Declares a resource of this vendor. */
export const resource = resourcesOf<SenhaseguraApi>();

/** Declares an event of this vendor. */
export const triggerEvent = eventsOf<SenhaseguraApi>();

/** An item of this vendor: a name such as `apiKey`, and its fields. */
export const item = itemsOf('senhasegura');
