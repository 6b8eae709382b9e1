/** Where Debian's package puts Chromium. */
export const CHROMIUM_PATH = '/usr/bin/chromium';

/** Runs it as root, without a GPU, and without the look-ups that it does for itself. */
export const BROWSER_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
