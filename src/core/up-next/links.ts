/** The page of a series in Sonarr; null when no browser can open it. @param address where people reach that Sonarr */
export const seriesLink = (address: string, slug: string): string | null =>
  /^https?:\/\//i.test(address) && slug !== ''
    ? `${address.replace(/\/+$/, '')}/series/${encodeURIComponent(slug)}`
    : null;
