import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { SiteAddress } from './site-address.ts';

/**
 * Sets the security headers: a Content-Security-Policy that loads nothing from another host and runs no inline script
 * without the request's nonce, which is in `response.locals.cspNonce`, and no feature of the browser that no screen uses.
 */
export function createSecurityHeaders({ secure }: SiteAddress): RequestHandler[] {
  const nonceSource = (_request: unknown, response: ServerResponse) =>
    `'nonce-${(response as Response).locals.cspNonce}'`;
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", nonceSource],
        // styled-components writes its rules into style elements as it goes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
  });
  return [createNonce, headers, setPermissionsPolicy];
}

/** What the wallboard keeps its screen awake with, and fills it; and the copying of a display's link. */
const USED_FEATURES = new Set(['clipboard-write', 'fullscreen', 'screen-wake-lock']);

/** The features that browsers ask a policy about: the specification's registry, and what Chromium adds. */
const FEATURES = [
  'accelerometer',
  'ambient-light-sensor',
  'attribution-reporting',
  'autoplay',
  'bluetooth',
  'browsing-topics',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'compute-pressure',
  'cross-origin-isolated',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'keyboard-map',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'otp-credentials',
  'payment',
  'picture-in-picture',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'web-share',
  'window-management',
  'xr-spatial-tracking',
];

const PERMISSIONS_POLICY = FEATURES.map((name) => `${name}=(${USED_FEATURES.has(name) ? 'self' : ''})`).join(
  ', ',
);

const setPermissionsPolicy: RequestHandler = (_request, response, next) => {
  response.set('Permissions-Policy', PERMISSIONS_POLICY);
  next();
};

const createNonce: RequestHandler = (_request, response, next) => {
  response.locals.cspNonce = randomBytes(16).toString('base64');
  next();
};
