import os from 'node:os';

/** The address of this machine that nobody else can reach: `127.0.0.1`, or `::1` where there is none of IPv4. */
export function loopbackAddress(): string {
  const own = Object.values(os.networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal }) => internal);
  const onlySix =
    own.some(({ address }) => address === '::1') && !own.some(({ family }) => family === 'IPv4');
  return onlySix ? '::1' : '127.0.0.1';
}

/** Whether an address is one of this machine's own, or none in particular. */
export function isThisMachine(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '').toLowerCase();
  if (/^(127(\.\d+){3}|0\.0\.0\.0|::1?)$/.test(plain)) return true;
  return Object.values(os.networkInterfaces()).some((own) =>
    own?.some((one) => one.address.toLowerCase() === plain),
  );
}

/** Whether a URL leads nowhere but to this machine. */
export function isOnLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/** An address as it stands in a URL. */
export const inUrl = (address: string): string => (address.includes(':') ? `[${address}]` : address);
