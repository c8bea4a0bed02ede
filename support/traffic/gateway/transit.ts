import { monotonic } from '../../record/monotonic.ts';
import type { Exchange } from '../../record/vocabulary.ts';
import type { Fault } from './faults.ts';
import { RequestReader } from './request.ts';
import type { ResponseReader } from './response.ts';

/** One exchange while it is under way, and what came of it. */
export class Transit {
  readonly at = monotonic();
  readonly startedAt = Date.now();
  readonly request = new RequestReader();
  response: ResponseReader | null = null;
  fault: Fault | null = null;
  /** Just before the last bytes of the response went out: nobody can have read all of it earlier. */
  readableAt: number | null = null;
  /** When the response was handed over in full. */
  until: number | null = null;
  trouble: Exchange['trouble'];
}
