# What compiles the program, and the packages it is compiled from, stay in the first stage.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts
COPY compile.mjs ./
COPY src ./src
RUN npm run build && rm node_modules/adminjs/lib/frontend/assets/scripts/*.development.js

FROM node:22-bookworm-slim
LABEL org.opencontainers.image.title="Gorak's Galactic Store" \
  org.opencontainers.image.description="A live, low-code back office for MySQL and MariaDB" \
  org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production NPM_CONFIG_UPDATE_NOTIFIER=false
WORKDIR /app
# Of its packages the compiled program needs those with a native part, and AdminJS's files for browsers.
COPY --from=build /app/node_modules/@node-rs ./node_modules/@node-rs
COPY --from=build /app/node_modules/esbuild ./node_modules/esbuild
COPY --from=build /app/node_modules/@esbuild ./node_modules/@esbuild
COPY --from=build /app/node_modules/adminjs/package.json ./node_modules/adminjs/
COPY --from=build /app/node_modules/adminjs/lib/frontend/assets ./node_modules/adminjs/lib/frontend/assets
COPY --from=build /app/node_modules/@adminjs/design-system/*.json /app/node_modules/@adminjs/design-system/*.production.js ./node_modules/@adminjs/design-system/
COPY --from=build /app/node_modules/@adminjs/design-system/build/index.js ./node_modules/@adminjs/design-system/build/
COPY --from=build /app/dist ./dist
COPY --from=build /app/build ./build
COPY --from=build /app/src ./src
# With these `npm run account` and its like work here, too: they find the program compiled already.
COPY --from=build /app/compile.mjs /app/package-lock.json /app/package.json ./
COPY resources ./resources
COPY migrations ./migrations
COPY public ./public
RUN mkdir .data && chown node:node .data
# No database server is in the image: DATABASE_URL names one.
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
