export { oneOf, shown } from './choice';
export {
	additionalFields,
	collection,
	entries,
	filters,
	kind,
	nullIfAdded,
	preset,
	updateFields,
} from './collection';
export { Param, group, notice, param, required, sentAs } from './param';
export type { ValuesOf } from './param';
export { filledBy, picker } from './picker';
