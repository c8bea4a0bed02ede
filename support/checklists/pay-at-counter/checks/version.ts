import { judged, listed, notTestable } from '../../../checklist/check.ts';
import { counted } from '../../../record/counted.ts';
import type { Check, Scene } from '../../payments/check.ts';

/** By version: how many requests of the run carried it, and exchanges that show it. */
function versionsOf(everyRow: Scene['everyRow']): Map<string, { requests: number; exchanges: string[] }> {
  const versions = new Map<string, { requests: number; exchanges: string[] }>();
  for (const sent of everyRow.values()) {
    for (const [version, { requests, exchanges }] of sent.versions) {
      const all = versions.get(version) ?? { requests: 0, exchanges: [] };
      all.requests += requests;
      all.exchanges.push(...exchanges);
      versions.set(version, all);
    }
  }
  return versions;
}

export const versionChecks: Check[] = [
  {
    id: 'one-version-sent',
    plane: 'wire',
    fault: 'pos',
    expected: () => 'every request of the run carries one and the same `version` header',
    advice: 'Send the same API version with every request.',
    judge: ({ everyRow }) => {
      const versions = versionsOf(everyRow);
      if (!versions.size) return notTestable('the run holds no request of the till');
      return judged(
        versions.size === 1,
        [...versions]
          .map(([version, { requests }]) => `${version} (${counted(requests, 'request')})`)
          .join(', '),
        [...versions.values()].flatMap(({ exchanges }) => exchanges.slice(0, 2)),
      );
    },
  },
  {
    id: 'version-as-declared',
    plane: 'wire',
    fault: 'pos',
    expected: (_, run) => `the version on the wire is the declared one, ${run.pos.apiVersion}`,
    advice: 'Correct `apiVersion` in the profile, or the header that the till sends.',
    judge: ({ everyRow, run }) => {
      const versions = versionsOf(everyRow);
      const others = [...versions].filter(([version]) => version !== run.pos.apiVersion);
      if (!versions.size) return notTestable('the run holds no request of the till');
      return judged(
        others.length === 0,
        `on the wire: ${listed([...versions.keys()])}; declared: ${run.pos.apiVersion}`,
        others.flatMap(([, { exchanges }]) => exchanges.slice(0, 2)),
      );
    },
  },
];
