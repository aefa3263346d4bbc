import type { Sandbox, SandboxOptions } from '../sandbox/index.js';
import type { WorldFile, WorldRelease } from '../sandbox/world/format.js';
import { HELD_BACK, JOBS, PACK, stuck } from './sonarr-world.js';

/** What has to be the case before a recorded request is sent, and what of the request is this sandbox's own. */
export interface Setup {
  readonly world?: Partial<WorldFile>;
  readonly options?: SandboxOptions;
  readonly before?: (sandbox: Sandbox, body: RecordedBody) => Promise<Own | undefined> | Own | undefined;
}

/** Replaces what the recording has from its own server. */
export interface Own {
  readonly guid?: string;
  readonly commandId?: number;
}

export interface RecordedBody {
  readonly status?: string;
  readonly body?: { readonly episodeIds?: readonly number[] };
}

const MINUTE = 60_000;
const ask = async (sandbox: Sandbox, path: string, init: RequestInit = {}): Promise<unknown> => {
  const headers = { 'x-api-key': sandbox.keys.sonarr, 'content-type': 'application/json' };
  const answer = await fetch(`${sandbox.urls.sonarr}/api/v3${path}`, { ...init, headers });
  return await answer.json();
};
const post = (sandbox: Sandbox, path: string, body: object): Promise<unknown> =>
  ask(sandbox, path, { method: 'POST', body: JSON.stringify(body) });

interface Row {
  readonly guid: string;
  readonly title: string;
  readonly approved: boolean;
}

/** Searches and names one release by its title. */
const found =
  (search: string, pick: (row: Row) => boolean = (row) => row.approved) =>
  async (sandbox: Sandbox): Promise<Own> => {
    const rows = (await ask(sandbox, `/release?${search}`)) as Row[];
    const guid = rows.find(pick)?.guid;
    if (guid === undefined) throw new Error(`no such release among ${rows.length}`);
    return { guid };
  };

const titled = (part: string) => (row: Row) => row.title.includes(part);
const SEARCH = 'episodeId=45';

/** The one release of S03E01 is of this kind. */
const onlyRelease =
  (release: WorldRelease) =>
  async (sandbox: Sandbox): Promise<Own> => {
    sandbox.world.releaseAppears('Harbour Lights', 3, 1, [release]);
    return await found(SEARCH, titled('S03E01'))(sandbox);
  };

const grab = async (sandbox: Sandbox, search = SEARCH): Promise<void> => {
  const { guid } = await found(search)(sandbox);
  await post(sandbox, '/release', { guid, indexerId: 1 });
};

const sabGone = (sandbox: Sandbox): void => sandbox.servers.sabnzbd.addFault({ kind: 'refused' });

/** A command that is in the recorded state, or on its way there. */
const command = async (sandbox: Sandbox, { status, body }: RecordedBody): Promise<Own> => {
  const send = async (episodeIds: readonly number[] | undefined): Promise<number> =>
    ((await post(sandbox, '/command', { name: 'EpisodeSearch', episodeIds })) as { id: number }).id;
  if (status === 'queued') for (const id of [45, 46, 47]) await send([id]);
  const commandId = await send(body?.episodeIds);
  const settled = status === 'completed' || status === 'failed';
  while (settled && sandbox.world.sonarr.commands.find(commandId)?.ended === null) await sandbox.world.advance(1000);
  await sandbox.world.advance(0);
  return { commandId };
};
const SLOW_INDEXER: Partial<WorldFile> = { indexer: { name: 'Lab Indexer', spacing: 0, searchTakes: 600 } };

/** S03E03 was imported, S03E02 failed and was taken again. */
const lived = async (sandbox: Sandbox): Promise<undefined> => {
  sandbox.world.releaseAppears('Harbour Lights', 3, 2, [{ failsDownload: true }, {}]);
  await grab(sandbox, 'episodeId=46');
  for (let i = 0; i < 20; i += 1) await sandbox.world.advance(MINUTE);
  return undefined;
};
const QUICK: Partial<WorldFile> = {
  sabnzbd: { rate: 1000, importTakes: 1 },
  downloads: JOBS.filter((d) => d.series !== 'Harbour Lights' || d.episodes !== '2'),
};

const failing = (status: number) => (sandbox: Sandbox) => {
  sandbox.world.indexerFails(status);
  return undefined;
};
const failedBefore = (status: number) => async (sandbox: Sandbox) => {
  sandbox.world.indexerFails(status);
  await ask(sandbox, '/release?episodeId=46');
  await sandbox.world.advance(1000);
  return undefined;
};
const refresh = (sandbox: Sandbox): undefined => {
  sandbox.world.refreshQueues();
  return undefined;
};

/** The first that fits the recording's name; most need nothing. */
const SETUPS: readonly (readonly [RegExp, Setup])[] = [
  [/^urlbase_/, { world: { sonarr: { urlBase: '/sonarr' } } }],
  [/^forms_(?!local_bypass)/, { options: { sonarr: { authentication: 'forms' } } }],
  // recorded before the pages of the web UI were installed
  [/^wrong_base_get_(json|nokey)$/, { options: { sonarr: { ui: false } } }],

  [/^release_indexer_(down|badxml|apilimit)$/, { before: failing(503) }],
  [/^release_indexer_429$/, { before: failing(429) }],
  [/^release_indexer_(blocked|429_after)$/, { before: failedBefore(429) }],
  [/^release_no_indexer$/, { before: ({ world }) => void (world.sonarr.searcher.enabled = false) }],
  [/^release_(after_blocks|pack_queued)$/, { world: { downloads: [...JOBS, ...PACK] } }],
  [/^release_pending$/, { world: { downloads: HELD_BACK } }],
  [
    /^release_temporarily_rejected$/,
    {
      before: ({ world }) =>
        world.releaseAppears('Long Haul', 7, 9, [
          { temporarilyRejected: 'Only 60 minutes old, minimum age is 90 minutes' },
        ]) as undefined,
    },
  ],

  [/^grab_(no_guid|no_indexer|empty|unknown_guid)$/, {}],
  [/^grab_wrong_indexer$/, { before: found(SEARCH) }],
  [/^grab_nzb_404$/, { before: onlyRelease({ nzb: 404 }) }],
  [/^grab_nzb_429$/, { before: onlyRelease({ nzb: 429 }) }],
  [/^grab_nzb_500$/, { before: onlyRelease({ nzb: 500 }) }],
  [/^grab_nzb_invalid$/, { before: onlyRelease({ nzb: 'broken' }) }],
  [
    /^grab_sab_noid$/,
    {
      before: (sandbox) => {
        sandbox.world.sabnzbd.add = () => '';
        return found(SEARCH)(sandbox);
      },
    },
  ],
  [
    /^grab_sab_/,
    {
      before: async (sandbox) => {
        const own = await found(SEARCH)(sandbox);
        sabGone(sandbox);
        return own;
      },
    },
  ],
  [
    /^grab_after_restart$/,
    {
      before: async (sandbox) => {
        const own = await found(SEARCH)(sandbox);
        sandbox.world.sonarr.restart();
        return own;
      },
    },
  ],
  [
    /^grab_same_again$/,
    {
      before: async (sandbox) => {
        const own = await found(SEARCH)(sandbox);
        await post(sandbox, '/release', { ...own, indexerId: 1 });
        return own;
      },
    },
  ],
  [/^grab_rejected$/, { before: found(SEARCH, titled('2160p')) }],
  [/^grab_unknown_series/, { before: found('episodeId=350', titled('Some.Other.Programme')) }],
  [/^grab_season_pack$/, { before: found('seriesId=13&seasonNumber=8', titled('.S08.1080p')) }],
  [/^grab_/, { before: found(SEARCH) }],

  [/^cmd_.*(_started|_completed|_failed|_queued|_sab_refused)$|^cmd_queued$/, { before: command }],
  [/^command_list/, { before: command }],

  [/^queue_details_straight_after_grab$/, { before: (sandbox) => grab(sandbox) as Promise<undefined> }],
  [/^queue_after_(import|failed)$/, { world: QUICK, before: lived }],
  [
    /^queue_(after_restart)$/,
    { world: { downloads: JOBS }, before: ({ world }) => world.sonarr.restart() as undefined },
  ],
  [
    /^queue_removed_in_sab$/,
    {
      world: { downloads: JOBS },
      before: (sandbox) => {
        for (const { id } of sandbox.world.sabJobs()) sandbox.world.sabnzbd.deleteJob(id);
        return refresh(sandbox);
      },
    },
  ],
  [/^queue_(import_blocked|details_series_(none|unknown)|details_episodes_unknown)$/, { world: { downloads: JOBS } }],
  [/^queue_import_nofiles$/, { world: { downloads: stuck('Echo Bay (2020)', 1, '3') } }],
  [/^queue_import_path_missing$/, { world: { downloads: stuck('The Copper Valley', 4, '5') } }],
  [
    /^queue_(completed_pending|postprocessing)$/,
    {
      world: { sabnzbd: { rate: 1000, importTakes: 3600 }, downloads: JOBS },
      before: async (sandbox) => {
        await sandbox.world.advance(MINUTE);
        return refresh(sandbox);
      },
    },
  ],
  [
    /^queue_(status_)?sab_refused|queue_details_sab_refused_pending$/,
    {
      world: {
        downloads: [
          ...JOBS,
          ...HELD_BACK,
          { series: 'Night Shift (2024)', season: 1, episodes: '4', state: 'waiting' },
        ],
      },
      before: (sandbox) => {
        sabGone(sandbox);
        return refresh(sandbox);
      },
    },
  ],
  [/^queue_(details_)?pending|^queue_after_(delete_pending|sab_500)$/, { world: { downloads: HELD_BACK } }],
  [/^queue_details_pack$/, { world: { downloads: PACK } }],
  [/^queue_(client_paused)$|^real_sab_queue/, { world: { sabnzbd: { paused: true }, downloads: JOBS } }],
  [/^queue_(all_mixed|default_paged|status)/, { world: { downloads: [...JOBS, ...PACK] } }],
  [/^queue_/, { world: { downloads: JOBS } }],

  [
    /^history_(removed_in_sab|episode_grabbed|after_episode_search)$/,
    { world: { downloads: [...JOBS, { series: 'Harbour Lights', season: 3, episodes: '5' }] } },
  ],
  [/^history_series_pack$/, { world: { downloads: PACK } }],
  [/^history_download_id$/, { world: { downloads: JOBS } }],
  [/^(history_|real_sab_history|episode_after_import)/, { world: QUICK, before: lived }],

  [/^health_indexer_down$/, { before: failedBefore(503) }],
  [/^health_indexer_429$/, { before: failedBefore(429) }],
  [
    /^health_sab_down$/,
    {
      before: async (sandbox) => {
        sabGone(sandbox);
        await sandbox.world.advance(10 * MINUTE);
        return undefined;
      },
    },
  ],
];

export const setupOf = (name: string, recordedStatus: string | undefined): Setup => {
  const setup = SETUPS.find(([pattern]) => pattern.test(name))?.[1] ?? {};
  const slow = recordedStatus === 'started' || recordedStatus === 'queued';
  return slow && setup.before === command ? { ...setup, world: SLOW_INDEXER } : setup;
};
