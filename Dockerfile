# The command line in an image: docker build -t superpose . && docker run --rm superpose --version
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /superpose
COPY . .
RUN mvn -B -q -Prelease -DskipTests -Dspotless.check.skip=true package \
    && mkdir /opt/superpose \
    && tar -xzf target/superpose-*.tar.gz -C /opt/superpose --strip-components=1

FROM eclipse-temurin:17-jdk
COPY --from=build /opt/superpose /opt/superpose
ENV PATH="/opt/superpose/bin:${PATH}"
RUN useradd --create-home superpose
USER superpose
WORKDIR /home/superpose
ENTRYPOINT ["superpose"]
CMD ["--help"]
