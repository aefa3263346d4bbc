import { two } from '../world/names.js';
import { PRIORITY, type SabJob } from './job.js';

const UNITS = ['', 'K', 'M', 'G', 'T'];

/** Bytes in powers of 1024 as SABnzbd words them: `0`, `700 K`, `2.9 M`. */
export const units = (bytes: number): string => {
  const power = bytes < 1024 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length - 1);
  const amount = (bytes / 1024 ** power).toFixed(power < 2 ? 0 : 1);
  return `${amount} ${UNITS[power] ?? ''}`.trim();
};

/** With the letter B: `0 B`, `700 KB`, `2.9 MB`. */
export const sizeText = (bytes: number): string => {
  const text = units(bytes);
  return /[KMGT]$/.test(text) ? `${text}B` : `${text} B`;
};

/** MiB with two decimals, a string. */
export const mib = (bytes: number): string => (bytes / 1024 ** 2).toFixed(2);

/** `H:MM:SS` or `D:HH:MM:SS`; `0:00:00` means unknown too. */
export const timeLeft = (seconds: number): string => {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.round(seconds)) : 0;
  const [days, hours] = [Math.floor(whole / 86_400), Math.floor(whole / 3600) % 24];
  const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return days > 0 ? `${days}:${two(hours)}:${rest}` : `${hours}:${rest}`;
};

/** A word, or the number 0 where SABnzbd holds one that it has no word for. */
export const priorityWord = (job: SabJob): string | 0 => WORDS.get(job.priority) ?? 0;

const WORDS = new Map<number, string>([
  [PRIORITY.Repair, 'Repair'],
  [PRIORITY.Force, 'Force'],
  [PRIORITY.High, 'High'],
  [PRIORITY.Normal, 'Normal'],
  [PRIORITY.Low, 'Low'],
]);
