import { execFile } from 'node:child_process';
import { type Picture, pictureType } from '../../record/picture.ts';
import type { Program } from './process.ts';

const most = { encoding: 'buffer', timeout: 10_000, maxBuffer: 20_000_000, windowsHide: true } as const;

/** The picture (PNG or JPEG) that a program writes to its stdout; `null` when it gives none within 10 s. */
export function screenshotBy({
  command: [program, ...parameters],
  cwd,
  env,
}: Program): Promise<Picture | null> {
  return new Promise((resolve) => {
    execFile(program!, parameters, { ...most, cwd, env }, (error, stdout) => {
      resolve(!error && pictureType(stdout) ? { bytes: stdout } : null);
    });
  });
}
