import type { Problem } from '../errors.ts';

/** Every code of a problem that a resource file can have; docs/resources.md explains each. */
export const RESOURCE_PROBLEM_CODES = [
  'duplicate_table',
  'missing_key',
  'no_dashboard',
  'no_default_export',
  'not_filterable',
  'not_sortable',
  'not_writable',
  'panel_table',
  'repeated_column',
  'repeated_name',
  'resource_file_fails',
  'secret_column',
  'unknown_column',
  'unknown_constraint',
  'unknown_direction',
  'unknown_format',
  'unknown_home_page',
  'unknown_icon',
  'unknown_key',
  'unknown_kind',
  'unknown_role',
  'unknown_snapshot',
  'unknown_table',
  'unknown_tone',
  'unknown_value',
  'wrong_format',
  'wrong_value',
] as const;
export type ResourceProblemCode = (typeof RESOURCE_PROBLEM_CODES)[number];

/** A problem of a resource file. */
export interface ResourceProblem extends Problem {
  readonly code: ResourceProblemCode;
}
