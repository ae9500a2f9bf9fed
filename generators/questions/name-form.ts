/** The form of names, whatever else speaks for or against one. */

/** Shorter than any limit a name meets: roles and databases take 63 characters, a host label too, with -migrate behind it. */
export const LONGEST = 40;

export const PROJECT_NAME = /^[a-z0-9][a-z0-9_-]*$/;
/** A service's name, and the one segment of a service's path. */
export const SERVICE_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** A text with the form of a project's name, near to any text, or '' where there is none. */
export function projectSlug(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9_-]+/g, '-').replace(/^[^a-z0-9]+/, '').slice(0, LONGEST).replace(/[-_]+$/, '');
}

/** The same for a service's name. */
export function serviceSlug(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+/, '').slice(0, LONGEST).replace(/-$/, '');
}
