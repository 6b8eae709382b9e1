import { html } from './html.ts';
import { renderPage } from './page.ts';

export interface LoginForm {
  /** What was typed before, so that it need not be typed again. */
  readonly email: string;
  /** The page first asked for. */
  readonly redirectTo: string;
  /** Why the last attempt failed, or why one has to sign in again. */
  readonly notice: string | null;
  /** The path that the site lies below. */
  readonly basePath: string;
}

/** The sign-in page; works without JavaScript. */
export function renderLoginPage({ email, redirectTo, notice, basePath }: LoginForm): string {
  return renderPage({
    basePath,
    title: 'Sign in',
    body: html`${notice ? html`<p class="notice" role="alert">${notice}</p>` : null}
<form method="post" action="${basePath}/admin/login">
<input type="hidden" name="redirectTo" value="${redirectTo}">
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="username" value="${email}" required ${email ? null : html`autofocus`}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required ${email ? html`autofocus` : null}>
<button type="submit">Sign in</button>
</form>`,
  });
}

/** Asks before signing out: a link cannot do it, lest another site's link could. */
export function renderLogoutPage(basePath: string): string {
  return renderPage({
    basePath,
    title: 'Sign out?',
    body: html`<form method="post" action="${basePath}/admin/logout">
<button type="submit">Sign out</button>
</form>
<p><a href="${basePath}/admin">Stay signed in</a></p>`,
  });
}
