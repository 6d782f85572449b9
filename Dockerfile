# The image of the action: one static binary, nothing else. The certificate roots are inside the binary.
# No USER and no WORKDIR: the runner mounts the workspace and the files of the step for the default user.
#
# The builder needs cargo with a musl target for its own architecture, and a C compiler for that target. The
# official image has both for amd64 and arm64, so `--platform linux/amd64,linux/arm64` needs nothing more here.
ARG BUILDER=docker.io/library/rust:1.95-alpine

FROM ${BUILDER} AS build
COPY . /build
# The smoke run happens in an empty root, as in the image itself: a binary that still needs a loader or a
# library of the builder fails here.
# Paths of the builder's registry are no use to anybody, so they are left out of the messages. Fewer copies of small
# functions make three quarters of a megabyte less; what was measured keeps its speed within a twentieth.
RUN cd /build \
    && export RUSTFLAGS="--remap-path-prefix=${CARGO_HOME:-/root/.cargo}/registry/src/= -C llvm-args=-inline-threshold=15 -C llvm-args=-inlinehint-threshold=150" \
    && target="$(uname -m)-unknown-linux-musl" \
    && cargo build --release --locked --bin readiness --target "${target}" \
    && mkdir /image \
    && cp "target/${target}/release/readiness" /image/readiness \
    && chroot /image /readiness --version

FROM scratch
LABEL org.opencontainers.image.title="Readiness" \
      org.opencontainers.image.description="Tells whether a commit is ready to ship, and says what changed" \
      org.opencontainers.image.source="https://github.com/readiness-ci/readiness" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"
COPY --from=build /image/readiness /readiness
ENTRYPOINT ["/readiness"]
