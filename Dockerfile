# A static binary and nothing else.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /legcoach ./cmd/legcoach && mkdir /data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /legcoach /legcoach
# The folder of the volume belongs to the user that the program runs as.
COPY --from=build --chown=65532:65532 /data /data
USER 65532:65532
WORKDIR /data
VOLUME /data
# Asks /healthz where http.listen of /data/config.yaml says.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["/legcoach", "healthy"]
# SIGTERM ends it within ten seconds, everything committed.
ENTRYPOINT ["/legcoach"]
CMD ["run"]
