/** What a number in a form may be; the runtime takes the same, and says so in the same words. */
export interface Range {
  /** What the form calls it, in English. */
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** What counts when the field is empty. */
  readonly fallback: number;
  /** No fractions. */
  readonly whole: boolean;
}

const decimal = (label: string, from: number, to: number, fallback: number): Range => {
  return { label, from, to, fallback, whole: false };
};
const whole = (label: string, from: number, to: number, fallback: number): Range => {
  return { label, from, to, fallback, whole: true };
};

/** Every number that is set in a form, by the name of its setting; defaults as in `src/core/contracts/settings.ts`. */
export const RANGES = {
  daysToCheck: decimal('Look back (days)', 0, 365, 2),
  rememberedDays: decimal('Remember plays for (days)', 1, 365, 30),
  minimumProgress: decimal('Minimum progress (%)', 0, 100, 0),
  unitsRead: whole('Read ahead (episodes)', 1, 200, 24),
  cacheTime: decimal('Refresh the series list after (h)', 0, 168, 6),
  searchCache: decimal('Search the same episode again after (h)', 0, 720, 48),
  // Every episode of a season at most; a larger number would be a slip of the finger.
  episodesToCheck: whole('Look ahead (episodes)', 1, 50, 5),
  checkOverflow: whole('Extra, if they run out before the next run', 0, 50, 3),
  execFrequency: decimal('Time between runs (min)', 0, 10_080, 60),
  searchesPerRun: whole('Max. searches per run', 0, 500, 10),
  searchesPerDay: whole('Max. searches per day', 0, 5000, 50),
  keepFree: decimal('Keep free on disk (GB)', 0, 100_000, 20),
  seasonPacks: decimal('Take a season pack from (% missing)', 0, 100, 0),
  waitForJob: decimal('Wait for a new job (s)', 0, 120, 10),
  timeout: decimal('Timeout (s)', 1, 600, 30),
} as const satisfies Record<string, Range>;

export type NumberSetting = keyof typeof RANGES;

/** What a number is written as; `0x10` and `1e1` are a slip of the finger more often than a 16 and a 10. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;

/** The number that a text is, written in plain digits; null when it is none. */
export const readNumber = (text: string): number | null => (DECIMAL.test(text.trim()) ? Number(text) : null);

/** Of a rule: 0 ignores. */
export const RULE_EPISODES = { from: 0, to: RANGES.episodesToCheck.to } as const;

/** To end a sentence with. */
export const rangeWords = ({ from, to, whole }: Pick<Range, 'from' | 'to' | 'whole'>): string =>
  `a ${whole ? 'whole number' : 'number'} from ${from} to ${to}`;
