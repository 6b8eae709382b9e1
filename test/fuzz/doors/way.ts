/** How requests come to the program. */
export interface Way {
  readonly port: number;
  /** The path that the whole site lies below, as browsers know it; '' for none. */
  readonly basePath: string;
  /** What is added to every request. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Where browsers find the program that stands behind a proxy. */
export const PUBLIC_URL = 'https://store.example/galaxy';

/** Straight to the program, as on one machine. */
export const straightTo = (port: number): Way => ({ port, basePath: '', headers: {} });

/** As a proxy on this machine passes on what came by https for {@link PUBLIC_URL}, with TRUST_PROXY=loopback. */
export function throughProxy(port: number): Way {
  const { pathname, host } = new URL(PUBLIC_URL);
  const headers = { host, 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https' };
  return { port, basePath: pathname, headers };
}

/** Header lines as they go over the wire, each with its end. */
export function headerLines({ headers }: Way): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}
