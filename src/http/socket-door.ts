import type { IncomingMessage } from 'node:http';
import type { Express, Request } from 'express';
import type { createHostCheck } from './allowed-host.ts';
import { checkUpgradeOrigin } from './cross-origin.ts';
import type { HttpError } from './http-error.ts';
import type { Logger } from './logger.ts';
import { enterSite, type SiteAddress } from './site-address.ts';

/** What a request to become a socket goes through, the same as any other request. */
export interface SocketDoor {
  /** Lets it in by its path below the site's; before anybody reads its path. */
  enter(request: IncomingMessage): void;
  /** Why it may not become one; null: it may. */
  check(request: IncomingMessage): HttpError | null;
}

export interface SocketDoorParts {
  readonly app: Express;
  readonly site: SiteAddress;
  readonly checkHost: ReturnType<typeof createHostCheck>;
  readonly logger: Logger;
}

export function createSocketDoor({ app, site, checkHost, logger }: SocketDoorParts): SocketDoor {
  return {
    enter: (upgrade) => {
      enterSite(upgrade, site.basePath);
      // As express does with every request it answers: so address and host are read by the same rules.
      Object.setPrototypeOf(upgrade, app.request);
    },
    check: (upgrade) => {
      const request = upgrade as Request;
      const refusal = checkHost(request) ?? checkUpgradeOrigin(request, site);
      if (refusal)
        logger.warn({ code: refusal.code, address: request.ip, path: request.path }, 'socket refused');
      return refusal;
    },
  };
}
