import type { Finding } from '../../admin/server-test/index.js';
import type { UrlFault } from '../../core/forms/index.js';
import { URL_PROBLEMS } from '../fields/check.js';
import type { Params } from '../red.js';
import { text } from '../texts.js';

type Level = Finding['level'];

const LOOKS: Readonly<Record<Level, { readonly list: string; readonly icon: string }>> = {
  ok: { list: 'plex-jit-ok', icon: 'fa-check' },
  warning: { list: 'plex-jit-warn', icon: 'fa-exclamation-triangle' },
  error: { list: 'plex-jit-bad', icon: 'fa-times-circle' },
};

/** What was asked, in the editor's language; what a finding calls `server` is English. */
const serverText = ({ server = '', at, proxy, ...params }: Params): string => {
  if (at === undefined) return String(server);
  return text(proxy === '' ? 'server.at' : 'server.atThrough', { ...params, at, ...(proxy && { proxy }) });
};

/** A finding in the editor's language, or as the server said it; of a URL what its field says. */
export const findingText = ({ code, params, text: english }: Finding): string =>
  code === 'bad-url'
    ? text(URL_PROBLEMS[params.fault as UrlFault], {}, english)
    : text(`finding.${code}`, { ...params, server: serverText(params) }, english);

const row = (level: Level, sentence: string): JQuery =>
  $('<li>')
    .addClass(LOOKS[level].list)
    .append(
      $('<i class="fa" role="img">')
        .addClass(LOOKS[level].icon)
        .attr('aria-label', text(`test.${level}`)),
      $('<span>').text(sentence),
    );

/** Findings as a list, worst as they come; nothing of them is taken for HTML. */
export const findingList = (findings: readonly Finding[]): JQuery =>
  $('<ul class="plex-jit-findings">').append(...findings.map((one) => row(one.level, findingText(one))));

/** One sentence in the place of findings. */
export const sentenceList = (level: Level, sentence: string): JQuery =>
  $('<ul class="plex-jit-findings">').append(row(level, sentence));
