import type { Request } from 'express';

/** Whether the answer is read by a program (JSON) rather than by a person (a page). */
export function wantsJson(request: Request): boolean {
  if (/^\/(admin\/)?api(\/|$)/i.test(request.baseUrl + request.path)) return true;
  return request.xhr || request.accepts(['html', 'json']) === 'json';
}
