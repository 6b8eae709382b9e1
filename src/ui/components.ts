export const COMPONENTS: readonly { name: string; file: string; override: boolean }[] = [];
