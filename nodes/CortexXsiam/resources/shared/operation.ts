import type { CortexXsiamApi } from '../../api/client';
import { eventsOf, operationsOf, resourcesOf } from '../../../shared/declare';
import { itemsOf } from '../../../shared/item';

/** Declares an operation of this vendor. */
export const operation = operationsOf<CortexXsiamApi>();

/** Declares a resource of this vendor. */
export const resource = resourcesOf<CortexXsiamApi>();

/** Declares an event of this vendor. */
export const triggerEvent = eventsOf<CortexXsiamApi>();

/** An item of this vendor: a name such as `apiKey`, and its fields. */
export const item = itemsOf('cortexXsiam');
