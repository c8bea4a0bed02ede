import { execFile } from 'node:child_process';
import type { Program } from './process.ts';

const most = { encoding: 'buffer', timeout: 10_000, maxBuffer: 20_000_000, windowsHide: true } as const;
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The PNG that a program writes to its stdout; `null` when it gives none within 10 s. */
export function screenshotBy({
  command: [program, ...parameters],
  cwd,
  env,
}: Program): Promise<Buffer | null> {
  return new Promise((resolve) => {
    execFile(program!, parameters, { ...most, cwd, env }, (error, stdout) => {
      resolve(!error && stdout.subarray(0, png.length).equals(png) ? stdout : null);
    });
  });
}
