/** Information-theoretic lower bounds on the width and size of a network. */
module org.superpose.bounds {
    requires transitive org.superpose.core;

    exports org.superpose.bounds;
}
