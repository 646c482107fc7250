# Worker, scan and API in one image; compose.yaml puts them together. Research and education only; not a medical device.
FROM node:22-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY electron.vite.config.ts tsconfig*.json ./
COPY scripts/build scripts/build
COPY src src
COPY resources resources
RUN npm run build

FROM node:22-bookworm-slim AS packages
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM node:22-bookworm-slim
ENV NODE_ENV=production FIDUCIAL_HOME=/data
WORKDIR /app
COPY package.json LICENSE ./
COPY bin bin
COPY resources resources
COPY --from=packages /build/node_modules node_modules
COPY --from=build /build/out out
# The image's own user without rights; the store and the jobs of the API are its alone.
RUN install -d -o node -g node -m 0700 /data /jobs
USER node
VOLUME ["/data", "/jobs"]
ENTRYPOINT ["node", "bin/fiducial.mjs"]
CMD ["--help"]
