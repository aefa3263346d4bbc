/** Ids in one request, and bytes of its query: Sonarr answers 414 to a request line above 8 kB (recording `too_long_url`). */
const MOST_IDS = 400;
const LONGEST_QUERY = 7_500;

/** Sonarr reads lists as repeated parameters only; `1,2` is a 400 and `episodeIds[]` is not seen. */
export const listQuery = (ids: readonly number[]): string => ids.map((id) => `episodeIds=${id}`).join('&');

/** Ids without doubles (Sonarr fails on one), in lists that one request can hold. */
export const idLists = (ids: readonly number[]): readonly (readonly number[])[] => {
  const lists: number[][] = [];
  let length = 0;
  for (const id of new Set(ids)) {
    const list = lists.at(-1);
    length += `&episodeIds=${id}`.length;
    if (list !== undefined && list.length < MOST_IDS && length <= LONGEST_QUERY) {
      list.push(id);
    } else {
      lists.push([id]);
      length = `episodeIds=${id}`.length;
    }
  }
  return lists;
};
