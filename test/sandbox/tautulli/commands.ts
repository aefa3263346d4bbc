import type { Parameters } from '../http/form.js';
import { historyAnswer, Unreadable } from './history.js';
import { activityAnswer, metadataAnswer } from './metadata.js';
import type { TautulliModel } from './model.js';
import { AGENTS, notify } from './notify.js';

/** What a command answers inside the envelope. */
export interface CommandAnswer {
  readonly message?: string;
  readonly data: unknown;
}

type Command = (model: TautulliModel, parameters: Parameters) => CommandAnswer;

const LOCAL = { id: 0, username: 'Local', friendlyName: 'Local' };

const users: Command = (model) => ({
  data: [LOCAL, ...model.users].map((user, i) => ({
    row_id: i + 1,
    user_id: user.id,
    username: user.username,
    friendly_name: user.friendlyName,
    thumb: user.id === 0 ? null : `https://plex.tv/users/${user.id.toString(16)}/avatar?c=1700000000`,
    email: user.id === 0 ? null : '',
    is_active: 1,
    is_admin: 0,
    is_home_user: user.id === 0 ? null : 1,
    is_allow_sync: user.id === 0 ? null : 1,
    is_restricted: user.id === 0 ? null : 0,
    do_notify: 1,
    keep_history: 1,
    allow_guest: 0,
    shared_libraries: user.id === 0 ? [] : model.libraries.map(({ id }) => String(id)),
    filter_all: user.id === 0 ? null : '',
    filter_movies: user.id === 0 ? null : '',
    filter_tv: user.id === 0 ? null : '',
    filter_music: user.id === 0 ? null : '',
    filter_photos: user.id === 0 ? null : '',
  })),
});

const PLEX_AGENTS = {
  show: 'tv.plex.agents.series',
  movie: 'tv.plex.agents.movie',
  artist: 'tv.plex.agents.music',
  live: null,
};

const libraryNames: Command = ({ libraries }) => ({
  data: libraries.map(({ id, name, type }) => ({
    section_id: id,
    section_name: name,
    section_type: type,
    agent: PLEX_AGENTS[type],
  })),
});

const ACTIONS = /^on_(play|stop|pause|resume|error|watched|buffer|change|created|intro|commercial|credits|concurrent)$/;

/** Filtered by an action only those that have it; the sandbox's have none. */
const notifiers: Command = (model, parameters) => {
  const action = parameters.get('notify_action');
  if (action !== undefined && !ACTIONS.test(action)) throw new Unreadable('notify_action');
  const chosen = action === undefined ? (model.settings.notifiers ?? []) : [];
  return {
    data: chosen.map(({ id, agent, name }) => ({
      id,
      agent_id: AGENTS[agent].id,
      agent_name: AGENTS[agent].name,
      agent_label: AGENTS[agent].label,
      friendly_name: name ?? '',
      last_triggered: null,
      last_success: null,
      active: 0,
    })),
  };
};

const info: Command = (model) => ({
  data: {
    tautulli_install_type: 'docker',
    tautulli_version: model.settings.version ?? 'v2.17.2',
    tautulli_branch: 'master',
    tautulli_commit: 'c7153deb6e3017b8dda46c8448fe548a61c5a47a',
    tautulli_platform: 'Linux',
    tautulli_platform_release: '6.1.0',
    tautulli_platform_version: '#1 SMP PREEMPT_DYNAMIC',
    tautulli_platform_linux_distro: 'Debian GNU/Linux 12 bookworm',
    tautulli_platform_device_name: 'sandbox',
    tautulli_python_version: '3.11.7',
  },
});

const status: Command = (_, parameters) =>
  parameters.get('check') === 'database'
    ? { message: 'Database ok', data: { integrity_check: 'ok' } }
    : { message: 'Ok', data: {} };

/** The commands that the stand-in answers. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  arnold: () => ({ data: "I'll be back." }),
  get_history: (model, parameters) => ({ data: historyAnswer(model, parameters) }),
  get_metadata: (model, parameters) => ({ data: metadataAnswer(model, parameters.get('rating_key')) }),
  get_activity: (model) => ({ data: activityAnswer(model) }),
  get_users: users,
  get_user_names: ({ users: known }) => ({
    data: [LOCAL, ...known].map(({ id, friendlyName }) => ({ user_id: id, friendly_name: friendlyName })),
  }),
  get_library_names: libraryNames,
  get_notifiers: notifiers,
  get_tautulli_info: info,
  server_status: ({ plexDown }) => ({ data: { connected: !plexDown } }),
  notify: (model, parameters) => ({
    message: 'Notification sent.',
    data: { notification_id: notify(model, parameters) },
  }),
  status,
};
