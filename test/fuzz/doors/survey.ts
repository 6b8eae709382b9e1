import '../../../src/panel/adminjs-environment.ts';
import AdminJS, { type Action, type ActionResponse } from 'adminjs';
import express from 'express';
import { Socket } from 'socket.io';

/** A route of any router of the running program. */
export interface SurveyedRoute {
  /** Where its router is mounted; null: no request has come to that router yet. */
  readonly base: string | null;
  /** As it was given to express, such as `/login` or `/snapshots/:name`. */
  readonly path: string;
  /** In capitals; `*` is every method. */
  readonly methods: readonly string[];
  /** How many requests it has answered or passed on. */
  readonly hits: number;
}

/** An action of AdminJS that some role has, visible or not. */
export interface SurveyedAction {
  readonly resource: string;
  readonly name: string;
  readonly type: 'resource' | 'record' | 'bulk';
  /** The inputs of its form. */
  readonly fields: readonly { readonly name: string; readonly kind: string; readonly table?: string }[];
  readonly documents: readonly string[];
}

/** Everything that the running program can be asked. */
export interface Survey {
  readonly routes: readonly SurveyedRoute[];
  /** Addresses below which something else answers, such as a nested router. */
  readonly mounts: readonly { readonly base: string; readonly path: string }[];
  readonly actions: readonly SurveyedAction[];
  readonly pages: readonly string[];
  /** What sockets may send, with how often it came. */
  readonly events: Readonly<Record<string, number>>;
}

type AnyRouter = object & {
  route(path: unknown): { dispatch(...given: unknown[]): unknown };
  use(...given: unknown[]): unknown;
  handle(request: { baseUrl?: string }, ...given: unknown[]): unknown;
  listRoutes(): { path: unknown; methods: string[] | undefined }[];
};

interface KnownRouter {
  base: string | null;
  readonly mounts: Set<string>;
  readonly hits: Map<string, number>;
}

/**
 * Notes every router, route, panel and socket message that this process makes from now on, however hidden behind other
 * functions, by listening in on the constructors' own methods. To be called before the program is built.
 */
export function beginSurvey(): () => Survey {
  const routers = noteRouters();
  const panels = notePanels();
  const events = noteSocketEvents();
  return () => ({
    routes: [...routers].flatMap(([router, { base, hits }]) =>
      router.listRoutes().flatMap(({ path, methods }) => {
        if (methods === undefined) return [];
        return { base, path: String(path), methods, hits: hits.get(String(path)) ?? 0 };
      }),
    ),
    mounts: [...routers.values()].flatMap(({ base, mounts }) =>
      base === null ? [] : [...mounts].map((path) => ({ base, path })),
    ),
    ...describePanels(panels),
    events: Object.fromEntries(events),
  });
}

function noteRouters(): ReadonlyMap<AnyRouter, KnownRouter> {
  const routers = new Map<AnyRouter, KnownRouter>();
  const know = (router: AnyRouter): KnownRouter => {
    const known: KnownRouter = routers.get(router) ?? { base: null, mounts: new Set(), hits: new Map() };
    routers.set(router, known);
    return known;
  };
  const prototype = (express.Router as unknown as { prototype: AnyRouter }).prototype;
  const { route, use, handle } = prototype;
  prototype.route = function (this: AnyRouter, path) {
    const made = route.call(this, path);
    const { dispatch } = made;
    const { hits } = know(this);
    made.dispatch = (...given) => {
      hits.set(String(path), (hits.get(String(path)) ?? 0) + 1);
      return dispatch.apply(made, given);
    };
    return made;
  };
  prototype.use = function (this: AnyRouter, ...given) {
    if (typeof given[0] === 'string') know(this).mounts.add(given[0]);
    return use.apply(this, given);
  };
  prototype.handle = function (this: AnyRouter, request, ...given) {
    // The first is how the program writes it; later ones may be spelt otherwise.
    know(this).base ??= request.baseUrl ?? '';
    return handle.call(this, request, ...given);
  };
  return routers;
}

function notePanels(): ReadonlySet<AdminJS> {
  const panels = new Set<AdminJS>();
  const { initialize } = AdminJS.prototype;
  AdminJS.prototype.initialize = function (this: AdminJS) {
    panels.add(this);
    return initialize.call(this);
  };
  return panels;
}

function describePanels(panels: ReadonlySet<AdminJS>): Pick<Survey, 'actions' | 'pages'> {
  const actions = new Map<string, SurveyedAction>();
  for (const { resources } of panels)
    for (const resource of resources)
      for (const decorated of Object.values(resource.decorate().actions)) {
        // Private to TypeScript alone.
        const { name, action } = decorated as unknown as { name: string; action: Action<ActionResponse> };
        const { fields = [], documents = [] } = (action.custom ?? {}) as {
          fields?: SurveyedAction['fields'];
          documents?: { name: string }[];
        };
        const type = action.actionType as SurveyedAction['type'];
        const known = { resource: resource.id(), name, type, fields };
        actions.set(`${resource.id()} ${name}`, { ...known, documents: documents.map((each) => each.name) });
      }
  const pages = [...panels].flatMap(({ options }) => Object.keys(options.pages ?? {}));
  return { actions: [...actions.values()], pages: [...new Set(pages)] };
}

const OWN_EVENTS = new Set(['disconnect', 'disconnecting', 'error', 'newListener', 'removeListener']);

function noteSocketEvents(): ReadonlyMap<string, number> {
  const events = new Map<string, number>();
  const prototype = Socket.prototype as unknown as {
    on(event: string, listener: (...given: unknown[]) => void): unknown;
  };
  const { on } = prototype;
  prototype.on = function (event, listener) {
    if (OWN_EVENTS.has(event)) return on.call(this, event, listener);
    if (!events.has(event)) events.set(event, 0);
    return on.call(this, event, (...given) => {
      events.set(event, (events.get(event) ?? 0) + 1);
      listener(...given);
    });
  };
  return events;
}
