import { ServiceError } from '../../clients/http/service-error.js';
import { notifierLabel } from '../../clients/tautulli/client.js';
import type { NotifySettings, Plan } from '../../core/contracts/index.js';
import { type News, newsOf } from '../../core/words/news.js';
import { notificationView } from '../../core/words/notification.js';
import { toInstant } from '../../core/time.js';
import { serverLabel } from '../failures.js';
import { Report } from '../report.js';
import type { TautulliDeps } from '../scope.js';
import { NotifierGone } from './gone.js';
import { BadTemplate, messageFor, readTemplates, type Templates } from './templates.js';

export interface Announced {
  readonly plan: Plan;
  readonly sent: boolean;
  /** A template cannot be read, or the notifier does not exist: also in the plan's `errors`; nothing was sent. */
  readonly fatal: BadTemplate | NotifierGone | null;
}

/**
 * Tells in one message what was not told before; without news it asks nothing of Tautulli.
 * A message that fails costs nothing else: it is recorded in the plan, and its grabs are told in the next one.
 * A dry run sends nothing and remembers nothing.
 */
export const announce = async (plan: Plan, settings: NotifySettings, deps: TautulliDeps): Promise<Announced> => {
  const { notifier } = settings;
  if (notifier === null || plan.partial) return { plan, sent: false, fatal: null };
  const report = new Report(deps, plan, null);
  const isDry = settings.dryRun || plan.run.dryRun;
  const news = isDry ? null : await gather(plan, { notifier, tell: settings.tell }, deps, report);
  // Not before the news are kept: they are told once the template is corrected.
  const templates = readTemplates(settings, serverLabel(deps.server, 'tautulli'));
  const told = (sent: boolean, fatal: Announced['fatal'] = null): Announced => {
    if (fatal !== null) report.errors.push(fatal.toRunError());
    return { plan: { ...plan, notes: report.notes, errors: report.errors }, sent, fatal };
  };
  if (templates instanceof BadTemplate) return told(false, templates);
  if (news === null || isEmpty(news)) return told(false);
  const sent = await send({ notifier, name: settings.notifierName ?? '', news, templates, deps, report });
  return sent instanceof NotifierGone ? told(false, sent) : told(sent);
};

const isEmpty = ({ grabbed, problems, unmatched }: News): boolean =>
  grabbed.length + problems.length + unmatched.length === 0;

/** Marks an episode that Sonarr was told to search: what it grabs is ours to tell. */
const askedId = (episodeId: number): string => `asked:${episodeId}`;

/** Each notifier is told by itself: a household may have several. */
const idFor = (notifier: number, id: string): string => `${notifier} ${id}`;

const newsFor = (notifier: number, { grabbed, problems, unmatched }: News): News => {
  const own = <T extends { readonly id: string }>(news: readonly T[]): readonly T[] =>
    news.map((one) => ({ ...one, id: idFor(notifier, one.id) }));
  return { grabbed: own(grabbed), problems: own(problems), unmatched: own(unmatched) };
};

/** What is new in this plan, and grabs that earlier runs could not tell. Grabs are kept until they have been told. */
const gather = async (
  plan: Plan,
  { notifier, tell }: { readonly notifier: number; readonly tell: NotifySettings['tell'] },
  { state, now }: TautulliDeps,
  report: Report,
): Promise<News | null> => {
  try {
    await state.load();
    await state.prune();
    const { announced, pending } = state;
    const at = toInstant(now());
    const isAsked = (episodeId: number) => announced.get(askedId(episodeId)) !== undefined;
    const asked = [...plan.items, ...(plan.earlier ?? []).filter(({ episodeId }) => !isAsked(episodeId))].filter(
      ({ result }) => result?.code === 'command-sent',
    );
    await announced.put(...asked.map(({ episodeId }) => ({ id: askedId(episodeId), at })));
    const heard = {
      tell,
      isTold: (id: string) => announced.get(idFor(notifier, id)) !== undefined,
      wasAsked: isAsked,
    };
    const news = newsFor(notifier, newsOf(plan, heard, at));
    await pending.put(...news.grabbed);
    const untold = pending.all().filter(({ id }) => id.startsWith(idFor(notifier, '')));
    return { ...news, grabbed: tell.includes('grabbed') ? untold : [] };
  } catch (error) {
    // Without its memory it would tell the same in every run.
    report.memoryFailed('what was announced', error);
    return null;
  }
};

interface Sending {
  readonly notifier: number;
  readonly name: string;
  readonly news: News;
  readonly templates: Templates;
  readonly deps: TautulliDeps;
  readonly report: Report;
}

const send = async (sending: Sending): Promise<boolean | NotifierGone> => {
  const { notifier, name, news, templates, deps, report } = sending;
  const { client, state, now } = deps;
  try {
    const agent = await agentOf(notifier, deps);
    await client.notify({
      notifier,
      ...(name === '' ? {} : { name }),
      ...messageFor(agent, templates, notificationView(news)),
    });
  } catch (error) {
    if (await isGone(error, sending)) {
      return new NotifierGone(notifierLabel(notifier, name), serverLabel(deps.server, 'tautulli'));
    }
    report.failed(error);
    return false;
  }
  const at = toInstant(now());
  const told = [...news.grabbed, ...news.problems, ...news.unmatched];
  await report.remember('what was announced', async () => {
    await state.announced.put(...told.map(({ id }) => ({ id, at })));
    await state.pending.remove(...news.grabbed.map(({ id }) => id));
  });
  return true;
};

/** Tautulli refused the message, and lists no such notifier when it is asked anew: it was deleted there. */
const isGone = async (error: unknown, { notifier, deps }: Sending): Promise<boolean> => {
  if (!(error instanceof ServiceError) || error.code !== 'notify-failed') return false;
  deps.state.session.notifiers = new Map();
  try {
    return (await agentOf(notifier, deps)) === undefined;
  } catch {
    return false;
  }
};

/** What kind of notifier it is, asked once per process; undefined for one that Tautulli does not list. */
const agentOf = async (notifier: number, { client, state: { session } }: TautulliDeps): Promise<string | undefined> => {
  if (!session.notifiers.has(notifier)) {
    session.notifiers = new Map((await client.notifiers()).map(({ id, agent }) => [id, agent]));
  }
  return session.notifiers.get(notifier);
};
