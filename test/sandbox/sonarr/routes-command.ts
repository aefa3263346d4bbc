import type { StandInAnswer } from '../http/types.js';
import { empty, emptyField, failure, invalid, ok, Refusal } from './answers.js';
import { Body } from './body.js';
import { commandResource } from './commands.js';
import type { Call, Route } from './routes.js';

export const commandRoutes: readonly Route[] = [
  { method: 'GET', path: '/command', answer: ({ sonarr }) => ok(sonarr.commands.list().map(commandResource)) },
  {
    method: 'GET',
    path: '/command/{id}',
    answer: ({ sonarr, id }) => {
      const command = sonarr.commands.find(id);
      return command === undefined ? empty(404) : ok(commandResource(command));
    },
  },
  { method: 'POST', path: '/command', answer: (call) => send(call) },
];

/** Commands that Sonarr knows and nobody here sends. */
const NOT_PLAYED: ReadonlySet<string> = new Set(
  'seasonsearch seriessearch missingepisodesearch refreshseries rsssync rescanseries renamefiles backup'.split(' '),
);

const send = ({ sonarr, request }: Call): StandInAnswer => {
  const body = Body.read(request, 'Sonarr.Api.V3.Commands.CommandResource', 'json');
  const name = body.text('name');
  if (name === null || name === '')
    return invalid([emptyField('Name', 'NotNullValidator'), emptyField('Name', 'NotEmptyValidator')]);
  const created = (resource: { id: number }): StandInAnswer => {
    const answer = ok(resource, 201);
    return { ...answer, headers: { ...answer.headers, location: `/api/v3/command/${resource.id}` } };
  };
  switch (name.toLowerCase()) {
    case 'episodesearch':
      return created(sonarr.sendEpisodeSearch(episodeIds(body)));
    case 'refreshmonitoreddownloads':
      return created(sonarr.sendRefreshDownloads());
    default:
      if (NOT_PLAYED.has(name.toLowerCase())) return failure(501, `The sandbox does not play ${name}`);
      // v5-develop words it so with 400, v4 with 500 (`cmd_unknown`)
      return failure(sonarr.isV4 ? 500 : 400, 'Sequence contains no matching element');
  }
};

/** Only here wrong types are a 500 in Sonarr's own words (`cmd_episode_search_badtype`). */
const episodeIds = (body: Body): number[] | null => {
  try {
    return body.ints('episodeIds');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { errors } = JSON.parse(String(error.answer.body)) as { errors: Record<string, string[]> };
    throw new Refusal(failure(500, Object.values(errors)[0]?.[0] ?? ''));
  }
};
