import { encodeTable } from '../../../src/table-address.ts';
import type { TestHttpServer } from '../../support/http-server.ts';
import type { PanelAnswer } from '../../support/panel.ts';
import { checkText } from '../doors/oracles.ts';
import { Defect } from './defect.ts';

const LIMIT_MS = 5_000;

export type Body = PanelAnswer['body'];

/** A signed-in admin's browser, as far as it asks; every answer is looked at for faults. */
export class Visitor {
  constructor(
    private readonly http: TestHttpServer,
    private readonly cookie: string,
  ) {}

  /** An answer of the panel's API; `path` begins at the table. */
  async get(path: string): Promise<Body> {
    return JSON.parse(await this.ask(`/admin/api/resources/${path}`, {})) as Body;
  }

  async post(path: string, form: FormData): Promise<Body> {
    return JSON.parse(await this.ask(`/admin/api/resources/${path}`, { method: 'POST', body: form })) as Body;
  }

  /** The page of a table. */
  async open(table: string): Promise<string> {
    return this.ask(`/admin/resources/${encodeTable(table)}`, {});
  }

  private async ask(path: string, init: RequestInit): Promise<string> {
    const logged = this.http.log().length;
    const startMs = performance.now();
    const response = await this.http.request(path, { ...init, cookie: this.cookie });
    const text = await response.text();
    const about = `${init.method ?? 'GET'} ${path}`;
    if (performance.now() - startMs > LIMIT_MS)
      throw new Defect('slow', `${about} took more than ${LIMIT_MS} ms`);
    if (response.status >= 500 || /"level":[56]0/.test(this.http.log().slice(logged)))
      throw new Defect('fault', `${about}: ${response.status} ${findFault(this.http.log().slice(logged))}`);
    if (response.status === 404) throw new Defect('record', `${about}: 404 ${text.slice(0, 200)}`);
    const [told] = path.startsWith('/admin/api') ? checkText('admin', text, []) : [];
    if (told) throw new Defect('inside told', `${about}: ${told.detail}`);
    return text;
  }
}

function findFault(log: string): string {
  const line = log.split('\n').find((text) => /"level":[56]0/.test(text)) ?? '';
  return (/"message":"(.*?)","stack/.exec(line)?.[1] ?? line).slice(0, 600);
}
