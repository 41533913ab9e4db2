/** Puts an entry into a map as the newest one; of more than `most`, the oldest is forgotten. */
export function putNewest<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
	map.delete(key);
	map.set(key, value);
	if (map.size > most) map.delete(map.keys().next().value as K);
}
