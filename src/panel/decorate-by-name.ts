import type AdminJS from 'adminjs';
import { type BaseResource, PropertyDecorator, type PropertyOptions } from 'adminjs';

/**
 * Lets AdminJS find a table's properties by the whole names of its columns, whatever they are called: it takes them for
 * paths (`a.b`, `a.0`, `1e3`) into objects that have properties of their own (`constructor`, `__proto__`).
 */
export function decorateByName(
  admin: AdminJS,
  resource: BaseResource,
  options: ReadonlyMap<string, PropertyOptions>,
): void {
  const decorator = resource.decorate();
  const properties = new Map(
    resource.properties().map((property) => {
      const parts = { property, admin, options: options.get(property.name()), resource: decorator };
      return [property.name(), new PropertyDecorator(parts)];
    }),
  );
  decorator.properties = Object.setPrototypeOf(Object.fromEntries(properties), null);
  decorator.getPropertyByKey = (name) => properties.get(name) ?? null;
}
