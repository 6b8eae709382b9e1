# The browser's bundle of components is built where the bundler and its sources are, and copied over.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts
COPY tsconfig.json ./
COPY src ./src
RUN npm run build

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
# No database server is in the image: DATABASE_URL names one.
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/build ./build
COPY package.json package-lock.json .npmrc tsconfig.json ./
COPY src ./src
COPY resources ./resources
COPY migrations ./migrations
COPY public ./public
RUN mkdir .data && chown node:node .data
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--import", "tsx", "src/main.ts"]
