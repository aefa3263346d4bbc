/** From here on Tautulli leaves out the seconds. */
const COARSE = 300_000;

/** Seconds as Tautulli words them: `19 days 20 hrs 41 mins`, `5 mins 34 secs`, `0`. */
export const humanDuration = (seconds: number): string => {
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), 'day'],
    [Math.floor(seconds / 3600) % 24, 'hr'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds < COARSE ? seconds % 60 : 0, 'sec'],
  ];
  const words = parts.filter(([n]) => n > 0).map(([n, unit]) => `${n} ${unit}${n === 1 ? '' : 's'}`);
  return words.length === 0 ? '0' : words.join(' ');
};
