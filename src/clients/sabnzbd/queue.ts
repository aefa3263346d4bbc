import { z } from 'zod';
import type { SabJob, SabPriority } from '../../core/contracts/index.js';
import { keyOrNull, oneOf, someNumber, text, yes } from '../http/fields.js';
import { rowReader } from '../http/rows.js';

/** Whether SABnzbd gives its jobs such ids; Sonarr also knows those of other clients. */
export const isJobId = (id: string): boolean => /^SABnzbd_nzo_\w+$/.test(id);

/** SABnzbd writes MiB as text. */
const bytes = someNumber.transform((mebibytes) => Math.round((mebibytes ?? 0) * 2 ** 20));

/** A number in the place of a name is a priority that was stored and never resolved; it acts as Normal. */
const priority = oneOf(['Repair', 'Force', 'High', 'Normal', 'Low'], 'Normal') satisfies z.ZodType<SabPriority>;

/** Never unreadable: a row that is left out would shift the positions of all after it. */
const readSlot = rowReader<SabJob>(
  z
    .object({ nzo_id: text, filename: text, priority, status: text, cat: text, mb: bytes, mbleft: bytes })
    .transform((slot) => ({
      id: slot.nzo_id,
      name: slot.filename,
      priority: slot.priority,
      status: slot.status,
      category: slot.cat,
      size: slot.mb,
      sizeLeft: slot.mbleft,
    })),
);

const EMPTY_SLOT: SabJob = {
  id: '',
  name: '',
  priority: 'Normal',
  status: '',
  category: '',
  size: 0,
  sizeLeft: 0,
};

export const readJob = (slot: unknown): SabJob => readSlot(slot) ?? EMPTY_SLOT;

/** What stands around the slots. */
export const queueHeader = z.object({ queue: z.object({ paused: yes, version: text }) });

/** Of the history only the ids are of use. */
export const readHistoryId = rowReader<string>(
  z.object({ nzo_id: keyOrNull.pipe(z.string()) }).transform((slot) => slot.nzo_id),
);
